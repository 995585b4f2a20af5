using System.Text.Json;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Xunit;

namespace Properties.Oracles;

/// <summary>Dense networks: every number of a forward and a backward pass, against PyTorch.</summary>
public sealed class NetworkOracles(ITestOutputHelper output)
{
    [Fact]
    public void Passes_through_dense_networks_agree() =>
        Golden.Check("networks.json", output, atLeast: 52, Counterpart.Lacks, Compare);

    [Fact]
    public void Tangents_and_second_derivatives_of_dense_networks_agree() =>
        Golden.Check("networks.json", output, atLeast: 52, Counterpart.Lacks, CompareSecond);

    private static IEnumerable<Comparison> Compare(JsonElement net)
    {
        var network = new Network<double>(Counterpart.Architecture(net), Flat(net, "weights", "biases"));
        var inputs = net.Table("inputs");
        var (outputs, tape) = network.Forward(inputs);
        var (value, delta) = Counterpart.ValueAndDelta(net.At("loss"), outputs, net.Table("targets"));
        var (gradient, toInputs) = network.Backward(tape, delta);
        yield return Comparison.Of("outputs", net.At("outputs"), outputs.Cells.Span);
        yield return Comparison.Of("loss_value", net.At("loss_value"), value);
        yield return Comparison.Of("grad_outputs", net.At("grad_outputs"), delta.Cells.Span);
        yield return Comparison.Of(
            "grad_weights, grad_biases", Flat(net, "grad_weights", "grad_biases").Span, gradient.Direction.Span);
        yield return Comparison.Of("grad_inputs", net.At("grad_inputs"), toInputs.Cells.Span);
        yield return Comparison.Of("loss_directional_derivative", net.At("loss_directional_derivative"),
            gradient.Dot(new Gradient<double>(Flat(net, "v_weights", "v_biases"))));
        for (int layer = 0; layer < network.Architecture.Layers.Count; layer++)
        {
            yield return Comparison.Of(
                $"z[{layer}]", net.At("z")[layer], Sums(network, layer).Predict(inputs).Cells.Span);
            yield return Comparison.Of(
                $"a[{layer}]", net.At("a")[layer], network.Before(layer + 1).Predict(inputs).Cells.Span);
            yield return Comparison.Of(
                $"deltas[{layer}]", net.At("deltas")[layer],
                Delta(network, layer, Sums(network, layer).Predict(inputs), delta).Cells.Span);
        }
    }

    private static IEnumerable<Comparison> CompareSecond(JsonElement net)
    {
        var network = new Network<double>(Counterpart.Architecture(net), Flat(net, "weights", "biases"));
        var samples = new Samples<double>(
            net.Table("inputs"), net.Table("targets"), Counterpart.Weights(net.At("loss"), net.Table("targets")));
        var (loss, v) = (Counterpart.OfLoss(net.At("loss"))!, new Gradient<double>(Flat(net, "v_weights", "v_biases")));
        var product = network.HessianProduct(loss, samples, v);
        yield return Comparison.Of(
            "jvp_outputs", net.At("jvp_outputs"), network.Jvp(samples.Inputs, v).Tangent.Cells.Span);
        yield return Comparison.Of(
            "hvp_weights, hvp_biases", Flat(net, "hvp_weights", "hvp_biases").Span, product.Direction.Span);
        yield return Comparison.Of("vhv", net.At("vhv"), v.Dot(product));
        if (!net.TryGetProperty("hessian", out var expected) || expected.ValueKind == JsonValueKind.Null) yield break;
        var hessian = network.Hessian(loss, samples).ToMatrix();
        yield return Comparison.Of("hessian", expected, hessian.Cells.Span);
        var table = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            hessian.Rows, hessian.Columns, (row, column) => (hessian[row, column] + hessian[column, row]) / 2);
        yield return Comparison.Of(
            "hessian_eigenvalues", net.At("hessian_eigenvalues"),
            table.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(value => value.Real)
                .Order().ToArray());
    }

    /// <summary>The network that ends with the sums z of a layer.</summary>
    private static Network<double> Sums(Network<double> network, int layer)
    {
        var before = network.Before(layer + 1);
        return new(
            Architecture.Of(
                before.Architecture.Inputs,
                [.. before.Architecture.Layers.Take(layer), new Dense(before.Architecture.Outputs)]),
            before.Parameters);
    }

    /// <summary>dLoss/dz of a layer: back through the network that starts with that layer's activation.</summary>
    private static Matrix<double> Delta(
        Network<double> network, int layer, Matrix<double> sums, Matrix<double> fromOutputs)
    {
        var after = network.From(layer + 1);
        var activation = new Activate(((Dense)network.Architecture.Layers[layer]).Activation);
        var rest = new Network<double>(
            Architecture.Of(sums.Columns, [activation, .. after.Architecture.Layers]), after.Parameters);
        return rest.Backward(rest.Forward(sums).Tape, fromOutputs).ToInputs;
    }

    private static Vec<double> Flat(JsonElement net, string weights, string biases) =>
        Vec<double>.Of([.. net.Many(weights).Zip(net.Many(biases), (w, b) => w.Numbers().Concat(b.Numbers()))
            .SelectMany(layer => layer)]);
}
