using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional resume</c>: a run that was interrupted or killed goes on, as though it had never
/// stopped.</summary>
internal static class ResumeCommand
{
    private const int MostEpochs = 1_000_000;

    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };

    private static readonly Option<string?> Epochs = new("--epochs")
    {
        Description = Terminal.Said($"goes further than the run was to go: to so many epochs in all"),
        HelpName = "N",
    };

    private static readonly Option<bool> Anew = new("--anew")
    {
        Description = Terminal.Said($"begins anew where no checkpoint can be used"),
    };

    public static void Fill(Command command)
    {
        command.With(Run, Epochs, Anew, RunTraining.Moved, RunTraining.Often, RunTraining.TensorBoard,
            FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json, Shared.Quiet);
        command.SetAction(Resume);
    }

    private static int Resume(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        int? epochs = EpochsOf(parsed, faults);
        var often = RunTraining.Checkpoints(parsed, faults);
        FigureFiles.Check(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults);
        string run = parsed.GetValue(Run)!;
        var report = RunDirectory.LoadRecord(RunDirectory.Of(run));
        if (BagDirectory.Size(report) is not null) return ResumeBag(run, report, often, threads, parsed);
        if (Resumption.Open(run, epochs, often, threads, parsed.GetValue(Anew), parsed.GetValue(RunTraining.Moved))
            is not { } resumption)
            return Over(run, parsed);
        var (recording, trainer, after, curvatureEvery) = resumption;
        using (recording)
        {
            Terminal.Notes(resumption.Remarks);
            Terminal.Notes([WhereFrom(after)], parsed.GetValue(Shared.Quiet));
            using var interrupt = new Interrupt();
            return new RunTraining(trainer, recording, curvatureEvery, threads).Do(after, interrupt, parsed);
        }
    }

    private static int ResumeBag(
        string run, JsonObject report, Checkpointing often, int threads, ParseResult parsed)
    {
        Invalid[] faults = [.. ((Option[])[Epochs, Anew, RunTraining.TensorBoard, FigureFiles.Where])
            .Where(option => parsed.GetResult(option) is { Implicit: false })
            .Select(option => new Invalid($"{option.Name} does not go with a bag; a member's own run takes it: "
                + $"functional resume {BagDirectory.Of(run, 0)}"))];
        if (faults.Length > 0) throw new InvalidInputException(faults);
        using var bag = BagRecording.Resume(run, often, threads, parsed.GetValue(RunTraining.Moved));
        if (bag is not null)
        {
            using var interrupt = new Interrupt();
            return new BagRun(bag, threads).Do(interrupt, parsed);
        }
        Terminal.Note($"{run} is over: all members of the bag are trained");
        if (parsed.GetValue(Shared.Json)) Terminal.Print(report);
        return Status.Done;
    }

    private static Phrase WhereFrom(Epoch? after) =>
        after is null ? (Phrase)$"there is no checkpoint; training begins anew"
        : after.IsWhole ? (Phrase)$"goes on after epoch {after.Number}, step {after.Step}"
        : $"goes on within epoch {after.Number}, after step {after.Step}";

    // Nothing is left to do: what came out is shown as it was.
    private static int Over(string run, ParseResult parsed)
    {
        string directory = RunDirectory.Of(run);
        var report = RunDirectory.LoadReport(directory);
        Terminal.Note(report["outcome"] is JsonObject diverged
            ? (Phrase)$"{run} is over: training diverged at step {diverged["diverged_at_step"]}"
            : $"{run} is over: training ended after {Counted.Epochs((long)report["epochs"]!)}; "
                + $"--epochs can go further");
        if (parsed.GetValue(Shared.Json)) Terminal.Print(report);
        return Status.Done;
    }

    private static int? EpochsOf(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Epochs) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs)
            && epochs is >= 1 and <= MostEpochs)
            return epochs;
        faults.Add(new($"--epochs is {Visible.Quoted(text)}; it should be a whole number from 1 to {MostEpochs}"));
        return null;
    }
}
