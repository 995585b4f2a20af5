using System.CommandLine;
using System.Diagnostics;
using Functional.Cli.Reports;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Cli.Commands;

/// <summary><c>functional gradcheck</c>: backward against automatic differentiation and differences on an
/// experiment's first batch, in double.</summary>
internal static class GradcheckCommand
{
    public const double Tolerance = 1e-6;

    private static readonly Option<bool> Survey = new("--survey")
    {
        Description = Terminal.Said($"measures instead how the cost of a gradient grows with the number of parameters, "
            + $"each way, on nets with one hidden layer of 1, 2, 4, ... units")
    };

    public static void Fill(Command command)
    {
        command.With(Survey, Shared.Json);
        ExperimentOptions.AddTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var opened = ExperimentOptions.Read(parsed)
            .Match(Succ: o => o, Fail: found => throw new InvalidInputException(found));
        var (experiment, data) = (opened.Experiment, opened.Data.Value);
        Terminal.Notes(data.Notes);
        Invalid[] flat = [.. NoDerivative.Faults(experiment.Settings.Hidden, "hidden"),
            .. NoDerivative.Faults(experiment.Settings.OutputActivation, "output_activation")];
        if (flat.Length > 0) throw new InvalidInputException(flat);
        var samples = experiment.Prepare<double>(data.Data, test: data.Test).Parts.Train.For(experiment.Loss);
        if (samples.Inputs.Rows == 0)
            throw new InvalidInputException($"the training part has 0 rows; it should have at least 1");
        var batch = Batches.At(samples, experiment.Settings.BatchSize, experiment.Key.For(Purpose.Shuffle), 0);
        var rows = batch.Order.Span.Slice(batch.Start, batch.Count);
        if (parsed.GetValue(Survey))
        {
            Terminal.Show(GradcheckSurvey.Of(experiment, samples.Select(rows)), parsed);
            return Status.Done;
        }
        var check = new GradientCheck(
            experiment.Begin<double>().Network, samples.Select(rows), experiment.Loss,
            experiment.Key.For(Purpose.Landscape), experiment.Settings.Penalty);
        var (slopes, seconds) = Timed(check);
        var report = new GradcheckReport(check.Samples, check.Compare(slopes), seconds, Tolerance);
        Terminal.Show(report, parsed);
        return report.Worst <= Tolerance ? Status.Done : Status.CheckFailed;
    }

    private static (Dictionary<Way, IReadOnlyList<Difference>> Slopes, Dictionary<Way, double> Seconds) Timed(
        GradientCheck check)
    {
        var (slopes, seconds) = (new Dictionary<Way, IReadOnlyList<Difference>>(), new Dictionary<Way, double>());
        foreach (var way in check.Ways)
        {
            long start = Stopwatch.GetTimestamp();
            slopes[way] = check.Slopes(way);
            seconds[way] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return (slopes, seconds);
    }
}
