using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Functional.Cli.Reports;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Data;
using Functional.Landscapes;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional train</c>: an experiment, from its data to its run directory.</summary>
internal static class TrainCommand
{
    private static readonly Option<string?> Out = new("--out")
    {
        Description = Terminal.Said($"the run's directory, new or empty (runs/DATE-DATA)"),
        HelpName = "DIR"
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = Terminal.Said($"a run or model file to start from (a warm start), instead of first weights"),
        HelpName = "RUN"
    };

    private static readonly Option<string?> Curvature = new("--curvature")
    {
        Description = Terminal.Said($"also works out the curvature of the training loss (largest eigenvalues, trace) every "
            + $"so many steps, for run.json"),
        HelpName = "100steps"
    };

    public static void Fill(Command command)
    {
        command.With(Out, From, Curvature, FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json,
            Shared.Quiet);
        ExperimentOptions.AddTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        int every = CurvatureEvery(parsed, faults);
        FigureFiles.Check(parsed, faults);
        var from = parsed.GetValue(From) is { } path ? RunDirectory.LoadModel(path) : null;
        var read = ExperimentOptions.Read(parsed, from);
        read.IfFail(found => faults.AddRange(found));
        var opened = read.IsSuccess ? (Opened)read : null;
        var experiment = opened?.Experiment;
        string directory = parsed.GetValue(Out) ?? DefaultDirectory(experiment);
        if (RunDirectory.Fault(directory) is { } taken) faults.Add(new(taken));
        if (opened is null || experiment is null || faults.Count > 0)
            throw new InvalidInputException(faults.Distinct());

        var data = opened.Data.Value;
        Terminal.Notes([.. opened.Notes, .. data.Notes], parsed.GetValue(Shared.Quiet));
        // What reading left behind goes back before training takes its room.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        // A model that does not fit is refused before anything is written.
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test, from: from).OrThrow();
        Terminal.Notes(trainer.Notes, parsed.GetValue(Shared.Quiet));
        using var interrupt = new Interrupt();
        if (every > 0) LandscapeOptions.RequireDerivatives(experiment);
        if (every > 0) Terminal.Notes(CurvatureWatch.Notes(trainer), parsed.GetValue(Shared.Quiet));
        var epochs = trainer.Epochs(threads, cancellation: interrupt.Token, curvatureEvery: every);
        long perEpoch = Batches.PerEpoch(trainer.Rows.Train, experiment.Settings.BatchSize);
        using var run = RunDirectory.Prepare(
            directory, experiment, data.Data.Schema, every == 0 ? 0 : 1 + experiment.Settings.Epochs * perEpoch / every);
        return Train(trainer, epochs, from?.ParametersSha256, data, run, threads, interrupt, parsed);
    }

    private static int Train(
        Trainer trainer, IEnumerable<Epoch> epochs, string? from, LoadedData data, RunDirectory run, int threads,
        Interrupt interrupt, ParseResult parsed)
    {
        var history = new List<EpochLine>();
        var curvature = new List<CurvaturePoint>();
        Epoch? last = null;
        long start = Stopwatch.GetTimestamp();
        foreach (var epoch in epochs.Shown(trainer.Experiment.Settings.Epochs, parsed.GetValue(Shared.Quiet)))
        {
            history.Add(new(epoch.Number, epoch.TrainLoss, epoch.Validation));
            curvature.AddRange(epoch.Curvature);
            last = epoch;
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var outcome = trainer.OutcomeAfter(last, interrupt.Token);
        var results = trainer.Results(last?.Kept ?? trainer.Untrained, outcome, threads, withThresholds: false);
        var report = new RunReport(
            results, data, trainer.Rows, threads == 0 ? Environment.ProcessorCount : threads, last?.Step ?? 0, history,
            seconds, from)
        {
            Curvature = curvature,
        };
        var saved = run.Finish(report);
        Terminal.Notes(saved.Remarks);
        bool isPrinted = IsPrinted(new(report, saved.Directory), parsed);
        FigureFiles.Save(parsed, new TrainFigures(report, trainer).All());
        if (results.Outcome is Outcome.Diverged(var step, var loss))
        {
            Terminal.Note($"training diverged at step {step} (loss {loss}); a smaller --rate may help");
            return Status.Diverged;
        }
        if (results.Outcome is Outcome.Cancelled && interrupt.Status is { } interrupted)
        {
            Terminal.Note($"interrupted after {Counted.Steps(report.Steps)}; the run is in {saved.Directory}");
            return interrupted;
        }
        return isPrinted && saved.Remarks.Count == 0 ? Status.Done : Status.BadInput;
    }

    // Such as 100steps, or 100; 0 where it is not asked for.
    private static int CurvatureEvery(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Curvature) is not { } text) return 0;
        string count = text.EndsWith("steps", StringComparison.Ordinal) ? text[..^"steps".Length] : text;
        bool isWhole = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int every);
        if (isWhole && every > 0) return every;
        faults.Add(new($"--curvature is {Visible.Quoted(text)}; it should be a number of steps, such as 100steps"));
        return 0;
    }

    private static bool IsPrinted(TrainReport report, ParseResult parsed)
    {
        try
        {
            Terminal.Show(report, parsed);
            return true;
        }
        catch (OutputLostException lost)
        {
            Terminal.Note($"the run is in {report.Directory}; standard output cannot be written: {lost.Reason}");
            return false;
        }
    }

    private static string DefaultDirectory(Experiment? experiment) => Path.Combine(
        "runs",
        $"{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}-"
            + $"{(experiment is null ? "none" : DataSource.Kinds.NameOf(experiment.Settings.Data))}");
}
