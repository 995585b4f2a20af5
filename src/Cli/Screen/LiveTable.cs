using System.Diagnostics;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Sweeps;
using Spectre.Console;
using DrawnTable = Spectre.Console.Table;

namespace Functional.Cli;

/// <summary>A sweep as people watch it: a table on standard error, the best first, that is drawn anew in its place.
/// Where that is no terminal, nothing.</summary>
internal static class LiveTable
{
    private const int LinesAround = 6, FewestRows = 3;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    /// <summary>Trains a sweep, and shows it as it goes.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="isQuiet">Whether nothing is to be shown but what could not be written.</param>
    /// <param name="cancellation">Ends it after the step at hand.</param>
    /// <returns>How much could not be written.</returns>
    public static int Train(SweepTraining sweep, bool isQuiet, CancellationToken cancellation)
    {
        bool isShown = !isQuiet && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        long start = Stopwatch.GetTimestamp(), shown = 0;
        var (pause, remarks) = (Often, 0);
        using var live = new Redrawn();
        foreach (var _ in sweep.Do(cancellation))
        {
            foreach (var remark in sweep.NewRemarks())
            {
                live.Clear();
                Terminal.Note(remark);
                remarks++;
            }
            if (!isShown || shown > 0 && Stopwatch.GetElapsedTime(shown) < pause) continue;
            long before = Stopwatch.GetTimestamp();
            live.Show(Drawn(sweep, Stopwatch.GetElapsedTime(start)));
            shown = Stopwatch.GetTimestamp();
            // A long table takes at most a twentieth of the time.
            pause = TimeSpan.FromTicks(Math.Max(Often.Ticks, 20 * Stopwatch.GetElapsedTime(before, shown).Ticks));
        }
        return remarks;
    }

    private static DrawnTable Drawn(SweepTraining sweep, TimeSpan elapsed)
    {
        var plan = sweep.Plan;
        var rows = SweepRow.Of(sweep);
        var table = new DrawnTable
        {
            Border = TableBorder.Simple,
            Caption = new(Terminal.Said(Caption(sweep, rows, elapsed)), Style.Plain),
        };
        foreach (string name in SweepReport.Headings(plan, Terminal.Language))
            table.AddColumn(new TableColumn(new Text(name)));
        int most = Math.Max(FewestRows, Height - LinesAround);
        foreach (var (place, row) in rows.Where(row => row.Seeds.Any(seed => seed.Epochs > 0)).Take(most).Index())
        {
            var style = new Style(decoration: place == 0 ? Decoration.Bold : row.Diverged > 0 ? Decoration.Dim : null);
            table.AddRow([.. SweepReport.Cells(row, Terminal.Language).Select(cell => new Text(cell, style))]);
        }
        return table;
    }

    private static Phrase Caption(SweepTraining sweep, IReadOnlyList<SweepRow> rows, TimeSpan elapsed)
    {
        int over = rows.Count(row => row.Seeds.All(seed => seed.IsDone)),
            diverged = rows.Count(row => row.Diverged > 0);
        var left = sweep.EpochsTrained == 0
            ? (TimeSpan?)null
            : elapsed / sweep.EpochsTrained * (sweep.EpochsInAll - sweep.EpochsDone);
        string time = left is { } some
            ? FormattableString.Invariant($"{(long)some.TotalHours:00}:{some:mm\\:ss}")
            : "--:--:--";
        return $"{sweep.EpochsDone} of {sweep.EpochsInAll} epochs, {over} of {rows.Count} experiments done, {diverged} "
            + $"diverged; {time} left";
    }

    private static int Height
    {
        get
        {
            try
            {
                return Console.WindowHeight;
            }
            catch (IOException)
            {
                return 24;
            }
        }
    }

    private static bool IsPlain => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>What is drawn in the place of what was there before; it goes at the end, for the table of the results
    /// follows.</summary>
    private sealed class Redrawn : IDisposable
    {
        private int lines;

        public void Show(DrawnTable table)
        {
            using var text = new StringWriter();
            var drawing = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = IsPlain ? AnsiSupport.No : AnsiSupport.Yes,
                ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(text),
            });
            drawing.Profile.Width = Math.Max(20, Terminal.Width - 1);
            drawing.Write(table);
            string[] drawn = text.ToString().TrimEnd().Split('\n');
            Console.Error.Write(
                Back() + string.Concat(drawn.Select(line => $"{line.TrimEnd()}\u001b[K\r\n")) + "\u001b[J");
            lines = drawn.Length;
        }

        public void Clear()
        {
            if (lines > 0) Console.Error.Write(Back() + "\u001b[J");
            lines = 0;
        }

        public void Dispose() => Clear();

        private string Back() => lines > 0 ? $"\r\u001b[{lines}A" : "\r";
    }
}
