using System.CommandLine;
using Functional.Cli.Pages;
using Functional.Cli.Reports;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli.Commands;

/// <summary><c>functional lecture</c>: the claims with their last verdicts; with <c>--all</c>, every one is measured
/// and the lecture written as a page.</summary>
internal static class LectureCommand
{
    private static readonly Option<bool> All = new("--all")
    {
        Description = Terminal.Said($"measures every claim, and writes the lecture as a page in English and in "
            + $"Spanish"),
    };

    public static void Fill(Command command)
    {
        command.With(All, LectureOptions.Where, LectureOptions.Again, Shared.Threads, Shared.Json, Shared.Quiet);
        command.SetAction(Lecture);
    }

    private static int Lecture(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        string directory = LectureOptions.Directory(parsed, faults);
        bool isAll = parsed.GetValue(All);
        if (!isAll && parsed.GetValue(LectureOptions.Again)) faults.Add(new($"--again changes nothing without --all"));
        if (!isAll && parsed.GetValue(Shared.Threads) is not null)
            faults.Add(new($"--threads changes nothing without --all"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        if (isAll) return MeasureAll(parsed, directory, threads);
        Terminal.Show(LectureReport.Of(new(directory)), parsed);
        return Status.Done;
    }

    private static int MeasureAll(ParseResult parsed, string directory, int threads)
    {
        bool isQuiet = parsed.GetValue(Shared.Quiet);
        var results = new List<ClaimResult>();
        using var interrupt = new Interrupt();
        try
        {
            foreach (var claim in Claims.All)
                if (claim.Missing(false) is { } missing) Terminal.Notes([missing], isQuiet);
                else results.Add(Measured(claim));
        }
        catch (OperationCanceledException)
        {
            return LectureOptions.Interrupted(interrupt, directory);
        }
        foreach (var language in (Language[])[Language.English, Language.Spanish])
            LectureOptions.Write(
                Path.Combine(directory, $"lecture.{Terminal.NameOf(language)}.html"),
                new LecturePage([.. results], language), parsed);
        Terminal.Show(LectureReport.Of(new(directory)), parsed);
        return results.Count == Claims.All.Count && results.All(result => result.Standing == Standing.Holds)
            ? Status.Done
            : Status.CheckFailed;

        ClaimResult Measured(Claim claim)
        {
            using var progress = LectureOptions.Line(parsed);
            var desk = LectureOptions.Desk(parsed, directory, threads, claim, progress);
            var (result, seconds) = interrupt.Await(() =>
                desk.Measure(claim, ClaimOrder.Usual(claim), interrupt.Token));
            progress.Dispose();
            Terminal.Notes(
                [$"{claim.Name}: {StandingWords.Of(result.Standing)} ({seconds:F1} s of one processor)"], isQuiet);
            return result;
        }
    }
}
