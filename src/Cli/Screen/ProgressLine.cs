using System.Diagnostics;
using Functional.Core.Forms;
using Functional.Runs;

namespace Functional.Cli;

/// <summary>Training as people watch it, on standard error: one line that is written anew on a terminal, elsewhere
/// a line now and then.</summary>
internal static class ProgressLine
{
    private const int BarWidth = 20;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    /// <summary>The same epochs, each shown as it passes.</summary>
    /// <param name="epochs">As training makes them.</param>
    /// <param name="total">How many there will be at most.</param>
    /// <param name="quiet">Whether nothing is to be shown.</param>
    public static IEnumerable<Epoch> Shown(this IEnumerable<Epoch> epochs, int total, bool quiet) =>
        quiet ? epochs
        : Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb" ? NowAndThen(epochs, total)
        : Live(epochs, total);

    /// <summary>As much of a line as fits a terminal's width.</summary>
    /// <param name="epoch">What it is about.</param>
    /// <param name="total">Of how many.</param>
    /// <param name="remaining">How long the others will take.</param>
    /// <param name="width">In columns.</param>
    internal static string Fitting(Epoch epoch, int total, TimeSpan remaining, int width)
    {
        int done = (int)((long)BarWidth * epoch.Number / total);
        string line = Terminal.Said(Line(epoch, total)),
            bar = $"[{new string('#', done)}{new string('.', BarWidth - done)}] ";
        string left = remaining.TotalSeconds >= 1
            ? FormattableString.Invariant($"   {(long)remaining.TotalHours:00}:{remaining:mm\\:ss}")
            : "";
        string brief = Terminal.Said(epoch.Validation is { Score: var score }
            ? (Phrase)$"epoch {epoch.Number}/{total}   {Phrase.Of(score.Name)} {Numerals.Fixed(score.Value, 4)}"
            : $"epoch {epoch.Number}/{total}");
        string[] choices = [bar + line + left, bar + line, line + left, line, brief + left, brief];
        return choices.FirstOrDefault(choice => choice.Length <= width) ?? brief[..Math.Max(0, width)];
    }

    private static IEnumerable<Epoch> NowAndThen(IEnumerable<Epoch> epochs, int total)
    {
        foreach (var epoch in epochs)
        {
            if (epoch.IsWhole
                && (epoch.Number == 1 || epoch.Number * 10L / total != (epoch.Number - 1) * 10L / total))
                Console.Error.WriteLine(Terminal.Said(Line(epoch, total)));
            yield return epoch;
        }
    }

    private static IEnumerable<Epoch> Live(IEnumerable<Epoch> epochs, int total)
    {
        long start = Stopwatch.GetTimestamp(), shown = 0;
        Epoch? last = null;
        try
        {
            foreach (var epoch in epochs)
            {
                last = epoch;
                if (shown == 0 || Stopwatch.GetElapsedTime(shown) > Often)
                {
                    shown = Stopwatch.GetTimestamp();
                    Write(Fitting(
                        epoch, total, Stopwatch.GetElapsedTime(start) / epoch.Number * (total - epoch.Number),
                        Terminal.Width - 1));
                }
                yield return epoch;
            }
        }
        finally
        {
            if (last is not null)
            {
                Write("");
                Console.Error.WriteLine(Terminal.Said(Line(last, total)));
            }
        }
    }

    // To the start of the line; what is longer there goes.
    private static void Write(string line) => Console.Error.Write($"\r{line}\u001b[K");

    /// <summary>An epoch in a line.</summary>
    /// <param name="epoch">Its number.</param>
    /// <param name="total">Of how many.</param>
    /// <param name="trainLoss">Its loss.</param>
    /// <param name="part">The validation part after it.</param>
    public static Phrase Line(int epoch, int total, double trainLoss, ValidationLine? part)
    {
        string loss = Numerals.Fixed(trainLoss, 4);
        return part is not var (validation, score, value)
            ? (Phrase)$"epoch {epoch}/{total}   train loss {loss}"
            : $"epoch {epoch}/{total}   train loss {loss}   validation loss {Numerals.Fixed(validation, 4)}   "
                + $"{Phrase.Of(score)} {Numerals.Fixed(value, 4)}";
    }

    private static Phrase Line(Epoch epoch, int total) =>
        Line(epoch.Number, total, epoch.TrainLoss, ValidationLine.Of(epoch.Validation));
}
