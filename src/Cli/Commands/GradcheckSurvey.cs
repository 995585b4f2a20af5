using System.Diagnostics;
using Functional.Cli.Reports;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Cli.Commands;

/// <summary><c>functional gradcheck --survey</c>: what a whole gradient costs each way, in evaluations of the
/// loss that the way differentiates, as the number of parameters grows. (As the table in Baydin, Pearlmutter,
/// Radul and Siskind, 2018)</summary>
internal static class GradcheckSurvey
{
    private const int Widest = 64, MostParameters = 4000, Rows = 8, Rounds = 5;
    private const double ShortestSeconds = 0.004; // what is shorter is done several times at once
    // Until the JIT has compiled what runs often at its best.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    public static SurveyReport Of(Experiment experiment, Samples<double> samples)
    {
        var some = samples.Select([.. Enumerable.Range(0, Math.Min(Rows, samples.Inputs.Rows))]);
        var output = (Dense)experiment.Architecture.Layers[^1];
        var phi = experiment.Settings.Hidden.OfType<Dense>().Select(layer => layer.Activation)
            .FirstOrDefault(Activation.Tanh);
        var costs = new List<GradientCost>();
        for (int units = 1; units <= Widest; units *= 2)
        {
            var architecture = Architecture.Of(experiment.Inputs, new Dense(units, phi), output);
            if (costs.Count >= 2 && architecture.ParameterCount > MostParameters) break;
            var network = Network<double>.Init(
                architecture, experiment.Settings.Initializer, experiment.Key.For(Purpose.Init));
            var check = new GradientCheck(
                network, some, experiment.Loss, experiment.Key.For(Purpose.Landscape), experiment.Settings.Penalty);
            if (units == 1)
                for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
                    foreach (var job in Jobs(check)) job();
            costs.Add(Measured(check, architecture.ParameterCount));
        }
        return new([.. costs], $"{experiment.Inputs}-h-{output.Units}", some.Inputs.Rows);
    }

    // Ways take turns, so that what else the machine does is shared; the median of the rounds after the first counts.
    private static GradientCost Measured(GradientCheck check, int parameters)
    {
        var jobs = Jobs(check);
        int[] times = [.. jobs.Select(job => (int)Math.Clamp(ShortestSeconds / Seconds(job, 1), 1, 1000))];
        var seconds = Enumerable.Range(0, Rounds + 1).Select(_ => jobs.Zip(times, Seconds).ToArray()).Skip(1).ToArray();
        double[] medians = [.. jobs.Select((_, i) => seconds.Select(round => round[i]).Order().ElementAt(Rounds / 2))];
        return new(parameters, ByWay(0), ByWay(1));

        Dictionary<Way, double> ByWay(int first) =>
            check.Ways.Index().ToDictionary(way => way.Item, way => medians[2 * way.Index + first]);
    }

    // For each way, the loss and its gradient.
    private static Action[] Jobs(GradientCheck check) =>
        [.. check.Ways.SelectMany(way => (Action[])[() => check.Value(way), () => check.Gradient(way)])];

    private static double Seconds(Action job, int times)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++) job();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }
}
