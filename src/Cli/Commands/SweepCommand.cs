using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Data;
using Functional.Store;
using Functional.Sweeps;

namespace Functional.Cli.Commands;

/// <summary><c>functional sweep</c>: many experiments that differ in some fields, and a table of what they
/// give.</summary>
internal static class SweepCommand
{
    private const string Sweeps = "sweeps", Runs = "runs";

    private static readonly Option<string?> Out = new("--out")
    {
        Description = Terminal.Said($"the sweep's directory (sweeps/DATE-DATA); with one that holds the same sweep it "
            + $"goes on"),
        HelpName = "DIR",
    };

    public static void Fill(Command command)
    {
        SweepOptions.AddTo(command);
        command.With(Out, RunTraining.Often, FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json,
            Shared.Quiet);
        ExperimentOptions.AddTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        var often = RunTraining.Checkpoints(parsed, faults);
        FigureFiles.Check(parsed, faults);
        var read = ExperimentOptions.Read(parsed);
        read.IfFail(found => faults.AddRange(found));
        var opened = read.IsSuccess ? (Opened)read : null;
        var request = SweepOptions.Read(parsed, faults, opened?.Experiment);
        string directory = parsed.GetValue(Out) ?? DefaultDirectory(opened?.Experiment);
        if (SweepDirectory.Fault(directory) is { } taken) faults.Add(new(taken));
        var checkedPlan = request is null ? null : SweepChecks.Of(request);
        if (checkedPlan is not null) faults.AddRange(checkedPlan.Faults);
        if (checkedPlan?.Value is not { } plan || faults.Count > 0)
            throw new InvalidInputException(faults.Distinct());
        bool isQuiet = parsed.GetValue(Shared.Quiet);
        Terminal.Notes([.. opened!.Notes, .. plan.Notes], isQuiet);
        if (!plan.HasValidation)
            Terminal.Notes(
                [$"there is no validation part: experiments are ordered by the part that they learn from"], isQuiet);
        using var interrupt = new Interrupt();
        using var store = Directory.Exists(Runs) ? RunStore.Open(Runs) : null;
        using var sweep = SweepDirectory.Open(
            directory, plan, often, threads, header => store?.Finished(header) ?? []);
        var training = new SweepTraining(plan, sweep, threads);
        bool isLacking = LiveTable.Train(training, isQuiet, interrupt.Token) > 0;
        if (training.IsInterrupted && interrupt.Status is { } interrupted)
        {
            Terminal.Note($"interrupted after {training.EpochsDone} of {Counted.Epochs(training.EpochsInAll)}; the "
                + $"same command with --out {directory} goes on from there");
            return interrupted;
        }
        var report = new SweepReport(plan, SweepRow.Of(training), Path.GetFullPath(directory));
        report.Save(directory);
        FigureFiles.Save(parsed, new SweepFigures(plan, report.Rows).All());
        Terminal.Show(report, parsed);
        return isLacking ? Status.BadInput : report.Best is null ? Status.Diverged : Status.Done;
    }

    private static string DefaultDirectory(Experiment? experiment) => Path.Combine(
        Sweeps,
        $"{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}-"
            + $"{(experiment is null ? "none" : DataSource.Kinds.NameOf(experiment.Settings.Data))}");
}
