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
        var looks = starts.Select(net => (List<EdgeLook>)[EdgeLook.At(net)]).ToArray();
        double[][] before = [.. starts.Select(_ => new double[every])];
        Batch<double>[] all = [.. starts.Select(_ => batch)];
        for (int step = 0; step < steps; step++)
        {
            nets = nets.Step(all, threads: 1);
            foreach (var (i, state) in nets.States.Index())
            {
                var trained = state.Outcome as Outcome.Trained;
                before[i][step % every] = trained?.Loss ?? double.NaN;
                if (step % every == every - 1)
                    looks[i].Add(trained is null ? EdgeLook.Lost : EdgeLook.At(state.Network, before[i]));
            }
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
/// <param name="Rises">How many of the steps since the look before made the loss larger; NaN once it diverged.</param>
/// <param name="Highest">The largest loss after any of these steps.</param>
internal readonly record struct EdgeLook(double Sharpness, double Loss, double Rises, double Highest)
{
    private const int Count = 4;
    private const double Hopeless = 1e100; // of a loss: the squares of such numbers are soon no doubles

    /// <summary>Of a net that diverged.</summary>
    public static EdgeLook Lost { get; } =
        new(double.NaN, double.PositiveInfinity, double.NaN, double.PositiveInfinity);

    /// <summary>Of a net.</summary>
    /// <param name="network">The net.</param>
    /// <param name="before">Its loss before each step since the look before.</param>
    public static EdgeLook At(Network<double> network, params ReadOnlySpan<double> before)
    {
        var (outputs, samples) = (network.Predict(ChebyshevNet.Samples.Inputs, threads: 1),
            ChebyshevNet.Samples);
        double loss = ChebyshevNet.Loss.Value(outputs, samples.Targets, samples.Weights), highest = loss;
        int rises = 0;
        for (int step = 0; step < before.Length; step++)
        {
            double after = step + 1 < before.Length ? before[step + 1] : loss;
            if (after > before[step]) rises++;
            highest = Math.Max(highest, after);
        }
        return loss < Hopeless ? new(ChebyshevNet.Sharpness(network), loss, rises, highest) : Lost;
    }

    /// <summary>All looks at a net in a row.</summary>
    public static double[] Numbers(EdgeLook[] looks) =>
        [.. looks.SelectMany(look => (double[])[look.Sharpness, look.Loss, look.Rises, look.Highest])];

    /// <summary>The looks again.</summary>
    public static EdgeLook[] Read(double[] numbers) =>
        [.. numbers.Chunk(Count).Select(look => new EdgeLook(look[0], look[1], look[2], look[3]))];
}
