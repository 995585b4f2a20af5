using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Streams;

/// <summary>
/// Sums of many numbers in the one order of numeric law 2: number i goes to lane i modulo 16, each lane is one chain in
/// increasing order from zero, and the lanes are added as a tree (0 with 8, 1 with 9, ... then 0 with 4, ...).
/// </summary>
internal static partial class Reduce
{
    public const int Lanes = 16;

    /// <summary>The sum of x.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(new Terms<T>(), x, x);

    /// <summary>The sum of |x|.</summary>
    public static T Sizes<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of(new Magnitudes<T>(), x, x);

    /// <summary>The sum of x[i] y[i], each product joined to its lane by a fused multiply-add.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length) throw new ArgumentException($"a dot product of {x.Length} and {y.Length} numbers");
        return Of(new Products<T>(), x, y);
    }

    /// <summary>into[j] = the sum of column j of a row-major matrix: one chain down the rows, from zero.</summary>
    public static void Columns<T>(ReadOnlySpan<T> matrix, Span<T> into, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = new ColumnSums<T>(matrix, into);
        Workers.Share(ref sums, sums.Parts, threads);
    }

    /// <summary>True where no number is NaN or infinite.</summary>
    public static bool AllFinite<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.IsFinite(Of(new Zeros<T>(), x, x));

    private static T Of<F, T>(F join, ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where F : struct, IJoin<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        int whole = x.Length - x.Length % Lanes;
        if (whole > 0)
        {
            var kernel = new Kernel<F, T>(join, x[..whole], y, lanes);
            Width.Run<Kernel<F, T>, T>(ref kernel, Width.Bits);
        }
        for (int i = whole; i < x.Length; i++) lanes[i - whole] = join.At<Scalar<T>, T>(lanes[i - whole], x[i], y[i]);
        return Tree(lanes);
    }

    private readonly ref struct Kernel<F, T>(F join, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> lanes) : IKernel<T>
        where F : struct, IJoin<T> where T : unmanaged
    {
        private readonly ReadOnlySpan<T> x = x, y = y;
        private readonly Span<T> lanes = lanes;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Chains<L, V, F, T>(join, x, y, lanes);
    }

    // Half of the lanes onto the other half, until one is left.
    private static T Tree<T>(ReadOnlySpan<T> lanes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(lanes);
        T a = first + Unsafe.Add(ref first, 8), b = Unsafe.Add(ref first, 1) + Unsafe.Add(ref first, 9),
            c = Unsafe.Add(ref first, 2) + Unsafe.Add(ref first, 10),
            d = Unsafe.Add(ref first, 3) + Unsafe.Add(ref first, 11);
        T e = Unsafe.Add(ref first, 4) + Unsafe.Add(ref first, 12),
            f = Unsafe.Add(ref first, 5) + Unsafe.Add(ref first, 13),
            g = Unsafe.Add(ref first, 6) + Unsafe.Add(ref first, 14),
            h = Unsafe.Add(ref first, 7) + Unsafe.Add(ref first, 15);
        return a + e + (c + g) + (b + f + (d + h));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chains<L, V, F, T>(F join, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> lanes)
        where L : struct, ILanes<V, T> where V : struct where F : struct, IJoin<T> where T : unmanaged
    {
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y);
        for (int first = 0; first < Lanes; first += L.Count)
        {
            V sum = L.All(default);
            for (int i = first; i < x.Length; i += Lanes)
                sum = join.At<L, V>(sum, L.Load(ref xs, (nuint)i), L.Load(ref ys, (nuint)i));
            L.Store(sum, ref lanes[first], 0);
        }
    }

    private interface IJoin<T> where T : unmanaged
    {
        V At<L, V>(V sum, V x, V y) where L : struct, ILanes<V, T> where V : struct;
    }

    private readonly struct Magnitudes<T> : IJoin<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V sum, V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            L.Add(sum, Signs.Size<L, V, T>(x));
    }

    private readonly struct Terms<T> : IJoin<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V sum, V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Add(sum, x);
    }

    private readonly struct Products<T> : IJoin<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V sum, V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Fma(x, y, sum);
    }

    // 0 x is zero for a finite x and NaN for any other.
    private readonly struct Zeros<T> : IJoin<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V sum, V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            L.Fma(x, L.All(default), sum);
    }
}
