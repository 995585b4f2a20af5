using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Formats;
using Functional.Runs;

namespace Functional.Sweeps;

/// <summary>A sweep on disk: <c>sweep.json</c>, which says what was asked for, and an ordinary run for each training in
/// <c>runs</c>. Whatever ends the process, the sweep goes on from its runs.</summary>
internal sealed class SweepDirectory : SweepKeeping, IDisposable
{
    /// <summary>The file that says what was asked for.</summary>
    public const string File = "sweep.json";

    private readonly string directory;
    private readonly SweepPlan plan;
    private readonly Checkpointing often;
    private readonly int threads;
    private readonly Func<RunHeader, IEnumerable<string>> before;
    private readonly RunLock held;

    private SweepDirectory(
        string directory, SweepPlan plan, Checkpointing often, int threads,
        Func<RunHeader, IEnumerable<string>> before, RunLock held) =>
        (this.directory, this.plan, this.often, this.threads, this.before, this.held) =
            (directory, plan, often, threads, before, held);

    /// <summary>Opens the directory of a sweep, new or its own from before.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="plan">The sweep.</param>
    /// <param name="often">How often each training is kept.</param>
    /// <param name="threads">How many threads help; 0 for all processors.</param>
    /// <param name="before">Where runs of the same training may be that were done before.</param>
    /// <exception cref="InvalidInputException">Another sweep is there, or it cannot be written.</exception>
    public static SweepDirectory Open(
        string path, SweepPlan plan, Checkpointing often, int threads, Func<RunHeader, IEnumerable<string>> before)
    {
        if (Fault(path) is { } taken) throw new InvalidInputException(taken);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), file = Path.Combine(full, File);
        var asked = Asked(plan);
        bool isNew = !Directory.Exists(full);
        RunLock? held = null;
        try
        {
            Directory.CreateDirectory(full);
            held = RunLock.Take(full)
                ?? throw new InvalidInputException($"{path} is being written by another sweep");
            if (System.IO.File.Exists(file)) RequireSame(path, file, asked);
            else
                Disk.Replace(file, Encoding.UTF8.GetBytes(
                    asked.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n"));
            return new(full, plan, often, threads, before, held);
        }
        catch (Exception fault)
        {
            held?.Dispose();
            if (Atomically.Reason(fault) is not { } reason) throw;
            if (isNew) Remove(full);
            throw new InvalidInputException($"the sweep's directory {path} cannot be written: {reason}", fault);
        }
    }

    /// <summary>Why a sweep cannot be written to a path, as far as a look can tell; null where it seems that it
    /// can.</summary>
    public static Phrase? Fault(string path)
    {
        string file = Path.Combine(path, File);
        return path.Length > 0 && !path.Contains('\0') && System.IO.File.Exists(file)
            ? null
            : RunDirectory.Fault(path) is { } taken && !IsBegun(path) ? taken : null;
    }

    // A process that died before it had its sweep.json leaves its lock alone.
    private static bool IsBegun(string path) => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path)
        .All(entry => Path.GetFileName(entry) is RunLock.Name || Path.GetFileName(entry) == File + Disk.Aside);

    /// <inheritdoc/>
    public override SweepStanding? Find(SweepRun run, int? upTo)
    {
        string own = PlaceOf(run);
        string? place = System.IO.File.Exists(Path.Combine(own, RunFiles.Report))
            ? own
            : before(HeaderOf(run, null)).Select(Path.GetFullPath).FirstOrDefault();
        if (place is null) return null;
        var report = Recorded(place, run);
        var history = MetricsFile.Read(place);
        bool isDiverged = report["outcome"] is JsonObject;
        bool isOver = isDiverged || RunReport.Is(report, RunReport.Finished)
            && history.Count == (int)report["epochs"]!; // else a full disk cut the history short
        if (upTo is null || isOver && history.Count <= upTo)
            return isOver
                ? SweepStanding.Of(report, plan.Measure, plan.HasValidation ? "validation" : "train") with
                {
                    Directory = place,
                }
                : null;
        if (history.Count < upTo) return null;
        return SweepStanding.At(history[upTo.Value - 1], plan.Measure) with { Directory = place };
    }

    /// <inheritdoc/>
    public override int EpochsOf(SweepRun run) => MetricsFile.Read(PlaceOf(run)).Count;

    /// <inheritdoc/>
    public override KeptTraining Open(SweepRun run)
    {
        string place = PlaceOf(run);
        var trainer = plan.TrainerOf(run.Experiment);
        if (!System.IO.File.Exists(Path.Combine(place, RunFiles.Report)))
            return new Kept(this, RunRecording.Begin(place, trainer, HeaderOf(run, trainer), often), trainer, null);
        var resumed = Resumption.Open(
            place, null, often, threads, isAnew: true,
            known: (trainer, plan.Request.Samples.Of(run.Experiment.Settings)));
        return resumed is null
            ? throw new InvalidInputException($"{place} is over and has no results; it should be removed")
            : new Kept(this, resumed.Recording, trainer, resumed.After);
    }

