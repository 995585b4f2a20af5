using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Networks;

namespace Functional.Cli.Commands;

/// <summary><c>functional summary</c>: an experiment's network in figures.</summary>
internal static class SummaryCommand
{
    public static void Fill(Command command)
    {
        command.With(Shared.Json);
        ExperimentOptions.AddTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var experiment = Attempt<Data.Opened>.Of(ExperimentOptions.Read(parsed)).OrThrow().Experiment;
        var (summary, settings) = (Summary.Of(experiment.Architecture), experiment.Settings);
        int slots = settings.Optimizer.Slots + (settings.Optimizer.Ascends ? 1 : 0); // a second gradient
        long bytes = summary.Memory(settings.BatchSize, slots, settings.Precision.Bytes);
        Terminal.Show(new SummaryReport(summary, settings.BatchSize, bytes), parsed);
        return Status.Done;
    }
}
