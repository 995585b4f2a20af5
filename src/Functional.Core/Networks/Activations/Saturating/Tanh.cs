using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = tanh z; phi'(z) = 1 - a^2; phi''(z) = -2a (1 - a^2).</summary>
internal sealed record Tanh : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Apply<HyperbolicTangent, T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(default(Curvature<T>), from, into);

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // (1 - a) (1 + a) keeps the digits that 1 - a^2 would lose near one.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(delta, L.Multiply(L.Subtract(L.All(T.One), a), L.Add(L.All(T.One), a)));
    }

    private readonly struct Curvature<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(
                L.Multiply(L.All(T.CreateTruncating(-2)), a),
                L.Multiply(L.Subtract(L.All(T.One), a), L.Add(L.All(T.One), a)));
    }
}
