using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Core.Differentiation;

/// <summary>What the check of one layer found.</summary>
/// <param name="Layer">The layer's number, from 1.</param>
/// <param name="Name">What kind of layer it is.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="Norm">The length of its part of the gradient.</param>
/// <param name="RelativeError">The largest difference between backward and central differences along the directions tried,
/// relative to <paramref name="Norm"/>.</param>
public sealed record LayerCheck(int Layer, string Name, int Parameters, double Norm, double RelativeError);

/// <summary>Backward against central differences, layer by layer, along random directions and the gradient itself.</summary>
public static class GradientCheck
{
    private const int Directions = 8;
    private const double Step = 1e-5;

    /// <summary>Checks every layer that learns, in double, in training mode with a fixed key (so that dropped cells stay dropped).</summary>
    /// <param name="network">Where.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="key">The source of dropped cells and of directions.</param>
    /// <param name="penalty">What is added for the size of the weights; nothing if none is given.</param>
    public static IReadOnlyList<LayerCheck> Of(Network<double> network, Samples<double> samples, Loss loss, Key key, Penalty? penalty = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(loss);
        var mode = Mode.Training(key.For(Purpose.Dropout));
        double LossAt(Network<double> at) =>
            loss.Value(at.Forward(samples.Inputs, mode).Output, samples.Targets, samples.Weights) + (penalty?.ValueAndGradient(at).Value ?? 0);

        var gradient = network.LossGradient(loss, samples, mode).Gradient;
        if (penalty is not null) gradient = penalty.Onto(gradient, network).Gradient;
        var checks = new List<LayerCheck>();
        int first = 0, width = network.Architecture.Inputs;
        for (int i = 0; i < network.Architecture.Layers.Count; i++)
        {
            var layer = network.Architecture.Layers[i];
            int count = (int)layer.Parameters(width);
            width = layer.Outputs(width);
            if (count == 0) continue;
            var own = Within(gradient.Direction.Span.Slice(first, count), network.Parameters.Length, first);
            double norm = own.Norm(), worst = 0;
            for (int d = 0; d < Directions; d++)
            {
                var along = d == 0 ? own : Within(Draw.Normal<double>(key.At((uint)i).At((uint)d), count).Span, network.Parameters.Length, first);
                if (along.Norm() == 0) continue;
                var unit = 1 / along.Norm() * along;
                double difference = FiniteDifference.Central(h => LossAt(network + h * unit), Step);
                worst = Math.Max(worst, Math.Abs(difference - gradient.Dot(unit)));
            }
            checks.Add(new(i + 1, Layer.Kinds.NameOf(layer), count, norm, norm > 0 ? worst / norm : worst));
            first += count;
        }
        return checks;
    }

    /// <summary>The activations that no gradient goes through, each as a fault with its place.</summary>
    internal static IEnumerable<Invalid> Faults(IEnumerable<Layer> layers, string path) => layers.SelectMany((layer, i) => layer switch
    {
        Dense dense => Faults(dense.Activation, $"{path}[{i}].activation"),
        Activate alone => Faults(alone.Activation, $"{path}[{i}].activation"),
        Sequence sequence => Faults(sequence.Layers, $"{path}[{i}].layers"),
        Residual residual => Faults(residual.Body, $"{path}[{i}].body").Concat(Faults(residual.Shortcut, $"{path}[{i}].shortcut")),
        _ => [],
    });

    /// <summary>The fault of an activation that no gradient goes through.</summary>
    internal static IEnumerable<Invalid> Faults(Activation phi, string path) => phi.HasDerivative ? []
        : [new($"{path} is \"{Activation.Kinds.NameOf(phi)}\"; it should have a derivative for a gradient to be checked: this one's is zero wherever it exists")];

    private static Gradient<double> Within(ReadOnlySpan<double> part, int length, int first)
    {
        var cells = new double[length];
        part.CopyTo(cells.AsSpan(first));
        return new(Vec<double>.Of(cells));
    }
}
