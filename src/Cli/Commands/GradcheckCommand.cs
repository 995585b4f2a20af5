using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Forms;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Cli.Commands;

/// <summary><c>functional gradcheck</c>: backward against central differences on an experiment's first batch, in double.</summary>
internal static class GradcheckCommand
{
    private const double Tolerance = 1e-6;

    public static Command Create()
    {
        var command = new Command("gradcheck", $"Checks an experiment's gradients against central differences; exit status 4 where a layer is off by more than {Tolerance:R}. Example: functional gradcheck --data moons --activation tanh")
        {
            Shared.Json,
        };
        ExperimentOptions.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var opened = ExperimentOptions.Read(parsed).Match(Succ: o => o, Fail: found => throw new InvalidInputException(found));
        var (experiment, data) = (opened.Experiment, opened.Data.Value);
        Invalid[] flat = [.. GradientCheck.Faults(experiment.Draft.Hidden, "hidden"), .. GradientCheck.Faults(experiment.Draft.OutputActivation, "output_activation")];
        if (flat.Length > 0) throw new InvalidInputException(flat);
        var samples = experiment.Prepare(data.Data, test: data.Test).Parts.Train.For(experiment.Loss);
        if (samples.Inputs.Rows == 0) throw new InvalidInputException("the training part has 0 rows; it should have at least 1");
        var batch = Batches.At(samples, experiment.Draft.BatchSize, experiment.Key.For(Purpose.Shuffle), 0);
        var rows = batch.Order.Span.Slice(batch.Start, batch.Count);
        var network = experiment.Begin<double>().Network;
        var layers = GradientCheck.Of(network, samples.Select(rows), experiment.Loss, experiment.Key.For(Purpose.Landscape), experiment.Draft.Penalty);
        double worst = layers.Select(layer => layer.RelativeError).DefaultIfEmpty(0).Max();
        if (parsed.GetValue(Shared.Json)) Terminal.Print(Json(layers, worst));
        else Show(layers, worst);
        return worst <= Tolerance ? Status.Done : Status.CheckFailed;
    }

    private static JsonObject Json(IReadOnlyList<LayerCheck> layers, double worst) => new()
    {
        ["largest_relative_error"] = double.IsFinite(worst) ? worst : null,
        ["tolerance"] = Tolerance,
        ["layers"] = new JsonArray([.. layers.Select(layer => new JsonObject
        {
            ["layer"] = layer.Layer, ["kind"] = layer.Name, ["parameters"] = layer.Parameters,
            ["gradient_norm"] = double.IsFinite(layer.Norm) ? layer.Norm : null,
            ["relative_error"] = double.IsFinite(layer.RelativeError) ? layer.RelativeError : null,
        })]),
    };

    private static void Show(IReadOnlyList<LayerCheck> layers, double worst)
    {
        Console.WriteLine("layer  kind         parameters   |gradient|   relative error");
        foreach (var layer in layers)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer.Layer,5}  {layer.Name,-12} {layer.Parameters,10} {layer.Norm,12:G4} {layer.RelativeError,16:E2}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest relative error {worst:E2} ({(worst <= Tolerance ? "within" : "NOT within")} {Tolerance:R})"));
    }
}
