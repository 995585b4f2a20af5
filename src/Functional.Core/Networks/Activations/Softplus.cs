using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = ln(1 + e^z); phi'(z) = sigmoid(z) = 1 - e^-a; phi''(z) = (1 - e^-a) e^-a.</summary>
internal sealed record Softplus : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Apply<Log1pExp, T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(default(Curvature<T>), from, into);

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(L.Subtract(L.All(T.Zero), delta), L.Through<Expm1>(L.Subtract(L.All(T.Zero), a)));
    }

    private readonly struct Curvature<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(
                L.Subtract(L.All(T.Zero), L.Through<Expm1>(L.Subtract(L.All(T.Zero), a))),
                L.Through<Exp>(L.Subtract(L.All(T.Zero), a)));
    }
}
