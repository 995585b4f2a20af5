using System.Globalization;
using Xunit;

namespace Acceptance;

/// <summary><c>functional lr-find</c> as a user has it.</summary>
public sealed class LrFindAcceptance
{
    private static readonly string[] Small = ["lr-find", "--data", "moons", "--samples", "200", "--hidden", "16"];

    [Fact]
    public void The_curve_is_shown_written_and_drawn_and_its_rate_trains()
    {
        using var scratch = new Scratch();
        var found = Command.Run([.. Small, "--out", "a.csv", "--figures", "figures"], scratch.Path);
        Assert.Equal(0, found.Status);
        Assert.Contains("recommended: --rate ", found.Output, StringComparison.Ordinal);
        Assert.StartsWith("step,rate,loss,smoothed\n0,1E-07,", File.ReadAllText(scratch.At("a.csv")));
        Assert.Equal(["rates.png", "rates.svg"], Directory.GetFiles(scratch.At("figures")).Select(
            file => System.IO.Path.GetFileName(file)).Order());
        var json = Command.Run([.. Small, "--json", "--out", "a.json", "--quiet"], scratch.Path);
        Assert.Equal("", json.Errors);
        Assert.Equal(File.ReadLines(scratch.At("a.csv")).Count() - 1, json.Json["points"]!.AsArray().Count);
        double rate = (double)json.Json["recommended"]!;
        var trained = Command.Run(
            ["train", .. Small[1..], "--rate", rate.ToString("R", CultureInfo.InvariantCulture), "--epochs", "60",
                "--json", "--quiet"],
            scratch.Path);
        Assert.InRange((double)trained.Json["test"]!["accuracy"]!, 0.9, 1);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_nothing_is_written()
    {
        using var scratch = new Scratch();
        var bad = Command.Run(
            [.. Small, "--from", "x", "--to", "1e9", "--steps", "3", "--out", "a.txt", "--optimizer", "rprop",
                "--epochs", "7", "--theme", "dark"],
            scratch.Path);
        Assert.Equal((2, ""), (bad.Status, bad.Output));
        Assert.Equal(
            """
            functional: --from is "x"; it should be a number, such as 1e-7
            functional: --steps is "3"; it should be a whole number, between 10 and 100000
            functional: a.txt ends in no form of a range test; it should end in one of .csv, .json
            functional: --theme changes nothing without --figures
            functional: --epochs 7 changes nothing here: the test has rates of its own, and ends by itself
            functional: optimizer is "rprop", which has no learning rate to look for
            functional: the last rate is 1000000000; it should be between 1E-12 and 1000000

            """, bad.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void Rates_that_change_nothing_give_no_suggestion_in_Spanish_too()
    {
        var none = Command.Run([.. Small, "--from", "1e-12", "--to", "1e-9", "--language", "es"]);
        Assert.Equal(0, none.Status);
        Assert.Contains("sin sugerencia: la pérdida no baja", none.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--rate", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named()
    {
        var refused = Command.Run([.. Small, "--quiet", "--out", "/proc/a.json"]);
        Assert.Equal((2, ""), (refused.Status, refused.Output));
        Assert.StartsWith("functional: /proc/a.json cannot be written: ", refused.Errors, StringComparison.Ordinal);
    }
}
