using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Training;
using Functional.Formats;
using Functional.Landscapes;

namespace Functional.Runs;

/// <summary>One epoch of a run's history: no number here depends on threads, clocks or interruptions.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Step">Steps done so far.</param>
/// <param name="TrainLoss">The mean loss of the epoch's samples, each before its step.</param>
/// <param name="Validation">How the model does on the validation part; none where that has no rows.</param>
/// <param name="LastStep">The size of the last step; none where the epoch was cut short.</param>
/// <param name="ParametersSha256">The digest of the model after the epoch.</param>
public sealed record EpochLine(
    int Epoch, long Step, double TrainLoss, ValidationLine? Validation, StepMeasures? LastStep, string ParametersSha256)
{
    /// <summary>The curvature of the training loss within the epoch, where it is watched.</summary>
    public Items<CurvaturePoint> Curvature { get; init; } = [];

    /// <summary>The line of an epoch.</summary>
    public static EpochLine Of(Epoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return new(
            epoch.Number, epoch.Step, epoch.TrainLoss, ValidationLine.Of(epoch.Validation), epoch.LastStep,
            epoch.Model.ParametersSha256)
        {
            Curvature = epoch.Curvature,
        };
    }

    /// <summary>As JSON, from which it is read back to the bit; a number that is not finite becomes null.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["epoch"] = Epoch,
            ["step"] = Step,
            ["train_loss"] = JsonNumber.Of(TrainLoss),
        };
        if (Validation is var (loss, score, value))
        {
            json["validation_loss"] = JsonNumber.Of(loss);
            json[Prefix + score] = JsonNumber.Of(value);
        }
        if (LastStep is var (rate, gradient, update))
        {
            if (rate is { } some) json["rate"] = JsonNumber.Of(some);
            json["gradient_norm"] = JsonNumber.Of(gradient);
            json["update_norm"] = JsonNumber.Of(update);
        }
        json["parameters_sha256"] = ParametersSha256;
        if (Curvature.Count > 0) json["curvature"] = new JsonArray([.. Curvature.Select(point => point.ToJson())]);
        return json;
    }

    /// <summary>From a line of <c>metrics.jsonl</c>; null where it is none.</summary>
    internal static EpochLine? Read(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject json) return null;
            string? score = Scores.FirstOrDefault(name => json.ContainsKey(Prefix + name));
            return new(
                (int)json["epoch"]!, (long)json["step"]!, JsonNumber.Read(json["train_loss"]),
                score is null
                    ? null
                    : new(JsonNumber.Read(json["validation_loss"]), score, JsonNumber.Read(json[Prefix + score])),
                json.ContainsKey("gradient_norm")
                    ? new(
                        (double?)json["rate"], JsonNumber.Read(json["gradient_norm"]),
                        JsonNumber.Read(json["update_norm"]))
                    : null,
                (string)json["parameters_sha256"]!)
            {
                Curvature = json["curvature"] is JsonArray points
                    ? [.. points.Select(point => CurvaturePoint.Read(point!.AsObject()))]
                    : [],
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException
            or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    private const string Prefix = "validation_";

    private static readonly string[] Scores = [.. Evaluation.Names.Where(name => name != "loss")];
}

/// <summary>The validation part after an epoch.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Score">The name of the measure that people look at first.</param>
/// <param name="Value">Its value.</param>
public sealed record ValidationLine(double Loss, string Score, double Value)
{
    /// <summary>That of an evaluation; none where there is none.</summary>
    public static ValidationLine? Of(Evaluation? part) =>
        part is { Score: var score } ? new(part.Loss, score.Name, score.Value) : null;
}
