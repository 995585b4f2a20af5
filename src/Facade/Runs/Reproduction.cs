using System.Text.Json.Nodes;
using Functional.Core.Training;

namespace Functional.Runs;

/// <summary>Something that came out otherwise when a run was done again.</summary>
/// <param name="Epoch">In which epoch; null at the end of training.</param>
/// <param name="Field">What it is called in the run's files.</param>
/// <param name="Recorded">What the run says; null where it says nothing.</param>
/// <param name="Found">What came out now.</param>
internal sealed record Discrepancy(int? Epoch, string Field, string? Recorded, string? Found);

/// <summary>A run done again, and compared with what it says: its data, every epoch, its end.</summary>
/// <param name="EpochsCompared">How many epochs are the same, to the last bit of every number.</param>
/// <param name="First">The first thing that is not; null where all are.</param>
internal sealed record Reproduction(int EpochsCompared, Discrepancy? First)
{
    /// <summary>How many epochs a quick look compares.</summary>
    public const int Quick = 3;

    /// <summary>Whether the end of training was compared, too.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What may be why: library, numeric law or experiment are not those of the run.</summary>
    public Items<Discrepancy> Suspects { get; init; } = [];

    /// <summary>Compares a run with its training, done again.</summary>
    /// <param name="run">The run's directory.</param>
    /// <param name="recorded">What it describes.</param>
    /// <param name="epochs">The epochs of its training, done again; read as far as needed.</param>
    /// <param name="isQuick">Whether the first epochs are enough.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Reproduction Of(
        string run, RecordedTraining recorded, IEnumerable<Epoch> epochs, bool isQuick, int threads)
    {
        if (recorded.DataSha256 != recorded.DataOfRun)
            return new(0, new(null, "data.sha256", recorded.DataOfRun, recorded.DataSha256));
        if ($"{recorded.Report["seed"]}" is var seed && seed != $"{recorded.Trainer.Experiment.Settings.Seed}")
            return new(0, new(null, "seed", seed, $"{recorded.Trainer.Experiment.Settings.Seed}"));
        return Compared(run, recorded, epochs, isQuick, threads) with { Suspects = [.. SuspectsOf(recorded)] };
    }

    private static Reproduction Compared(
        string run, RecordedTraining recorded, IEnumerable<Epoch> epochs, bool isQuick, int threads)
    {
        var lines = MetricsFile.Read(run);
        bool hasEnded =
            !RunReport.IsUnfinished(recorded.Report) && $"{recorded.Report["outcome"]}" != RunReport.Interrupted;
        int compared = 0;
        Epoch? last = null;
        foreach (var epoch in epochs)
        {
            if (!epoch.IsWhole && epoch.Outcome is not Outcome.Diverged) continue;
            last = epoch;
            if (lines.Count == 0) continue; // a run without a history: its end is all there is to compare
            if (isQuick && compared == Quick) return new(compared, null);
            if (compared == lines.Count)
                return new(compared, hasEnded ? new(epoch.Number, "epochs", $"{lines.Count}", "more") : null);
            if (Difference(lines[compared], EpochLine.Of(epoch)) is { } found) return new(compared, found);
            compared++;
        }
        if (compared < lines.Count)
            return new(compared, new(compared + 1, "epochs", $"{lines.Count}", $"{compared}"));
        return hasEnded && !isQuick ? Ended(run, recorded, last, compared, threads) : new(compared, null);
    }

    private static Reproduction Ended(string run, RecordedTraining recorded, Epoch? last, int compared, int threads)
    {
        var (trainer, report) = (recorded.Trainer, recorded.Report);
        var results = trainer.Results(
            last?.Kept ?? trainer.Untrained, trainer.OutcomeAfter(last, default), threads, withThresholds: false);
        string? Text(JsonNode? node) => node?.ToJsonString();
        (string Field, string? Recorded, string? Found)[] all =
        [
            ("parameters_sha256", (string?)report["parameters_sha256"], results.Model.ParametersSha256),
            ("model.safetensors", RunDirectory.LoadModel(run).ParametersSha256, results.Model.ParametersSha256),
            ("train", Text(report["train"]), Text(RunReport.Part(results.Train))),
            ("validation", Text(report["validation"]),
                Text(results.Validation is { } validation ? RunReport.Part(validation) : null)),
            ("test", Text(report["test"]), Text(results.Test is { } test ? RunReport.Part(test) : null)),
        ];
        foreach (var (field, was, found) in all)
            if (was != found)
                return new(compared, new(null, field, was, found));
        return new Reproduction(compared, null) { IsWhole = true };
    }

    // The first field of a line that is another.
    private static Discrepancy? Difference(EpochLine recorded, EpochLine found)
    {
        var (was, now) = (recorded.ToJson(), found.ToJson());
        foreach (string field in was.Select(field => field.Key).Union(now.Select(field => field.Key)))
            if (was[field]?.ToJsonString() is var one && now[field]?.ToJsonString() is var two && one != two)
                return new(found.Epoch, field, one, two);
        return null;
    }

    private static IEnumerable<Discrepancy> SuspectsOf(RecordedTraining recorded)
    {
        var report = recorded.Report;
        if (!recorded.IsUnaltered)
            yield return new(null, "experiment_sha256", $"{report["experiment_sha256"]}",
                recorded.Trainer.Experiment.Digest);
        if ($"{report["numeric_law"]}" is var law && law != $"{NumericLaw.Version}")
            yield return new(null, "numeric_law", law, $"{NumericLaw.Version}");
        if ($"{report["library"]}" is var library && library != RunHeader.Library)
            yield return new(null, "library", library, RunHeader.Library);
    }
}
