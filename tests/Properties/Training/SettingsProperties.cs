using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Functional;
using Functional.Core.Forms;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Training;

/// <summary>Experiments as text: what is right is read back, what is wrong is named, all of it at once.</summary>
public sealed partial class SettingsProperties
{
    [Fact]
    public void An_experiment_is_read_back_as_it_was_written() =>
        RoundTrip.Holds(Any.Experiment, experiment => experiment.ToJson(), Read);

    [Fact]
    public void What_is_written_twice_is_the_same_text() =>
        Any.Experiment.Sample(experiment => Read(experiment.ToJson()).ToJson() == experiment.ToJson());

    [Fact]
    public void A_digest_says_which_experiment_it_is_wherever_its_files_lie() =>
        Gen.Select(Any.Experiment, Any.Experiment).Sample((one, other) =>
            one.Digest.Length == 64
            && (one.Digest == other.Digest) == (one == other)
            && Read(one.ToJson(path => $"/elsewhere/{path}")).Digest == one.Digest
            && (one.Settings.Data is FileSource || Read(one.ToJson(path => $"/elsewhere/{path}")) == one));

    [Fact]
    public void Data_that_are_not_those_of_an_experiment_in_JSON_are_refused_by_name()
    {
        var written = new LearningTask(new Problem.Classification(2), 2)
        {
            Features = [new("a", []), new("b", [])],
            Labels = ["no", "yes"],
            Targets = ["y"]
        };
        string json = Experiment.Check(new Settings { Data = new Given() }, written)
            .Match(Succ: experiment => experiment.ToJson(), Fail: _ => "");
        Assert.Equal<string[]>(
            [
                "the data are for 3 classes; the experiment was written down for 2 classes",
                "the data have 3 inputs; the experiment was written down with 2",
                "the data have the columns \"c\"; the experiment was written down with \"a\", \"b\"",
                "the data have the classes \"maybe\"; the experiment was written down with \"no\", \"yes\"",
            ],
            Experiment.Parse(json, new(new Problem.Classification(3), 3)
            {
                Features = [new("a", []), new("b", []), new("c", [])],
                Labels = ["maybe", "no", "yes"],
                Targets = ["y"],
            }).FailToSeq().Select(fault => fault.Message).ToArray());
    }


    [Fact]
    public void Defaults_that_are_left_out_are_read_back() => Any.Settings.Sample(settings =>
    {
        var faults = new List<Invalid>();
        using var document = JsonDocument.Parse(Written.Of(settings, isShort: true).ToJsonString());
        return Reading.Of(document.RootElement, new Settings(), faults) == settings && faults.Count == 0;
    });

    [Fact]
    public void Comments_change_nothing() => Gen.Select(Any.Settings, Gen.String).Sample((settings, comment) =>
        Read(Commented.Of(Checked(settings).Settings, "settings", _ => [comment])) == Checked(settings));

