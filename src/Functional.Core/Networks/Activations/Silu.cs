using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z sigmoid(z), also called swish; phi'(z) = s (1 + z (1 - s)) with s = sigmoid(z);
/// phi''(z) = s (1 - s) (2 + z (1 - 2s)). (Elfwing, Uchibe and Doya, 2018)</summary>
internal sealed record Silu : ActivationOfZ<Silu.Value, Silu.Slope, Silu.Curvature>
{
    internal readonly struct Value : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
            L.Multiply(x, Logistic.At<L, V>(x));
    }

    internal readonly struct Slope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V s = Logistic.At<L, V>(x), rest = Logistic.At<L, V>(Lane.Negate<L, V>(x));
            return L.Multiply(s, L.Fma(x, rest, L.All(1)));
        }
    }

    internal readonly struct Curvature : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V near = Lane.Clamp<L, V>(x, -1000, 1000); // from 750 on it is 0
            V s = Logistic.At<L, V>(near), rest = Logistic.At<L, V>(Lane.Negate<L, V>(near));
            return L.Multiply(L.Multiply(s, rest), L.Fma(near, L.Subtract(rest, s), L.All(2)));
        }
    }
}
