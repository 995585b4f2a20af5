using System.Text.Json.Nodes;
using Functional.Core.Training;
using Functional.Data;

namespace Functional.Runs;

/// <summary>The training that a run's <c>run.json</c> describes, ready to be done: its experiment, its samples, the
/// model that it started from.</summary>
/// <param name="Report">What run.json says.</param>
/// <param name="Trainer">The experiment with its samples, cut and scaled as they were.</param>
/// <param name="Data">All samples.</param>
/// <param name="From">The model that it started from; null where those were first weights.</param>
internal sealed record RecordedTraining(JsonObject Report, Trainer Trainer, LoadedData Data, Model? From)
{
    /// <summary>Reads it, and checks that data and numeric law are those of the report.</summary>
    /// <param name="run">The run's directory.</param>
    /// <param name="report">What its run.json says.</param>
    /// <param name="like">A model whose columns and classes the data are matched with, if there is one.</param>
    /// <param name="edit">What becomes of the experiment's fields; they stay unless given.</param>
    /// <exception cref="InvalidInputException">Something is missing, or is not what the report says.</exception>
    public static RecordedTraining Read(
        string run, JsonObject report, Model? like = null, Action<JsonObject>? edit = null)
    {
        RequireLaw(run, report);
        var recorded = ReadAsItIs(run, report, like, edit);
        return recorded.DataSha256 == recorded.DataOfRun
            ? recorded
            : throw new InvalidInputException(
                $"the data have SHA-256 {recorded.DataSha256}; the run was trained on {recorded.DataOfRun}");
    }

    /// <summary>Reads it, whatever has become of data and numeric law since.</summary>
    public static RecordedTraining ReadAsItIs(
        string run, JsonObject report, Model? like = null, Action<JsonObject>? edit = null)
    {
        bool isWarm = report["from_parameters_sha256"] is not null;
        string start = Path.Combine(run, RunFiles.Start);
        var from = isWarm && File.Exists(start) ? Model.Load(start) : null;
        if (from is not null && $"{report["from_model_sha256"]}" != from.FileSha256)
            throw new InvalidInputException($"{start} is not the model that {run} started from");
        var fields = report["experiment"]!.DeepClone().AsObject();
        edit?.Invoke(fields);
        var opened = Opened.Read(fields.ToJsonString(), like ?? from)
            .Match(Succ: o => o, Fail: found => throw new InvalidInputException(found));
        var data = opened.Data.Value;
        // Samples are scaled as those of the model that it started from were.
        var trainer = Trainer.Of(
            opened.Experiment, data.Data, test: data.Test, from: from ?? (isWarm ? like : null)).OrThrow();
        return new(report, trainer, data, from);
    }

    /// <summary>The digest of the data that the run was trained on.</summary>
    public string DataOfRun => (string)Report["data"]!["sha256"]!;

    /// <summary>The digest of the data as they are.</summary>
    public string DataSha256 { get; } = DataCatalog.Digest(Data);

    /// <summary>Its epochs, done again; one that was interrupted is shown there, too.</summary>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand.</param>
    public IEnumerable<Epoch> Again(int threads, CancellationToken cancellation = default)
    {
        long? steps = RunReport.IsUnfinished(Report) ? null : (long)Report["steps"]!;
        return Trainer.Epochs(
            threads, curvatureEvery: CurvatureEvery, every: Every.When(step => step == steps),
            cancellation: cancellation);
    }

    /// <summary>Whether it started from another model, which the run does not hold.</summary>
    public bool IsStartMissing => Report["from_parameters_sha256"] is not null && From is null;

    /// <summary>After how many steps the curvature was worked out; 0 for never.</summary>
    public int CurvatureEvery =>
        Report["curvature_every"] is JsonValue value && value.TryGetValue(out int steps) && steps > 0 ? steps : 0;

    /// <summary>Its header, with these many threads.</summary>
    public RunHeader Header(int threads) => RunHeader.Of(Trainer, Data, threads) with
    {
        From = StartModel.Of(From),
        CurvatureEvery = CurvatureEvery,
    };

    /// <summary>Points an experiment's fields to where its data are now.</summary>
    /// <exception cref="InvalidInputException">Its data are no file.</exception>
    public static void PointTo(JsonObject fields, string path)
    {
        if (fields["data"] is not JsonObject data || !data.ContainsKey("path"))
            throw new InvalidInputException(
                $"--data is {path}; the run's data are no file, and have no place to point to");
        data["path"] = Path.GetFullPath(path);
    }

    /// <summary>Refuses a run of another numeric law.</summary>
    public static void RequireLaw(string run, JsonObject report)
    {
        if ((int?)report["numeric_law"] is var law && law != NumericLaw.Version)
            throw new InvalidInputException($"{run} follows numeric law {law}; this version has {NumericLaw.Version}, "
                + $"which cuts and scales data in another way (docs/numerics.md)");
    }

    /// <summary>Whether the experiment is the one that its digest in run.json is of.</summary>
    public bool IsUnaltered => Report["experiment_sha256"] is not { } digest || $"{digest}" is var recorded
        && Experiment.Parse(Report["experiment"]!.ToJsonString(), LearningTask.Of(Data.Data))
            .Map(experiment => experiment.Digest == recorded).IfFail(false);

    /// <summary>The digest of the libraries of own parts that the run was trained with; none where there were
    /// none.</summary>
    public string? Functions => Report["functions_sha256"] is { } digest ? $"{digest}" : null;

    /// <summary>Refuses a run whose experiment is not the one that its digest is of, or whose own parts are others
    /// now.</summary>
    /// <param name="run">The run's directory.</param>
    public void RequireUnaltered(string run)
    {
        if (Functions != OwnLibraries.Sha256)
            throw new InvalidInputException($"{run} was trained with --functions of SHA-256 {Functions ?? "-"}; those "
                + $"given now have {OwnLibraries.Sha256 ?? "-"}");
        if (!IsUnaltered)
            throw new InvalidInputException($"the experiment in {Path.Combine(run, RunFiles.Report)} was altered: its "
                + $"digest is not {Report["experiment_sha256"]}");
    }
}
