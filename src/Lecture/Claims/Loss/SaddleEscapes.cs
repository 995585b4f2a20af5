using Functional.Core.Differentiation;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>How a descent leaves a saddle.</summary>
internal enum Leaving
{
    /// <summary>All samples in each step.</summary>
    Descent,

    /// <summary>One sample in each step.</summary>
    Stochastic,

    /// <summary>All samples, and noise added to the gradient.</summary>
    Noisy,
}

/// <summary>The saddles of a net 2-2-1 with tanh on exclusive or, and descents that start beside one.</summary>
internal static class SaddleEscapes
{
    public const int MostSteps = 40_000;
    private const double Nudge = 1e-6, Left = 0.01, Noise = 0.01, Steep = 0.01;
    private const int Tries = 100;
    private static readonly Loss Loss = new HalfSumSquaredError();

    /// <summary>Exclusive or at the four corners.</summary>
    public static readonly Samples<double> Xor = Gate.Xor.Samples(Gate.Corners);

    /// <summary>Two tanh units and a linear output, or one linear unit.</summary>
    public static Architecture Shape(bool hasHidden) => hasHidden
        ? Architecture.Of(2, new Dense(2, Activation.Tanh), new Dense(1))
        : Architecture.Of(2, new Dense(1));

    /// <summary>A critical point of exclusive or; null where the search finds none.</summary>
    /// <param name="key">Random weights are drawn from it.</param>
    /// <param name="hasHidden">Whether there is a hidden layer.</param>
    /// <param name="isDescended">Whether the search begins where L-BFGS ends, and not at random weights.</param>
    public static CriticalPoint? Search(Key key, bool hasHidden, bool isDescended = false)
    {
        var start = LinearNets.Drawn(Shape(hasHidden), key);
        if (isDescended) start = LinearNets.Descent.Course(start, Loss, Xor, threads: 1).Last().Network;
        return (start.CriticalPoint(Loss, Xor) as SearchEnd.Found)?.Point;
    }

    /// <summary>What was found: loss, index, zero directions, and the steps of an escape, in theory and as
    /// measured.</summary>
    public static double[] Numbers(CriticalPoint? point, Samples<double> samples)
    {
        if (point is null) return [double.NaN, 0, 0, double.NaN, double.NaN];
        var escape = Escape.Of(point, Loss, samples);
        return
        [
            point.Loss, point.Index, point.Zeros, escape?.Theory ?? double.NaN, escape?.Measured ?? double.NaN,
        ];
    }

    /// <summary>The first saddle whose way down is steep enough to be seen: at least a hundredth of the largest
    /// curvature.</summary>
    public static CriticalPoint? Saddle(Key key, bool hasHidden) => Enumerable.Range(0, Tries)
        .Select(attempt => Search(key.For(Purpose.Landscape).At((uint)attempt), hasHidden))
        .FirstOrDefault(point => point is { Index: > 0 } && -point.Eigenvalues[0] >= Steep * Size(point));

    /// <summary>The loss, and how far away it is along the steepest way down, for each step of a descent that starts a
    /// millionth away from a saddle, in a direction that is drawn; at most <see cref="MostSteps"/>, and none after it
    /// has left: its loss is a hundredth below that of the saddle.</summary>
    public static IEnumerable<(double Loss, double Along)> Course(CriticalPoint saddle, Leaving way, Key key,
        int draws = 0)
    {
        int count = saddle.Network.Parameters.Length;
        double rate = 0.1 / Size(saddle);
        var nudge = new Gradient<double>(Draw.Normal<double>(key.For(Purpose.Init), count));
        var at = saddle.Network + Nudge / nudge.Norm() * nudge;
        var drawn = key.At((uint)draws);
        double origin = saddle.Steepest.Dot(new(saddle.Network.Parameters));
        for (int step = 0; step <= MostSteps; step++)
        {
            double loss = Loss.Value(at.Predict(Xor.Inputs), Xor.Targets);
            yield return (loss, Math.Abs(saddle.Steepest.Dot(new(at.Parameters)) - origin));
            if (loss < (1 - Left) * saddle.Loss) break;
            at -= rate * Slope(step);
        }

        Gradient<double> Slope(int step)
        {
            var samples = way == Leaving.Stochastic ? OneOf(step) : Xor;
            var gradient = at.LossGradient(Loss, samples, threads: 1).Gradient;
            return way switch
            {
                // One of four: four times its gradient is that of all, on average.
                Leaving.Stochastic => 4.0 * gradient,
                Leaving.Noisy => gradient + new Gradient<double>(
                    Draw.Normal<double>(drawn.For(Purpose.Landscape).AtStep(step), count, deviation: Noise)),
                _ => gradient,
            };
        }

        Samples<double> OneOf(int step) =>
            Xor.Select(Draw.Integers(drawn.For(Purpose.Shuffle).AtStep(step), 1, 4).Span);
    }

    private static double Size(CriticalPoint point) =>
        Math.Max(Math.Abs(point.Eigenvalues[0]), Math.Abs(point.Eigenvalues[^1]));
}
