using System.CommandLine;
using System.Globalization;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Figures;

namespace Functional.Cli.Commands;

/// <summary><c>functional lr-find</c>: a learning rate for an experiment, by a range test.</summary>
internal static class LrFindCommand
{
    private const int FewestSteps = 10, MostSteps = 100_000;

    private static readonly Option<string?> From = new("--from")
    {
        HelpName = "X",
        Description = Terminal.Said($"the first learning rate (1e-7)"),
    };
    private static readonly Option<string?> To = new("--to")
    {
        HelpName = "X",
        Description = Terminal.Said($"the last learning rate (10)"),
    };
    private static readonly Option<string?> Steps = new("--steps")
    {
        HelpName = "N",
        Description = Terminal.Said($"how many steps it takes from the first rate to the last, "
            + $"{FewestSteps} to {MostSteps} (100)"),
    };
    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = Terminal.Said($"the curve as a file: .csv or .json"),
    };

    public static void Fill(Command command)
    {
        command.With(
            From, To, Steps, Out, FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json, Shared.Quiet);
        ExperimentOptions.AddTo(command);
        command.SetAction(Find);
    }

    private static int Find(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        var usual = new RateRange();
        var range = new RateRange(
            RateOf(From, usual.From, parsed, faults), RateOf(To, usual.To, parsed, faults),
            LandscapeOptions.Whole(Steps, usual.Steps, FewestSteps, MostSteps, parsed, faults));
        string? file = parsed.GetValue(Out);
        if (file is not null && RateFile.Fault(file) is { } unwritable) faults.Add(new(unwritable));
        FigureFiles.Check(parsed, faults);
        faults.AddRange(ExperimentOptions.OfPace(parsed).Select(given => new Invalid(
            $"{given} changes nothing here: the test has rates of its own, and ends by itself")));
        var read = ExperimentOptions.Read(parsed);
        read.IfFail(found => faults.AddRange(found));
        var opened = read.IsSuccess ? (Data.Opened)read : null;
        faults.AddRange(RateFinder.Faults(opened?.Experiment, range));
        if (opened is null || faults.Count > 0) throw new InvalidInputException(faults.Distinct());

        var (experiment, data) = (opened.Experiment, opened.Data.Value);
        Terminal.Notes([.. opened.Notes, .. data.Notes], parsed.GetValue(Shared.Quiet));
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
        Terminal.Notes(trainer.Notes, parsed.GetValue(Shared.Quiet));
        if (experiment.Settings.Schedule is not ConstantRate)
            Terminal.Notes(
                [$"the schedule is left out: the rate grows from step to step"], parsed.GetValue(Shared.Quiet));
        return Interrupt.OrNothing(interrupt =>
        {
            using var progress = new ShareLine(parsed.GetValue(Shared.Quiet));
            var curve = RateFinder.Of(trainer, range, threads, progress.Of($"range test"), interrupt.Token);
            progress.Dispose();
            if (file is not null) curve.Save(file);
            if (file is not null) Terminal.Notes([$"the curve is in {file}"], parsed.GetValue(Shared.Quiet));
            FigureFiles.Save(parsed, curve.Points.Count == 0 ? [] : [("rates", new RatePlot(curve))]);
            Terminal.Show(new RateReport(curve, RateTests.RateOf(experiment)), parsed);
            return Status.Done;
        });
    }

    private static double RateOf(Option<string?> option, double usual, ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(option) is not { } text) return usual;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)
            && double.IsFinite(rate))
            return rate;
        faults.Add(new(
            $"{option.Name} is {Visible.Quoted(text)}; it should be a number, such as {Numerals.Of(usual)}"));
        return usual;
    }
}
