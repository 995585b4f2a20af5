using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Acceptance;

/// <summary>Trainings that are killed at random moments, again and again, end as the one that never was.</summary>
public sealed class KillsAcceptance : IDisposable
{
    private static readonly string[] Digits =
        ["--data", "digits", "--epochs", "60", "--checkpoint", "20steps", "--quiet"];

    // FUNCTIONAL_KILLS=1000 kills so often; the seed of the moments is the day's.
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("FUNCTIONAL_KILLS") ?? "12", CultureInfo.InvariantCulture);

    private readonly Scratch scratch = new();
    private readonly Random moments = new((int)(DateTime.UtcNow.Ticks / TimeSpan.TicksPerDay));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void However_often_it_is_killed_a_run_ends_as_the_one_that_was_not()
    {
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(0, Command.Run(["train", .. Digits, "--out", "whole"], scratch.Path).Status);
        double most = Stopwatch.GetElapsedTime(start).TotalSeconds;
        for (int killed = 0, run = 0; killed < Kills; run++) killed += KilledUntilItEnds($"run{run}", most);
    }

    // How often it was killed.
    private int KilledUntilItEnds(string run, double most)
    {
        int killed = 0;
        if (!Ends(["train", .. Digits, "--out", run], most))
            for (killed = 1; !Ends(File.Exists(scratch.At($"{run}/run.json"))
                ? ["resume", run, "--checkpoint", "20steps", "--quiet"]
                : ["train", .. Digits, "--out", run], most);)
                killed++;
        foreach (string file in (string[])["metrics.jsonl", "model.safetensors"])
            Assert.Equal(
                File.ReadAllBytes(scratch.At($"whole/{file}")), File.ReadAllBytes(scratch.At($"{run}/{file}")));
        Assert.Equal(Names("whole"), Names(run));
        Directory.Delete(scratch.At(run), recursive: true);
        return killed;
    }

    // Whether it came to its end before it was killed.
    private bool Ends(string[] words, double most)
    {
        using var process = Command.Start(words, scratch.Path);
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(TimeSpan.FromSeconds(most * (0.1 + moments.NextDouble()))))
        {
            Assert.True(process.ExitCode == 0, errors.Result);
            return true;
        }
        process.Kill();
        process.WaitForExit();
        return false;
    }

    // A checkpoint is named by its bytes, which say how long training took.
    private string[] Names(string run) =>
        [.. Directory.EnumerateFiles(scratch.At(run), "*", SearchOption.AllDirectories)
            .Select(file =>
                Path.GetFileName(file).Split('.') is [var step, _, "safetensors"] ? step : Path.GetFileName(file))
            .Order()];
}
