using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace Acceptance;

/// <summary>The verbs that look at a loss: the same digits for everyone, in files that others read.</summary>
public sealed class LandscapeAcceptance : IClassFixture<LandscapeAcceptance.Runs>
{
    /// <summary>Two small runs of one network.</summary>
    public sealed class Runs : IDisposable
    {
        internal Scratch Scratch { get; } = new();

        public Runs()
        {
            foreach (string seed in (string[])["1", "2"])
                Assert.Equal(0, Command.Run(
                    ["train", "--data", "moons", "--samples", "60", "--hidden", "6,5", "--activation", "tanh",
                        "--epochs", "6",
                        "--seed", seed, "--out", seed, "--quiet"], Scratch.Path).Status);
        }

        public void Dispose() => Scratch.Dispose();
    }

    private readonly string path;

    public LandscapeAcceptance(Runs runs) => path = runs.Scratch.Path;

    // Numeric law 7.
    [Theory]
    [InlineData("landscape 1 --grid 7")]
    [InlineData("landscape 1 --grid 5 --plane path")]
    [InlineData("landscape 1 --grid 5 --plane eigen --part test")]
    [InlineData("landscape 1 --line 2 --match --curve bezier --grid 11")]
    [InlineData("spectrum 1 --density --layers --probes 3")]
    [InlineData("spectrum 1 --of gauss_newton --rows 20 --sharpness")]
    [InlineData("saddles --data xor --samples 4 --noise 0 --test 0 --validation 0 --hidden 2 --activation tanh "
        + "--epochs 20 --seeds 8")]
    [InlineData("lr-find --data moons --samples 60 --hidden 6,dropout,5 --optimizer sgd --steps 40")]
    public void Every_digit_is_the_same_on_any_threads_and_widths(string command)
    {
        string[] printed =
        [
            Json("1", command), Json("2", command), Json("3", command),
            Json("2", command, ("DOTNET_EnableAVX512", "0")), Json("2", command, ("DOTNET_EnableAVX2", "0")),
            Json("2", command, ("DOTNET_EnableHWIntrinsic", "0")), Json("1", command, ("LC_ALL", "es_ES.UTF-8")),
        ];
        Assert.Single(printed.Distinct());
    }

    [Fact]
    public void A_training_is_the_same_while_its_curvature_is_watched()
    {
        using var scratch = new Scratch();
        string[] train = ["train", "--data", "moons", "--samples", "60", "--hidden", "6,5", "--activation", "tanh",
            "--epochs",
            "6", "--seed", "1", "--json", "--quiet"];
        var watched = Command.Run([.. train, "--curvature", "3steps"], scratch.Path);
        Assert.Equal((0, ""), (watched.Status, watched.Errors));
        Assert.Equal(
            (string)Command.Run(train, scratch.Path).Json["parameters_sha256"]!,
            (string)watched.Json["parameters_sha256"]!);
        int[] steps = [.. watched.Json["history"]!.AsArray().SelectMany(line => line!["curvature"]?.AsArray() ?? [])
            .Select(point => (int)point!["step"]!)];
        Assert.Equal([0, 3, 6], steps[..3]);
        Assert.Contains("curvature", Command.Run([.. train, "--curvature", "x"], scratch.Path).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_surface_goes_into_files_of_every_form()
    {
        using var scratch = new Scratch();
        string[] files = [.. ((string[])["s.csv", "s.json", "s.npy", "s.vtp"])
            .Select(name => Path.Combine(scratch.Path, name))];
        var run = Command.Run(
            ["landscape", "1", "--grid", "5", "--json", "--quiet",
                .. files.SelectMany(file => (string[])["--out", file])], path);
        Assert.Equal((0, ""), (run.Status, run.Errors));
        double[] losses = [.. run.Json["surface"]!["losses"]!.AsArray().SelectMany(row => row!.AsArray())
            .Select(loss => (double)loss!)];
        Assert.Equal(25, losses.Length);
        string[] lines = File.ReadAllLines(files[0]);
        Assert.Equal("x,y,loss,accuracy", lines[0]);
        Assert.Equal(losses, lines[1..].Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture)));
        byte[] numpy = File.ReadAllBytes(files[2]);
        Assert.Equal(losses, Enumerable.Range(0, 25)
            .Select(i => BitConverter.ToDouble(numpy, numpy.Length - 200 + 8 * i)));
        var piece = XDocument.Load(files[3]).Descendants("Piece").Single();
        Assert.Equal(("25", "16"), (piece.Attribute("NumberOfPoints")!.Value, piece.Attribute("NumberOfPolys")!.Value));
        Assert.Equal(
            losses,
            piece.Descendants("DataArray").First(array => array.Attribute("Name")!.Value == "loss").Value
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(loss => double.Parse(loss, CultureInfo.InvariantCulture)));
    }

    // The middle of a surface is what evaluate says, to the last digit.
    [Fact]
    public void The_middle_of_a_surface_is_the_runs_own_loss()
    {
        var surface = Command.Run(["landscape", "1", "--grid", "3", "--json", "--quiet"], path).Json;
        var evaluated = Command.Run(["evaluate", "1", "--json"], path).Json;
        Assert.Equal((double)evaluated["train"]!["loss"]!, (double)surface["surface"]!["losses"]![1]![1]!);
    }

