namespace Functional.Core.Landscapes;

/// <summary>The largest eigenvalue with which gradient descent on a quadratic loss, all samples at once, does not
/// diverge. Training at a constant rate is often seen to rise to it and stay there, at the edge of stability. (Cohen,
/// Kaur, Li, Kolter and Talwalkar, 2021)</summary>
public static class StableSharpness
{
    /// <summary>With m the momentum: 2 (1 + m) / rate, with dampening that over 1 - dampening, and with Nesterov's
    /// momentum that over 1 + 2 m; null where steps are not made of a constant rate and a gradient of the loss alone:
    /// with other optimizers, schedules, weight decay or a penalty.</summary>
    public static double? Of(Settings settings) => Known(settings)?.Limit;

    /// <summary>The same with its formula.</summary>
    internal static (double Limit, Phrase Formula)? Known(Settings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var usual = new Settings();
        if (settings.Schedule != usual.Schedule || settings.Penalty is not Penalty.None) return null;
        if (settings.Optimizer.Ascends) return null; // its gradients are those of another point
        return settings.Optimizer.Expanded.Parts switch
        {
            [Rate(var rate)] => (2 / rate, $"2 / learning rate"),
            [Momentum(var m, 0), Rate(var rate)] => (2 * (1 + m) / rate, $"2 (1 + momentum) / learning rate"),
            [Momentum(var m, var dampening), Rate(var rate)] => (
                2 * (1 + m) / ((1 - dampening) * rate), $"2 (1 + momentum) / ((1 - dampening) learning rate)"),
            [Nesterov(var m), Rate(var rate)] => (
                2 * (1 + m) / ((1 + 2 * m) * rate), $"2 (1 + momentum) / ((1 + 2 momentum) learning rate)"),
            _ => null,
        };
    }
}
