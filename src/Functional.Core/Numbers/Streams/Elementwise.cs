using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

/// <summary>What becomes of three cells that belong together, over lanes of any width.</summary>
internal interface ITriple<T> where T : unmanaged
{
    (V X, V Y, V Z) At<L, V>(V x, V y, V z) where L : struct, ILanes<V, T> where V : struct;
}

/// <summary>The loops around a function of cells; the JIT makes one for each function, precision and width. The result may overwrite an argument.</summary>
/// <remarks>The last vector of a stream that is no whole number of them reaches back over cells already done; it was loaded before they were
/// overwritten. A stream shorter than a vector takes a narrower one.</remarks>
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
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y), to = ref MemoryMarshal.GetReference(into);
        switch (Fitting<T>(into.Length))
        {
            case 512: Zip<Lanes512<T>, Vector512<T>, F, T>(f, ref xs, ref ys, ref to, (nuint)into.Length); break;
            case 256: Zip<Lanes256<T>, Vector256<T>, F, T>(f, ref xs, ref ys, ref to, (nuint)into.Length); break;
            case 128: Zip<Lanes128<T>, Vector128<T>, F, T>(f, ref xs, ref ys, ref to, (nuint)into.Length); break;
            default: Zip<Scalar<T>, T, F, T>(f, ref xs, ref ys, ref to, (nuint)into.Length); break;
        }
    }

    /// <summary>x[i], y[i], z[i] = f(x[i], y[i], z[i])</summary>
    public static void Renew<F, T>(F f, Span<T> x, Span<T> y, Span<T> z)
        where F : struct, ITriple<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != z.Length || y.Length != z.Length)
            throw new ArgumentException($"elementwise streams of {x.Length}, {y.Length} and {z.Length} numbers");
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y), zs = ref MemoryMarshal.GetReference(z);
        switch (Fitting<T>(z.Length))
        {
            case 512: Renew<Lanes512<T>, Vector512<T>, F, T>(f, ref xs, ref ys, ref zs, (nuint)z.Length); break;
            case 256: Renew<Lanes256<T>, Vector256<T>, F, T>(f, ref xs, ref ys, ref zs, (nuint)z.Length); break;
            case 128: Renew<Lanes128<T>, Vector128<T>, F, T>(f, ref xs, ref ys, ref zs, (nuint)z.Length); break;
            default: Renew<Scalar<T>, T, F, T>(f, ref xs, ref ys, ref zs, (nuint)z.Length); break;
        }
    }

    /// <summary>The bits of the widest vector that so many cells fill.</summary>
    internal static int Fitting<T>(int length) where T : unmanaged
    {
        int width = Width.Bits;
        if (width == 512 && length < Vector512<T>.Count) width = 256;
        if (width == 256 && length < Vector256<T>.Count) width = 128;
        return width == 128 && length < Vector128<T>.Count ? 64 : width;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Renew<L, V, F, T>(F f, ref T xs, ref T ys, ref T zs, nuint length)
        where L : struct, ILanes<V, T> where V : struct where F : struct, ITriple<T> where T : unmanaged
    {
        nuint count = (nuint)L.Count;
        if (length < count) return;
        V lastX = L.Load(ref xs, length - count), lastY = L.Load(ref ys, length - count), lastZ = L.Load(ref zs, length - count);
        nuint i = 0;
        for (; i + count <= length; i += count)
        {
            var (a, b, c) = f.At<L, V>(L.Load(ref xs, i), L.Load(ref ys, i), L.Load(ref zs, i));
            L.Store(a, ref xs, i);
            L.Store(b, ref ys, i);
            L.Store(c, ref zs, i);
        }
        if (i == length) return;
        var (x, y, z) = f.At<L, V>(lastX, lastY, lastZ);
        L.Store(x, ref xs, length - count);
        L.Store(y, ref ys, length - count);
        L.Store(z, ref zs, length - count);
    }

    private readonly struct IgnoreSecond<F, T>(F f) : IZip<T> where F : struct, IMap<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => f.At<L, V>(x);
    }
}
