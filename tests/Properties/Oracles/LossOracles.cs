using System.Text.Json;
using Xunit;

namespace Properties.Oracles;

/// <summary>Losses of outputs so large that a naive exponential or logarithm overflows.</summary>
public sealed class LossOracles(ITestOutputHelper output)
{
    [Fact]
    public void Losses_of_extreme_outputs_agree() =>
        Golden.Check("losses_extreme.json", output, atLeast: 18,
            lacks: example => Counterpart.OfLoss(example.At("loss")) is null ? example.At("loss").Kind() : null,
            Compare);

    private static Comparison[] Compare(JsonElement example)
    {
        var (value, delta) = Counterpart.ValueAndDelta(
            example.At("loss"), example.Table("outputs"), example.Table("targets"));
        return
        [
            Comparison.Of("loss_value", example.At("loss_value"), value),
            Comparison.Of("grad_outputs", example.At("grad_outputs"), delta.Cells.Span),
        ];
    }
}
