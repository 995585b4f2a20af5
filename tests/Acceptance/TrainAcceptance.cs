using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary>What a new user gets.</summary>
public sealed class TrainAcceptance(ITestOutputHelper output)
{
    [Fact] public void The_default_experiment_reads_97_of_100_digits() => Assert.InRange(Test("accuracy"), 0.97, 1);

    [Fact]
    public void Spirals_are_told_apart() =>
        Assert.InRange(Test("accuracy", "--data", "spirals", "--hidden", "32,32"), 0.98, 1);

    [Fact] public void A_sine_is_learned() => Assert.InRange(Test("r2", "--data", "sine"), 0.99, 1);

    [Fact]
    public void Two_hidden_units_solve_exclusive_or_from_several_seeds()
    {
        int solved = Enumerable.Range(1, 20)
            .Count(seed => Test("accuracy", "--data", "xor", "--hidden", "2", "--seed", $"{seed}") == 1);
        output.WriteLine($"solved from {solved} of 20 seeds");
        Assert.InRange(solved, 5, 20);
    }

    [Fact]
    public void The_gradients_of_the_default_experiment_are_right()
    {
        var check = Command.Run(["gradcheck", "--json"]);
        Assert.Equal(0, check.Status);
        Assert.InRange((double)check.Json["largest_relative_error"]!, 0, 1e-7);
        string[] ways = ["forward_mode", "reverse_mode", "central_difference", "richardson"];
        Assert.All(
            check.Json["layers"]!.AsArray(),
            layer => Assert.Equal(ways, layer!["relative_errors"]!.AsObject().Select(way => way.Key)));
        Assert.Equal(["backward", .. ways], check.Json["seconds"]!.AsObject().Select(way => way.Key));
    }

    [Fact]
    public void The_survey_measures_every_way_on_ever_larger_nets()
    {
        var nets = Command.Run(["gradcheck", "--survey", "--data", "moons", "--samples", "40", "--json"]).Json["nets"]!
            .AsArray();
        Assert.Equal([7, 12, 22, 42, 82, 162, 322], nets.Select(net => (int)net!["parameters"]!));
        string[] ways = ["backward", "forward_mode", "reverse_mode", "central_difference", "richardson"];
        foreach (string field in (string[])["loss_seconds", "gradient_seconds", "evaluations"])
            Assert.All(
                nets, net => Assert.All(ways, way => Assert.True((double)net![field]![way]! > 0, $"{field} {way}")));
        string table = Command.Run(["gradcheck", "--survey", "--data", "moons", "--samples", "40"]).Output;
        Assert.Contains(
            "with 46.0 times as many parameters, a gradient takes so many times as many", table,
            StringComparison.Ordinal);
    }

    public static TheoryData<string> Verbs =>
    [
        "train --data penguins --epochs 2 --quiet", "train --data auto-mpg --epochs 2 --quiet",
        "train --data xor --epochs 2 --quiet", "evaluate run",
        "summary --data digits", "data list", "data show penguins", "gradcheck --data xor --hidden 3",
        "explain run --sample 2", "explain run --table 5",
        "bench tiny --quiet", "runs list",
    ];

