using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Training;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary>The training of a bag that is shown and written down as it goes: a new one, or one that goes on.</summary>
/// <param name="recording">Where it is written down.</param>
/// <param name="threads">How many threads help; 0 for all processors.</param>
internal sealed class BagRun(BagRecording recording, int threads)
{
    /// <summary>Trains all members to their ends or to an interrupt, and writes and prints what came out.</summary>
    /// <param name="interrupt">Ends every training after the step at hand.</param>
    /// <param name="parsed">What the user wants to see.</param>
    /// <returns>The exit status.</returns>
    public int Do(Interrupt interrupt, ParseResult parsed)
    {
        try
        {
            Train(interrupt, parsed.GetValue(Shared.Quiet));
        }
        catch (InvalidInputException)
        {
            // A member could not begin, or not end: the others are kept as they are.
            Terminal.Notes(recording.EndAll(new(canceled: true)));
            Terminal.Note($"the bag is unfinished; functional resume {recording.Directory} goes on with it, once this "
                + $"is mended:");
            throw;
        }
        Terminal.Notes(recording.EndAll(interrupt.Token));
        Terminal.Notes(recording.Remarks);
        if (interrupt.Status is { } interrupted && recording.Ended is var ended
            && (ended.Count < recording.Members || ended.Any(end => end.Outcome is Outcome.Cancelled)))
        {
            Terminal.Note($"interrupted; functional resume {recording.Directory} goes on from there");
            return interrupted;
        }
        foreach (var (member, outcome) in recording.Ended)
            if (outcome is Outcome.Diverged(var step, var loss))
            {
                Terminal.Note($"training of member {member} diverged at step {step} (loss {loss}), and there is no "
                    + $"bag; a smaller --rate may help");
                return Status.Diverged;
            }
        Terminal.Show(new TrainBagReport(recording.Finish()), parsed);
        return Status.Done;
    }

    private void Train(Interrupt interrupt, bool isQuiet)
    {
        int epochs = recording.Trainer.Experiment.Settings.Epochs;
        var done = new int[recording.Members];
        using (var progress = new ShareLine(isQuiet))
        {
            var share = progress.Of($"training {recording.Members} networks");
            foreach (var (order, epoch) in TrainingOrder.Epochs(recording.Orders(), threads, interrupt.Token))
            {
                Terminal.Notes(recording.Add(order, epoch));
                done[order.Trainer.Experiment.Settings.Member] = epoch.IsEnd ? epochs : epoch.Number - 1;
                share.Report(done.Sum(number => (double)number) / epochs / recording.Members);
            }
        }
    }
}
