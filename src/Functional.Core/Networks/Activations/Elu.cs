using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z where z > 0, else alpha (e^z - 1); phi'(z) = 1 where z > 0, else a + alpha; phi''(z) = 0 and
/// a + alpha. (Clevert, Unterthiner and Hochreiter, 2016)</summary>
/// <param name="Alpha">Minus the bound below, at least 0: then a is positive only where z is.</param>
internal sealed record Elu(double Alpha) : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(new Value<T>(T.CreateTruncating(Alpha)), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(new Derivative<T>(T.CreateTruncating(Alpha)), a, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(new Curvature<T>(T.CreateTruncating(Alpha)), from, into);

    /// <inheritdoc/>
    protected internal override Activation Each(Fields fields) =>
        new Elu(fields.Real("alpha", Alpha, Interval.NotNegative));

    private readonly struct Value<T>(T alpha) : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.LessOrEqual(z, L.All(T.Zero)), L.Multiply(L.All(alpha), L.Through<Expm1>(z)), z);
    }

    private readonly struct Derivative<T>(T alpha) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Less(L.All(T.Zero), a), delta, L.Multiply(L.Add(a, L.All(alpha)), delta));
    }

    private readonly struct Curvature<T>(T alpha) : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Less(L.All(T.Zero), a), L.All(T.Zero), L.Add(a, L.All(alpha)));
    }
}
