using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using LanguageExt;

namespace Functional;

/// <summary>
/// What a person wants and what the data say, checked: with the data it names, it has one answer, bit for bit. The
/// value that the command, the library and every file carry.
/// </summary>
public sealed record Experiment
{
    private static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private Experiment(Settings settings, LearningTask task, Loss loss) => (Settings, Task, Loss) =
        (settings with
        {
            Loss = loss,
            Test = settings.Resampling.HasTestShare ? settings.Test : 0,
            TargetScaling = settings.TargetScaling ?? Suitability.TargetScaling(settings, task.Problem, loss)
        },
            task, loss);

    /// <summary>What a person wants, known to be without fault, with the loss and the scaling of
    /// targets that it means; without a test share where a fold is tested on.</summary>
    public Settings Settings { get; }

    /// <summary>What the data say.</summary>
    public LearningTask Task { get; }

    /// <summary>What is predicted.</summary>
    public Problem Problem => Task.Problem;

    /// <summary>How many numbers a sample has.</summary>
    public int Inputs => Task.Inputs;

    /// <summary>The loss that training minimises.</summary>
    public Loss Loss { get; }

    /// <summary>The key that everything random of its training follows from: that of the seed, or one derived from it
    /// for each member of a bag.</summary>
    public Key Key => Settings.Member == 0 ? DataKey : DataKey.For(Purpose.Member).At((uint)Settings.Member);

    /// <summary>The key that the split follows from: that of the seed, the same for all members of a bag.</summary>
    public Key DataKey => Key.FromSeed(Settings.Seed);

    /// <summary>The same experiment as a member of a bag.</summary>
    /// <param name="member">Its number, 0 to 9999.</param>
    internal Experiment OfMember(int member) => new(Settings with { Member = member }, Task, Loss);

    /// <summary>Hidden layers and output layer.</summary>
    public Architecture Architecture => Architecture.Of(Inputs, [.. Settings.Hidden, Output(Settings, Problem, Loss)]);

    /// <summary>How the network learns.</summary>
    public Learner Learner => new(Loss, Settings.Optimizer, Key, Settings.Shards, Penalty: Settings.Penalty);

