using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Forms;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Cli.Commands;

/// <summary><c>functional gradcheck</c>: backward against automatic differentiation and differences on an experiment's first batch, in double.</summary>
internal static class GradcheckCommand
{
    public const double Tolerance = 1e-6;

    private static readonly Option<bool> Survey = new("--survey") { Description = "measures instead how the cost of a gradient grows with the number of parameters, each way, on nets with one hidden layer of 1, 2, 4, ... units" };

    public static void Fill(Command command)
    {
        command.With(Survey, Shared.Json);
        ExperimentOptions.AddTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var opened = ExperimentOptions.Read(parsed).Match(Succ: o => o, Fail: found => throw new InvalidInputException(found));
        var (experiment, data) = (opened.Experiment, opened.Data.Value);
        Terminal.Notes(data.Notes);
        Invalid[] flat = [.. NoDerivative.Faults(experiment.Settings.Hidden, "hidden"), .. NoDerivative.Faults(experiment.Settings.OutputActivation, "output_activation")];
        if (flat.Length > 0) throw new InvalidInputException(flat);
        var samples = experiment.Prepare<double>(data.Data, test: data.Test).Parts.Train.For(experiment.Loss);
        if (samples.Inputs.Rows == 0) throw new InvalidInputException("the training part has 0 rows; it should have at least 1");
        var batch = Batches.At(samples, experiment.Settings.BatchSize, experiment.Key.For(Purpose.Shuffle), 0);
        var rows = batch.Order.Span.Slice(batch.Start, batch.Count);
        if (parsed.GetValue(Survey))
        {
            GradcheckSurvey.Run(experiment, samples.Select(rows), parsed.GetValue(Shared.Json));
            return Status.Done;
        }
        var check = new GradientCheck(experiment.Begin<double>().Network, samples.Select(rows), experiment.Loss, experiment.Key.For(Purpose.Landscape), experiment.Settings.Penalty);
        var (slopes, seconds) = Timed(check);
        var layers = check.Compare(slopes);
        double worst = layers.Select(layer => layer.RelativeError).DefaultIfEmpty(0).Max();
        if (parsed.GetValue(Shared.Json)) Terminal.Print(Json(check, layers, seconds, worst));
        else Show(check, layers, seconds, worst);
        return worst <= Tolerance ? Status.Done : Status.CheckFailed;
    }

    private static (Dictionary<Way, IReadOnlyList<Difference>> Slopes, Dictionary<Way, double> Seconds) Timed(GradientCheck check)
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

    /// <summary>What a way is called.</summary>
    internal static string Name(Way way) => way switch
    {
        Way.Backward => "backward",
        Way.ForwardMode => "forward_mode",
        Way.ReverseMode => "reverse_mode",
        Way.Central => "central_difference",
        _ => "richardson",
    };

    // All of it fits 80 columns.
    private static int Wide(Way way) => way == Way.Richardson ? 11 : 10;

    // A heading that is no wider than its column.
    internal static string Short(Way way) => way switch
    {
        Way.ForwardMode => "forward",
        Way.ReverseMode => "reverse",
        Way.Central => "central",
        _ => Name(way),
    };

    private static JsonObject Json(GradientCheck check, IReadOnlyList<LayerCheck> layers, Dictionary<Way, double> seconds, double worst) => new()
    {
        ["largest_relative_error"] = Finite(worst),
        ["tolerance"] = Tolerance,
        ["samples"] = check.Samples,
        ["layers"] = new JsonArray([.. layers.Select(layer => new JsonObject
        {
            ["layer"] = layer.Layer, ["kind"] = layer.Name, ["parameters"] = layer.Parameters, ["gradient_norm"] = Finite(layer.Norm), ["relative_error"] = Finite(layer.RelativeError),
            ["relative_errors"] = new JsonObject(layer.Errors.Select(error => KeyValuePair.Create(Name(error.Key), Finite(error.Value)))),
        })]),
        ["seconds"] = new JsonObject(seconds.Select(way => KeyValuePair.Create(Name(way.Key), Finite(way.Value)))),
    };

    private static JsonNode? Finite(double number) => double.IsFinite(number) ? number : null;

    private static void Show(GradientCheck check, IReadOnlyList<LayerCheck> layers, Dictionary<Way, double> seconds, double worst)
    {
        Way[] others = [.. seconds.Keys.Where(way => way != Way.Backward)];
        Console.WriteLine($"backward against each other way, on {check.Samples} samples:");
        Console.WriteLine("the largest difference, relative to the layer's gradient");
        Console.WriteLine();
        Console.WriteLine($"layer  kind       parameters |gradient|{string.Concat(others.Select(way => Short(way).PadLeft(Wide(way))))}");
        foreach (var layer in layers)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer.Layer,5}  {layer.Name,-10} {layer.Parameters,10} {Figure.Of(layer.Norm),10}")
                + string.Concat(others.Select(way => Figure.Of(layer.Errors[way], 2).PadLeft(Wide(way)))));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"milliseconds, backward {1e3 * seconds[Way.Backward],16:F1}")
            + string.Concat(others.Select(way => (1e3 * seconds[way]).ToString("F1", CultureInfo.InvariantCulture).PadLeft(Wide(way)))));
        if (!seconds.ContainsKey(Way.ReverseMode)) Console.WriteLine("reverse mode is left out: the network is too large for a tape of single numbers");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest relative error {Figure.Of(worst, 3)} ({(worst <= Tolerance ? "within" : "NOT within")} {Figure.Of(Tolerance)})"));
    }
}
