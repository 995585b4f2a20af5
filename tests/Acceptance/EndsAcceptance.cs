using System.Diagnostics;
using Xunit;

namespace Acceptance;

/// <summary>How a training may end, other than well.</summary>
public sealed class EndsAcceptance
{
    private static readonly string[] Long = ["train", "--data", "moons", "--epochs", "1000000", "--out", "run"];

    [Fact]
    public void An_interrupted_training_saves_its_run_and_says_130()
    {
        using var scratch = new Scratch();
        using var process = Started(scratch);
        Stop(process, "-INT", "-TERM"); // a shell in the background makes its children ignore the first
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("\"outcome\": \"interrupted\"", File.ReadAllText(scratch.At("run/run.json")), StringComparison.Ordinal);
        Assert.Equal(0, Command.Run(["evaluate", "run"], scratch.Path).Status);
    }

    [Fact]
    public void A_killed_training_leaves_nothing_under_the_runs_name()
    {
        using var scratch = new Scratch();
        using var process = Started(scratch);
        Stop(process, "-KILL");
        Assert.False(Directory.Exists(scratch.At("run")));
    }

    [Fact]
    public void A_diverged_training_says_3_and_where()
    {
        using var scratch = new Scratch();
        var run = Command.Run(["train", "--data", "sine", "--optimizer", "sgd", "--rate", "1e30", "--json", "--quiet", "--out", "run"], scratch.Path);
        Assert.Equal(3, run.Status);
        Assert.Contains("training diverged at step 2", run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (int)run.Json["outcome"]!["diverged_at_step"]!);
    }

    // Training has begun when the first line of progress is there.
    private static Process Started(Scratch scratch)
    {
        var process = Command.Start(Long, scratch.Path);
        string? first = process.StandardError.ReadLine();
        if (first?.StartsWith("epoch 1/", StringComparison.Ordinal) != true) process.Kill();
        Assert.StartsWith("epoch 1/", first, StringComparison.Ordinal);
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    // A command that does not obey within a minute is killed, so that a failing test leaves none behind.
    private static void Stop(Process process, params string[] signals)
    {
        foreach (string signal in signals)
        {
            using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
            if (process.WaitForExit(20_000)) return;
        }
        process.Kill();
        process.WaitForExit();
    }
}
