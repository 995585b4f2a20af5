using System.Numerics;
using System.Text.Json;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Randomness;
using LanguageExt;

namespace Functional.Core.Training;

/// <summary>
/// One experiment, checked: with the data it names, it has one answer, bit for bit. The value that the command, the
/// library and every file carry.
/// </summary>
public sealed record Experiment
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private Experiment(Draft draft, Problem problem, int features, Loss loss) =>
        (Draft, Problem, Features, Loss) = (draft with { Loss = loss, TargetScaling = draft.TargetScaling ?? Suitability.TargetScaling(draft, problem, loss) }, problem, features, loss);

    /// <summary>Its settings, known to be without fault, with the loss that they mean.</summary>
    public Draft Draft { get; }

    /// <summary>What is predicted.</summary>
    public Problem Problem { get; }

    /// <summary>How many numbers a sample has.</summary>
    public int Features { get; }

    /// <summary>What is made small.</summary>
    public Loss Loss { get; }

    /// <summary>The key that everything random follows from.</summary>
    public Key Key => Key.FromSeed(Draft.Seed);

    /// <summary>Hidden layers and output layer.</summary>
    public Architecture Architecture => Architecture.Of(Features, [.. Draft.Hidden, Output(Draft, Problem, Loss)]);

    /// <summary>How the network learns.</summary>
    public Learner Learner => new(Loss, Draft.Optimizer, Key, Draft.Shards, Penalty: Draft.Penalty);

    /// <summary>Checks a draft, collecting every fault. What is predicted and from how many features comes from the draft's
    /// data source, or from the caller where that does not know.</summary>
    public static Validation<Invalid, Experiment> Check(Draft draft, Problem? problem = null, int? features = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Check(draft, Forms.Check.Faults(draft), problem, features);
    }

    /// <summary>Reads a draft from JSON, missing fields from <see cref="Draft.For"/> its data, and checks it: the faults of both
    /// at once.</summary>
    public static Validation<Invalid, Experiment> Read(string json, Problem? problem = null, int? features = null)
    {
        var faults = new List<Invalid>();
        var draft = new Draft();
        try
        {
            using var document = JsonText.Parse(json, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object) draft = Reading.Of(document.RootElement, Draft.For(Reading.Of(document.RootElement, draft, []).Data), faults);
            else faults.Add(new("the experiment is not a JSON object; it should be one, {...}"));
        }
        catch (JsonException fault)
        {
            faults.Add(new($"the experiment is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}); it should be an object, {{...}}"));
        }
        faults.AddRange(Forms.Check.Faults(draft));
        return Check(draft, faults, problem, features);
    }

    /// <summary>Where the data of an experiment in JSON come from and its seed, whatever else is wrong with it: what it is to predict may be known only
    /// from them.</summary>
    internal static (DataSource Data, ulong Seed) Origin(string json)
    {
        var draft = new Draft();
        try
        {
            using var document = JsonText.Parse(json, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object) draft = Reading.Of(document.RootElement, draft, []);
        }
        catch (JsonException)
        {
            // Read says what is wrong.
        }
        return (draft.Data, draft.Seed);
    }

    /// <summary>The fault of a source that does not say what is to be predicted.</summary>
    internal static Invalid NoData(DataSource source) =>
        new($"data is \"{DataSource.Kinds.NameOf(source)}\"; it should name a data set, unless a program hands the data over");

    /// <summary>The settings as JSON, which <see cref="Read"/> reads back to the same experiment.</summary>
    public string ToJson() => Written.Of(Draft).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static Validation<Invalid, Experiment> Check(Draft draft, List<Invalid> faults, Problem? problem, int? features)
    {
        if (!BitOperations.IsPow2(draft.Shards) && draft.Shards > 0)
            faults.Add(new($"shards is {draft.Shards}; it should be a power of two"));
        if (draft.Precision == "float") faults.AddRange(Suitability.InFloat(draft));
        problem = draft.Data.Problem ?? problem;
        features = draft.Data.Features ?? features;
        if (problem is null || features is not { } known)
        {
            faults.Add(NoData(draft.Data));
            return Invalid.Unless(faults, () => new Experiment(draft, new Problem.Regression(1), 1, new MeanSquaredError()));
        }
        var loss = draft.Loss ?? (problem switch
        {
            Problem.Classification => new SoftmaxCrossEntropy(),
            Problem.MultiLabel => new BinaryCrossEntropyWithLogits(),
            _ => new MeanSquaredError(),
        });
        faults.AddRange(Suitability.Faults(draft, problem, loss));
        if (faults.Count == 0)
            Architecture.Check(known, [.. draft.Hidden, Output(draft, problem, loss)], "hidden").IfFail(more => faults.AddRange(more));
        return Invalid.Unless(faults, () => new Experiment(draft, problem, known, loss));
    }

    private static Dense Output(Draft draft, Problem problem, Loss loss) => new(Dataset<double>.Outputs(problem, loss), draft.OutputActivation);
}
