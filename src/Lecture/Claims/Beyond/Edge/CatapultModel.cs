using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>A step of the net in which Lewkowycz et al. (2020) work out the catapult: f = v u, a linear net of one
/// input
/// that learns 0 at x = 1.</summary>
/// <param name="Loss">f² / 2.</param>
/// <param name="Curvature">|u|² + |v|²: the eigenvalue of the Gauss-Newton matrix, and of the tangent kernel.</param>
internal readonly record struct CatapultModel(double Loss, double Curvature)
{
    /// <summary>Hidden units.</summary>
    public const int Width = 512;

    private static readonly Samples<double> One = new(new(1, 1, [1]), new(1, 1, [0]));
    private static readonly Architecture Architecture = Architecture.Of(
        1, new Dense(Width, Activation.Identity, Bias: false), new Dense(1, Activation.Identity, Bias: false));

    /// <summary>Where a seed begins: its first output is standard normal, whatever the width.</summary>
    public static Network<double> Start(Key key) => Network<double>.Init(
        Architecture, new Initializer.Normal(Math.Sqrt(1 / Math.Sqrt(Width))), key.For(Purpose.Init));

    /// <summary>What a net is at.</summary>
    public static CatapultModel Of(Network<double> network)
    {
        var cells = network.Parameters.Span;
        double output = Reduce.Dot(cells[..Width], cells[Width..]);
        return double.IsFinite(output)
            ? new(output * output / 2, Reduce.Dot(cells, cells))
            : new(double.PositiveInfinity, double.PositiveInfinity);
    }

    /// <summary>Every step of gradient descent from the start of each seed, at a multiple of 1 / curvature
    /// there.</summary>
    public static IEnumerable<CatapultModel[]> Train(IReadOnlyList<Key> keys, double factor, int steps)
    {
        var batch = Batch<double>.All(One);
        foreach (var start in keys.Select(Start))
        {
            var seen = new CatapultModel[steps + 1];
            seen[0] = Of(start);
            var learner = new Learner(new HalfSumSquaredError(), new Sgd(factor / seen[0].Curvature));
            var state = learner.Begin(start);
            for (int step = 1; step <= steps; step++)
            {
                state = learner.Fold(state, [batch], threads: 1);
                seen[step] = state.Outcome is Outcome.Diverged
                    ? new(double.PositiveInfinity, double.PositiveInfinity)
                    : Of(state.Network);
            }
            yield return seen;
        }
    }

    /// <summary>All steps in a row.</summary>
    public static double[] Numbers(CatapultModel[] steps) =>
        [.. steps.SelectMany(step => (double[])[step.Loss, step.Curvature])];

    /// <summary>The steps again.</summary>
    public static CatapultModel[] Read(double[] numbers) =>
        [.. numbers.Chunk(2).Select(step => new CatapultModel(step[0], step[1]))];
}
