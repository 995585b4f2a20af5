using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Networks;

namespace Functional.Cli.Reports;

/// <summary>A network in figures.</summary>
/// <param name="Summary">The figures.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="TrainingBytes">What training holds beside the data.</param>
internal sealed record SummaryReport(Summary Summary, int BatchSize, long TrainingBytes) : Report
{
    private const double Mebibyte = 1 << 20;

    public override JsonObject ToJson() => new()
    {
        ["layers"] = new JsonArray([.. Summary.Layers.Select(layer => new JsonObject
        {
            ["kind"] = layer.Kind, ["inputs"] = layer.Inputs, ["outputs"] = layer.Outputs,
            ["parameters"] = layer.Parameters,
            ["running"] = layer.Running, ["multiply_adds"] = layer.MultiplyAdds,
        })]),
        ["parameters"] = Summary.Parameters,
        ["running"] = Summary.Running,
        ["multiply_adds_per_sample"] = Summary.MultiplyAdds,
        ["batch_size"] = BatchSize,
        ["training_bytes"] = TrainingBytes,
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().Select(line => line.In(language));

    private IEnumerable<Phrase> Lines()
    {
        yield return $"{(Phrase)$"layer",5}  {(Phrase)$"kind",-11} {(Phrase)$"inputs",8} {(Phrase)$"outputs",9} "
            + $"{(Phrase)$"parameters",12} {(Phrase)$"not learned",13} {(Phrase)$"multiply-adds",15}";
        foreach (var (index, layer) in Summary.Layers.Index())
            yield return $"{index + 1,5}  {layer.Kind,-11} {layer.Inputs,8} {layer.Outputs,9} {layer.Parameters,12} "
                + $"{layer.Running,13} {layer.MultiplyAdds,15}";
        yield return $"{Counted.Parameters(Summary.Parameters)}, {Summary.Running} running values, "
            + $"{Summary.MultiplyAdds} multiply-adds a sample";
        yield return $"training with batches of {BatchSize} holds {TrainingBytes / Mebibyte:F2} MiB beside the data";
    }
}
