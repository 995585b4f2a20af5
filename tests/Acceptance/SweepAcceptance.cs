using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary>Sweeps: many experiments in a directory, found there again, gone on with, to the bit.</summary>
public sealed class SweepAcceptance
{
    private const string Spec = """
        { "data": { "kind": "moons", "samples": 80 }, "hidden": [6], "epochs": 12, "batch_size": 8, "seed": 3,
          "optimizer": { "kind": "adam", "rate": 0.02 } }
        """;

    private static readonly string[] Grid =
    [
        "sweep", "spec.json", "--vary", "optimizer.rate=log:1e-3..1e-1:3", "--vary", "hidden=[4],[6,6]", "--seeds", "2",
    ];

    [Fact]
    public void Each_experiment_is_a_run_and_the_winner_s_spec_trains_it_again()
    {
        using var scratch = Begun();
        var sweep = Command.Run([.. Grid, "--out", "s", "--json"], scratch.Path);
        Assert.Equal((0, ""), (sweep.Status, sweep.Errors)); // nothing is drawn on a pipe
        Assert.Equal(
            ["best.json", "lock", "results.csv", "results.json", "results.md", "runs", "sweep.json"],
            Directory.EnumerateFileSystemEntries(scratch.At("s")).Select(Path.GetFileName).Order());
        var experiments = sweep.Json["experiments"]!.AsArray();
        Assert.Equal([1, 2, 3, 4, 5, 6], experiments.Select(one => (int)one!["number"]!).Order());
        Assert.Equal(
            experiments.Select(one => (double)one!["validation"]!["mean"]!).OrderDescending(),
            experiments.Select(one => (double)one!["validation"]!["mean"]!));
        Assert.Equal(["0.01", "[6,6]"], Values(experiments, 4));
        var best = experiments[0]!["seeds"]!.AsArray();
        Assert.Equal([3, 4], best.Select(seed => (int)seed!["seed"]!));
        var again = Command.Run(["train", "s/best.json", "--out", "again", "--json", "--quiet"], scratch.Path);
        Assert.Equal(Text(best[0]!["parameters_sha256"]), Text(again.Json["parameters_sha256"]));
        string run = $"s/{best[1]!["run"]}";
        Assert.Equal(0, Command.Run(["reproduce", run, "--quiet"], scratch.Path).Status);
        string[] lines = File.ReadAllLines(scratch.At("s/results.csv"));
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("rank,number,optimizer.rate,hidden,epochs,seeds,diverged,validation_accuracy,", lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("| # | optimizer.rate | hidden |", File.ReadAllText(scratch.At("s/results.md")),
            StringComparison.Ordinal);
    }

    // The seed of the moments is the day's.
    [Fact]
    public void Killed_five_times_a_sweep_ends_with_the_table_of_the_one_that_was_not()
    {
        using var scratch = Begun();
        string[] halving =
        [
            "sweep", "spec.json", "--vary", "optimizer.rate=log:1e-4..1", "--vary", "hidden[0].units=lin:2..40",
            "--search", "halving:9", "--seeds", "2", "--epochs", "180", "--checkpoint", "20steps", "--quiet",
        ];
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(0, Command.Run([.. halving, "--out", "whole"], scratch.Path).Status);
        double most = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var moments = new Random((int)(DateTime.UtcNow.Ticks / TimeSpan.TicksPerDay));
        for (int killed = 0; killed < 5; killed++)
        {
            using var process = Command.Start([.. halving, "--out", "cut"], scratch.Path);
            _ = process.StandardOutput.ReadToEndAsync();
            if (process.WaitForExit(TimeSpan.FromSeconds(most * (0.15 + 0.5 * moments.NextDouble())))) break;
            process.Kill();
            process.WaitForExit();
        }
        Assert.Equal(0, Command.Run([.. halving, "--out", "cut"], scratch.Path).Status);
        foreach (string file in (string[])["results.json", "results.csv", "results.md", "best.json", "sweep.json"])
            Assert.Equal(File.ReadAllText(scratch.At($"whole/{file}")), File.ReadAllText(scratch.At($"cut/{file}")));
        string winner = Runs(scratch, "whole")[^1];
        Assert.Equal(
            File.ReadAllBytes(scratch.At($"whole/runs/{winner}/metrics.jsonl")),
            File.ReadAllBytes(scratch.At($"cut/runs/{winner}/metrics.jsonl")));
    }

    [Fact]
    public void Who_survives_halving_has_the_parameters_of_its_whole_training()
    {
        using var scratch = Begun();
        var sweep = Command.Run(
            [
                "sweep", "spec.json", "--vary", "optimizer.rate=log:1e-3..1:9", "--search", "halving", "--schedule",
                "cosine_annealing", "--out", "s", "--json",
            ], scratch.Path);
        var best = sweep.Json["experiments"]![0]!;
        Assert.Equal(12, (int)best["epochs"]!);
        var whole = Command.Run(["train", "s/best.json", "--json", "--quiet", "--out", "whole"], scratch.Path);
        Assert.Equal(Text(best["seeds"]![0]!["parameters_sha256"]), Text(whole.Json["parameters_sha256"]));
        Assert.Equal([1, 1, 1, 1, 1, 1, 4, 4, 12], sweep.Json["experiments"]!.AsArray()
            .Select(one => (int)one!["epochs"]!).Order());
    }

    [Fact]
    public void An_interrupted_sweep_says_how_to_go_on_and_does()
    {
        using var scratch = Begun();
        string[] words = [.. Grid, "--epochs", "40000", "--out", "s", "--threads", "2"];
        using var process = Started(scratch, words);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
        if (!process.WaitForExit(60_000)) process.Kill();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains(
            "the same command with --out s goes on from there", process.StandardError.ReadToEnd(),
            StringComparison.Ordinal);
        Assert.All(Runs(scratch, "s"), run => Assert.Contains(
            "\"outcome\": \"interrupted\"", File.ReadAllText(scratch.At($"s/runs/{run}/run.json")),
            StringComparison.Ordinal));
        Assert.False(File.Exists(scratch.At("s/results.json")));
        BadInput.Refused(
            scratch, [.. Grid, "--epochs", "9", "--out", "s"], "s holds another sweep: its sweep_sha256 is");
    }

    [Fact]
    public void What_was_done_before_is_not_done_again()
    {
        using var scratch = Begun();
        Assert.Equal(0, Command.Run(
            ["train", "spec.json", "--rate", "0.01", "--hidden", "6,6", "--quiet"], scratch.Path).Status);
        var sweep = Command.Run([.. Grid, "--out", "s", "--json"], scratch.Path);
        Assert.Equal(11, Runs(scratch, "s").Length);
        string found = (string)sweep.Json["experiments"]!.AsArray().Single(one => (int)one!["number"]! == 4)!
            ["seeds"]![0]!["run"]!;
        Assert.Equal(scratch.At("runs"), Path.GetDirectoryName(found));
        var before = Runs(scratch, "s").Select(run => File.GetLastWriteTimeUtc(scratch.At($"s/runs/{run}/run.json")));
        DateTime[] then = [.. before];
        var again = Command.Run([.. Grid, "--out", "s", "--json"], scratch.Path);
        Assert.Equal(sweep.Output, again.Output);
        Assert.Equal(then, before);
    }

    [Theory]
    [InlineData("--vary optimizer.rat=1 --vary hidden[2].units=3 --seeds 0",
        "optimizer.rat is not a field", "hidden[2].units: hidden has no item [2]", "--seeds is 0")]
    [InlineData("--vary optimizer.rate=log:0..1:3 --vary batch_size=lin:1.5..3:2",
        "one of factors should begin above 0", "this field is whole")]
    [InlineData("--vary hidden=[8],[8,8] --vary hidden[1].units=3,4", "hidden[1].units: hidden has no item [1]")]
    [InlineData("--vary batch_size=4 --seeds 3,5,3", "--seeds has seed 3 more than once")]
    [InlineData("--vary batch_size=4,8 --search halving --validation 0", "there is no validation part to choose by")]
    [InlineData("--vary batch_size=4 --seeds 9..5", "--seeds has the range 9..5; it should begin with its smaller end")]
    [InlineData(
        """--vary resampling={"kind":"fold","index":1,"count":3},{"kind":"fold","index":1,"count":9999}""",
        "resampling.count is 9999; the data have")]
    [InlineData("--vary batch_size=4 --folds 3", "--folds is not an option here")]
    [InlineData("--vary batch_size=4 --out spec.json", "the output directory spec.json is a file")]
    public void What_cannot_be_swept_is_refused_and_nothing_is_written(string options, params string[] faults)
    {
        using var scratch = Begun();
        string[] words = ["sweep", "spec.json", .. options.Split(' ')];
        BadInput.Refused(scratch, words, faults);
        Assert.Equal(["spec.json"], Directory.EnumerateFileSystemEntries(scratch.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Seeds_may_be_a_range_and_the_best_of_members_is_said_to_be_a_lucky_one()
    {
        using var scratch = Begun();
        var run = Command.Run(
            ["sweep", "spec.json", "--vary", "member=0,1", "--seeds", "5..6", "--out", "s"], scratch.Path);
        Assert.Equal(0, run.Status);
        Assert.Contains("may only have been lucky", run.Errors, StringComparison.Ordinal);
        Assert.Equal(
            ["1-seed-5", "1-seed-6", "2-seed-5", "2-seed-6"],
            Directory.EnumerateDirectories(scratch.At("s/runs")).Select(Path.GetFileName).Order());
        Assert.Contains("_half_of_95_percent_interval", File.ReadAllText(scratch.At("s/results.csv")),
            StringComparison.Ordinal);
    }

    // No file may grow any more: as though the disk had become full, for whoever runs the test.
    [Fact]
    public void A_full_disk_is_said_and_the_sweep_goes_on_once_there_is_room()
    {
        using var scratch = Begun();
        string[] words = [.. Grid, "--epochs", "400", "--out", "s", "--checkpoint", "epoch"];
        using var process = Started(scratch, words);
        using (var limit = Process.Start("prlimit", ["--pid", $"{process.Id}", "--fsize=0"])) limit.WaitForExit();
        if (!process.WaitForExit(60_000)) process.Kill();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("written: ", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(scratch.At("s"), "results.*"));
        var again = Command.Run([.. Grid, "--epochs", "400", "--out", "s", "--quiet"], scratch.Path);
        Assert.Equal((0, ""), (again.Status, again.Errors));
        Assert.Equal(12, Runs(scratch, "s").Length);
    }

    [Fact]
    public void Its_figures_and_its_table_speak_Spanish()
    {
        using var scratch = Begun();
        var sweep = Command.Run(
            [.. Grid, "--out", "s", "--figures", "figures", "--language", "es", "--quiet"], scratch.Path);
        Assert.Contains("exactitud de validación", sweep.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["effects.png", "effects.svg", "map.png", "map.svg", "parallel.png", "parallel.svg"],
            Directory.EnumerateFiles(scratch.At("figures")).Select(Path.GetFileName).Order());
        Assert.Contains("exactitud de validación", File.ReadAllText(scratch.At("figures/effects.svg")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_every_experiment_diverges_there_is_no_winner()
    {
        using var scratch = Begun();
        var sweep = Command.Run(
            [
                "sweep", "--data", "sine", "--samples", "40", "--optimizer", "sgd", "--epochs", "3", "--vary",
                "optimizer.rate=1e30,1e31", "--out", "s", "--json",
            ], scratch.Path);
        Assert.Equal((3, null), (sweep.Status, sweep.Json["best"]));
        Assert.All(sweep.Json["experiments"]!.AsArray(), one => Assert.Equal(1, (int)one!["diverged"]!));
        Assert.False(File.Exists(scratch.At("s/best.json")));
    }

    private static Scratch Begun()
    {
        var scratch = new Scratch();
        scratch.File("spec.json", Spec);
        return scratch;
    }

    private static string[] Runs(Scratch scratch, string sweep) =>
        [.. Directory.EnumerateDirectories(scratch.At($"{sweep}/runs")).Select(run => Path.GetFileName(run)).Order()];

    // Until training has begun. No signal is ignored, as it may be around the test.
    private static Process Started(Scratch scratch, string[] words)
    {
        var process = Command.Start(words, scratch.Path, before: ["env", "--default-signal"]);
        _ = process.StandardOutput.ReadToEndAsync();
        for (int waited = 0; waited < 600 && !Has(scratch, "s/runs"); waited++) Thread.Sleep(50);
        return process;
    }

    private static bool Has(Scratch scratch, string runs) => Directory.Exists(scratch.At(runs))
        && Directory.EnumerateFiles(scratch.At(runs), "metrics.jsonl", SearchOption.AllDirectories)
            .Any(file => new FileInfo(file).Length > 0);

    private static string[] Values(JsonArray experiments, int number) =>
        [.. experiments.Single(one => (int)one!["number"]! == number)!["values"]!.AsObject()
            .Select(value => value.Value!.ToJsonString())];

    private static string Text(JsonNode? value) => $"{value}";
}
