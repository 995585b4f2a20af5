using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Acceptance;

/// <summary>How a training may end, other than well.</summary>
public sealed class EndsAcceptance
{
    private static readonly string[] Long =
        ["train", "--data", "moons", "--samples", "40", "--epochs", "100000", "--out", "run"];

    [Theory, InlineData("HUP", 129), InlineData("INT", 130), InlineData("QUIT", 131), InlineData("TERM", 143)]
    public void An_interrupted_training_saves_its_run_and_says_by_what(string signal, int status)
    {
        using var scratch = new Scratch();
        using var process = Started(scratch);
        Stop(process, signal);
        Assert.Equal(status, process.ExitCode);
        Assert.Contains(
            "\"outcome\": \"interrupted\"", File.ReadAllText(scratch.At("run/run.json")), StringComparison.Ordinal);
        Assert.Equal(0, Command.Run(["evaluate", "run"], scratch.Path).Status);
    }

    [Theory]
    [InlineData("evaluate run")]
    [InlineData("predict run --data missing.csv")]
    [InlineData("landscape run")]
    public void A_killed_training_is_unfinished_and_whoever_wants_its_model_is_told(string verb)
    {
        using var scratch = new Scratch();
        using var process = Started(scratch);
        Stop(process, "KILL");
        BadInput.Refused(scratch, verb.Split(' '), "run is unfinished; functional resume run goes on with it");
    }

    // No file may grow any more: as though the disk had become full, for whoever runs the test.
    [Fact]
    public void A_training_that_finds_no_room_says_so_and_goes_on_once_there_is_some()
    {
        using var scratch = new Scratch();
        using var process = Started(scratch, "--checkpoint", "epoch");
        using (var limit = Process.Start("prlimit", ["--pid", $"{process.Id}", "--fsize=0"])) limit.WaitForExit();
        Assert.Contains("could not be written: ", process.StandardError.ReadLine(), StringComparison.Ordinal);
        Stop(process, "TERM");
        Assert.Equal(2, process.ExitCode);
        string errors = process.StandardError.ReadToEnd();
        Assert.Contains("once there is room, functional resume ", errors, StringComparison.Ordinal);
        Assert.InRange(Regex.Count(errors, "checkpoint of step [0-9]+ could not be written"), 0, 1); // not each time
        var again = Command.Start(["resume", "run"], scratch.Path);
        for (string? line = ""; !line!.StartsWith("epoch ", StringComparison.Ordinal);)
            line = again.StandardError.ReadLine();
        _ = again.StandardOutput.ReadToEndAsync();
        Stop(again, "TERM");
        Assert.Equal(143, again.ExitCode);
        int[] epochs = [.. File.ReadLines(scratch.At("run/metrics.jsonl"))
            .Select(line => (int)JsonNode.Parse(line)!["epoch"]!)];
        Assert.Equal(Enumerable.Range(1, epochs.Length), epochs);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_the_command_quietly()
    {
        using var scratch = new Scratch();
        var run = Command.Shell("(functional data list; echo status $? >&2) | head -c 0", scratch.Path);
        Assert.Equal((0, "", "status 141\n"), (run.Status, run.Output, run.Errors));
    }

    [Theory]
    [InlineData("functional --help >&-", "standard output cannot be written: it is closed")]
    [InlineData("functional --version > /dev/full", "standard output cannot be written: ")]
    [InlineData("functional train --data xor --epochs 1 --quiet --out run >&-", "functional: the run is in ")]
    [InlineData("functional train --data xor --epochs 1 --json --out run > /dev/full", "functional: the run is in ")]
    public void An_output_that_cannot_be_written_is_said_and_no_bug(string line, params string[] messages)
    {
        using var scratch = new Scratch();
        var run = Command.Shell(line, scratch.Path);
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.All(messages, message => Assert.Contains(message, run.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("bug", run.Errors, StringComparison.Ordinal);
        bool isRun = line.Contains("--out run", StringComparison.Ordinal);
        if (isRun) Assert.Equal(0, Command.Run(["evaluate", "run"], scratch.Path).Status);
    }

    [Theory, InlineData("2>&-"), InlineData("2> /dev/full")]
    public void Messages_that_nobody_can_read_end_nothing(string where)
    {
        using var scratch = new Scratch();
        Assert.Equal(0, Command.Shell($"functional train --data xor --epochs 3 {where}", scratch.Path).Status);
        Assert.Equal(2, Command.Shell($"functional train --rate -1 {where}", scratch.Path).Status);
    }

    [Fact]
    public void A_diverged_training_says_3_and_where()
    {
        using var scratch = new Scratch();
        var run = Command.Run(
            ["train", "--data", "sine", "--optimizer", "sgd", "--rate", "1e30", "--json", "--quiet", "--out", "run"],
            scratch.Path);
        Assert.Equal(3, run.Status);
        Assert.Contains("training diverged at step 2", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (int)run.Json["outcome"]!["diverged_at_step"]!);
    }

    // Training has begun when the first line of progress is there. No signal is ignored, as it may be around the test.
    private static Process Started(Scratch scratch, params string[] more)
    {
        var process = Command.Start([.. Long, .. more], scratch.Path, before: ["env", "--default-signal"]);
        string? progress = process.StandardError.ReadLine();
        if (progress?.StartsWith("epoch ", StringComparison.Ordinal) != true) process.Kill();
        Assert.StartsWith("epoch ", progress, StringComparison.Ordinal);
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    // A command that does not obey within a minute is killed, so that a failing test leaves none behind.
    private static void Stop(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        if (process.WaitForExit(60_000)) return;
        process.Kill();
        process.WaitForExit();
    }
}
