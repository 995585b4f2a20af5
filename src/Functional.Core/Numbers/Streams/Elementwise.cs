using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>A function of one cell, over lanes of any width.</summary>
internal interface IMap<T> where T : unmanaged
{
    V At<L, V>(V x) where L : struct, ILanes<V, T> where V : struct;
}

/// <summary>A function of two cells, over lanes of any width.</summary>
internal interface IZip<T> where T : unmanaged
{
    V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct;
}

/// <summary>The loops around a function of cells; the JIT makes one for each function, precision and width. The
/// result may overwrite an argument.</summary>
/// <remarks>The last vector of a stream that is no whole number of them reaches back over cells already done; it
/// was loaded before they were overwritten. A stream shorter than a vector takes a narrower one.</remarks>
internal static class Elementwise
{
    /// <summary>into[i] = f(x[i])</summary>
    public static void Map<F, T>(F f, ReadOnlySpan<T> x, Span<T> into)
        where F : struct, IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Zip(new IgnoreSecond<F, T>(f), x, x, into);

    /// <summary>into[i] = f(x[i], y[i])</summary>
    public static void Zip<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where F : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != into.Length || y.Length != into.Length)
            throw new ArgumentException($"elementwise streams of {x.Length}, {y.Length} and {into.Length} numbers");
        var zipped = new Zipped<F, T>(
            f, ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y),
            ref MemoryMarshal.GetReference(into), (nuint)into.Length);
        Width.Run<Zipped<F, T>, T>(ref zipped, Width.Fitting<T>(into.Length));
    }

    private readonly ref struct Zipped<F, T>(F f, ref T xs, ref T ys, ref T to, nuint length) : IKernel<T>
        where F : struct, IZip<T> where T : unmanaged
    {
        private readonly ref T xs = ref xs, ys = ref ys, to = ref to;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Zip<L, V, F, T>(f, ref xs, ref ys, ref to, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Zip<L, V, F, T>(F f, ref T xs, ref T ys, ref T to, nuint length)
        where L : struct, ILanes<V, T> where V : struct where F : struct, IZip<T> where T : unmanaged
    {
        nuint count = (nuint)L.Count;
        if (length < count) return;
        V lastX = L.Load(ref xs, length - count), lastY = L.Load(ref ys, length - count);
        nuint i = 0;
        for (; i + count <= length; i += count) L.Store(f.At<L, V>(L.Load(ref xs, i), L.Load(ref ys, i)), ref to, i);
        if (i < length) L.Store(f.At<L, V>(lastX, lastY), ref to, length - count);
    }

    private readonly struct IgnoreSecond<F, T>(F f) : IZip<T> where F : struct, IMap<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => f.At<L, V>(x);
    }
}
