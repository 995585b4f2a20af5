using System.Text.Json;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Oracles;

/// <summary>Layers other than dense ones: forward and backward, in training and in inference.</summary>
public sealed class LayerOracles(ITestOutputHelper output)
{
    [Fact]
    public void Layers_agree() =>
        Golden.Check("layers.json", output, atLeast: 15, Lacks, compare: layer => layer.Text("layer") switch
        {
            "batch_norm" => BatchNorm(layer),
            "layer_norm" => LayerNorm(layer),
            "dropout" => Dropout(layer),
            _ => Residual(layer),
        });

    private static string? Lacks(JsonElement layer) => layer.Text("layer") switch
    {
        "batch_norm" or "layer_norm" or "dropout" => null,
        "residual" => new[] { layer.At("inner_activation"), layer.At("outer_activation") }
            .Where(activation => Counterpart.OfActivation(activation) is null)
            .Select(activation => $"residual of {activation.Kind()}").FirstOrDefault(),
        var other => other,
    };

    private static IEnumerable<Comparison> BatchNorm(JsonElement layer)
    {
        var network = new Network<double>(
            Architecture.Of(layer.Whole("features"), new BatchNorm(layer.Real("momentum"), layer.Real("eps"))),
            layer.Vector("gamma", "beta"), layer.Vector("running_mean_start", "running_var_start"));
        foreach (var batch in layer.Many("training_batches"))
        {
            var tape = network.Forward(batch.Table("input"), Mode.Training(default)).Tape;
            foreach (var comparison in Affine(network, tape, batch)) yield return comparison;
            yield return Comparison.Of(
                "running_mean_after, running_var_after", batch.Vector("running_mean_after", "running_var_after").Span,
                tape.Running.Span);
            network = new(network.Architecture, network.Parameters, tape.Running);
        }
        var inference = layer.At("inference");
        foreach (var comparison in Affine(network, network.Forward(inference.Table("input")).Tape, inference))
            yield return comparison;
    }

    private static IEnumerable<Comparison> LayerNorm(JsonElement layer)
    {
        var network = new Network<double>(
            Architecture.Of(layer.Whole("features"), new LayerNorm(layer.Real("eps"))), layer.Vector("gamma", "beta"));
        return Affine(network, network.Forward(layer.Table("input")).Tape, layer);
    }

    private static IEnumerable<Comparison> Affine(Network<double> network, Tape<double> tape, JsonElement pass)
    {
        var (gradient, toInputs) = network.Backward(tape, pass.Table("grad_output"));
        yield return Comparison.Of("output", pass.At("output"), tape.Output.Cells.Span);
        yield return Comparison.Of("grad_input", pass.At("grad_input"), toInputs.Cells.Span);
        yield return Comparison.Of(
            "grad_gamma, grad_beta", pass.Vector("grad_gamma", "grad_beta").Span, gradient.Direction.Span);
    }

    // Our mask is a function of the key and cannot be set to the oracle's. So it is read off a pass over ones;
    // output and gradient are compared with the oracle's in the cells where the masks happen to agree, and
    // everywhere with its formula, x mask / (1 - rate), under our mask. Inference is compared as it is.
    private static IEnumerable<Comparison> Dropout(JsonElement layer)
    {
        var (x, fromOutput, rate) = (layer.Table("input"), layer.Table("grad_output"), layer.Real("rate"));
        var network = new Network<double>(Architecture.Of(x.Columns, new Dropout(rate)), Vec<double>.Empty);
        var training = Mode.Training(Key.FromSeed(1));
        var ones = new Matrix<double>(x.Rows, x.Columns, Vec<double>.Of([.. Enumerable.Repeat(1.0, x.Cells.Length)]));
        double[] mask =
            [.. network.Forward(ones, training).Output.Cells.Span.ToArray().Select(cell => cell == 0 ? 0.0 : 1)];
        var (y, tape) = network.Forward(x, training);
        var toInput = network.Backward(tape, fromOutput).ToInputs;
        double[] theirs = layer.At("mask").Numbers();
        int[] same = [.. Enumerable.Range(0, mask.Length).Where(i => mask[i] == theirs[i])];
        yield return Comparison.Of("output by formula", Dropped(x), y.Cells.Span);
        yield return Comparison.Of("grad_input by formula", Dropped(fromOutput), toInput.Cells.Span);
        yield return Comparison.Of("output", Pick(layer.Vector("output"), same), Pick(y.Cells, same));
        yield return Comparison.Of("grad_input", Pick(layer.Vector("grad_input"), same), Pick(toInput.Cells, same));
        yield return Comparison.Of("inference_output", layer.At("inference_output"), network.Predict(x).Cells.Span);

        double[] Dropped(Matrix<double> cells) =>
            [.. cells.Cells.Span.ToArray().Zip(mask, (cell, kept) => cell * kept / (1 - rate))];
    }

    private static IEnumerable<Comparison> Residual(JsonElement layer)
    {
        var (parameters, slopes) = (layer.At("parameters"), layer.At("grad_parameters"));
        bool isProjection = layer.Text("shortcut") == "projection";
        string[] names = isProjection ? ["W1", "b1", "W2", "b2", "Ws"] : ["W1", "b1", "W2", "b2"];
        int width = parameters.At("b2").GetArrayLength();
        Items<Layer> body = [
            new Dense(parameters.At("b1").GetArrayLength(), Counterpart.OfActivation(layer.At("inner_activation"))!),
            new Dense(width)];
        Items<Layer> shortcut = isProjection ? [new Dense(width, Activation.Identity, Bias: false)] : [];
        var input = layer.Table("input");
        var network = new Network<double>(
            Architecture.Of(
                input.Columns, new Residual(body, shortcut),
                new Activate(Counterpart.OfActivation(layer.At("outer_activation"))!)),
            parameters.Vector(names));
        var (output, tape) = network.Forward(input);
        var (gradient, toInputs) = network.Backward(tape, layer.Table("grad_output"));
        yield return Comparison.Of("pre_sum", layer.At("pre_sum"), network.Before(1).Predict(input).Cells.Span);
        yield return Comparison.Of("output", layer.At("output"), output.Cells.Span);
        yield return Comparison.Of("grad_input", layer.At("grad_input"), toInputs.Cells.Span);
        yield return Comparison.Of("grad_parameters", slopes.Vector(names).Span, gradient.Direction.Span);
    }

    private static double[] Pick(Vec<double> cells, int[] at) => [.. at.Select(i => cells[i])];
}