    [Fact]
    public void Every_setting_is_commented_with_its_meaning_and_its_range()
    {
        string text = Commented.Of(
            new Settings { Data = new CsvFile("table.csv") }, "settings",
            field => field == "data" ? ["found\nin it"] : []);
        Assert.All(Experiment.Described, field => Assert.True(
            field.Name == "task" || text.Contains($"\n  \"{field.Name}\": ", StringComparison.Ordinal), field.Name));
        Assert.Contains(
            "\n  // Samples a step, 1 to 2^20. A whole number, between 1 and 1048576.\n  \"batch_size\": 32,\n", text,
            StringComparison.Ordinal);
        Assert.Contains(
            "\n  // found\\u000ain it\n  \"data\": {\n    \"kind\": \"csv_file\",\n    // The file. A text.\n    "
                + "\"path\": \"table.csv\",\n",
            text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    private const string SettingsFields =
        "data, hidden, output_activation, loss, initializer, optimizer, schedule, schedule_by, penalty, "
        + "class_weights, stopping, "
        + "batch_size, epochs, seed, member, test, validation, resampling, missing, unseen, scaling, "
        + "target_scaling, precision, shards, task";

    [Fact]
    public void Where_the_schema_is_may_be_said_at_the_top_alone() => Assert.Equal(
        ["optimizer.$schema is not a field; it should be one of kind, rate, beta1, beta2, epsilon, weight_decay, "
            + "amsgrad"],
        Faults("""{ "$schema": "settings.schema.json", "optimizer": { "kind": "adam", "$schema": "x" } }"""));

    [Fact]
    public void Every_drawn_setting_is_without_fault() =>
        Any.Settings.Sample(settings => Experiment.Check(settings).IsSuccess);

    [Theory]
    [InlineData("""{ "batch_size": 0 }""", "batch_size is 0; it should be between 1 and 1048576")]
    [InlineData("""{ "batch_size": 1048577 }""", "batch_size is 1048577; it should be between 1 and 1048576")]
    [InlineData("""{ "epochs": 0 }""", "epochs is 0; it should be between 1 and 1000000")]
    [InlineData("""{ "epochs": 1000001 }""", "epochs is 1000001; it should be between 1 and 1000000")]
    [InlineData("""{ "test": 1 }""", "test is 1; it should be 0 <= x < 1")]
    [InlineData("""{ "test": -0.1 }""", "test is -0.1; it should be 0 <= x < 1")]
    [InlineData("""{ "test": 1e999 }""", "test is 1e999; it should be a number, 0 <= x < 1")]
    [InlineData("""{ "validation": 1.5 }""", "validation is 1.5; it should be 0 <= x < 1")]
    [InlineData("""{ "shards": 2048 }""", "shards is 2048; it should be between 1 and 1024")]
    [InlineData("""{ "shards": 0 }""", "shards is 0; it should be between 1 and 1024")]
    [InlineData("""{ "shards": 3 }""", "shards is 3; it should be a power of two")]
    [InlineData("""{ "precision": "half" }""", "precision is \"half\"; it should be one of float, double")]
    [InlineData("""{ "data": "mnist" }""", "data is \"mnist\"; it should be a known data set: ...")]
    [InlineData(
        """{ "data": { "kind": "moons", "samples": 1, "noise": -1 } }""",
        "data.samples is 1; it should be between 2 and 1000000",
        "data.noise is -1; it should be between 0 and 1000000")]
    [InlineData(
        """{ "data": { "kind": "spirals", "arms": 1, "turns": 0 } }""",
        "data.arms is 1; it should be between 2 and 100", "data.turns is 0; it should be 0 < x <= 10")]
    [InlineData(
        """{ "data": "given" }""",
        "data is \"given\"; it should name a data set, unless a program hands the data over")]
    [InlineData(
        """{ "hidden": [{ "kind": "dense", "units": 0 }] }""",
        "hidden[0].units is 0; it should be between 1 and 1048576")]
    [InlineData("""{ "hidden": ["relu"] }""", "hidden[0] is \"relu\"; it should be a known layer: ...")]
    [InlineData("""{ "hidden": [{ "kind": "dropout", "rate": 1 }] }""", "hidden[0].rate is 1; it should be 0 <= x < 1")]
    [InlineData(
        """{ "hidden": [{ "kind": "batch_norm", "momentum": 0, "epsilon": 0 }] }""",
        "hidden[0].momentum is 0; it should be 0 < x <= 1", "hidden[0].epsilon is 0; it should be above 0 and finite")]
    [InlineData(
        """{ "hidden": [{ "kind": "residual", "body": [{ "kind": "dense", "units": 3 }] }] }""",
        "hidden[0] adds a body of 3 outputs to a shortcut of 64; they should be equal")]
    [InlineData(
        """{ "output_activation": "gelo" }""", "output_activation is \"gelo\"; it should be a known activation: ...")]
    [InlineData("""{ "loss": "hinge" }""", "loss is \"hinge\"; it should be a known loss: ...")]
    [InlineData(
        """{ "data": "sine", "loss": "softmax_cross_entropy" }""",
        "loss is \"softmax_cross_entropy\", which is for classes; this task is regression")]
    [InlineData("""{ "initializer": "ones" }""", "initializer is \"ones\"; it should be a known initializer: ...")]
    [InlineData(
        """{ "optimizer": { "kind": "adam", "rate": 0, "beta1": 1, "beta2": -1, "epsilon": 0, "weight_decay": -1 } }""",
        "optimizer.rate is 0; it should be above 0 and finite", "optimizer.beta1 is 1; it should be 0 <= x < 1",
        "optimizer.beta2 is -1; it should be 0 <= x < 1", "optimizer.epsilon is 0; it should be above 0 and finite",
        "optimizer.weight_decay is -1; it should be at least 0 and finite")]
    [InlineData(
        """{ "optimizer": { "kind": "chain", "rules": [{ "kind": "clip_norm", "max": -2 }, """
            + """{ "kind": "momentum", "decay": 1.3 }] } }""",
        "optimizer.rules[0].max is -2; it should be above 0 and finite",
        "optimizer.rules[1].decay is 1.3; it should be 0 <= x < 1")]
    [InlineData("""{ "schedule": "cosine" }""", "schedule is \"cosine\"; it should be a known schedule: ...")]
    [InlineData(
        """{ "schedule": { "kind": "step_decay", "every": 0, "factor": -1 } }""",
        "schedule.every is 0; it should be between 1 and 2147483647",
        "schedule.factor is -1; it should be above 0 and finite")]
    [InlineData(
        """{ "schedule": { "kind": "multistep", "milestones": [1, -2] } }""",
        "schedule.milestones[1] is -2; it should be between 0 and 2147483647")]
    [InlineData(
        """{ "schedule": { "kind": "cyclic", "scale": "up" } }""",
        "schedule.scale is \"up\"; it should be one of same, halving, shrinking")]
    [InlineData("""{ "schedule_by": "hour" }""", "schedule_by is \"hour\"; it should be one of epoch, step")]
    [InlineData(
        """{ "schedule": { "kind": "reduce_on_plateau", "metric": "validation_r2", "factor": 1 } }""",
        "schedule.factor is 1; it should be 0 < x < 1",
        "schedule.metric is \"validation_r2\"; it should be one that classes have")]
    [InlineData(
        """{ "penalty": { "kind": "elastic_net", "l1": -1, "l2": 1e999 } }""",
        "penalty.l2 is 1e999; it should be a number, at least 0 and finite",
        "penalty.l1 is -1; it should be at least 0 and finite")]
    [InlineData(
        """{ "stopping": { "kind": "patience", "epochs": 0, "min_improvement": -1 } }""",
        "stopping.epochs is 0; it should be between 1 and 1000000",
        "stopping.min_improvement is -1; it should be at least 0 and finite")]
    [InlineData(
        """{ "stopping": { "kind": "target_reached", "metric": "validation_luck" } }""",
        "stopping.metric is \"validation_luck\"; it should be one of train_loss, ...")]
    [InlineData(
        """{ "data": "sine", "stopping": { "kind": "patience", "metric": "validation_accuracy" } }""",
        "stopping.metric is \"validation_accuracy\"; it should be one that numbers have")]
    [InlineData(
        """{ "class_weights": { "kind": "given", "weights": [1, -1] } }""",
        "class_weights.weights[1] is -1; it should be at least 0 and finite",
        "class_weights.weights has 2 weights; there should be one for each of the 10 classes, not all of them 0")]
    [InlineData(
        """{ "data": "sine", "class_weights": "balanced" }""",
        "class_weights is \"balanced\"; it should be \"equal\" where numbers are predicted")]
    [InlineData(
        """{ "data": "moons", "loss": "mean_squared_error", "output_activation": "softmax" }""",
        "output_activation is \"softmax\"; it should not be where there is one output, which would always be 1")]
    [InlineData(
        """{ "optimizer": { "kind": "accumulate", "steps": 0, "inner": { "kind": "rprop", "shrink": 1 } } }""",
        "optimizer.steps is 0; it should be between 1 and 1048576",
        "optimizer.inner.shrink is 1; it should be 0 < x < 1")]
    [InlineData(
        """{ "optimizer": { "kind": "adam", "epsilon": 1e-60 } }""",
        "optimizer.epsilon is 1E-60, in float 0; it should be above 0 and finite")]
    [InlineData("""{ "data": "moons", "loss": "binary_cross_entropy" }""", "output_activation is \"identity\"; for the "
        + "loss \"binary_cross_entropy\", which takes probabilities, it should be sigmoid, hard_sigmoid or softmax")]
    [InlineData(
        """{ "penalty": { "kind": "l2", "strength": 1e39 } }""",
        "penalty.strength is 1E+39, in float Infinity; it should be at least 0 and finite")]
    [InlineData("""{ "loss": { "kind": "quantile", "level": 1 } }""", "loss.level is 1; it should be 0 < x < 1")]
    [InlineData(
        """{ "data": { "kind": "csv_file", "path": "x.csv", "task": "guess" }, "missing": "zero" }""",
        "data.task is \"guess\"; it should be one of auto, classes, labels, numbers",
        "missing is \"zero\"; it should be a known way with missing cells: ...",
        "data is \"csv_file\"; it should name a data set, unless a program hands the data over")]
    [InlineData(
        """{ "scaling": "log" }""", "scaling is \"log\"; it should be a known scaling: none, standard, range, robust")]
    public void A_value_out_of_range_is_named_with_its_range(string json, params string[] faults) =>
        Agree(faults, Faults(json));

    [Theory]
    [InlineData("""{ "seed": -1 }""", "seed is -1; it should be a whole number, between 0 and 18446744073709551615")]
    [InlineData(
        """{ "seed": "x" }""", "seed is \"x\"; it should be a whole number, between 0 and 18446744073709551615")]
    [InlineData("""{ "batch_size": 1.5 }""", "batch_size is 1.5; it should be a whole number, between 1 and 1048576")]
    [InlineData(
        """{ "epochs": 99999999999 }""", "epochs is 99999999999; it should be a whole number, between 1 and 1000000")]
    [InlineData("""{ "shards": null }""", "shards is null; it should be a whole number, between 1 and 1024")]
    [InlineData("""{ "test": "0.1" }""", "test is \"0.1\"; it should be a number, 0 <= x < 1")]
    [InlineData("""{ "validation": [] }""", "validation is []; it should be a number, 0 <= x < 1")]
    [InlineData("""{ "precision": 32 }""", "precision is 32; it should be one of float, double")]
    [InlineData(
        """{ "schedule": { "kind": "multistep", "milestones": [1.5, "x"] } }""",
        "schedule.milestones[0] is 1.5; it should be a whole number, between 0 and 2147483647",
        "schedule.milestones[1] is \"x\"; it should be a whole number, between 0 and 2147483647")]
    [InlineData(
        """{ "class_weights": { "kind": "given", "weights": 3 } }""",
        "class_weights.weights is 3; it should be a list, each item a number, at least 0 and finite",
        "class_weights.weights has 0 weights; there should be one for each of the 10 classes, not all of them 0")]
    [InlineData(
        """{ "data": { "kind": "csv_file", "path": 1, "target": "y" } }""", "data.path is 1; it should be a text",
        "data.target is \"y\"; it should be a list of texts",
        "data is \"csv_file\"; it should name a data set, unless a program hands the data over")]
    [InlineData("""{ "hidden": 64 }""", "hidden is 64; it should be a list, each item a layer")]
    [InlineData(
        """{ "hidden": [{ "kind": "dense", "bias": 1 }] }""", "hidden[0].bias is 1; it should be true or false")]
    [InlineData(
        """{ "data": 3 }""",
        "data is 3; it should be the name of a data set or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "loss": false }""",
        "loss is false; it should be the name of a loss or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "optimizer": null }""",
        "optimizer is null; it should be the name of an optimizer or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "scaling": { "kind": 1 } }""",
        "scaling is { \"kind\": 1 }; it should be the name of a scaling or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "initializer": [] }""",
        "initializer is []; it should be the name of an initializer or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "output_activation": {} }""",
        "output_activation is {}; it should be the name of an activation or an object with its name as \"kind\": ...")]
    [InlineData("[]", "the experiment is not a JSON object; it should be one, {...}")]
    [InlineData(
        "{ \"seed\": 1,\n  oops }", "the experiment is not JSON (line 2, byte 3); it should be an object, {...}")]
    [InlineData("", "the experiment is not JSON (line 1, byte 1); it should be an object, {...}")]
    public void A_wrong_type_is_named_with_the_right_one(string json, params string[] faults) =>
        Agree(faults, Faults(json));

    [Theory]
    [InlineData("digits"), InlineData("moons"), InlineData("fashion-mnist"), InlineData("auto-mpg")]
    public void A_number_in_a_list_of_layers_is_a_dense_layer_as_the_data_s_usual_ones(string data)
    {
        var phi = Settings.For(DataSource.Kinds.Find(data)!).Hidden.OfType<Dense>().First().Activation;
        Assert.Equal<Items<Layer>>(
            [new Dense(8, phi), new Dropout(0.5),
                new Sequence([new Dense(5, phi), new Residual([new Dense(5, phi)], [])])],
            Read($$"""
                { "data": "{{data}}",
                  "hidden": [8, "dropout", { "kind": "sequence", "layers": [5, { "kind": "residual", "body": [5] }] }] }
                """).Settings.Hidden);
    }

    [Theory]
    [InlineData("table.csv"), InlineData("a dir/table.TSV"), InlineData("/t.csv.gz"), InlineData("..\\t.txt")]
    public void A_path_by_its_ending_is_a_table(string path) => Assert.Equal(
        new CsvFile(path), Experiment.Origin($$"""{ "data": {{JsonSerializer.Serialize(path)}} }""").Data);

    [Theory]
    [InlineData("arrays.npz"), InlineData("x.NPY")]
    public void A_path_by_its_ending_is_an_array(string path) => Assert.Equal(
        new NumpyFile(path), Experiment.Origin($$"""{ "data": "{{path}}" }""").Data);

    [Fact]
    public void Short_forms_are_written_in_full() => Assert.Equal(
        """[{"kind":"dense","units":8,"activation":"tanh","bias":true}]""",
        JsonNode.Parse(Read("""{ "data": "moons", "hidden": [8] }""").ToJson())!["hidden"]!.ToJsonString());

    [Theory]
    [InlineData(
        """{ "hidden": [1.5] }""", "hidden[0].units is 1.5; it should be a whole number, between 1 and 1048576")]
    [InlineData("""{ "hidden": [null] }""", "hidden[0] is null; it should be the name of a layer or an object with its "
        + "name as \"kind\": dense, activate, dropout, batch_norm, layer_norm, residual, sequence...")]
    [InlineData(
        """{ "hidden": [true, 1e99, 0, "x"] }""", "hidden[0] is true; ...", "hidden[1].units is 1e99; ...",
        "hidden[3] is \"x\"; it should be a known layer: ...",
        "hidden[2].units is 0; it should be between 1 and 1048576")]
    [InlineData(
        """{ "optimizer": { "kind": "chain", "rules": [3] } }""",
        "optimizer.rules[0] is 3; it should be the name of an optimizer or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "optimizer": 3 }""",
        "optimizer is 3; it should be the name of an optimizer or an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "data": "file.doc" }""",
        "data is \"file.doc\"; it should be a known data set: digits, xor, moons, circles, spirals, blobs, sine, "
            + "fourier, mnist-1d, penguins, auto-mpg, fashion-mnist, csv_file, idx_directory, numpy_file, given...")]
    [InlineData(
        """{ "data": ["file.csv"] }""",
        "data is [\"file.csv\"]; it should be the name of a data set or an object with its name as \"kind\": ...")]
    public void A_short_form_that_is_wrong_is_named(string json, params string[] faults) => Agree(faults, Faults(json));

    // Names that a program adds stand before it.
    [Theory]
    [InlineData(
        """{ "hidden": [null] }""",
        "; or a whole number, between 1 and 1048576: the units of a dense layer with the usual activation")]
    [InlineData(
        """{ "data": "file.doc" }""", "; or the path of a file that ends in .csv, .tsv, .txt, .gz, .npz or .npy")]
    public void What_may_stand_for_a_name_is_said(string json, string ending) =>
        Assert.EndsWith(ending, Faults(json)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "batchsize": 3 }""", "batchsize is not a field; it should be one of " + SettingsFields)]
    [InlineData(
        """{ "optimizer": { "kind": "sgd", "beta1": 0.9 } }""",
        "optimizer.beta1 is not a field; it should be one of kind, rate, momentum, nesterov, weight_decay, dampening")]
    [InlineData(
        """{ "hidden": [{ "kind": "sequence", "layers": [{ "kind": "dense", "unit": 3 }] }] }""",
        "hidden[0].layers[0].unit is not a field; it should be one of kind, units, activation, bias")]
    [InlineData("""{ "seed": 1, "seed": 2 }""", "seed is given twice; it should be given once")]
    public void A_field_that_there_is_not_is_refused_by_name(string json, params string[] faults) =>
        Agree(faults, Faults(json));

    [Theory]
    [InlineData("""{ "data": "\ud800" }""", "data is \"\\ud800\" (not Unicode); it should be the name of a data set or "
        + "an object with its name as \"kind\": ...")]
    [InlineData(
        """{ "schedule_by": "\ud800" }""", "schedule_by is \"\\ud800\" (not Unicode); it should be one of epoch, step")]
    [InlineData("""{ "optimizer": { "kind": "adam", "\udc00": 1 } }""", "optimizer.\\udc00 is not a field; it should "
        + "be one of kind, rate, beta1, beta2, epsilon, weight_decay, amsgrad")]
    [InlineData(
        """{ "data": { "\ud800": 1, "kind": "xor" } }""",
        "data.\\ud800 is not a field; it should be one of kind, samples, noise")]
    public void Half_a_surrogate_pair_is_named(string json, params string[] faults)
    {
        Agree(faults, Faults(json));
        string asItIs = json.Replace("\\ud800", "\ud800", StringComparison.Ordinal)
            .Replace("\\udc00", "\udc00", StringComparison.Ordinal);
        Agree(faults, Faults(asItIs));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_fault_wherever_it_stands() => Any.DataSource.Sample(source =>
    {
        string json = Written.Of(Settings.For(source)).ToJsonString();
        string With(Match text) => $"{json[..text.Index]}\"\\ud800\"{json[(text.Index + text.Length)..]}";
        return Quoted().Matches(json)
            .All(text => Faults(With(text)).Any(fault => fault.Contains("\\ud800", StringComparison.Ordinal)));
    });

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [Fact]
    public void All_faults_are_named_at_once() => Assert.Equal(
        [
            "speed is not a field; it should be one of " + SettingsFields,
            "epochs is \"many\"; it should be a whole number, between 1 and 1000000",
            "batch_size is 0; it should be between 1 and 1048576", "test is 2; it should be 0 <= x < 1",
            "validation is -1; it should be 0 <= x < 1",
            "hidden[1].rate is 7; it should be 0 <= x < 1", "precision is \"half\"; it should be one of float, double",
            "shards is 6; it should be a power of two",
            "optimizer.rate is -1; it should be above 0 and finite",
        ],
        Faults("""
            { "data": "xor", "speed": 1, "epochs": "many", "batch_size": 0, "test": 2, "validation": -1,
              "precision": "half", "shards": 6,
              "hidden": ["dense", { "kind": "dropout", "rate": 7 }], "optimizer": { "kind": "adam", "rate": -1 } }
            """), new InAnyOrder());

    [Fact]
    public void Missing_fields_are_those_of_a_good_start() => Any.DataSource.Sample(source =>
        Read($$"""{ "data": {{Written.Of(source, DataSource.Kinds).ToJsonString()}} }""")
        == Checked(Settings.For(source)));

    private static Experiment Checked(Settings settings) =>
        Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"));
    private static Experiment Read(string json) =>
        Experiment.Parse(json).IfFail(faults => throw new FormatException($"{faults}"));
    private static string[] Faults(string json) =>
        Experiment.Parse(json).Match(Succ: _ => [], Fail: faults => faults.Select(fault => fault.Message).ToArray());

    // "..." at the end of an expected fault stands for a list of names.
    private static void Agree(string[] expected, string[] faults) => Assert.Equal(
        expected,
        faults.Zip(expected, (fault, want) =>
            want.EndsWith("...", StringComparison.Ordinal) && fault.Length >= want.Length
            ? fault[..(want.Length - 3)] + "..."
            : fault)
            .Concat(faults.Skip(expected.Length)));

    private sealed class InAnyOrder : IEqualityComparer<IEnumerable<string>>
    {
        public bool Equals(IEnumerable<string>? x, IEnumerable<string>? y) => x!.Order().SequenceEqual(y!.Order());
        public int GetHashCode(IEnumerable<string> faults) => 0;
    }
}