    [Theory, MemberData(nameof(Verbs))]
    public void What_a_verb_says_fits_80_columns(string words)
    {
        using var scratch = new Scratch();
        Command.Run(
            ["train", "--data", "xor", "--hidden", "2", "--epochs", "2", "--quiet", "--out", "run"], scratch.Path);
        var said = Command.Run(words.Split(' '), scratch.Path);
        Assert.Equal(0, said.Status);
        Assert.All(
            said.Output.Split('\n').Where(line => !line.StartsWith("run ", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void One_JSON_object_tells_everything()
    {
        using var scratch = new Scratch();
        var run = Command.Run(
            ["train", "--data", "moons", "--samples", "100", "--epochs", "3", "--json"], scratch.Path);
        var json = run.Json;
        string[] fields =
        [
            "seed", "precision", "threads", "data", "parameter_count", "epochs", "steps", "history", "train",
            "validation", "test", "parameters_sha256", "seconds", "run",
        ];
        Assert.All(fields, field => Assert.True(json.ContainsKey(field), field));
        Assert.All(
            ["name", "sha256", "train_rows", "validation_rows", "test_rows"],
            field => Assert.True(json["data"]!.AsObject().ContainsKey(field), field));
        Assert.All(
            ["epoch", "train_loss", "validation_loss", "validation_accuracy"],
            field => Assert.True(json["history"]![0]!.AsObject().ContainsKey(field), field));
        Assert.Equal(
            (3, 72 + 8 + 20, 64), ((int)json["epochs"]!, Rows(json), ((string)json["parameters_sha256"]!).Length));
        string directory = (string)json["run"]!;
        Assert.Equal(
            ["metrics.jsonl", "model.safetensors", "run.json"],
            Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            json["history"]!.AsArray().Select(line => line!.ToJsonString()),
            File.ReadLines(Path.Combine(directory, "metrics.jsonl")));
        Assert.NotEqual("", run.Errors); // progress goes there
    }

    [Fact]
    public void What_a_run_wrote_is_read_by_every_verb()
    {
        using var scratch = new Scratch();
        var trained = Command.Run(
            ["train", "--data", "blobs", "--samples", "90", "--epochs", "3", "--json", "--quiet", "--out", "run"],
            scratch.Path).Json;
        JsonObject Asked(params string[] arguments) => Command.Run([.. arguments, "--json"], scratch.Path).Json;

        Assert.Equal(trained["test"]!.ToJsonString(), Asked("evaluate", "run")["test"]!.ToJsonString());
        Assert.Equal(
            trained["parameters_sha256"]!.ToJsonString(),
            Asked("runs", "show", "run")["parameters_sha256"]!.ToJsonString());
        Assert.Equal(1000, (int)Asked("predict", "run", "--data", "blobs")["rows"]!);
        Assert.Contains("blobs", Asked("data", "list").ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(3, Asked("data", "show", "blobs")["classes"]!.AsArray().Count);
        Assert.Single(Asked("runs", "list", ".")["runs"]!.AsArray());

        scratch.File("samples.csv", "0.5,-1.25\n2,1e-3\n");
        var asJson = Asked("predict", "run", "--data", "samples.csv");
        string[] asCsv = Command.Run(["predict", "run", "--data", "samples.csv"], scratch.Path).Output.TrimEnd()
            .Split('\n');
        Assert.Equal("row,class,p(0),p(1),p(2)", asCsv[0]);
        Assert.Equal(
            asJson["predictions"]!.AsArray().Select(row => $"{row!["class"]}"),
            asCsv[1..].Select(line => line.Split(',')[1]));

        scratch.File("spec.json", trained["experiment"]!.ToJsonString());
        Assert.Equal(
            trained["parameters_sha256"]!.ToJsonString(),
            Asked("train", "spec.json", "--quiet", "--out", "again")["parameters_sha256"]!.ToJsonString());
    }

    [Fact]
    public void A_run_may_start_from_another()
    {
        using var scratch = new Scratch();
        string[] train = ["train", "--data", "moons", "--samples", "200", "--json", "--quiet"];
        var first = Command.Run([.. train, "--epochs", "30", "--out", "first"], scratch.Path).Json;
        var second = Command.Run(
            [.. train, "--epochs", "1", "--rate", "1e-9", "--from", "first", "--out", "second"], scratch.Path).Json;
        Assert.Equal((double)first["test"]!["loss"]!, (double)second["test"]!["loss"]!, 1e-4);
        Assert.Equal(first["parameters_sha256"]!.ToJsonString(), second["from_parameters_sha256"]!.ToJsonString());
        BadInput.Refused(scratch, [.. train, "--hidden", "3", "--from", "first"], "the model to start from is float");
        BadInput.Refused(scratch, [.. train, "--from", "nowhere"], "nowhere is not there");
    }

    [Fact]
    public void Options_reach_what_they_name()
    {
        using var scratch = new Scratch();
        scratch.File("spec.json", """{ "data": "moons", "epochs": 1, "hidden": ["dense", """
            + """{ "kind": "residual", "body": [{ "kind": "dense", "units": 64 }] }, "activate"] }""");
        var experiment = Command.Run(
            ["train", "spec.json", "--activation", "sigmoid", "--seed", "+9007199254740993", "--optimizer", "rate",
                "--rate", ".5", "--json", "--quiet"],
            scratch.Path).Json["experiment"]!;
        Assert.Equal(
            """[{"kind":"dense","units":64,"activation":"sigmoid","bias":true},{"kind":"residual","body":"""
                + """[{"kind":"dense","units":64,"activation":"sigmoid","bias":true}],"shortcut":[]},"""
                + """{"kind":"activate","activation":"sigmoid"}]""",
            experiment["hidden"]!.ToJsonString());
        Assert.Equal(
            ("9007199254740993", """{"kind":"rate","rate":0.5}"""),
            (experiment["seed"]!.ToJsonString(), experiment["optimizer"]!.ToJsonString()));
    }

    [Fact]
    public void The_rate_reaches_the_optimizer_within_one_that_has_none()
    {
        using var scratch = new Scratch();
        scratch.File("spec.json", """{ "data": "moons", "epochs": 1, "optimizer": { "kind": "sam", "radius": 0.2,"""
            + """ "inner": { "kind": "accumulate", "steps": 2, "inner": "adam" } } }""");
        JsonNode Optimizer(params string[] words) =>
            Command.Run(["train", "--again", .. words, "--rate", ".03", "--json", "--quiet"], scratch.Path)
                .Json["experiment"]!["optimizer"]!;
        var usual = Optimizer("--data", "moons", "--epochs", "1", "--optimizer", "sam");
        Assert.Equal(
            ("sam", 0.03, 0.9),
            ((string?)usual["kind"], (double)usual["inner"]!["rate"]!, (double)usual["inner"]!["momentum"]!));
        var given = Optimizer("spec.json");
        Assert.Equal(
            (0.2, "adam", 0.03),
            ((double)given["radius"]!, (string?)given["inner"]!["inner"]!["kind"],
                (double)given["inner"]!["inner"]!["rate"]!));
    }

    private static int Rows(JsonObject json) => json["data"]!.AsObject()
        .Where(part => part.Key.EndsWith("_rows", StringComparison.Ordinal)).Sum(part => (int)part.Value!);

    private static double Test(string metric, params string[] options)
    {
        using var scratch = new Scratch();
        var run = Command.Run(["train", "--json", "--quiet", .. options], scratch.Path);
        Assert.Equal(0, run.Status);
        return (double)run.Json["test"]![metric]!;
    }
}
