using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = s z where z > 0, else s alpha (e^z - 1); phi'(z) = s where z > 0, else a + s alpha; phi''(z) =
/// 0 and a + s alpha. With these two constants a deep net keeps mean 0 and variance 1. (Klambauer, Unterthiner,
/// Mayr and Hochreiter, 2017)</summary>
internal sealed record Selu : Activation
{
    private const double S = 1.0507009873554805, SAlpha = 1.7580993408473769;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Value<T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(default(Curvature<T>), from, into);

    private readonly struct Value<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct => L.Select(
            L.LessOrEqual(z, L.All(T.Zero)), L.Multiply(L.All(T.CreateTruncating(SAlpha)), L.Through<Expm1>(z)),
            L.Multiply(L.All(T.CreateTruncating(S)), z));
    }

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct => L.Multiply(
            delta,
            L.Select(
                L.Less(L.All(T.Zero), a), L.All(T.CreateTruncating(S)), L.Add(a, L.All(T.CreateTruncating(SAlpha)))));
    }

    private readonly struct Curvature<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Less(L.All(T.Zero), a), L.All(T.Zero), L.Add(a, L.All(T.CreateTruncating(SAlpha))));
    }
}
