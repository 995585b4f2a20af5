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

    // What says nothing of what was computed: where, how fast and by which release.
    internal static readonly IReadOnlySet<string> Incidental = new HashSet<string>
    {
        "threads", "seconds", "run", "library", "notes", "experiment", "history", "curvature",
    };

    /// <summary>Compares a run with its training, done again.</summary>
    /// <param name="run">The run's directory.</param>
    /// <param name="recorded">What it describes.</param>
    /// <param name="epochs">The epochs of <see cref="RecordedTraining.Again"/>; read as far as needed.</param>
    /// <param name="isQuick">Whether the first epochs are enough.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static Reproduction Of(
        string run, RecordedTraining recorded, IEnumerable<Epoch> epochs, bool isQuick, int threads)
    {
        var before = BeforeTraining(recorded).FirstOrDefault();
        var found = before is null ? Compared(run, recorded, epochs, isQuick, threads) : new(0, before);
        return found with { Suspects = found.First is null ? [] : [.. SuspectsOf(recorded)] };
    }

    // What can be told without training.
    private static IEnumerable<Discrepancy> BeforeTraining(RecordedTraining recorded)
    {
        if (recorded.DataSha256 != recorded.DataOfRun)
            yield return new(null, "data.sha256", recorded.DataOfRun, recorded.DataSha256);
        if (!recorded.IsUnaltered)
            yield return new(null, "experiment_sha256", $"{recorded.Report["experiment_sha256"]}",
                recorded.Trainer.Experiment.Digest);
        foreach (var (field, now) in recorded.Header(1).ToJson())
            if (!Incidental.Contains(field) && field != "numeric_law"
                && !JsonNode.DeepEquals(Parsed(now), recorded.Report[field]))
                yield return new(null, field, recorded.Report[field]?.ToJsonString(), now?.ToJsonString());
    }

    private static Reproduction Compared(
        string run, RecordedTraining recorded, IEnumerable<Epoch> epochs, bool isQuick, int threads)
    {
        var report = recorded.Report;
        string[] lines = MetricsFile.Text(run).Split('\n');
        bool isUnfinished = RunReport.IsUnfinished(report);
        long? steps = isUnfinished ? null : (long)report["steps"]!;
        var history = new List<EpochLine>();
        Epoch? last = null;
        foreach (var epoch in epochs)
        {
            if (isQuick && history.Count == Quick) return new(history.Count, null);
            last = epoch;
            if (epoch.IsWhole || epoch.Outcome is Outcome.Diverged)
            {
                if (isUnfinished && history.Count == lines.Length - 1) return new(history.Count, null);
                var line = EpochLine.Of(epoch);
                if (Difference(lines, line) is { } found) return new(history.Count, found);
                history.Add(line);
            }
            if (epoch.Step == steps) break;
        }
        if (isQuick) return new(history.Count, null);
        if (lines.Length - 1 != history.Count || lines[^1].Length > 0)
            return new(history.Count, new(
                history.Count + 1, MetricsFile.Name, $"{lines.Length - 1}", $"{history.Count}"));
        return isUnfinished
            ? new(history.Count, null)
            : AtTheEnd(run, recorded, history, last, threads) is { } other
                ? new(history.Count, other)
                : new Reproduction(history.Count, null) { IsWhole = true };
    }

    // The first field of a line that is another.
    private static Discrepancy? Difference(string[] lines, EpochLine found)
    {
        var now = found.ToJson();
        string was = found.Epoch <= lines.Length - 1 ? lines[found.Epoch - 1] : "";
        if (was == now.ToJsonString()) return null;
        if (EpochLine.Read(was)?.ToJson() is { } line)
            foreach (string field in line.Select(field => field.Key).Union(now.Select(field => field.Key)))
                if (line[field]?.ToJsonString() is var one && now[field]?.ToJsonString() is var two && one != two)
                    return new(found.Epoch, field, one, two);
        return new(found.Epoch, MetricsFile.Name, was.Length > 0 ? was : null, now.ToJsonString());
    }

    // The report as it would be written now, and the model.
    private static Discrepancy? AtTheEnd(
        string run, RecordedTraining recorded, IReadOnlyList<EpochLine> history, Epoch? last, int threads)
    {
        var trainer = recorded.Trainer;
        bool isCut = RunReport.Is(recorded.Report, RunReport.Interrupted);
        var outcome = isCut ? new Outcome.Cancelled(last?.Step ?? 0) : trainer.OutcomeAfter(last, default);
        var results = trainer.Results(last?.Kept ?? trainer.Untrained, outcome, threads, withThresholds: false);
        var now = new RunReport(recorded.Header(1), results, last?.Step ?? 0, history, 0)
            .ToJson(run, withHistory: false);
        foreach (string field in now.Select(field => field.Key).Union(recorded.Report.Select(field => field.Key)))
            if (!Incidental.Contains(field) && !JsonNode.DeepEquals(Parsed(now[field]), recorded.Report[field]))
                return Within(field, recorded.Report[field], Parsed(now[field]));
        return RunDirectory.LoadModel(run).FileSha256 is var digest && digest != results.Model.FileSha256
            ? new(null, RunFiles.Model, digest, results.Model.FileSha256)
            : null;
    }

    // Of an object, its first field that is another.
    internal static Discrepancy Within(string field, JsonNode? was, JsonNode? now)
    {
        if (was is JsonObject one && now is JsonObject two)
            foreach (string inner in one.Select(each => each.Key).Union(two.Select(each => each.Key)))
                if (!JsonNode.DeepEquals(one[inner], two[inner]))
                    return Within($"{field}.{inner}", one[inner], two[inner]);
        return new(null, field, was?.ToJsonString(), now?.ToJsonString());
    }

    // As it is read from a file: a number is then the same however it was made.
    internal static JsonNode? Parsed(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString());

    private static IEnumerable<Discrepancy> SuspectsOf(RecordedTraining recorded)
    {
        var report = recorded.Report;
        if (recorded.Functions is var functions && functions != OwnLibraries.Sha256)
            yield return new(null, "functions_sha256", functions, OwnLibraries.Sha256);
        if ($"{report["numeric_law"]}" is var law && law != $"{NumericLaw.Version}")
            yield return new(null, "numeric_law", law, $"{NumericLaw.Version}");
        if ($"{report["library"]}" is var library && library != RunHeader.Library)
            yield return new(null, "library", library, RunHeader.Library);
    }
}
