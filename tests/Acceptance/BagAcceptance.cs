using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary>Bags as a user has them: trained, stopped, gone on with, done again, used and refused.</summary>
public sealed class BagAcceptance : IClassFixture<BagAcceptance.Trained>
{
    private static readonly string[] Bag =
        ["train", "--data", "moons", "--samples", "300", "--hidden", "16", "--epochs", "200", "--bag", "3", "--quiet"];

    /// <summary>A bag of three.</summary>
    public sealed class Trained : IDisposable
    {
        internal Scratch Scratch { get; } = new();

        internal Command Command { get; }

        public Trained() => Command = Command.Run([.. Bag, "--out", "bag"], Scratch.Path);

        public void Dispose() => Scratch.Dispose();
    }

    private readonly Trained trained;
    private readonly string path;

    public BagAcceptance(Trained trained) => (this.trained, path) = (trained, trained.Scratch.Path);

    [Fact]
    public void A_bag_is_shown_beside_its_members_and_their_mean()
    {
        Assert.Equal((0, ""), (trained.Command.Status, trained.Command.Errors));
        string[] lines = trained.Command.Output.Split('\n');
        Assert.All(["bag ", "member 0 ", "member 2 ", "mean "], name => Assert.Contains(
            lines, line => line.StartsWith(name, StringComparison.Ordinal)));
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(path, "bag/run.json")))!;
        Assert.Equal(3, report["members"]!.AsArray().Count);
        Assert.Equal(
            report["members"]!.AsArray().Average(member => (double)member!["score"]!),
            (double)report["mean_of_members"]!["score"]!, 1e-12);
    }

    [Fact]
    public void It_is_one_model_for_whoever_uses_it()
    {
        var json = Command.Run(["evaluate", "bag", "--json"], path).Json;
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(path, "bag/run.json")))!;
        Assert.Equal($"{report["parameters_sha256"]}", $"{json["parameters_sha256"]}");
        Assert.Equal((double)report["test"]!["loss"]!, (double)json["test"]!["loss"]!);
        Assert.True(json["test"]!["thresholds"]!.AsArray().Count > 2);
        File.Copy(Path.Combine(path, "bag/model.safetensors"), Path.Combine(path, "one.safetensors"), true);
        string[] predict = ["--data", "moons", "--json", "--threshold", "0.4"];
        Assert.Equal(
            Command.Run(["predict", "bag", .. predict], path).Output,
            Command.Run(["predict", "one.safetensors", .. predict], path).Output);
        Assert.Contains("row,class,p(", Command.Run(["predict", "bag", "--data", "moons"], path).Output);
    }

    [Theory]
    [InlineData("spectrum bag", "bag is a bag of 3 networks; this takes one network, such as bag/members/0")]
    [InlineData("landscape bag", "bag is a bag of 3 networks; this takes one network, such as bag/members/0")]
    [InlineData("report bag", "bag is a bag of 3 networks; this takes one network, such as bag/members/0")]
    [InlineData("explain bag", "bag is a bag of 3 networks; this takes one network, such as bag/members/0")]
    [InlineData(
        "landscape bag/members/0 --line bag",
        "bag is a bag of 3 networks; this takes one network, such as bag/members/0")]
    [InlineData(
        "train --data moons --from bag", "bag is a bag of 3 networks; this takes one network, such as bag/members/0")]
    [InlineData(
        "predict bag --data moons --outputs logits",
        "--outputs is logits; a bag has the mean of probabilities and no logits")]
    [InlineData(
        "resume bag --epochs 9",
        "--epochs does not go with a bag; a member's own run takes it: functional resume bag/members/0")]
    [InlineData(
        "train --data moons --bag 0 --curvature 5",
        "--curvature is for one training; it should not be given with --bag\n"
        + "functional: --bag is \"0\"; it should be a whole number, between 1 and 1000")]
    public void What_is_of_one_network_is_refused_by_name(string command, string message)
    {
        var refused = Command.Run(command.Split(' '), path);
        Assert.Equal((2, "", $"functional: {message}\n"), (refused.Status, refused.Output, refused.Errors));
    }

    [Fact]
    public void A_bag_and_each_of_its_members_is_reproduced()
    {
        var bag = Command.Run(["reproduce", "bag", "--json", "--quiet"], path);
        Assert.Equal((0, true, 3), (bag.Status, (bool)bag.Json["reproduced"]!, bag.Json["members"]!.AsArray().Count));
        Assert.Equal(0, Command.Run(["reproduce", "bag/members/2", "--quiet"], path).Status);
        using var other = new Scratch();
        Assert.Equal(0, Command.Shell($"cp -r '{path}/bag' bag", other.Path).Status);
        string report = other.At("bag/run.json");
        File.WriteAllText(report, File.ReadAllText(report).Replace("\"brier\": 0.", "\"brier\": 1."));
        var altered = Command.Run(["reproduce", "bag", "--quiet"], other.Path);
        Assert.Equal(4, altered.Status);
        Assert.Contains("not reproduced: the members are the same, and the bag of them is another", altered.Output);
        File.Copy(other.At("bag/members/0/run.json"), other.At("bag/members/1/run.json"), true);
        Assert.Contains(
            "bag/members/1 is not the run of this bag's member 1: its experiment is another",
            Command.Run(["reproduce", "bag", "--quick", "--quiet"], other.Path).Errors);
    }

    [Fact]
    public void A_bag_is_removed_with_its_members()
    {
        using var other = new Scratch();
        Assert.Equal(0, Command.Shell($"cp -r '{path}/bag' bag", other.Path).Status);
        Assert.Equal("bag is removed\n", Command.Run(["runs", "delete", "bag"], other.Path).Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(other.Path));
    }

    // Asked to stop, or killed, as soon as one of its members has begun.
    [Theory]
    [InlineData(0, "-INT"), InlineData(2, "-INT"), InlineData(0, "-KILL"), InlineData(1, "-KILL")]
    public async Task A_bag_that_was_stopped_ends_as_the_one_that_was_not(int begun, string signal)
    {
        using var scratch = new Scratch();
        using var process = Command.Start(
            [.. Bag, "--out", "bag", "--checkpoint", "20steps", "--language", "es"], scratch.Path);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!File.Exists(scratch.At($"bag/members/{begun}/metrics.jsonl")) && !process.HasExited) Thread.Sleep(5);
        Process.Start("kill", [signal, $"{process.Id}"]).WaitForExit();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
        if (signal == "-INT")
        {
            Assert.Equal(
                (130, "", $"functional: interrumpido; functional resume {scratch.At("bag")} sigue desde ahí\n"),
                (process.ExitCode, await output, await errors));
            Assert.Contains(
                "bag is unfinished; functional resume bag goes on",
                Command.Run(["predict", "bag", "--data", "moons"], scratch.Path).Errors);
        }
        var resumed = Command.Run(["resume", "bag", "--quiet"], scratch.Path);
        Assert.Equal((0, ""), (resumed.Status, resumed.Errors));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(path, "bag/model.safetensors")),
            File.ReadAllBytes(scratch.At("bag/model.safetensors")));
        static string Results(string of) =>
            JsonNode.Parse(File.ReadAllText(Path.Combine(of, "bag/run.json")))!["members"]!.ToJsonString();
        Assert.Equal(Results(path), Results(scratch.Path));
        Assert.StartsWith("functional: bag is over", Command.Run(["resume", "bag"], scratch.Path).Errors);
    }

    [Fact]
    public async Task Where_a_member_cannot_begin_the_others_are_kept_and_the_bag_goes_on_later()
    {
        using var scratch = new Scratch();
        using var process = Command.Start(
            [.. Bag, "--out", "bag", "--checkpoint", "never", "--threads", "1"], scratch.Path);
        var errors = process.StandardError.ReadToEndAsync();
        while (!File.Exists(scratch.At("bag/members/0/metrics.jsonl")) && !process.HasExited) Thread.Sleep(5);
        scratch.File("bag/members/1", "in the way");
        process.WaitForExit();
        Assert.Equal(
            (2, $"functional: the bag is unfinished; functional resume {scratch.At("bag")} goes on with it, once this "
                + $"is mended:\nfunctional: the output directory {scratch.At("bag/members/1")} is a file; it should be "
                + "new or empty\n"),
            (process.ExitCode, await errors));
        File.Delete(scratch.At("bag/members/1"));
        Assert.Equal(0, Command.Run(["resume", "bag", "--quiet"], scratch.Path).Status);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(path, "bag/model.safetensors")),
            File.ReadAllBytes(scratch.At("bag/model.safetensors")));
    }

    [Fact]
    public void A_member_that_diverges_is_named_and_there_is_no_bag()
    {
        using var scratch = new Scratch();
        var diverged = Command.Run(
            ["train", "--data", "sine", "--optimizer", "sgd", "--rate", "1e30", "--bag", "2", "--out", "run",
                "--quiet"],
            scratch.Path);
        Assert.Equal((3, ""), (diverged.Status, diverged.Output));
        Assert.Contains("training of member 0 diverged at step ", diverged.Errors);
        Assert.False(File.Exists(scratch.At("run/model.safetensors")));
        Assert.Contains("run is unfinished", Command.Run(["predict", "run", "--data", "sine"], scratch.Path).Errors);
        var again = Command.Run(["resume", "run", "--quiet"], scratch.Path);
        Assert.Equal((3, Step(diverged.Errors)), (again.Status, Step(again.Errors)));

        // The loss is not kept where it is not finite.
        static string Step(string errors) => errors[..errors.IndexOf(" (loss", StringComparison.Ordinal)];
    }
}
