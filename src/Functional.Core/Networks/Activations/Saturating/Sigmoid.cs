using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = 1 / (1 + e^-z); phi'(z) = a (1 - a); phi''(z) = a (1 - a) (1 - 2a).</summary>
internal sealed record Sigmoid : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Apply<Logistic, T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(default(Curvature<T>), from, into);

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(delta, L.Multiply(a, L.Subtract(L.All(T.One), a)));
    }

    private readonly struct Curvature<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a) where L : struct, ILanes<V, T> where V : struct =>
            L.Multiply(L.Multiply(a, L.Subtract(L.All(T.One), a)), L.Subtract(L.Subtract(L.All(T.One), a), a));
    }
}
