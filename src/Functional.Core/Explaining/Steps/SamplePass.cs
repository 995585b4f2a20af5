using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;

namespace Functional.Core.Explaining;

/// <summary>Every number of one sample's pass through a network, from the network's own passes; in the network's
/// precision, held in double.</summary>
/// <param name="Input">x</param>
/// <param name="Layers">The dense layers, the output layer last.</param>
/// <param name="Back">What the way back gave, where there is a target.</param>
/// <param name="Rate">The learning rate of an update by gradient descent, if there is one.</param>
/// <param name="Raw">The sample before it was scaled, if it was.</param>
internal sealed record SamplePass(
    double[] Input, IReadOnlyList<LayerPass> Layers, LossPass? Back, double? Rate = null, RawSample? Raw = null)
{
    public double[] Output => Layers[^1].Activations;

    /// <summary>Runs a network that can be explained. Each dense layer is cut in two, sums and
    /// activation, which changes no bit, so that the network between any two cuts can be run forward and
    /// backward on its own.</summary>
    public static SamplePass Of<T>(
        Network<T> network, Vec<T> input, Vec<T>? target, Loss loss, double? rate, RawSample? raw)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layers = Explainable.Layers(network.Architecture);
        var cut = new Network<T>(
            Architecture.Of(network.Architecture.Inputs, [.. layers.SelectMany(
                layer => (Layer[])[layer with { Activation = Activation.Identity }, new Activate(layer.Activation)])]),
            network.Parameters);
        Matrix<T> x = new(1, input.Length, input), output = cut.Predict(x);
        var (value, delta) = target is null ? default : loss.ValueAndDelta(output, new(1, target.Length, target));
        double[] gradient =
            target is null ? [] : Doubles(cut.Backward(cut.Forward(x).Tape, delta).Gradient.Direction.Span),
            parameters = Doubles(network.Parameters.Span);

        double[] updated = target is null || rate is null ? [] : Updated<T>(network.Parameters, gradient, rate.Value);

        int first = 0, width = network.Architecture.Inputs;
        var passes = layers.Select((layer, l) =>
        {
            var sums = cut.Before(2 * l + 1).Predict(x);
            int weights = width * layer.Units, from = first;
            first += weights + (layer.Bias ? layer.Units : 0);
            var pass = new LayerPass(
                layer.Activation, new(width, layer.Units, Vec<double>.Of(parameters.AsSpan(from, weights))),
                parameters[(from + weights)..first],
                Doubles(sums.Cells.Span), Doubles(cut.Before(2 * l + 2).Predict(x).Cells.Span),
                target is null ? null : new(
                    Doubles(ToSums(cut.From(2 * l + 1), sums, delta).Span),
                    new(width, layer.Units, Vec<double>.Of(gradient.AsSpan(from, weights))),
                    gradient[(from + weights)..first],
                    rate is null ? [] : updated[from..(from + weights)],
                    rate is null ? [] : updated[(from + weights)..first]));
            width = layer.Units;
            return pass;
        }).ToArray();
        var back = target is null
            ? null
            : new LossPass(loss, Doubles(target.Span), double.CreateTruncating(value), Doubles(delta.Cells.Span));
        return new(Doubles(input.Span), passes, back, back is null ? null : rate, raw);
    }

    // As training by gradient descent does it, in its precision.
    private static double[] Updated<T>(Vec<T> parameters, double[] gradient, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] moved = parameters.Span.ToArray(), slopes = [.. gradient.Select(T.CreateTruncating)];
        Descent.By(T.CreateTruncating(rate)).Move(slopes, moved);
        return Doubles<T>(moved);
    }

    private static Vec<T> ToSums<T>(Network<T> rest, Matrix<T> sums, Matrix<T> delta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        rest.Backward(rest.Forward(sums).Tape, delta).ToInputs.Cells;

    private static double[] Doubles<T>(ReadOnlySpan<T> numbers) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. numbers.ToArray().Select(double.CreateTruncating)];
}

/// <summary>What a dense layer is, and was.</summary>
/// <param name="Phi">Its activation.</param>
/// <param name="Weights">W, inputs x units.</param>
/// <param name="Biases">b; empty without one.</param>
/// <param name="Sums">z</param>
/// <param name="Activations">a</param>
/// <param name="Back">What came back, where there is a target.</param>
internal sealed record LayerPass(
    Activation Phi, Matrix<double> Weights, double[] Biases, double[] Sums, double[] Activations, LayerBack? Back)
{
    public int Inputs => Weights.Rows;
    public int Units => Weights.Columns;
    public bool HasBias => Biases.Length > 0;
}

/// <summary>What came back to a dense layer.</summary>
/// <param name="Deltas">The loss's derivative by z.</param>
/// <param name="Weights">By W.</param>
/// <param name="Biases">By b.</param>
/// <param name="NewWeights">W after the update, row by row, where there is one.</param>
/// <param name="NewBiases">The same of b.</param>
internal sealed record LayerBack(
    double[] Deltas, Matrix<double> Weights, double[] Biases, double[] NewWeights, double[] NewBiases);

/// <summary>A sample's loss.</summary>
/// <param name="Loss">Which.</param>
/// <param name="Target">y, or the number of a class.</param>
/// <param name="Value">How large it is.</param>
/// <param name="Slopes">Its derivative by each output.</param>
internal sealed record LossPass(Loss Loss, double[] Target, double Value, double[] Slopes);
