using System.Numerics;
using System.Text.Json.Nodes;
using Functional.Core.Curvature;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Formats;

namespace Functional.Landscapes;

/// <summary>The curvature of the training loss at a step, in double.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Largest">The largest eigenvalues of the Hessian, falling.</param>
/// <param name="Residuals">How far each may be off.</param>
/// <param name="Trace">Its trace; the interval is a point where it was summed up and not estimated.</param>
/// <param name="StableBelow">The largest eigenvalue with which gradient descent at this rate and momentum is stable;
/// null for other optimizers, and where the rate changes.</param>
public sealed record CurvaturePoint(
    long Step, Items<double> Largest, Items<double> Residuals, TraceEstimate Trace, double? StableBelow)
{
    /// <summary>As JSON, from which it is read back to the bit.</summary>
    internal JsonNode ToJson() => new JsonObject
    {
        ["step"] = Step,
        ["largest"] = Array(Largest),
        ["residuals"] = Array(Residuals),
        ["trace"] = JsonNumber.Of(Trace.Value),
        ["trace_low"] = JsonNumber.Of(Trace.Low),
        ["trace_high"] = JsonNumber.Of(Trace.High),
        ["trace_probes"] = Trace.Probes,
        ["stable_below"] = StableBelow,
    };

    /// <summary>From its JSON.</summary>
    /// <exception cref="InvalidOperationException">A field is missing or of another kind.</exception>
    internal static CurvaturePoint Read(JsonObject json)
    {
        JsonNode Field(string name) =>
            json.TryGetPropertyValue(name, out var found) ? found! : throw new InvalidOperationException($"no {name}");
        return new(
            (long)Field("step"), Numbers(Field("largest")), Numbers(Field("residuals")),
            new(JsonNumber.Read(Field("trace")), JsonNumber.Read(Field("trace_low")),
                JsonNumber.Read(Field("trace_high")), (int)Field("trace_probes")),
            (double?)Field("stable_below"));
    }

    private static JsonArray Array(Items<double> numbers) => new([.. numbers.Select(JsonNumber.Of)]);

    private static Items<double> Numbers(JsonNode array) => [.. array.AsArray().Select(JsonNumber.Read)];
}

/// <summary>Curvature that is watched during training.</summary>
internal static class CurvatureWatch
{
    private const int Top = 3, Products = 30, MostSteps = 200;

    /// <summary>Of so many parameters the trace is summed up.</summary>
    private const int MostSummed = 300;

    /// <summary>Of a larger training part, so many samples are drawn.</summary>
    private const int MostRows = 5000;

    /// <summary>What a person should know of the curvature of a training.</summary>
    public static IEnumerable<Phrase> Notes(Trainer trainer)
    {
        if (trainer.Rows.Train > MostRows)
            yield return $"the curvature is that of {MostRows} of the {trainer.Rows.Train} training samples, drawn at "
                + $"random";
        foreach (var note in trainer.Experiment.LossNotes) yield return $"the curvature: {note}";
    }

    /// <summary>The curvature at a network.</summary>
    /// <param name="experiment">What is trained.</param>
    /// <param name="train">The training part.</param>
    /// <param name="network">The network.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static CurvaturePoint Of<T>(
        Experiment experiment, Dataset<T> train, Network<T> network, long step, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var keys = LandscapeKeys.Of(experiment);
        if (train.Rows > MostRows)
            train = train.Select(Draw.Permutation(keys.WatchedRows, train.Rows).Span[..MostRows]);
        var hessian = network.To<double>().Hessian(
            experiment.Loss, train.To<double>().For(experiment.Loss), threads: threads);
        var found = hessian.Spectrum(Top, bottom: 0, keys.Watched.Starts, mostSteps: MostSteps);
        TraceEstimate trace = hessian.Size <= MostSummed && hessian.Trace() is var sum
            ? new(sum, sum, sum, hessian.Size)
            : hessian.HutchPlusPlus(keys.Watched.Trace, Products);
        return new(
            step, [.. found.Top.Select(pair => pair.Value)], [.. found.Top.Select(pair => pair.Residual)], trace,
            StableSharpness.Of(experiment.Settings));
    }
}
