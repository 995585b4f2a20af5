using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Data;
using Functional.Runs;

namespace Functional.Cli;

/// <summary>
/// The options of an experiment. Each one writes a field of the same JSON that a SPEC file holds, so both are read, and
/// faulted, by one reader.
/// </summary>
internal static class ExperimentOptions
{
    private static readonly Argument<string?> Spec = new("SPEC.json")
    {
        Description = Terminal.Said($"an experiment as JSON, or a run's run.json; options override it"),
        Arity = ArgumentArity.ZeroOrOne
    };
    private static readonly Option<string?> Data = Text(
        "--data", "NAME",
        $"data set: {string.Join(
            ", ", DataSource.Kinds.Names.Where(name => DataSource.Kinds.Find(name) is not (Functional.Given
            or FileSource)))}; or a CSV, .npy or .npz file, or a directory of IDX files");
    private static readonly Option<string?> Samples = Text("--samples", "N", $"how many samples a toy problem draws");
    private static readonly Option<string?> Noise = Text("--noise", "X", $"noise of a toy problem");
    private static readonly Option<string?> Hidden = Text(
        "--hidden", "64,64", $"widths of the hidden layers, or names of layers; none for no hidden layer");
    private static readonly Option<string?> Activation = Text(
        "--activation", "NAME", $"of the hidden layers: {Names(Functional.Activation.Kinds)}");
    private static readonly Option<string?> OutputActivation = Text(
        "--output-activation", "NAME", $"of the output layer");
    private static readonly Option<string?> LossOption = Text("--loss", "NAME", $"{Names(Loss.Kinds)}");
    private static readonly Option<string?> InitializerOption = Text(
        "--initializer", "NAME", $"{Names(Initializer.Kinds)}");
    private static readonly Option<string?> OptimizerOption = Text("--optimizer", "NAME", $"{Names(Optimizer.Kinds)}");
    private static readonly Option<string?> Rate = Text("--rate", "X", $"learning rate");
    private static readonly Option<string?> Scaling = Text("--scaling", "NAME", $"{Names(Scaler.Kinds)}");

    // Options that are a field each.
    private static readonly (Option<string?> Option, string Field)[] Plain =
    [
        (OutputActivation, "output_activation"), (LossOption, "loss"),
        (Text("--schedule", "NAME", $"{Names(Schedule.Kinds)}"), "schedule"),
        (Text("--penalty", "NAME", $"{Names(Penalty.Kinds)}"), "penalty"),
        (Text("--class-weights", "NAME", $"{Names(ClassWeights.Kinds)}"), "class_weights"),
        (Text("--stopping", "NAME", $"{Names(Stopping.Kinds)}"), "stopping"), (InitializerOption, "initializer"),
        (Scaling, "scaling"),
        (Text("--unseen", "refuse|ignore", $"what the model does about a category that training never saw"), "unseen"),
        (Text(
            "--target-scaling", "NAME",
            $"of numbers to be predicted: {Names(Scaler.Kinds)} (standard, where outputs and loss take any number)"),
            "target_scaling"),
        (Text("--batch", "N", $"samples a step"), "batch_size"),
        (Text("--epochs", "N", $"visits of all training samples"), "epochs"),
        (Text("--seed", "N", $"what everything random follows from"), "seed"),
        (Text("--test", "0.2", $"share of the samples kept for the end"), "test"),
        (Text("--validation", "0.1", $"share of the others that is only watched"), "validation"),
        (Text("--precision", "float|double", $"of all numbers"), "precision"),
        (Text("--shards", "N", $"parts of a batch, a power of two"), "shards"),
    ];

    // What training alone reads.
    private static readonly string[] TrainingFields =
        ["schedule", "penalty", "class_weights", "stopping", "batch_size", "epochs", "shards"];

    private static readonly Option<string?>[] All =
        [Data, Samples, Noise, Hidden, Activation, OptimizerOption, Rate, .. Plain.Select(plain => plain.Option)];

    public static void AddTo(Command command)
    {
        command.Arguments.Add(Spec);
        AddAllButDataTo(command);
        DataOptions.AddTo(command);
    }

    /// <summary>Without SPEC and the options of how a table is to be read, for a verb that has its own.</summary>
    public static void AddAllButDataTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>The experiment and its data, or every fault of SPEC and options.</summary>
    public static LanguageExt.Validation<Invalid, Opened> Read(ParseResult parsed, Model? like = null) =>
        Read(parsed, parsed.GetValue(Spec), like);

    /// <summary>The same where SPEC is the argument of a verb's own.</summary>
    public static LanguageExt.Validation<Invalid, Opened> Read(ParseResult parsed, string? spec, Model? like = null)
    {
        if (spec is not null && FileSource.ByEnding(spec) is not null)
            return Invalid.Unless<Opened>(
                [new($"{spec} is data, and no experiment; --data {spec} trains on it")], () => null!);
        var (fields, digest) = spec is not null ? SpecFile.Read(spec) : (new JsonObject(), null);
        if (fields is null) return Opened.Read(SpecFile.Text(spec!), like);
        var task = fields["task"]?.DeepClone() as JsonObject;
        var faults = Override(fields, parsed, like);
        var read = Opened.Read(fields.ToJsonString(), like).Map(opened => opened with
        {
            Notes =
            [
                .. task is null ? []
                    : fields["task"] is null ? KnownFields.Differences(task, opened.Experiment)
                    : Changed(opened, digest),
                .. WithoutTest(opened.Experiment.Settings.Resampling, TestOf(fields)),
            ],
        });
        return Invalid.Unless([.. faults, .. read.FailToSeq()], () => (Opened)read);
    }

    /// <summary>What a SPEC asks for that a resampling, which is asked for beside it, leaves without effect.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="option">The option of the resampling.</param>
    /// <param name="like">One of its resamplings.</param>
    public static IEnumerable<Phrase> Unused(ParseResult parsed, string option, Resampling? like)
    {
        if (like is null || parsed.GetValue(Spec) is not { } spec || SpecFile.Fields(spec) is not { } fields) return [];
        IEnumerable<Phrase> replaced = fields["resampling"] is null ? []
            : [$"{option} takes the place of the resampling of {spec}"];
        return [.. replaced, .. fields["resampling"] is null ? WithoutTest(like, TestOf(fields)) : []];
    }

    private static IEnumerable<Phrase> WithoutTest(Resampling? resampling, double test) =>
        resampling is Resampling.Fold && test > 0
            ? [$"test is {test}, which has no effect: a fold is tested on its own rows, each row once"]
            : [];

    // As SPEC and options say it; 0 where they do not.
    private static double TestOf(JsonObject fields) =>
        fields["test"] is JsonValue value && value.TryGetValue(out double test) ? test : 0;

    // A run that is done again on data that have become others.
    private static IEnumerable<Phrase> Changed(Opened opened, string? digest)
    {
        if (digest is not null && DataCatalog.Digest(opened.Data.Value) is var found && found != digest)
            yield return $"the data have SHA-256 {found}; those of the run had {digest}: its parameters will be others";
    }

    /// <summary>Writes the options that were given into an experiment's fields; returns the faults that its
    /// reader will not see.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="parsed">The options.</param>
    /// <param name="like">A model that the data are for.</param>
    public static IReadOnlyList<Invalid> Override(JsonObject fields, ParseResult parsed, Model? like = null)
    {
        var (dataBefore, missingBefore) = (fields["data"]?.DeepClone(), fields["missing"]?.DeepClone());
        if (parsed.GetValue(Data) is { } data) fields["data"] = DataOptions.Named(data, fields["data"]);
        if (DataOptions.With(fields["data"]?.DeepClone(), parsed) is { } source) fields["data"] = source;
        KnownFields.Complete(fields, dataBefore, like);
        var usual = Written.Of(Settings.For(DataSource.Kinds.Find(Kind(fields["data"])) ?? new Digits()));
        var faults = new List<Invalid>();
        if (DataOptions.SetMissing(fields, usual["missing"], parsed) is { } unfilled) faults.Add(unfilled);
        SetWithin(fields, usual, "data", "samples", parsed.GetValue(Samples));
        SetWithin(fields, usual, "data", "noise", parsed.GetValue(Noise));
        if (parsed.GetValue(Hidden) is { } hidden) fields["hidden"] = Layers(hidden);
        if (parsed.GetValue(Activation) is { } activation) faults.AddRange(Activate(fields, usual, activation));
        if (parsed.GetValue(OptimizerOption) is { } optimizer) fields["optimizer"] = optimizer;
        SetRate(fields, usual, parsed.GetValue(Rate));
        foreach (var (option, field) in Plain)
            if (parsed.GetValue(option) is { } text)
                fields[field] = Value(text);
        // A task that was written down is that of its data.
        if (!JsonNode.DeepEquals(fields["data"], dataBefore) || !JsonNode.DeepEquals(fields["missing"], missingBefore))
            fields.Remove("task");
        return faults;
    }

    /// <summary>Whether the option of a field was given.</summary>
    public static bool Gives(ParseResult parsed, string field) =>
        parsed.GetValue(Plain.First(plain => plain.Field == field).Option) is not null;

    /// <summary>The options that were given, all of them but the learning rate.</summary>
    public static IEnumerable<string> Given(ParseResult parsed) => Given(parsed, All.Where(option => option != Rate));

    /// <summary>Those that change nothing but training, as far as they were given; all but the learning rate.</summary>
    public static IEnumerable<string> OfTraining(ParseResult parsed) => Given(
        parsed,
        [OptimizerOption, .. Plain.Where(plain => TrainingFields.Contains(plain.Field)).Select(plain => plain.Option)]);

    /// <summary>Those that say how fast training goes and when it ends, as far as they were given.</summary>
    public static IEnumerable<string> OfPace(ParseResult parsed) => Given(
        parsed,
        [Rate, .. Plain.Where(plain => plain.Field is "schedule" or "stopping" or "epochs")
            .Select(plain => plain.Option)]);

    /// <summary>Those that change nothing but what becomes of data, as far as they were given.</summary>
    public static IEnumerable<string> OfData(ParseResult parsed) => Given(
        parsed,
        Plain.Where(plain => plain.Field is "scaling" or "unseen" or "target_scaling" or "test" or "validation")
            .Select(plain => plain.Option));

    /// <summary>Those that draw first weights, as far as they were given.</summary>
    public static IEnumerable<string> OfFirstWeights(ParseResult parsed) =>
        Given(parsed, Plain.Where(plain => plain.Field is "seed" or "initializer").Select(plain => plain.Option));

    /// <summary>The learning rate, if a number was given.</summary>
    public static double? RateOf(ParseResult parsed) =>
        double.TryParse(parsed.GetValue(Rate), NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)
        ? rate
        : null;

    /// <summary>Those that say where samples come from and what the hidden layers are, as far as
    /// they were given.</summary>
    public static IEnumerable<string> DataAndHidden(ParseResult parsed) =>
        Given(parsed, [Data, Samples, Noise, Hidden]);

    private static IEnumerable<string> Given(ParseResult parsed, IEnumerable<Option<string?>> options) =>
        from option in options
        where parsed.GetValue(option) is not null
        select $"{option.Name} {parsed.GetValue(option)}";

    // A width is short for a dense layer, as in a SPEC file.
    private static JsonArray Layers(string list) =>
        list == "none" ? [] : new([.. list.Split(',').Select(item => Value(item.Trim()))]);

    // Gives every hidden layer that has one this activation, wherever it stands.
    private static Invalid[] Activate(JsonObject fields, JsonObject usual, string activation)
    {
        fields["hidden"] ??= usual["hidden"]!.DeepClone();
        if (fields["hidden"] is not JsonArray hidden) return []; // the reader faults what is no list
        JsonObject[] activated = [.. Activated(hidden)];
        foreach (var layer in activated) layer["activation"] = activation;
        return activated.Length > 0
            ? []
            : [new($"activation is \"{activation}\"; it should be given only where a hidden layer has an activation")];
    }

    // The layers with an activation, those within other layers too; a layer that is a name or
    // a number becomes an object.
    private static IEnumerable<JsonObject> Activated(JsonArray layers)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i] is JsonValue && Layer.Kinds.Find(Kind(layers[i])) is { } named)
                layers[i] = Written.Of(named, Layer.Kinds);
            if (layers[i]?.GetValueKind() == JsonValueKind.Number)
                layers[i] = new JsonObject { ["kind"] = "dense", ["units"] = layers[i]!.DeepClone() };
            if (layers[i] is not JsonObject layer) continue;
            if (Layer.Kinds.Find(Kind(layer)) is { } known && Written.Of(known).ContainsKey("activation"))
                yield return layer;
            foreach (var within in layer.Select(field => field.Value).OfType<JsonArray>().SelectMany(Activated))
                yield return within;
        }
    }

    // Sets a field of a part that may so far be a name, or missing (then the usual one is meant).
    private static void SetWithin(JsonObject fields, JsonObject usual, string part, string field, string? text)
    {
        if (text is not null) ObjectOf(fields, usual, part)[field] = Value(text);
    }

    // The rate of an optimizer that has none is that of the optimizer within it.
    private static void SetRate(JsonObject fields, JsonObject usual, string? text)
    {
        if (text is null) return;
        var optimizer = ObjectOf(fields, usual, "optimizer");
        while (Optimizer.Kinds.Find(Kind(optimizer)) is { } known && Written.Of(known) is var its
            && !its.ContainsKey("rate") && its.ContainsKey("inner"))
        {
            optimizer["inner"] ??= its["inner"]!.DeepClone();
            optimizer = ObjectOf(optimizer, its, "inner");
        }
        optimizer["rate"] = Value(text);
    }

    private static JsonObject ObjectOf(JsonObject fields, JsonObject usual, string part)
    {
        if (fields[part] is not JsonObject within)
        {
            within = new JsonObject { ["kind"] = Kind(fields[part] ?? usual[part]) };
            fields[part] = within;
        }
        return within;
    }

    /// <summary>The name of a part that is written as its name, or as an object with its name as "kind".</summary>
    private static string Kind(JsonNode? part) => (part is JsonObject fields ? fields["kind"] : part)?.ToString() ?? "";

    // A number where the text is one, as JSON writes it or as people do (.5, +1), else the
    // text, for the reader to fault.
    private static JsonNode Value(string text)
    {
        if (ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ulong whole))
            return whole;
        try
        {
            if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] == '-')
                && JsonNode.Parse(text) is JsonValue value)
                return value;
        }
        catch (JsonException)
        {
            // Not as JSON writes it.
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? number
            : text;
    }

    private static Option<string?> Text(string name, string shape, Phrase description) =>
        new(name) { HelpName = shape, Description = Terminal.Said(description) };

    private static string Names<A>(Kinds<A> kinds) where A : Form<A> => string.Join(", ", kinds.Names);
}
