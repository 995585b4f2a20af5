using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>The least net that shows the edge of stability: 1-30-20-1 with tanh learns Chebyshev's polynomial of
/// degree
/// 6 at 20 points, half the mean squared error, by plain gradient descent on all of them. (Cohen et al., 2021,
/// appendix;
/// settings of the replication that the table cites)</summary>
internal static class ChebyshevNet
{
    private const int Points = 20;
    private const double Tolerance = 1e-8;

    /// <summary>1-30-20-1.</summary>
    public static readonly Architecture Architecture =
        Architecture.Of(1, new Dense(30, Activation.Tanh), new Dense(20, Activation.Tanh), new Dense(1));

    /// <summary>T₆ at 20 points from -1 to 1, each of weight 1/20: half the sum is half the mean.</summary>
    public static readonly Samples<double> Samples = Of(
        [.. Enumerable.Range(0, Points).Select(i => -1 + 2.0 * i / (Points - 1))]);

    /// <summary>Half the squared errors, summed by their weights.</summary>
    public static readonly Loss Loss = new HalfSumSquaredError();

    /// <summary>Where seeds begin.</summary>
    public static Network<double> Start(Key key) =>
        Network<double>.Init(Architecture, new Initializer.LecunNormal(), key.For(Purpose.Init));

    /// <summary>The largest eigenvalue of the Hessian; NaN where the net is no longer finite.</summary>
    public static double Sharpness(Network<double> network) => network.Parameters.All(double.IsFinite)
        ? network.Hessian(Loss, Samples, threads: 1).Spectrum(top: 1, bottom: 0, tolerance: Tolerance).Largest.Value
        : double.NaN;

    /// <summary>What is seen of each of some nets, before the first step and then every <paramref name="every"/>
    /// steps.</summary>
    /// <param name="starts">Where they begin.</param>
    /// <param name="rates">The learning rate of each.</param>
    /// <param name="steps">A multiple of <paramref name="every"/>.</param>
    /// <param name="every">At least 2.</param>
    public static IEnumerable<EdgeLook[]> Watch(
        Network<double>[] starts, IReadOnlyList<double> rates, int steps, int every)
    {
        var batch = Batch<double>.All(Samples);
        var nets = Ensemble<double>.Begin(starts.Select((net, i) => (new Learner(Loss, new Sgd(rates[i])), net)));
        var looks = starts.Select(net => (List<EdgeLook>)[EdgeLook.At(net, double.NaN)]).ToArray();
        for (int step = 0; step < steps; step += every)
        {
            nets = nets.Fold(_ => Enumerable.Repeat(batch, every), threads: 1);
            foreach (var (i, state) in nets.States.Index())
                looks[i].Add(state.Outcome is Outcome.Trained(var before)
                    ? EdgeLook.At(state.Network, before)
                    : EdgeLook.Lost);
        }
        return looks.Select(seen => seen.ToArray());
    }

    private static Samples<double> Of(double[] xs) => new(
        new(xs.Length, 1, [.. xs]),
        new(xs.Length, 1, [.. xs.Select(x => x * x).Select(s => ((32 * s - 48) * s + 18) * s - 1)]),
        [.. xs.Select(_ => 1.0 / xs.Length)]);
}

/// <summary>What is seen of a net.</summary>
/// <param name="Sharpness">The largest eigenvalue of its Hessian; NaN once it diverged.</param>
/// <param name="Loss">Its loss; infinite once it diverged.</param>
/// <param name="HasRisen">Whether the last step made the loss larger.</param>
internal readonly record struct EdgeLook(double Sharpness, double Loss, bool HasRisen)
{
    private const int Count = 3;

    /// <summary>Of a net that diverged.</summary>
    public static EdgeLook Lost { get; } = new(double.NaN, double.PositiveInfinity, true);

    /// <summary>Of a net whose loss one step before was another.</summary>
    public static EdgeLook At(Network<double> network, double before)
    {
        var (outputs, samples) = (network.Predict(ChebyshevNet.Samples.Inputs, threads: 1),
            ChebyshevNet.Samples);
        double loss = ChebyshevNet.Loss.Value(outputs, samples.Targets, samples.Weights);
        return new(ChebyshevNet.Sharpness(network), loss, loss > before);
    }

    /// <summary>All looks at a net in a row.</summary>
    public static double[] Numbers(EdgeLook[] looks) =>
        [.. looks.SelectMany(look => (double[])[look.Sharpness, look.Loss, look.HasRisen ? 1 : 0])];

    /// <summary>The looks again.</summary>
    public static EdgeLook[] Read(double[] numbers) =>
        [.. numbers.Chunk(Count).Select(look => new EdgeLook(look[0], look[1], look[2] == 1))];
}
