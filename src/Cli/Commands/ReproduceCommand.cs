using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional reproduce</c>: a run done again, and compared with what it says to the last bit.</summary>
internal static class ReproduceCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = Terminal.Said($"compares the first {Reproduction.Quick} epochs alone"),
    };

    public static void Fill(Command command)
    {
        command.With(Run, Quick, RunTraining.Moved, Shared.Threads, Shared.Json, Shared.Quiet);
        command.SetAction(Reproduce);
    }

    private static int Reproduce(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults);
        string run = RunDirectory.Of(parsed.GetValue(Run)!);
        bool isQuick = parsed.GetValue(Quick);
        var report = RunDirectory.LoadRecord(run);
        if (BagDirectory.Size(report) is not null) return ReproduceBag(run, isQuick, threads, parsed);
        var recorded = RecordedTraining.ReadAsItIs(
            run, report, edit: parsed.GetValue(RunTraining.Moved) is { } path
                ? fields => RecordedTraining.PointTo(fields, path)
                : null);
        if (recorded.IsStartMissing)
            throw new InvalidInputException(
                $"{run} started from another model, which it does not hold; it cannot be done again");
        var trainer = recorded.Trainer;
        using var interrupt = new Interrupt();
        int total = trainer.Experiment.Settings.Epochs;
        var again = recorded.Again(threads, interrupt.Token);
        var found = Reproduction.Of(
            run, recorded, again.Shown(isQuick ? Math.Min(Reproduction.Quick, total) : total,
                parsed.GetValue(Shared.Quiet)),
            isQuick, threads);
        if (interrupt.Status is { } interrupted)
        {
            Terminal.Note($"interrupted; nothing was compared to its end");
            return interrupted;
        }
        Terminal.Show(new ReproductionReport(run, report, found), parsed);
        return found.First is null ? Status.Done : Status.CheckFailed;
    }

    // Each member's run, then the bag of them.
    private static int ReproduceBag(string run, bool isQuick, int threads, ParseResult parsed)
    {
        var report = RunDirectory.LoadReport(run);
        using var interrupt = new Interrupt();
        var found = BagReproduction.Of(
            run, report, isQuick, parsed.GetValue(RunTraining.Moved), threads,
            recorded => recorded.Again(threads, interrupt.Token)
                .Shown(recorded.Trainer.Experiment.Settings.Epochs, parsed.GetValue(Shared.Quiet)),
            () => interrupt.Status is not null);
        if (interrupt.Status is { } interrupted)
        {
            Terminal.Note($"interrupted; nothing was compared to its end");
            return interrupted;
        }
        Terminal.Show(new BagReproductionReport(run, report, found), parsed);
        return found.IsReproduced ? Status.Done : Status.CheckFailed;
    }
}