    /// <summary>Lets another process write here.</summary>
    public void Dispose() => held.Dispose();

    private string PlaceOf(SweepRun run) => Path.Combine(directory, "runs", run.Name);

    private RunHeader HeaderOf(SweepRun run, Trainer? trainer) => new(
        run.Experiment, plan.Request.Samples.Sha256Of(run.Experiment.Settings), trainer?.Rows ?? default,
        threads == 0 ? Environment.ProcessorCount : threads,
        trainer is null ? [] : [.. plan.Request.Samples.Of(run.Experiment.Settings).Notes, .. trainer.Notes]);

    // What is kept there is believed only where it is of the same training.
    private JsonObject Recorded(string place, SweepRun run)
    {
        var report = RunDirectory.LoadRecord(place);
        RecordedTraining.RequireLaw(place, report);
        return $"{report["experiment_sha256"]}" == run.Experiment.Digest
            && $"{report["data"]!["sha256"]}" == plan.Request.Samples.Sha256Of(run.Experiment.Settings)
            && report["functions_sha256"]?.ToString() == OwnLibraries.Sha256
            ? report
            : throw new InvalidInputException($"{place} is a run of another experiment or of other data; it should be "
                + $"removed, or the sweep have a directory of its own");
    }

    private static JsonObject Asked(SweepPlan plan) => new()
    {
        ["search"] = $"{plan.Request.Search}",
        ["eta"] = plan.Request.Search is Search.Halved of ? of.Eta : null,
        ["min_epochs"] = plan.Request.Search is Search.Halved halved ? halved.MinEpochs : null,
        ["by"] = plan.Request.IsByLoss ? "loss" : "score",
        ["seeds"] = new JsonArray([.. plan.Request.Seeds.Select(seed => (JsonNode)seed)]),
        ["vary"] = new JsonObject([.. plan.Request.Fields.Select(field => new KeyValuePair<string, JsonNode?>(
            field.Name, field.Range is { } range
                ? $"{range}"
                : new JsonArray([.. field.Values.Select(value => JsonNode.Parse(value))])))]),
        ["experiments"] = plan.Trials.Count,
        ["sweep_sha256"] = plan.Digest,
        ["experiment"] = JsonNode.Parse(plan.Request.Start.ToJson(Path.GetFullPath)),
    };

    // The base experiment may lie elsewhere, as its data may: what is trained says the digest.
    private static void RequireSame(string path, string file, JsonObject asked)
    {
        JsonObject? there;
        try
        {
            there = JsonNode.Parse(System.IO.File.ReadAllText(file)) as JsonObject;
        }
        catch (JsonException)
        {
            there = null;
        }
        if (there is null) throw new InvalidInputException($"{file} is not what a sweep was asked for; it is damaged");
        string[] others = [.. asked
            .Where(field => field.Key != "experiment" && !JsonNode.DeepEquals(field.Value, there[field.Key]))
            .Select(field => field.Key)];
        if (others is []) return;
        string first = others.FirstOrDefault(name => name != "sweep_sha256") ?? others[0];
        throw new InvalidInputException(
            $"{path} holds another sweep: its {first} is {Shown(there[first])}, and this one has "
                + $"{Shown(asked[first])}; --out should be another directory");

        static string Shown(JsonNode? value) => value is null ? "null" : JsonText.Written(value);
    }

    private static void Remove(string directory)
    {
        try
        {
            System.IO.File.Delete(Path.Combine(directory, RunLock.Name));
            Directory.Delete(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What else is there stays.
        }
    }

    private sealed class Kept(SweepDirectory sweep, RunRecording recording, Trainer trainer, Epoch? after)
        : KeptTraining(trainer, after)
    {
        public override Every Every => recording.Every;

        public override void Dispose() => recording.Dispose();

        protected override Phrase? Keep(Epoch epoch) => recording.Add(epoch);

        protected override (SweepStanding Standing, IEnumerable<Phrase> Remarks) Finish(TrainingResults results)
        {
            var (report, saved) = recording.Finish(results, Last);
            var standing = results.Outcome is Outcome.Cancelled
                ? Last is { IsWhole: true } && report.History is [.., var line]
                    ? SweepStanding.At(line, sweep.plan.Measure)
                    : SweepStanding.Waiting with { State = SweepState.Underway, Epochs = report.History.Count }
                : SweepStanding.Of(
                    report.ToJson(null, withHistory: false), sweep.plan.Measure,
                    sweep.plan.HasValidation ? "validation" : "train");
            return (standing with { Directory = saved.Directory }, saved.Remarks);
        }
    }
}
