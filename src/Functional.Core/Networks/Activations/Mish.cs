using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z t with t = tanh(softplus(z)); phi'(z) = t + z (1 - t^2) sigmoid(z). (Misra, 2019)</summary>
internal sealed record Mish : FromSums<Mish.Value, Mish.Slope>
{
    internal readonly struct Value : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
            L.Multiply(x, Numbers.Kernels.Tanh.At<L, V>(Numbers.Kernels.Softplus.At<L, V>(x)));
    }

    internal readonly struct Slope : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
        {
            V one = L.All(1), t = Numbers.Kernels.Tanh.At<L, V>(Numbers.Kernels.Softplus.At<L, V>(x));
            V below = L.Multiply(L.Subtract(one, t), L.Add(one, t));
            return L.Fma(L.Multiply(x, below), Numbers.Kernels.Sigmoid.At<L, V>(x), t);
        }
    }
}
