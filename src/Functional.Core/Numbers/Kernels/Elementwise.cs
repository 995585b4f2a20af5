using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Functional.Core.Numbers.Kernels;

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

/// <summary>The loops around a function of cells; the JIT makes one for each function, precision and width.
/// The result may overwrite an argument.</summary>
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
        switch (Width.Bits)
        {
            case 512: Loop<Lanes512<T>, Vector512<T>, F, T>(f, x, y, into); break;
            case 256: Loop<Lanes256<T>, Vector256<T>, F, T>(f, x, y, into); break;
            case 128: Loop<Lanes128<T>, Vector128<T>, F, T>(f, x, y, into); break;
            default: Loop<Scalar<T>, T, F, T>(f, x, y, into); break;
        }
    }

    /// <summary>x[i], y[i], z[i] = f(x[i], y[i], z[i])</summary>
    public static void Renew<F, T>(F f, Span<T> x, Span<T> y, Span<T> z)
        where F : struct, ITriple<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != z.Length || y.Length != z.Length)
            throw new ArgumentException($"elementwise streams of {x.Length}, {y.Length} and {z.Length} numbers");
        switch (Width.Bits)
        {
            case 512: Renew<Lanes512<T>, Vector512<T>, F, T>(f, x, y, z); break;
            case 256: Renew<Lanes256<T>, Vector256<T>, F, T>(f, x, y, z); break;
            case 128: Renew<Lanes128<T>, Vector128<T>, F, T>(f, x, y, z); break;
            default: Renew<Scalar<T>, T, F, T>(f, x, y, z); break;
        }
    }

    private static void Renew<L, V, F, T>(F f, Span<T> x, Span<T> y, Span<T> z)
        where L : struct, ILanes<V, T> where V : struct where F : struct, ITriple<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y), zs = ref MemoryMarshal.GetReference(z);
        nuint i = 0;
        for (; i + (nuint)L.Count <= (nuint)x.Length; i += (nuint)L.Count)
        {
            var (a, b, c) = f.At<L, V>(L.Load(ref xs, i), L.Load(ref ys, i), L.Load(ref zs, i));
            L.Store(a, ref xs, i);
            L.Store(b, ref ys, i);
            L.Store(c, ref zs, i);
        }
        for (; i < (nuint)x.Length; i++)
            (Unsafe.Add(ref xs, i), Unsafe.Add(ref ys, i), Unsafe.Add(ref zs, i)) =
                f.At<Scalar<T>, T>(Unsafe.Add(ref xs, i), Unsafe.Add(ref ys, i), Unsafe.Add(ref zs, i));
    }

    private static void Loop<L, V, F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where L : struct, ILanes<V, T> where V : struct where F : struct, IZip<T> where T : unmanaged
    {
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y), to = ref MemoryMarshal.GetReference(into);
        nuint whole = (nuint)(into.Length - into.Length % L.Count);
        for (nuint i = 0; i < whole; i += (nuint)L.Count)
            L.Store(f.At<L, V>(L.Load(ref xs, i), L.Load(ref ys, i)), ref to, i);
        if (whole < (nuint)into.Length) Rest<L, V, F, T>(f, x[(int)whole..], y[(int)whole..], into[(int)whole..]);
    }

    // The last few cells, in lanes filled up with zeros.
    private static void Rest<L, V, F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where L : struct, ILanes<V, T> where V : struct where F : struct, IZip<T> where T : unmanaged
    {
        Span<T> lanes = stackalloc T[2 * L.Count];
        lanes.Clear();
        x.CopyTo(lanes);
        y.CopyTo(lanes[L.Count..]);
        L.Store(f.At<L, V>(L.Load(ref lanes[0], 0), L.Load(ref lanes[L.Count], 0)), ref lanes[0], 0);
        lanes[..into.Length].CopyTo(into);
    }

    private readonly struct IgnoreSecond<F, T>(F f) : IZip<T> where F : struct, IMap<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => f.At<L, V>(x);
    }
}
