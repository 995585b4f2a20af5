using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary>A training that is shown and written down as it goes: a new one, or one that goes on.</summary>
/// <param name="trainer">What is trained.</param>
/// <param name="recording">Where it is written down.</param>
/// <param name="curvatureEvery">After how many steps the curvature is worked out; 0 for never.</param>
/// <param name="threads">How many threads help; 0 for all processors.</param>
internal sealed class RunTraining(Trainer trainer, RunRecording recording, int curvatureEvery, int threads)
{
    /// <summary>How often a checkpoint is kept.</summary>
    public static Option<string?> Often { get; } = new("--checkpoint")
    {
        Description = Terminal.Said($"how often training is kept on disk, to go on after a crash (10s)"),
        HelpName = "epoch|500steps|30s|never",
    };

    /// <summary>Whether an event file is written, too.</summary>
    public static Option<bool> TensorBoard { get; } = new("--tensorboard")
    {
        Description = Terminal.Said($"also writes an event file for TensorBoard into the run's directory"),
    };

    /// <summary>Where the data of a run are now.</summary>
    public static Option<string?> Moved { get; } = new("--data")
    {
        HelpName = "FILE",
        Description = Terminal.Said($"where the run's data are now (where they were)"),
    };

    /// <summary>What the option says.</summary>
    public static Checkpointing Checkpoints(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Often) is not { } text) return Checkpointing.Usual;
        if (Checkpointing.Parse(text) is { } often) return often;
        faults.Add(new($"--checkpoint is {Visible.Quoted(text)}; it should be epoch, never, a number of steps such as "
            + $"500steps, or of seconds such as 30s"));
        return Checkpointing.Usual;
    }

    /// <summary>Trains to the end or to an interrupt, and writes and prints what came out.</summary>
    /// <param name="after">The epoch after which it goes on; null at the beginning.</param>
    /// <param name="interrupt">Ends it after the step at hand.</param>
    /// <param name="parsed">What the user wants to see.</param>
    /// <returns>The exit status.</returns>
    public int Do(Epoch? after, Interrupt interrupt, ParseResult parsed)
    {
        if (parsed.GetValue(TensorBoard) || EventFile.IsIn(recording.Directory)) recording.AddEvents();
        var last = after;
        var epochs = trainer.Epochs(threads, after, curvatureEvery, recording.Every, interrupt.Token);
        foreach (var epoch in epochs.Shown(trainer.Experiment.Settings.Epochs, parsed.GetValue(Shared.Quiet)))
        {
            if (recording.Add(epoch) is { } unwritten) Terminal.Note(unwritten);
            last = epoch;
        }
        var outcome = trainer.OutcomeAfter(last, interrupt.Token);
        var results = trainer.Results(last?.Kept ?? trainer.Untrained, outcome, threads, withThresholds: false);
        var (report, saved) = recording.Finish(results, last);
        Terminal.Notes(saved.Remarks);
        bool isPrinted = IsPrinted(new(report, saved.Directory), parsed);
        FigureFiles.Save(parsed, new TrainFigures(report.History, report.Results, report.Steps, trainer).All());
        if (results.Outcome is Outcome.Diverged(var step, var loss))
        {
            Terminal.Note($"training diverged at step {step} (loss {loss}); a smaller --rate may help");
            return Status.Diverged;
        }
        if (results.Outcome is Outcome.Cancelled && interrupt.Status is { } interrupted)
        {
            Terminal.Note(recording.IsKept
                ? (Phrase)($"interrupted after {Counted.Steps(report.Steps)}; functional resume {saved.Directory} goes "
                    + $"on from there")
                : $"interrupted after {Counted.Steps(report.Steps)}; the run is in {saved.Directory}, "
                    + $"without a checkpoint");
            return interrupted;
        }
        return isPrinted && saved.Remarks.Count == 0 ? Status.Done : Status.BadInput;
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
}
