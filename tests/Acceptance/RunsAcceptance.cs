using Xunit;

namespace Acceptance;

/// <summary>The runs of a directory, as the command shows them.</summary>
public sealed class RunsAcceptance : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void An_experiment_that_was_run_is_found_and_shown_and_trained_only_when_asked()
    {
        string[] train = ["train", "--data", "xor", "--samples", "40", "--epochs", "3", "--quiet"];
        var first = Command.Run(train, scratch.Path);
        var second = Command.Run(train, scratch.Path);
        Assert.Equal((0, first.Output), (second.Status, WithTimeOf(first, second.Output)));
        Assert.Contains("this experiment was run before", second.Errors, StringComparison.Ordinal);
        Assert.Single(Runs());
        Command.Run([.. train, "--again"], scratch.Path);
        Command.Run([.. train, "--seed", "7"], scratch.Path);
        Assert.Equal(3, Runs().Length);
    }

    [Fact]
    public async Task Two_processes_that_write_runs_into_one_directory_and_one_that_lists_them_do_not_meet()
    {
        string loop = "for i in $(seq 12); do functional train --data xor --samples 40 --epochs 2 --seed ${i}$0 "
            + "--quiet > /dev/null || exit 1; done";
        var (one, other) = (
            Task.Run(() => Command.Shell(loop.Replace("$0", "1", StringComparison.Ordinal), scratch.Path)),
            Task.Run(() => Command.Shell(loop.Replace("$0", "2", StringComparison.Ordinal), scratch.Path)));
        while (!one.IsCompleted || !other.IsCompleted)
        {
            var listed = Command.Run(["runs", "list", "--json"], scratch.Path);
            Assert.Equal((0, ""), (listed.Status, listed.Errors));
            string index = scratch.At("runs/functional-index.sqlite");
            if (File.Exists(index)) File.Delete(index); // lost without loss
        }
        Assert.Equal((0, 0), ((await one).Status, (await other).Status));
        Assert.Equal(24, Command.Run(["runs", "list", "--json"], scratch.Path).Json["runs"]!.AsArray().Count);
    }

    [Fact]
    public void Every_format_has_every_run()
    {
        foreach (string seed in (string[])["1", "2"])
            Command.Run(
                [
                    "train", "--data", "xor", "--samples", "40", "--epochs", "2", "--seed", seed,
                    "--out", $"runs/a_{seed}"
                ],
                scratch.Path);
        string Listed(params string[] more) =>
            Command.Run(["runs", "list", "--fields", "seed", .. more], scratch.Path).Output;
        Assert.Equal("run       seed\nruns/a_1     1\nruns/a_2     2\n", Listed());
        Assert.Equal("run,seed\nruns/a_1,1\nruns/a_2,2\n", Listed("--csv"));
        Assert.Equal("| run | seed |\n| --- | --- |\n| runs/a_1 | 1 |\n| runs/a_2 | 2 |\n", Listed("--markdown"));
        Assert.Equal(
            "\\begin{tabular}{ll}\nrun & seed \\\\ \\hline\nruns/a\\_1 & 1 \\\\\nruns/a\\_2 & 2 \\\\\n\\end{tabular}\n",
            Listed("--latex"));
        Assert.Equal("run       seed\nruns/a_2     2\n", Listed("--where", "seed > 1"));
        var compared = Command.Run(["runs", "compare", "runs/a_1", "runs/a_2"], scratch.Path);
        Assert.Equal(0, compared.Status);
        Assert.StartsWith("             a_1", compared.Output, StringComparison.Ordinal);
        Assert.Contains("runs/a_2: validation loss over 2 epochs", compared.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_deleted_is_gone_and_what_is_no_run_stays()
    {
        Directory.CreateDirectory(scratch.At("mine"));
        Command.Run(["train", "--data", "xor", "--samples", "40", "--epochs", "2", "--out", "runs/a"], scratch.Path);
        BadInput.Refused(scratch, ["runs", "delete", "runs/a", "mine"], "mine has no run.json");
        Assert.True(File.Exists(scratch.At("runs/a/run.json")));
        var cleared = Command.Run(["runs", "gc"], scratch.Path);
        Assert.Contains(" MB in 1 file are gone", cleared.Output, StringComparison.Ordinal);
        Assert.Equal(0, Command.Run(["evaluate", "runs/a"], scratch.Path).Status);
        scratch.File("runs/a/notes.txt", "mine");
        var deleted = Command.Run(["runs", "delete", "runs/a"], scratch.Path);
        Assert.Equal(
            (0, "runs/a is removed, but for what is not of a run: notes.txt\n"), (deleted.Status, deleted.Output));
        Assert.Equal(
            ["notes.txt"], Directory.EnumerateFileSystemEntries(scratch.At("runs/a")).Select(Path.GetFileName));
        Assert.True(Directory.Exists(scratch.At("mine")));
    }

    [Fact]
    public void A_run_is_followed_until_its_training_ends()
    {
        using var training = Command.Start(
            ["train", "--data", "moons", "--epochs", "400", "--out", "run"], scratch.Path);
        Assert.StartsWith("epoch 1/", training.StandardError.ReadLine(), StringComparison.Ordinal);
        _ = training.StandardError.ReadToEndAsync();
        _ = training.StandardOutput.ReadToEndAsync();
        var followed = Command.Run(["runs", "show", "run", "--follow", "--json"], scratch.Path);
        training.WaitForExit();
        Assert.Equal(File.ReadAllText(scratch.At("run/metrics.jsonl")), followed.Output);
    }

    private string[] Runs() => Directory.GetDirectories(scratch.At("runs"));

    // The time of the first training, in the output of the second.
    private static string WithTimeOf(Command first, string output)
    {
        string[] lines = output.Split('\n');
        lines[0] = first.Output.Split('\n')[0];
        return string.Join('\n', lines);
    }
}
