using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>The loops of <see cref="Elementwise"/> over networks side by side, where each network has a constant of its
/// own.</summary>
internal static class LaneWise
{
    private const int Lanes = Reduce.Lanes;

    /// <summary>into = f(constant of the network, x)</summary>
    public static void Zip<F, T>(F f, ReadOnlySpan<T> constants, ReadOnlySpan<T> x, Span<T> into)
        where F : struct, IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfTwo<F, T>(f), constants, x, x, into);

    /// <summary>into = constant of the network x + y, rounded once</summary>
    public static void MultiplyAdd<T>(ReadOnlySpan<T> constants, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(default(Fused<T>), constants, x, y, into);

    private static void Run<F, T>(
        F f, ReadOnlySpan<T> constants, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into)
        where F : struct, IOfThree<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (constants.Length != Lanes || x.Length != into.Length || y.Length != into.Length || x.Length % Lanes != 0)
            throw new ArgumentException($"streams of {x.Length}, {y.Length} and {into.Length} numbers in {Lanes} lanes "
                + $"with {constants.Length} constants");
        var kernel = new Kernel<F, T>(f, constants, x, y, into);
        Width.Run<Kernel<F, T>, T>(ref kernel, Width.Bits);
    }

    private readonly ref struct Kernel<F, T>(
        F f, ReadOnlySpan<T> constants, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into) : IKernel<T>
        where F : struct, IOfThree<T> where T : unmanaged
    {
        private readonly ReadOnlySpan<T> constants = constants, x = x, y = y;
        private readonly Span<T> into = into;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            for (int lane = 0; lane < Lanes; lane += L.Count) Loop<L, V, F, T>(f, constants, x, y, into, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<L, V, F, T>(
        F f, ReadOnlySpan<T> constants, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> into, int lane)
        where L : struct, ILanes<V, T> where V : struct where F : struct, IOfThree<T> where T : unmanaged
    {
        V constant = L.Load(ref MemoryMarshal.GetReference(constants), (nuint)lane);
        ref T xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y),
            to = ref MemoryMarshal.GetReference(into);
        for (int i = lane; i < into.Length; i += Lanes)
            L.Store(
                f.At<L, V>(constant, L.Load(ref xs, (nuint)i), L.Load(ref ys, (nuint)i)), ref to, (nuint)i);
    }

    private interface IOfThree<T> where T : unmanaged
    {
        V At<L, V>(V constant, V x, V y) where L : struct, ILanes<V, T> where V : struct;
    }

    private readonly struct OfTwo<F, T>(F f) : IOfThree<T> where F : struct, IZip<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V constant, V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            f.At<L, V>(constant, x);
    }

    private readonly struct Fused<T> : IOfThree<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V constant, V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            L.Fma(constant, x, y);
    }
}
