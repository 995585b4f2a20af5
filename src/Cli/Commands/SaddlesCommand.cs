using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Differentiation;
using Functional.Core.Landscapes;
using Functional.Figures;
using Functional.Landscapes;

namespace Functional.Cli.Commands;

/// <summary><c>functional saddles</c>: the critical points of an experiment's loss.</summary>
internal static class SaddlesCommand
{
    private static readonly Option<string?> Seeds = new("--seeds")
    {
        HelpName = "N",
        Description = Terminal.Said($"how many starts, 1 to 100000 (100): every other one at first weights, the others "
            + $"along trainings"),
    };

    public static void Fill(Command command)
    {
        command.With(Seeds, FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json, Shared.Quiet);
        ExperimentOptions.AddTo(command);
        command.SetAction(Look);
    }

    private static int Look(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        int seeds = LandscapeOptions.Whole(Seeds, 100, 1, 100_000, parsed, faults);
        FigureFiles.Check(parsed, faults);
        var read = ExperimentOptions.Read(parsed);
        read.IfFail(found => faults.AddRange(found));
        if (faults.Count > 0) throw new InvalidInputException(faults.Distinct());
        var opened = (Data.Opened)read;
        var (experiment, data) = (opened.Experiment, opened.Data.Value);
        Terminal.Notes([.. opened.Notes, .. data.Notes], parsed.GetValue(Shared.Quiet));
        faults.AddRange(NoDerivative.Faults(experiment.Settings.Hidden, "hidden"));
        faults.AddRange(NoDerivative.Faults(experiment.Settings.OutputActivation, "output_activation"));
        if (experiment.Architecture.ParameterCount is > CriticalSearch.MostParameters and var count)
            faults.Add(new($"the network has {count} parameters; critical points are looked for with at most "
                + $"{CriticalSearch.MostParameters}"));
        if (UnitMatching.Fault(experiment.Architecture) is { } layered) faults.Add(new(layered));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
        Terminal.Notes(trainer.Notes, parsed.GetValue(Shared.Quiet));
        return Interrupt.OrNothing(interrupt =>
        {
            using var progress = new ShareLine(parsed.GetValue(Shared.Quiet));
            var look = interrupt.Await(() => trainer.Look(
                trainer.Untrained, new SaddleSearch(seeds, threads) { Progress = progress.Of($"starts") }));
            progress.Dispose();
            FigureFiles.Save(parsed, look.Points.Families.Count == 0 ? [] : [("saddles", new IndexPlot(
                [.. look.Points.Families.Select(family => new IndexedPoint(
                    family.First.Loss, family.First.Index, family.First.Zeros, family.Times,
                    SaddlesReport.What(family.First)))]))]);
            Terminal.Show(new SaddlesReport(look, seeds, experiment.Architecture.ParameterCount), parsed);
            return Status.Done;
        });
    }
}
