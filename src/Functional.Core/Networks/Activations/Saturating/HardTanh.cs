using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z between -1 and 1, else the nearer of them; phi'(z) = 1 between them, else
/// 0 (at both, too).</summary>
internal sealed record HardTanh : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Value<T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    private readonly struct Value<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        // NaN is neither below nor above, so it passes.
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Less(z, L.All(-T.One)), L.All(-T.One), L.Select(L.Less(L.All(T.One), z), L.All(T.One), z));
    }

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.And(L.Less(L.All(-T.One), a), L.Less(a, L.All(T.One))), delta, L.All(T.Zero));
    }
}