    /// <summary>SHA-256, in lower-case hexadecimal, of the experiment's JSON, without the places of files, and the
    /// version of the numeric law. With the digest of its data it says which training this is.</summary>
    public string Digest
    {
        get
        {
            string text =
                $"{Page(this, Settings.Data.WithPaths(_ => "")).ToJsonString()}\nnumeric law {NumericLaw.Version}\n";
            return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Checks settings, collecting every fault.</summary>
    /// <param name="settings">What a person wants.</param>
    /// <param name="task">What the data say; null where that is known from the name of the data.</param>
    public static Validation<Invalid, Experiment> Check(Settings settings, LearningTask? task = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var faults = new List<Invalid>();
        return Check(Core.Forms.Check.Whole(settings, faults), faults, task, null);
    }

    /// <summary>Reads an experiment from JSON, missing fields from <see cref="Settings.For"/> its data, and checks
    /// it: the faults of both at once.</summary>
    /// <param name="json">Settings, and the task of an experiment that was written down with it.</param>
    /// <param name="task">What the data say, which must be what was written down; null where the
    /// data are not at hand.</param>
    public static Validation<Invalid, Experiment> Parse(string json, LearningTask? task = null)
    {
        var faults = new List<Invalid>();
        var page = PagesOf(json, faults);
        return Check(page.Settings, faults, task, page.Task);
    }

    /// <summary>The faults of an experiment in JSON that are of one field each: of its type, its
    /// name or its range.</summary>
    internal static IReadOnlyList<Invalid> FaultsOfFields(string json)
    {
        var faults = new List<Invalid>();
        PagesOf(json, faults);
        return faults;
    }

    private static Pages PagesOf(string json, List<Invalid> faults)
    {
        var page = new Pages(new(), null);
        try
        {
            using var document = JsonText.Parse(json, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                page = Reading.Of(
                    document.RootElement,
                    new Pages(Settings.For(Reading.Of(document.RootElement, page, []).Settings.Data), null), faults);
            else faults.Add(new($"the experiment is not a JSON object; it should be one, {{...}}"));
        }
        catch (JsonException fault)
        {
            faults.Add(new($"the experiment is not JSON (line {fault.LineNumber + 1}, byte "
                + $"{fault.BytePositionInLine + 1}); it should be an object, {{...}}"));
        }
        faults.AddRange(Core.Forms.Check.Faults(page));
        return page;
    }

    /// <summary>The settings of an experiment in JSON as far as they can be read, whatever else is wrong with it:
    /// what it is to predict may be known only from its data.</summary>
    internal static Settings Origin(string json)
    {
        var page = new Pages(new(), null);
        try
        {
            using var document = JsonText.Parse(json, Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                page = Reading.Of(document.RootElement, page, []);
                page = Reading.Of(document.RootElement, new Pages(Settings.For(page.Settings.Data), null), []);
            }
        }
        catch (JsonException)
        {
            // Parse says what is wrong.
        }
        return page.Settings;
    }

    /// <summary>The fields of an experiment's JSON: those of its settings, with the defaults for files of one's
    /// own, and its task.</summary>
    internal static Items<Field> Described => Core.Forms.Described.Of(new Pages(new(), null));

    /// <summary>The fault of a source that does not say what is to be predicted.</summary>
    internal static Invalid NoData(DataSource source) =>
        new($"data is \"{DataSource.Kinds.NameOf(source)}\"; it should name a data set, "
            + $"unless a program hands the data over");

    /// <summary>Settings and task as JSON, which <see cref="Parse"/> reads back to the same experiment.</summary>
    /// <param name="place">What becomes of the places of files: those of a run are whole, so that it can be
    /// redone from anywhere.</param>
    public string ToJson(Func<string, string>? place = null) =>
        Page(this, Settings.Data.WithPaths(place ?? (path => path)))
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static JsonObject Page(Experiment experiment, DataSource data) =>
        Written.Of(new Pages(experiment.Settings with { Data = data }, experiment.Task));

    private static Validation<Invalid, Experiment> Check(
        Settings settings, List<Invalid> faults, LearningTask? found, LearningTask? written)
    {
        if (!BitOperations.IsPow2(settings.Shards) && settings.Shards > 0)
            faults.Add(new($"shards is {settings.Shards}; it should be a power of two"));
        if (settings.Resampling.Fault is { } misplaced) faults.Add(misplaced);
        if (settings.Precision == Precision.Float) faults.AddRange(Suitability.InFloat(settings));
        if (found is { Problem: Problem.Classification(1) })
            faults.Add(new($"the data have 1 class; there should be at least 2 to learn to tell apart"));
        if (settings.Data is { Problem: { } known, InputCount: { } inputs }
            && !(settings.Missing.HasIndicators && settings.Data.HasMissingCells))
            found = found is not null && found.Problem == known && found.Inputs == inputs ? found : new(known, inputs);
        if (found is not null && written is not null) faults.AddRange(found.DifferencesFrom(written));
        if ((written ?? found) is not { } task)
        {
            faults.Add(NoData(settings.Data));
            return Invalid.Unless<Experiment>(faults, () => throw new InvalidOperationException("there is a fault"));
        }
        var loss = settings.Loss ?? task.Problem switch
        {
            Problem.Classification => new SoftmaxCrossEntropy(),
            Problem.MultiLabel => new BinaryCrossEntropyWithLogits(),
            _ => new MeanSquaredError(),
        };
        faults.AddRange(Suitability.Faults(settings, task.Problem, loss));
        if (faults.Count == 0)
            Architecture.Check(task.Inputs, [.. settings.Hidden, Output(settings, task.Problem, loss)], "hidden")
                .IfFail(more => faults.AddRange(more));
        return Invalid.Unless(faults, () => new Experiment(settings, task, loss));
    }

    private static Dense Output(Settings settings, Problem problem, Loss loss) =>
        new(Dataset<double>.Outputs(problem, loss), settings.OutputActivation);

    /// <summary>An experiment as it is written down: the fields of its settings, and its task.</summary>
    private sealed record Pages(Settings Settings, LearningTask? Task) : Form<Pages>
    {
        /// <inheritdoc/>
        protected internal override Pages Each(Fields fields) =>
            new(Settings.Each(fields), fields.Part("task", Task, LearningTask.Any));
    }
}
