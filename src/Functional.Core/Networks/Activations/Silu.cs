using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z sigmoid(z), also called swish; phi'(z) = s (1 + z (1 - s)) with s = sigmoid(z). (Elfwing, Uchibe and Doya, 2018)</summary>
internal sealed record Silu : FromSums<Silu.Value, Silu.Slope>
{
    internal readonly struct Value : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
            L.Multiply(x, Numbers.Kernels.Sigmoid.At<L, V>(x));
    }

    internal readonly struct Slope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V s = Numbers.Kernels.Sigmoid.At<L, V>(x), rest = Numbers.Kernels.Sigmoid.At<L, V>(Lane.Negate<L, V>(x));
            return L.Multiply(s, L.Fma(x, rest, L.All(1)));
        }
    }
}
