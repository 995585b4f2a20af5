using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z P(z) with P the normal distribution, P(z) = (1 + erf(z / sqrt 2)) / 2; phi'(z) =
/// P(z) + z p(z) with its density p(z) = e^(-z^2/2) / sqrt(2 pi); phi''(z) = p(z) (2 - z^2). (Hendrycks
/// and Gimpel, 2016)</summary>
internal sealed record Gelu : ActivationOfZ<Gelu.Value, Gelu.Slope, Gelu.Curvature>
{
    private const double OneOverSqrtTwo = 0.7071067811865476, OneOverSqrtTwoPi = 0.3989422804014327;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Probability<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        L.Multiply(L.All(0.5), L.Add(L.All(1), Erf.At<L, V>(L.Multiply(x, L.All(OneOverSqrtTwo)))));

    internal readonly struct Value : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
            L.Multiply(x, Probability<L, V>(x));
    }

    internal readonly struct Slope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V density = L.Multiply(L.All(OneOverSqrtTwoPi), Exp.At<L, V>(L.Multiply(L.All(-0.5), L.Multiply(x, x))));
            return L.Fma(x, density, Probability<L, V>(x));
        }
    }

    internal readonly struct Curvature : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V near = Lane.Clamp<L, V>(x, -100, 100), square = L.Multiply(near, near); // from 39 on it is 0
            V density = L.Multiply(L.All(OneOverSqrtTwoPi), Exp.At<L, V>(L.Multiply(L.All(-0.5), square)));
            return L.Multiply(density, L.Subtract(L.All(2), square));
        }
    }
}
