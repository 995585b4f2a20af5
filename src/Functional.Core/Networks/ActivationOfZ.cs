using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;


namespace Functional.Core.Networks;

/// <summary>An activation whose derivative must be taken from z: it, its derivative and its second derivative are
/// functions evaluated in double and rounded once.</summary>
internal abstract record ActivationOfZ<Value, Slope, Curvature> : Activation
    where Value : struct, IFunction where Slope : struct, IFunction where Curvature : struct, IFunction
{
    internal override bool NeedsZ => true;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Apply<Value, T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(ChainBy<Slope, T>), z, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(default(Apply<Curvature, T>), from, into);
}
