using System.Diagnostics;
using Functional.Cli.Reports;
using Functional.Sweeps;
using Spectre.Console;
using DrawnTable = Spectre.Console.Table;

namespace Functional.Cli;

/// <summary>A sweep as people watch it: a table on standard error, the best first, that is drawn anew in its place.
/// Where that is no terminal, nothing.</summary>
internal static class LiveTable
{
    private const int LinesAround = 4, FewestRows = 3, ScoreWidth = 19;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200), Rarely = TimeSpan.FromSeconds(1);

    /// <summary>Trains a sweep, and shows it as it goes.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="isQuiet">Whether nothing is to be shown but what could not be written.</param>
    /// <param name="cancellation">Ends it after the step at hand.</param>
    /// <returns>How much could not be written.</returns>
    public static int Train(SweepTraining sweep, bool isQuiet, CancellationToken cancellation)
    {
        bool isShown = !isQuiet && !Console.IsErrorRedirected
            && Environment.GetEnvironmentVariable("TERM") is not "dumb";
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
            var rows = SweepRow.Of(sweep);
            live.Show(Drawn(sweep.Plan, rows), Terminal.Said(Caption(sweep, rows, Stopwatch.GetElapsedTime(start))));
            shown = Stopwatch.GetTimestamp();
            // A long table takes little of the time; the first one is slow because nothing is compiled yet.
            pause = TimeSpan.FromTicks(Math.Clamp(
                20 * Stopwatch.GetElapsedTime(before, shown).Ticks, Often.Ticks, Rarely.Ticks));
        }
        return remarks;
    }

    private static DrawnTable Drawn(SweepPlan plan, IReadOnlyList<SweepRow> rows)
    {
        var table = new DrawnTable { Border = TableBorder.None };
        var headings = SweepReport.Headings(plan, Terminal.Language, withTest: false);
        foreach (var (place, name) in headings.Index())
        {
            var column = new TableColumn(Line(name, Style.Plain)).NoWrap().PadLeft(0).PadRight(1);
            // Numbers are written whole; names and values give way.
            column.Width = place == 0 ? $"{rows.Count}".Length
                : place == headings.Count - 2 ? ScoreWidth
                : place == headings.Count - 1 ? Math.Max(name.Length, $"{plan.Epochs}".Length) : null;
            table.AddColumn(column);
        }
        int most = Math.Max(FewestRows, Height - LinesAround);
        foreach (var (place, row) in rows.Where(row => row.Seeds.Any(seed => seed.Epochs > 0)).Take(most).Index())
        {
            var style = new Style(decoration: place == 0 ? Decoration.Bold : row.Diverged > 0 ? Decoration.Dim : null);
            var cells = SweepReport.Cells(row, Terminal.Language, withTest: false);
            table.AddRow([.. cells.Select(cell => Line(cell, style))]);
        }
        return table;
    }

    private static Text Line(string text, Style style) => new(text, style) { Overflow = Overflow.Ellipsis };

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
        return $"{time} left: {sweep.EpochsDone} of {sweep.EpochsInAll} epochs, {over} of {rows.Count} experiments, "
            + $"{diverged} diverged";
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

        public void Show(DrawnTable table, string caption)
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
            int width = drawing.Profile.Width;
            // A line too many would push the first one off the screen.
            string[] drawn =
            [
                .. text.ToString().TrimEnd().Split('\n').Take(Math.Max(1, Height - 2)),
                caption.Length <= width ? caption : caption[..width],
            ];
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
