namespace Functional.Core.Landscapes;

/// <summary>The largest eigenvalue with which full-batch gradient descent on a quadratic loss does not diverge.
/// Training at a constant rate is often seen to rise to it and stay there, at the edge of stability. (Cohen, Kaur, Li,
/// Kolter and Talwalkar, 2021)</summary>
public static class StableSharpness
{
    /// <summary>(2 + 2 momentum) / rate; null for optimizers whose steps are not a rate times a gradient.</summary>
    public static double? Of(Optimizer optimizer) => optimizer switch
    {
        Sgd { Nesterov: false, Dampening: 0, WeightDecay: 0 } sgd => (2 + 2 * sgd.Momentum) / sgd.Rate,
        Rate rate => 2 / rate.Value,
        _ => null,
    };
}
