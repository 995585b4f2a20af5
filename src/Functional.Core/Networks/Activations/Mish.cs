using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z t with t = tanh(softplus(z)); phi'(z) = t + z (1 - t^2) s with s = sigmoid(z);
/// phi''(z) = (1 - t^2) s (2 + z (1 - s - 2 t s)). (Misra, 2019)</summary>
internal sealed record Mish : ActivationOfZ<Mish.Value, Mish.Slope, Mish.Curvature>
{
    internal readonly struct Value : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
            L.Multiply(x, HyperbolicTangent.At<L, V>(Log1pExp.At<L, V>(x)));
    }

    internal readonly struct Slope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V one = L.All(1), t = HyperbolicTangent.At<L, V>(Log1pExp.At<L, V>(x));
            V below = L.Multiply(L.Subtract(one, t), L.Add(one, t));
            return L.Fma(L.Multiply(x, below), Logistic.At<L, V>(x), t);
        }
    }

    internal readonly struct Curvature : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            // From 750 on it is 0.
            V one = L.All(1), near = Lane.Clamp<L, V>(x, -1000, 1000),
                t = HyperbolicTangent.At<L, V>(Log1pExp.At<L, V>(near));
            V s = Logistic.At<L, V>(near), rest = Logistic.At<L, V>(Lane.Negate<L, V>(near));
            V below = L.Multiply(L.Subtract(one, t), L.Add(one, t));
            V inner = L.Subtract(rest, L.Multiply(L.All(2), L.Multiply(t, s)));
            return L.Multiply(L.Multiply(below, s), L.Fma(near, inner, L.All(2)));
        }
    }
}
