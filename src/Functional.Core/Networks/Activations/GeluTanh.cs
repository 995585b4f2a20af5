using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Networks.Activations;

/// <summary>GELU by a hyperbolic tangent: phi(z) = z (1 + t) / 2 with t = tanh(u), u = sqrt(2 / pi) (z + 0.044715 z^3);
/// phi'(z) = (1 + t) / 2 + z (1 - t^2) u' / 2;
/// phi''(z) = (1 - t^2) (u' + z u'' / 2 - z t u'^2). (Hendrycks and Gimpel, 2016)</summary>
internal sealed record GeluTanh : ActivationOfZ<GeluTanh.Value, GeluTanh.Slope, GeluTanh.Curvature>
{
    private const double SqrtTwoOverPi = 0.7978845608028654, Cubic = 0.044715;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Curve<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        HyperbolicTangent.At<L, V>(
            L.Multiply(L.All(SqrtTwoOverPi), L.Fma(L.Multiply(L.All(Cubic), L.Multiply(x, x)), x, x)));

    internal readonly struct Value : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
            L.Multiply(L.Multiply(L.All(0.5), x), L.Add(L.All(1), Curve<L, V>(x)));
    }

    internal readonly struct Slope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            // Clamped: from 7 on the slope is 0 or 1.
            V one = L.All(1), near = Lane.Clamp<L, V>(x, -100, 100), t = Curve<L, V>(near);
            V rise = L.Multiply(L.All(SqrtTwoOverPi), L.Fma(L.All(3 * Cubic), L.Multiply(near, near), one));
            V below = L.Multiply(L.Subtract(one, t), L.Add(one, t));
            return L.Multiply(L.All(0.5), L.Fma(L.Multiply(near, below), rise, L.Add(one, t)));
        }
    }

    internal readonly struct Curvature : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V one = L.All(1), near = Lane.Clamp<L, V>(x, -100, 100), t = Curve<L, V>(near); // from 7 on it is 0
            V rise = L.Multiply(L.All(SqrtTwoOverPi), L.Fma(L.All(3 * Cubic), L.Multiply(near, near), one));
            V below = L.Multiply(L.Subtract(one, t), L.Add(one, t)),
                bend = L.Multiply(L.All(3 * Cubic * SqrtTwoOverPi), L.Multiply(near, near));
            V back = L.Multiply(L.Multiply(near, t), L.Multiply(rise, rise));
            return L.Multiply(below, L.Subtract(L.Add(rise, bend), back));
        }
    }
}
