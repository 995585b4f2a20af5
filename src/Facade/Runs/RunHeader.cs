using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Data;

namespace Functional.Runs;

/// <summary>A model that a training starts from.</summary>
/// <param name="ParametersSha256">The digest of its parameters.</param>
/// <param name="FileSha256">That of all of it: samples are filled and scaled as its own were.</param>
public sealed record StartModel(string ParametersSha256, string FileSha256)
{
    /// <summary>That of a model; none of none.</summary>
    public static StartModel? Of(Model? model) =>
        model is null ? null : new(model.ParametersSha256, model.FileSha256);
}

/// <summary>What is known of a run before its first step.</summary>
/// <param name="Experiment">What is trained.</param>
/// <param name="DataSha256">The digest of all samples, as they were given.</param>
/// <param name="Rows">How they were cut.</param>
/// <param name="Threads">How many threads help; no number of a run depends on it.</param>
/// <param name="Notes">What a person should know of data and experiment.</param>
public sealed record RunHeader(
    Experiment Experiment, string DataSha256, (int Train, int Validation, int Test) Rows, int Threads,
    Items<Phrase> Notes)
{
    /// <summary>The library's version.</summary>
    public static string Library => typeof(RunHeader).Assembly.GetName().Version!.ToString(3);

    /// <summary>The model that training starts from; none where it starts from first weights.</summary>
    public StartModel? From { get; init; }

    /// <summary>The digest of the libraries of own parts that the command was given; none where there are
    /// none.</summary>
    public string? Functions { get; init; } = OwnLibraries.Sha256;

    /// <summary>After how many steps, each time, the curvature is worked out; 0 for never.</summary>
    public int CurvatureEvery { get; init; }

    /// <summary>The header of a trainer's run.</summary>
    /// <param name="trainer">What is trained.</param>
    /// <param name="data">All samples, as they were given.</param>
    /// <param name="threads">How many threads help; 0 for all processors.</param>
    public static RunHeader Of(Trainer trainer, LoadedData data, int threads)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(data);
        return Of(trainer, data, threads, DataCatalog.Digest(data));
    }

    /// <summary>The same where the digest of the data is known.</summary>
    internal static RunHeader Of(Trainer trainer, LoadedData data, int threads, string dataSha256) =>
        new(
            trainer.Experiment, dataSha256, trainer.Rows,
            threads == 0 ? Environment.ProcessorCount : threads, [.. data.Notes, .. trainer.Notes]);

    /// <summary>Whether a run.json is of the same training: of this experiment, these data, the same start, and the
    /// same own parts.</summary>
    internal bool Describes(JsonObject report) =>
        $"{report["experiment_sha256"]}" == Experiment.Digest && $"{report["data"]?["sha256"]}" == DataSha256
        && $"{report["from_model_sha256"]}" == $"{From?.FileSha256}"
        && $"{report["functions_sha256"]}" == $"{Functions}"
        && (report["curvature_every"]?.ToString() ?? "0") == $"{CurvatureEvery}";

    /// <summary>Which training this is, however many epochs it is to have: the digest of the experiment without their
    /// number, of its data, and of what it starts from.</summary>
    internal string TrainingSha256
    {
        get
        {
            var experiment = JsonNode.Parse(Experiment.ToJson(_ => ""))!.AsObject();
            experiment.Remove("epochs");
            string text = string.Join(
                '\n', experiment.ToJsonString(), NumericLaw.Version, DataSha256, From?.FileSha256, Functions);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>As the first fields of <c>run.json</c>.</summary>
    internal JsonObject ToJson() => new()
    {
        ["seed"] = Experiment.Settings.Seed,
        ["precision"] = Choices<Precision>.NameOf(Experiment.Settings.Precision),
        ["threads"] = Threads,
        ["experiment_sha256"] = Experiment.Digest,
        ["library"] = Library,
        ["numeric_law"] = NumericLaw.Version,
        ["data"] = new JsonObject
        {
            ["name"] = DataSource.Kinds.NameOf(Experiment.Settings.Data),
            ["sha256"] = DataSha256,
            ["train_rows"] = Rows.Train,
            ["validation_rows"] = Rows.Validation,
            ["test_rows"] = Rows.Test,
        },
        ["parameter_count"] = Experiment.Architecture.ParameterCount,
    };

    /// <summary>As the last fields of <c>run.json</c>.</summary>
    /// <param name="directory">Where the run is kept, if anywhere.</param>
    internal IEnumerable<KeyValuePair<string, JsonNode?>> Rest(string? directory)
    {
        yield return new("run", directory);
        yield return new("experiment", JsonNode.Parse(Experiment.ToJson(Path.GetFullPath)));
        yield return new("notes", new JsonArray([.. Notes.Select(note => (JsonNode)$"{note}")]));
        if (From is not null)
        {
            yield return new("from_parameters_sha256", From.ParametersSha256);
            yield return new("from_model_sha256", From.FileSha256);
        }
        if (Functions is not null) yield return new("functions_sha256", Functions);
        if (CurvatureEvery > 0) yield return new("curvature_every", CurvatureEvery);
    }

    /// <summary>The <c>run.json</c> of a training that is under way.</summary>
    internal JsonObject Unfinished(string directory)
    {
        var json = ToJson();
        json["outcome"] = RunReport.Unfinished;
        foreach (var (name, value) in Rest(directory)) json[name] = value;
        return json;
    }
}
