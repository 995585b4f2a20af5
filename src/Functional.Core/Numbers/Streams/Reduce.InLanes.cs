using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>The same sums of many networks at once, a network a lane: number i of network l lies at 16 i + l, and each
/// network has 16 chains and a tree of its own.</summary>
internal static partial class Reduce
{
    /// <summary>into[l] = the sum of network l's numbers.</summary>
    public static void SumInLanes<T>(ReadOnlySpan<T> x, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        OfLanes(new Terms<T>(), x, x, into);

    /// <summary>into[l] = the sum of the sizes of network l's numbers.</summary>
    public static void SizesInLanes<T>(ReadOnlySpan<T> x, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        OfLanes(new Magnitudes<T>(), x, x, into);

    /// <summary>into[l] = the sum of the products of network l's numbers.</summary>
    public static void DotInLanes<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length) throw new ArgumentException($"a dot product of {x.Length} and {y.Length} numbers");
        OfLanes(new Products<T>(), x, y, into);
    }

    private static void OfLanes<F, T>(F join, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where F : struct, IJoin<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (into.Length != Lanes || x.Length % Lanes != 0)
            throw new ArgumentException($"sums of {x.Length} numbers in {Lanes} lanes into {into.Length}");
        var kernel = new LaneKernel<F, T>(join, x, y, into);
        Width.Run<LaneKernel<F, T>, T>(ref kernel, Width.Bits);
    }

    private readonly ref struct LaneKernel<F, T>(F join, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        : IKernel<T> where F : struct, IJoin<T> where T : unmanaged
    {
        private readonly ReadOnlySpan<T> x = x, y = y;
        private readonly Span<T> into = into;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            for (int lane = 0; lane < Lanes; lane += L.Count) ChainsInLanes<L, V, F, T>(join, x, y, into, lane);
        }
    }

    // Number i of a network goes to its chain i modulo 16; then half of the chains onto the other half. A chain without
    // numbers is zero.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChainsInLanes<L, V, F, T>(
        F join, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into, int lane)
        where L : struct, ILanes<V, T> where V : struct where F : struct, IJoin<T> where T : unmanaged
    {
        Span<T> buffer = stackalloc T[Lanes * Lanes];
        ref T chains = ref MemoryMarshal.GetReference(buffer);
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y);
        int used = Math.Min(Lanes, x.Length / Lanes);
        for (int chain = 0; chain < used; chain++)
        {
            V sum = L.All(default);
            for (int i = chain * Lanes + lane; i < x.Length; i += Lanes * Lanes)
                sum = join.At<L, V>(sum, L.Load(ref xs, (nuint)i), L.Load(ref ys, (nuint)i));
            L.Store(sum, ref chains, (nuint)(chain * Lanes));
        }
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int chain = 0; chain < Math.Min(half, used); chain++)
            {
                V other = chain + half < used ? L.Load(ref chains, (nuint)((chain + half) * Lanes)) : L.All(default);
                L.Store(L.Add(L.Load(ref chains, (nuint)(chain * Lanes)), other), ref chains, (nuint)(chain * Lanes));
            }
            used = Math.Min(half, used);
        }
        L.Store(used > 0 ? L.Load(ref chains, 0) : L.All(default), ref MemoryMarshal.GetReference(into), (nuint)lane);
    }
}
