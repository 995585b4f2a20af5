using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
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
        var experiment = ExperimentOptions.Read(parsed).Match(Succ: opened => opened.Experiment, Fail: found => throw new InvalidInputException(found));
        var summary = Summary.Of(experiment.Architecture);
        int batch = experiment.Settings.BatchSize;
        long memory = summary.Memory(batch, experiment.Settings.Optimizer.Slots, experiment.Settings.Precision.Bytes);
        if (parsed.GetValue(Shared.Json)) Terminal.Print(Json(summary, batch, memory));
        else Print(summary, batch, memory);
        return Status.Done;
    }

    private static JsonObject Json(Summary summary, int batch, long memory) => new()
    {
        ["layers"] = new JsonArray([.. summary.Layers.Select(layer => new JsonObject
        {
            ["kind"] = layer.Kind, ["inputs"] = layer.Inputs, ["outputs"] = layer.Outputs, ["parameters"] = layer.Parameters,
            ["running"] = layer.Running, ["multiply_adds"] = layer.MultiplyAdds,
        })]),
        ["parameters"] = summary.Parameters,
        ["running"] = summary.Running,
        ["multiply_adds_per_sample"] = summary.MultiplyAdds,
        ["batch_size"] = batch,
        ["training_bytes"] = memory,
    };

    private static void Print(Summary summary, int batch, long memory)
    {
        Console.WriteLine("layer  kind          inputs   outputs   parameters   not learned   multiply-adds");
        foreach (var (index, layer) in summary.Layers.Index())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index + 1,5}  {layer.Kind,-11} {layer.Inputs,8} {layer.Outputs,9} {layer.Parameters,12} {layer.Running,13} {layer.MultiplyAdds,15}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Parameters} parameters, {summary.Running} running values, {summary.MultiplyAdds} multiply-adds a sample"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"training with batches of {batch} holds {memory / 1048576.0:F2} MiB beside the data"));
    }
}
