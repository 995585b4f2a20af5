using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;

namespace Functional.Core.Landscapes;

/// <summary>Units whose derivative has died away: a gradient that is nothing because of them becomes nothing only at
/// infinity. Exact zeros, as of ReLU, are none of these.</summary>
internal static class Saturation
{
    private const double Little = 1e-6, Far = 30, Near = 3;

    /// <summary>Whether the derivative of a unit, or of a probability that the outputs mean, has died away on some
    /// sample.</summary>
    public static bool IsSaturated(this Network<double> network, Loss loss, Matrix<double> inputs)
    {
        int first = 0;
        var before = inputs;
        foreach (var layer in network.Architecture.Layers)
        {
            int width = before.Columns, count = (int)layer.Parameters(width);
            var parameters = Vec<double>.Of(network.Parameters.Span.Slice(first, count));
            if (layer is Dense dense)
            {
                var sums = Output(width, new Dense(dense.Units, Activation.Identity, dense.Bias), parameters, before);
                if (DiedAway(dense.Activation, sums.Cells.ToArray(), dense.Units)) return true;
            }
            before = Output(width, layer, parameters, before);
            first += count;
        }
        return loss.Probabilities is { } meant && Enumerable.Range(0, before.Rows).Any(row =>
        {
            double[] shares = [.. before.Row(row)];
            meant(shares, shares);
            return shares.Any(share => share is > 0 and < Little or > 1 - Little);
        });
    }

    private static Matrix<double> Output(int inputs, Layer layer, Vec<double> parameters, Matrix<double> before) =>
        new Network<double>(Architecture.Of(inputs, layer), parameters).Predict(before, threads: 1);

    private static bool DiedAway(Activation phi, double[] z, int width)
    {
        if (phi == Activation.Softmax || !phi.HasDerivative) return false;
        double[] ends = Derivative(phi, [-Far, -Near, Near, Far], 1);
        bool below = DiesAway(ends[1], ends[0]), above = DiesAway(ends[2], ends[3]);
        if (!below && !above) return false;
        return z.Zip(Derivative(phi, z, width), (sum, slope) => (Sum: sum, Slope: slope)).Any(unit =>
            (unit.Sum < 0 ? below : above) && Math.Abs(unit.Slope) < Little);
    }

    private static bool DiesAway(double near, double far) => Math.Abs(near) > 100 * Little && Math.Abs(far) < Little;

    private static double[] Derivative(Activation phi, double[] z, int width)
    {
        var (a, delta) = (new double[z.Length], new double[z.Length]);
        phi.Apply<double>(z, a, width);
        Array.Fill(delta, 1);
        phi.MultiplyByDerivative<double>(z, a, delta, width);
        return delta;
    }
}
