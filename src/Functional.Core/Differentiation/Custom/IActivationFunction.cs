using System.Runtime.CompilerServices;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Custom;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Numbers.Lanes;

namespace Functional;

/// <summary>An activation that a program brings along: phi alone, over generic arithmetic. Its derivatives come
/// from dual numbers.</summary>
public interface IActivationFunction
{
    /// <summary>The name it is written under in experiments and models: lower-case letters, digits
    /// and underscores.</summary>
    static abstract string Name { get; }

    /// <summary>phi(z). Should be pure: one z, one answer. Pieces are best joined by
    /// <see cref="IReal{TSelf}.Choose"/>, <c>T.Max</c>, <c>T.Min</c>, <c>T.Clamp</c> and <c>T.Abs</c>; an
    /// <c>if</c> on z is right, too, but a vector of numbers that do not all take one branch is then gone through
    /// number by number.</summary>
    static abstract T At<T>(T z) where T : IReal<T>;
}

/// <summary>How a function becomes an activation.</summary>
public static class CustomActivations
{
    extension(Activation)
    {
        /// <summary>The activation of a function, which from now on can be named in experiments and models. To be
        /// said once for each function before they are read; saying it again changes nothing.</summary>
        /// <exception cref="ArgumentException">The name is another activation's, or none.</exception>
        public static Activation Register<F>() where F : struct, IActivationFunction
        {
            var phi = new CustomActivation<F>();
            Activation.Kinds.Add(F.Name, phi);
            return phi;
        }
    }
}

/// <summary>An activation made of a function: evaluated, with its derivatives, in double and rounded once.</summary>
internal sealed record CustomActivation<F> : Activation, ITextbookActivation where F : struct, IActivationFunction
{
    internal override bool NeedsZ => true;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) => Packed.Map<Value, T>(default, z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Packed.Map<Slope, T>(default, z, delta, times: true);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Packed.Map<Curvature, T>(default, from, into);

    T ITextbookActivation.Of<T>(T z) => F.At(z);

    internal readonly struct Value : IPacked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct => F.At(x);
    }

    internal readonly struct Slope : IPacked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct =>
            F.At(DualPack<L, V>.Moving(x)).Tangent;
    }

    internal readonly struct Curvature : IPacked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct =>
            F.At(Dual<Dual<Pack<L, V>>>.Moving(Dual<Pack<L, V>>.Moving(x))).Tangent.Tangent;
    }
}
