using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Custom;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Numbers.Lanes;

namespace Functional;

/// <summary>An activation of a program's own, with fields: phi alone, over generic arithmetic; its derivatives come
/// from dual numbers. Evaluated in double and rounded once, the same bits on every processor. One without fields
/// runs faster as an <see cref="IActivationFunction"/>.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public abstract record ActivationFunction<TSelf> : Activation, ITextbookActivation
    where TSelf : ActivationFunction<TSelf>
{
    /// <summary>phi(z). Should be pure: one z, one answer. Pieces are best joined by
    /// <see cref="IReal{TSelf}.Choose"/>, <c>T.Max</c>, <c>T.Min</c> and <c>T.Abs</c>.</summary>
    public abstract T Value<T>(T z) where T : IReal<T>;

    internal override bool NeedsZ => true;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) => Packed.Map(new Values(this), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Packed.Map(new Slopes(this), z, delta, times: true);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Packed.Map(new Curvatures(this), from, into);

    T ITextbookActivation.Of<T>(T z) => Value(z);

    private readonly struct Values(ActivationFunction<TSelf> phi) : IPacked
    {
        public Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct => phi.Value(x);
    }

    private readonly struct Slopes(ActivationFunction<TSelf> phi) : IPacked
    {
        public Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct =>
            phi.Value(DualPack<L, V>.Moving(x)).Tangent;
    }

    private readonly struct Curvatures(ActivationFunction<TSelf> phi) : IPacked
    {
        public Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct =>
            phi.Value(Dual<Dual<Pack<L, V>>>.Moving(Dual<Pack<L, V>>.Moving(x))).Tangent.Tangent;
    }
}
