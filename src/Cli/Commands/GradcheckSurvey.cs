using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Cli.Commands;

/// <summary><c>functional gradcheck --survey</c>: what a whole gradient costs each way, in evaluations of the loss that the way differentiates, as the number of parameters
/// grows. (As the table in Baydin, Pearlmutter, Radul and Siskind, 2018)</summary>
internal static class GradcheckSurvey
{
    private const int Widest = 64, MostParameters = 4000, Rows = 8, Rounds = 5;
    private const double ShortestSeconds = 0.004; // what is shorter is done several times at once
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5); // until the JIT has compiled what runs often at its best

    /// <summary>A net's costs in seconds.</summary>
    /// <param name="Parameters">How many.</param>
    /// <param name="Losses">Of one loss, on what each way runs on.</param>
    /// <param name="Gradients">Of a whole gradient, each way.</param>
    private sealed record Cost(int Parameters, IReadOnlyDictionary<Way, double> Losses, IReadOnlyDictionary<Way, double> Gradients)
    {
        public double Evaluations(Way way) => Gradients[way] / Losses[way];
    }

    public static void Run(Experiment experiment, Samples<double> samples, bool asJson)
    {
        var some = samples.Select([.. Enumerable.Range(0, Math.Min(Rows, samples.Inputs.Rows))]);
        var output = (Dense)experiment.Architecture.Layers[^1];
        var phi = experiment.Settings.Hidden.OfType<Dense>().Select(layer => layer.Activation).FirstOrDefault(Activation.Tanh);
        var costs = new List<Cost>();
        for (int units = 1; units <= Widest; units *= 2)
        {
            var architecture = Architecture.Of(experiment.Inputs, new Dense(units, phi), output);
            if (costs.Count >= 2 && architecture.ParameterCount > MostParameters) break;
            var network = Network<double>.Init(architecture, experiment.Settings.Initializer, experiment.Key.For(Purpose.Init));
            var check = new GradientCheck(network, some, experiment.Loss, experiment.Key.For(Purpose.Landscape), experiment.Settings.Penalty);
            if (units == 1)
                for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
                    foreach (var job in Jobs(check)) job();
            costs.Add(Measured(check, architecture.ParameterCount));
            if (!asJson) Show(costs, $"{experiment.Inputs}-h-{output.Units}", some.Inputs.Rows);
        }
        if (asJson) Terminal.Print(Json(costs, some.Inputs.Rows));
        else Growth(costs);
    }

    // Ways take turns, so that what else the machine does is shared; the median of the rounds after the first counts.
    private static Cost Measured(GradientCheck check, int parameters)
    {
        var jobs = Jobs(check);
        int[] times = [.. jobs.Select(job => (int)Math.Clamp(ShortestSeconds / Seconds(job, 1), 1, 1000))];
        var seconds = Enumerable.Range(0, Rounds + 1).Select(_ => jobs.Zip(times, Seconds).ToArray()).Skip(1).ToArray();
        double[] medians = [.. jobs.Select((_, i) => seconds.Select(round => round[i]).Order().ElementAt(Rounds / 2))];
        return new(parameters, ByWay(0), ByWay(1));

        Dictionary<Way, double> ByWay(int first) => check.Ways.Index().ToDictionary(way => way.Item, way => medians[2 * way.Index + first]);
    }

    // For each way, the loss and its gradient.
    private static Action[] Jobs(GradientCheck check) => [.. check.Ways.SelectMany(way => (Action[])[() => check.Value(way), () => check.Gradient(way)])];

    private static double Seconds(Action job, int times)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++) job();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }

    // Line by line, as it is measured.
    private static void Show(List<Cost> costs, string widths, int rows)
    {
        var (cost, ways) = (costs[^1], costs[0].Gradients.Keys.ToArray());
        if (costs.Count == 1)
        {
            Console.WriteLine("a gradient's cost in evaluations of the loss, each on what its way runs on");
            Console.WriteLine("(layers, dual numbers, a tape); below, its microseconds");
            Console.WriteLine($"nets {widths}, {rows} samples");
            Console.WriteLine($"parameters{string.Concat(ways.Select(way => $"{GradcheckCommand.Short(way),14}"))}");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cost.Parameters,10}{Row(cost.Evaluations, "F1")}"));
        Console.WriteLine($"          {Row(way => 1e6 * cost.Gradients[way], "F0")}");

        string Row(Func<Way, double> number, string format) => string.Concat(ways.Select(way => number(way).ToString(format, CultureInfo.InvariantCulture).PadLeft(14)));
    }

    private static void Growth(List<Cost> costs)
    {
        var (first, last) = (costs[0], costs[^1]);
        string growth = string.Join(", ", last.Gradients.Keys.Select(way => string.Create(CultureInfo.InvariantCulture, $"{GradcheckCommand.Name(way)} {last.Evaluations(way) / first.Evaluations(way):F1}")));
        Terminal.Wrapped(
            string.Create(CultureInfo.InvariantCulture, $"with {(double)last.Parameters / first.Parameters:F1} times as many parameters, ")
                + $"a gradient takes so many times as many evaluations: {growth}",
            indent: 2);
    }

    private static JsonObject Json(List<Cost> costs, int rows) => new()
    {
        ["samples"] = rows,
        ["nets"] = new JsonArray([.. costs.Select(cost => new JsonObject
        {
            ["parameters"] = cost.Parameters, ["loss_seconds"] = ByWay(cost, way => cost.Losses[way]), ["gradient_seconds"] = ByWay(cost, way => cost.Gradients[way]),
            ["evaluations"] = ByWay(cost, cost.Evaluations),
        })]),
    };

    private static JsonObject ByWay(Cost cost, Func<Way, double> number) => new(cost.Gradients.Keys.Select(way => KeyValuePair.Create(GradcheckCommand.Name(way), (JsonNode?)number(way))));
}
