using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Networks;

/// <summary>An activation whose derivative must be taken from z: both are functions evaluated in double and rounded once.</summary>
internal abstract record FromSums<Value, Slope> : Activation where Value : struct, IFunction where Slope : struct, IFunction
{
    internal override bool NeedsSums => true;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) => Elementwise.Map(default(Apply<Value, T>), z, a);

    internal override void Chain<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) => Elementwise.Zip(default(ChainBy<Slope, T>), z, delta, delta);
}
