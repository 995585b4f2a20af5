using System.Diagnostics;
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

    [Fact]
    public void A_killed_training_leaves_nothing_under_the_runs_name()
    {
        using var scratch = new Scratch();
        using var process = Started(scratch);
        Stop(process, "KILL");
        Assert.False(Directory.Exists(scratch.At("run")));
    }

    // No file may grow beyond 16 KB any more: as though the disk had become full, for whoever runs the test.
    [Fact]
    public void A_run_that_finds_no_room_in_the_end_is_saved_without_its_history()
    {
        using var scratch = new Scratch();
        using var process = Started(scratch, lines: 2);
        using (var limit = Process.Start("prlimit", ["--pid", $"{process.Id}", "--fsize=16384"])) limit.WaitForExit();
        Stop(process, "TERM");
        string errors = process.StandardError.ReadToEnd();
        Assert.Contains("history.csv could not be written and is left out: ", errors, StringComparison.Ordinal);
        Assert.Contains(
            "run.json could not be written whole and is without the history: ", errors, StringComparison.Ordinal);
        var report = Command.Run(["runs", "show", "run", "--json"], scratch.Path).Json;
        Assert.Equal((0, true), (report["history"]!.AsArray().Count, report.ContainsKey("history_left_out")));
        Assert.Equal(0, Command.Run(["evaluate", "run"], scratch.Path).Status);
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
    private static Process Started(Scratch scratch, int lines = 1)
    {
        var process = Command.Start(Long, scratch.Path, before: ["env", "--default-signal"]);
        for (int line = 0; line < lines; line++)
        {
            string? progress = process.StandardError.ReadLine();
            if (progress?.StartsWith("epoch ", StringComparison.Ordinal) != true) process.Kill();
            Assert.StartsWith("epoch ", progress, StringComparison.Ordinal);
        }
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
