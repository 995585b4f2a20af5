using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>Whether a run that was done again came out the same.</summary>
/// <param name="Run">Its directory.</param>
/// <param name="Recorded">What its run.json says.</param>
/// <param name="Found">What was compared, and what is not the same.</param>
internal sealed record ReproductionReport(string Run, JsonObject Recorded, Reproduction Found) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["run"] = Run,
        ["reproduced"] = Found.First is null,
        ["epochs_compared"] = Found.EpochsCompared,
        ["end_compared"] = Found.IsWhole,
        ["difference"] = Found.First is { } first ? Discrepant(first) : null,
        ["suspects"] = new JsonArray([.. Found.Suspects.Select(Discrepant)]),
        ["parameters_sha256"] = Recorded["parameters_sha256"]?.DeepClone(),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().SelectMany(line => Wrapped(line.In(language), width, 2));

    private IEnumerable<Phrase> Lines()
    {
        yield return Found.First switch
        {
            null when Found.IsWhole => $"reproduced: data, {Counted.Epochs(Found.EpochsCompared)}, results and "
                + $"parameters are the same, to the last bit",
            null => $"reproduced so far: data and {Counted.Epochs(Found.EpochsCompared)} are the same, to the last bit",
            { Field: "data.sha256" } => $"not reproduced: the data are not those of the run",
            { Field: "seed" } => $"not reproduced: the run's seed is not that of its experiment",
            { Epoch: { } epoch } => $"not reproduced: epoch {epoch} is the first that is another",
            { Field: "model.safetensors" } => $"not reproduced: the model is not the one that the run describes",
            _ when Found.EpochsCompared == 0 => $"not reproduced: run.json is not that of its experiment and its data",
            _ => $"not reproduced: the epochs are the same, and the end is another",
        };
        if (Found.First is { } first) yield return Line(first);
        foreach (var suspect in Found.First is null ? [] : Found.Suspects) yield return Line(suspect);
        if (Found.First is null && Recorded["parameters_sha256"] is { } digest && Found.IsWhole)
            yield return $"{(Phrase)$"parameters",-12}{digest}";
        if (Found.First is null && !Found.IsWhole
            && (RunReport.IsUnfinished(Recorded) || RunReport.Is(Recorded, RunReport.Interrupted)))
            yield return $"the run was not trained to its end; functional resume {Run} goes on with it";
    }

    /// <summary>What is not the same.</summary>
    public static Phrase Line(Discrepancy of) => $"{of.Field}: {of.Recorded ?? "-"} in the run, {of.Found ?? "-"} now";

    private static JsonObject Discrepant(Discrepancy of) => new()
    {
        ["epoch"] = of.Epoch,
        ["field"] = of.Field,
        ["recorded"] = of.Recorded,
        ["found"] = of.Found,
    };
}
