using System.Diagnostics;

namespace Functional.Cli;

/// <summary>How much of a piece of work is done, on standard error: one line that is written anew on a terminal,
/// elsewhere a line for each tenth. Any thread may report.</summary>
internal sealed class ShareLine(bool isQuiet) : IDisposable
{
    private const int BarWidth = 20;

    /// <summary>How long nothing follows a line where there is no terminal.</summary>
    public TimeSpan Pause { get; init; }

    private readonly bool isLive =
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
    private readonly Lock pen = new();
    private string shown = "";
    private (string What, int Tenths) said;
    private bool isOver;
    private long saidAt;

    /// <summary>Hears of the share of a piece of work that is done.</summary>
    /// <param name="what">The work.</param>
    public IProgress<double> Of(Phrase what) => new Piece(this, what);

    /// <summary>Clears the line; what is reported later is not shown.</summary>
    public void Dispose()
    {
        lock (pen)
        {
            if (isLive && shown.Length > 0) Console.Error.Write("\r\u001b[K");
            (shown, isOver) = ("", true);
        }
    }

    private void Show(Phrase what, double share)
    {
        int percent = (int)(100 * Math.Clamp(share, 0, 1)), done = percent * BarWidth / 100;
        string line = isLive
            ? $"[{new string('#', done)}{new string('.', BarWidth - done)}] {Terminal.Said(what)} {percent} %"
            : $"{Terminal.Said(what)} {percent / 10 * 10} %";
        lock (pen)
        {
            if (isQuiet || isOver || line == shown) return;
            shown = line;
            if (!isLive && said != (what.Sentence, percent / 10)
                && (saidAt == 0 || Stopwatch.GetElapsedTime(saidAt) >= Pause))
            {
                (said, saidAt) = ((what.Sentence, percent / 10), Stopwatch.GetTimestamp());
                Console.Error.WriteLine(line);
            }
            if (isLive && line.Length < Terminal.Width) Console.Error.Write($"\r{line}\u001b[K");
        }
    }

    private sealed class Piece(ShareLine line, Phrase what) : IProgress<double>
    {
        public void Report(double value) => line.Show(what, value);
    }
}
