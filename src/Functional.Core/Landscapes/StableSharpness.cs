namespace Functional.Core.Landscapes;

/// <summary>The largest eigenvalue with which gradient descent on a quadratic loss, all samples at once, does not
/// diverge. Training at a constant rate is often seen to rise to it and stay there, at the edge of stability. (Cohen,
/// Kaur, Li, Kolter and Talwalkar, 2021)</summary>
public static class StableSharpness
{
    /// <summary>(2 + 2 momentum) / rate; null where steps are not a constant rate times a gradient of the loss alone:
    /// with other optimizers, schedules, weight decay or a penalty.</summary>
    public static double? Of(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var usual = new Settings();
        if (settings.Schedule != usual.Schedule || settings.Penalty is not Penalty.None) return null;
        return settings.Optimizer switch
        {
            Sgd { Nesterov: false, Dampening: 0, WeightDecay: 0 } sgd => (2 + 2 * sgd.Momentum) / sgd.Rate,
            Rate rate => 2 / rate.Value,
            _ => null,
        };
    }
}
