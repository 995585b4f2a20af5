using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = max(z, 0); phi'(z) = 1 where z > 0, else 0 (at zero too).</summary>
internal sealed record Relu : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Value<T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    private readonly struct Value<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // NaN is not below zero, so it passes.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.LessOrEqual(z, L.All(T.Zero)), L.All(T.Zero), z);
    }

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Less(L.All(T.Zero), a), delta, L.All(T.Zero));
    }
}