    [Theory]
    [InlineData("landscape 1 --grid 1", "--grid is \"1\"; it should be a whole number, between 2 and 1001")]
    [InlineData("landscape 1 --range 1,0", "--range is \"1,0\"")]
    [InlineData("landscape 1 --plane sideways",
        "--plane is \"sideways\"; it should be one of random, path, eigen, through")]
    [InlineData("landscape 1 --plane through 2", "--plane through has 1 run; it should have 2")]
    [InlineData("landscape 1 --plane random 2", "RUN should stand before it")]
    [InlineData("landscape 1 --plane through 1 1", "lie on a line")]
    [InlineData("landscape 1 --plane path --seed 3", "--seed changes nothing here")]
    [InlineData("landscape 1 --line 2 --seed 3", "--seed changes nothing here")]
    [InlineData("landscape 1 --line 2 --curve arc --seed 3", "--seed changes nothing here")]
    [InlineData("spectrum 1 --probes 5", "--probes changes nothing here")]
    [InlineData("spectrum 1 --seed 3 --sharpness", "--seed changes nothing here")]
    [InlineData("spectrum 1 --rows 1000", "--rows is 1000; the training part has 43, and it should be fewer")]
    [InlineData("landscape 1 --match", "--match changes nothing here")]
    [InlineData("landscape 1 --out s.png", "s.png ends in no form of a surface")]
    [InlineData("landscape 9", "there is no run 9")]
    [InlineData("landscape 1 --line 9", "9 is not there")]
    [InlineData("landscape 1 --part other", "--part is \"other\"; it should be one of train, validation, test")]
    [InlineData("spectrum 1 --of jacobian", "--of is \"jacobian\"; it should be one of hessian, gauss_newton, fisher")]
    [InlineData("spectrum 1 --top 0", "--top is \"0\"; it should be a whole number, between 1 and 100")]
    [InlineData("spectrum 1 --seed -1", "seed is \"-1\"")]
    [InlineData("saddles --data digits", "critical points are looked for with at most 500")]
    [InlineData("saddles --data xor --seeds none", "--seeds is \"none\"")]
    [InlineData("train --data xor --curvature 0steps", "--curvature is \"0steps\"")]
    public void What_does_not_fit_is_refused_by_name(string command, string message)
    {
        var run = Command.Run(command.Split(' '), path);
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_critical_points_of_exclusive_or_are_saddles()
    {
        var found = Command.Run(
            [.. "saddles --data xor --samples 4 --noise 0 --test 0 --validation 0 --hidden 2 --activation sigmoid"
                .Split(' '),
                .. "--output-activation sigmoid --loss half_sum_squared_error --scaling none --seeds 40 --json --quiet"
                    .Split(' ')],
            path).Json;
        Assert.NotEmpty(found["families"]!.AsArray());
        Assert.All(found["families"]!.AsArray(),
            family => Assert.True((int)family!["index"]! > 0 || (double)family["loss"]! < 1e-6));
        Assert.NotEmpty(found["ran_off"]!.AsArray());
    }

    [Fact]
    public void What_training_makes_small_beside_the_loss_is_said_to_be_left_out()
    {
        using var scratch = new Scratch();
        string[] penalized = ["--data", "xor", "--hidden", "2", "--activation", "tanh", "--epochs", "2",
            "--penalty", "l2", "--optimizer", "adamw"];
        Assert.Equal(0, Command.Run(["train", .. penalized, "--out", "run", "--quiet"], scratch.Path).Status);
        string[][] looks = [["landscape", "run", "--grid", "3"], ["landscape", "run", "--line", "run"],
            ["spectrum", "run"], ["saddles", .. penalized, "--seeds", "1"]];
        foreach (string[] look in looks)
        {
            var notes = Command.Run([.. look, "--json", "--quiet"], scratch.Path).Json["notes"]!.AsArray();
            Assert.Equal(
                ["the penalty l2 of the training is no part of this loss",
                    "the weight decay of the training is no part of this loss"],
                notes.Select(note => (string)note!).TakeLast(2));
        }
    }

    // No signal is ignored, as it may be around the test.
    [Theory]
    [InlineData("landscape 1 --grid 1001", "surface 0 %")]
    [InlineData("landscape 1 --line 2 --match --curve bezier --grid 1001", "training the curve 0 %")]
    [InlineData("spectrum 1 --density --probes 1000", "curvature 0 %")]
    [InlineData("saddles --data xor --hidden 9 --seeds 10000", "starts 0 %")]
    public void What_is_interrupted_says_how_far_it_came_and_writes_nothing(string command, string progress)
    {
        using var scratch = new Scratch();
        using var process = Command.Start(
            [.. command.Split(' '), "--threads", "1", "--figures", scratch.At("figures")], path,
            before: ["env", "--default-signal"]);
        string? line = process.StandardError.ReadLine();
        while (line is not null && line != progress) line = process.StandardError.ReadLine();
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        string output = process.StandardOutput.ReadToEnd(), errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(60_000)) process.Kill();
        Assert.Equal((progress, 130, ""), (line, process.ExitCode, output));
        Assert.Contains("interrupted; nothing was written", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("figures")));
    }

    private string Json(string threads, string command, params (string, string)[] environment)
    {
        var run = Command.Run([.. command.Split(' '), "--threads", threads, "--json", "--quiet"], path, environment);
        Assert.Equal((0, ""), (run.Status, run.Errors));
        return run.Output;
    }
}
