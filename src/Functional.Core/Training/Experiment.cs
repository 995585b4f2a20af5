using System.Numerics;
using System.Text.Json;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using LanguageExt;

namespace Functional;

/// <summary>
/// One experiment, checked: with the data it names, it has one answer, bit for bit. The value that the command, the
/// library and every file carry.
/// </summary>
public sealed record Experiment
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private Experiment(Settings settings, Problem problem, int features, Loss loss) =>
        (Settings, Problem, Features, Loss) = (settings with { Loss = loss, TargetScaling = settings.TargetScaling ?? Suitability.TargetScaling(settings, problem, loss) }, problem, features, loss);

    /// <summary>Its settings, known to be without fault, with the loss that they mean.</summary>
    public Settings Settings { get; }

    /// <summary>What is predicted.</summary>
    public Problem Problem { get; }

    /// <summary>How many numbers a sample has.</summary>
    public int Features { get; }

    /// <summary>What is made small.</summary>
    public Loss Loss { get; }

    /// <summary>The key that everything random follows from.</summary>
    public Key Key => Key.FromSeed(Settings.Seed);

    /// <summary>Hidden layers and output layer.</summary>
    public Architecture Architecture => Architecture.Of(Features, [.. Settings.Hidden, Output(Settings, Problem, Loss)]);

    /// <summary>How the network learns.</summary>
    public Learner Learner => new(Loss, Settings.Optimizer, Key, Settings.Shards, Penalty: Settings.Penalty);

    /// <summary>Checks a settings, collecting every fault. What is predicted and from how many features comes from the settings's
    /// data source, or from the caller where that does not know.</summary>
    public static Validation<Invalid, Experiment> Check(Settings settings, Problem? problem = null, int? features = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Check(settings, Core.Forms.Check.Faults(settings), problem, features);
    }

    /// <summary>Reads a settings from JSON, missing fields from <see cref="Settings.For"/> its data, and checks it: the faults of both
    /// at once.</summary>
    public static Validation<Invalid, Experiment> Read(string json, Problem? problem = null, int? features = null)
    {
        var faults = new List<Invalid>();
        var settings = new Settings();
        try
        {
            using var document = JsonText.Parse(json, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object) settings = Reading.Of(document.RootElement, Settings.For(Reading.Of(document.RootElement, settings, []).Data), faults);
            else faults.Add(new("the experiment is not a JSON object; it should be one, {...}"));
        }
        catch (JsonException fault)
        {
            faults.Add(new($"the experiment is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}); it should be an object, {{...}}"));
        }
        faults.AddRange(Core.Forms.Check.Faults(settings));
        return Check(settings, faults, problem, features);
    }

    /// <summary>Where the data of an experiment in JSON come from and its seed, whatever else is wrong with it: what it is to predict may be known only
    /// from them.</summary>
    internal static (DataSource Data, ulong Seed) Origin(string json)
    {
        var settings = new Settings();
        try
        {
            using var document = JsonText.Parse(json, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object) settings = Reading.Of(document.RootElement, settings, []);
        }
        catch (JsonException)
        {
            // Read says what is wrong.
        }
        return (settings.Data, settings.Seed);
    }

    /// <summary>The fault of a source that does not say what is to be predicted.</summary>
    internal static Invalid NoData(DataSource source) =>
        new($"data is \"{DataSource.Kinds.NameOf(source)}\"; it should name a data set, unless a program hands the data over");

    /// <summary>The settings as JSON, which <see cref="Read"/> reads back to the same experiment.</summary>
    public string ToJson() => Written.Of(Settings).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static Validation<Invalid, Experiment> Check(Settings settings, List<Invalid> faults, Problem? problem, int? features)
    {
        if (!BitOperations.IsPow2(settings.Shards) && settings.Shards > 0)
            faults.Add(new($"shards is {settings.Shards}; it should be a power of two"));
        if (settings.Precision == "float") faults.AddRange(Suitability.InFloat(settings));
        problem = settings.Data.Problem ?? problem;
        features = settings.Data.Features ?? features;
        if (problem is null || features is not { } known)
        {
            faults.Add(NoData(settings.Data));
            return Invalid.Unless(faults, () => new Experiment(settings, new Problem.Regression(1), 1, new MeanSquaredError()));
        }
        var loss = settings.Loss ?? (problem switch
        {
            Problem.Classification => new SoftmaxCrossEntropy(),
            Problem.MultiLabel => new BinaryCrossEntropyWithLogits(),
            _ => new MeanSquaredError(),
        });
        faults.AddRange(Suitability.Faults(settings, problem, loss));
        if (faults.Count == 0)
            Architecture.Check(known, [.. settings.Hidden, Output(settings, problem, loss)], "hidden").IfFail(more => faults.AddRange(more));
        return Invalid.Unless(faults, () => new Experiment(settings, problem, known, loss));
    }

    private static Dense Output(Settings settings, Problem problem, Loss loss) => new(Dataset<double>.Outputs(problem, loss), settings.OutputActivation);
}
