using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>A dense net inside a law of physics: it reads damping and frequency off a noisy oscillation, and learns to
/// from the law's own error: y(t) = e^(−γ t) cos(ω t) with γ = 1/2 + p₁ / 4, ω = 3 + p₂ of the net's outputs p. Nobody
/// tells it the numbers.</summary>
internal static class Oscillation
{
    /// <summary>How many times an oscillation is measured, from t = 0 to 3.</summary>
    public const int Times = 30;

    private const double Noise = 0.05, Rate = 0.005;
    private const int BatchSize = 50;

    /// <summary>Oscillations with noise, and the p behind each, from −1 to 1.</summary>
    public static (Matrix<double> Curves, Matrix<double> Truth) Draw(Key key, int rows)
    {
        var truth = new Matrix<double>(rows, 2, Core.Randomness.Draw.Uniform<double>(key.At(0), 2 * rows, -1, 1));
        double[] curves = Curves(truth).Cells.ToArray();
        var noise = Core.Randomness.Draw.Normal<double>(key.At(1), curves.Length, 0, Noise);
        for (int i = 0; i < curves.Length; i++) curves[i] += noise[i];
        return (new(rows, Times, Vec<double>.Of(curves)), truth);
    }

    /// <summary>The law: a row p₁, p₂ to a row of measurements.</summary>
    public static Matrix<double> Curves(Matrix<double> p)
    {
        var cells = new double[p.Rows * Times];
        for (int i = 0; i < cells.Length; i++)
        {
            var (gamma, omega, t) = At(p, i);
            cells[i] = Elementary.Of<Exp>(-gamma * t) * Elementary.Of<Cos>(omega * t);
        }
        return new(p.Rows, Times, Vec<double>.Of(cells));
    }

    /// <summary>The law backwards: from derivatives by measurements to those by p. A vector times its Jacobian, by
    /// hand.</summary>
    public static Matrix<double> Backward(Matrix<double> p, Matrix<double> fromCurves)
    {
        var to = new double[p.Rows * 2];
        for (int i = 0; i < p.Rows * Times; i++)
        {
            var (gamma, omega, t) = At(p, i);
            double decay = fromCurves.Cells[i] * Elementary.Of<Exp>(-gamma * t);
            to[i / Times * 2] += decay * -t * Elementary.Of<Cos>(omega * t) / 4;
            to[i / Times * 2 + 1] += decay * -t * Elementary.Of<Sin>(omega * t);
        }
        return new(p.Rows, 2, Vec<double>.Of(to));
    }

    /// <summary>Half the mean squared error of law after net on curves, and its gradient by the net's
    /// parameters.</summary>
    /// <param name="network">From curves to p.</param>
    /// <param name="curves">A curve a row.</param>
    /// <param name="hasLaw">Whether the error goes backwards through the law; if not, each p gets the sum of its
    /// curve's errors.</param>
    public static (double Loss, Gradient<double> Gradient) LossGradient(
        Network<double> network, Matrix<double> curves, bool hasLaw = true)
    {
        var (p, tape) = network.Forward(curves, threads: 1);
        double[] errors = Curves(p).Cells.ToArray();
        for (int i = 0; i < errors.Length; i++) errors[i] -= curves.Cells[i];
        double loss = Reduce.Dot<double>(errors, errors) / errors.Length / 2;
        for (int i = 0; i < errors.Length; i++) errors[i] /= errors.Length;
        var delta = new Matrix<double>(curves.Rows, Times, Vec<double>.Of(errors));
        var toP = hasLaw ? Backward(p, delta) : Sums(delta);
        return (loss, network.Backward(tape, toP, threads: 1).Gradient);
    }

    /// <summary>Trains a net inside the law.</summary>
    public static Network<double> Train(Network<double> start, Matrix<double> curves, Key key, int steps, bool hasLaw)
    {
        var learner = new Learner(new MeanSquaredError(), new Adam(Rate), key, Schedule: new CosineAnnealing(steps));
        var state = learner.Begin(start);
        for (int step = 0; step < steps; step++)
        {
            var rows = Core.Randomness.Draw.Integers(key.At((uint)step), BatchSize, curves.Rows);
            var (loss, gradient) = LossGradient(state.Network, curves.Select(rows.Span), hasLaw);
            state = learner.Update(state, new(loss, gradient, state.Network.Running, 1), threads: 1);
        }
        return state.Network;
    }

    /// <summary>Share of the variance of the true p that a net explains: R², of both together.</summary>
    public static double Explained(Network<double> network, Matrix<double> curves, Matrix<double> truth)
    {
        var p = network.Predict(curves, threads: 1);
        double left = 0, all = 0;
        for (int i = 0; i < truth.Cells.Length; i++)
        {
            left += (p.Cells[i] - truth.Cells[i]) * (p.Cells[i] - truth.Cells[i]);
            all += truth.Cells[i] * truth.Cells[i];
        }
        return 1 - left / all;
    }

    /// <summary>The largest difference between the gradient and central differences along random directions, over the
    /// larger of the two.</summary>
    public static double GradientError(Network<double> network, Matrix<double> curves, Key key, bool hasLaw)
    {
        const double Step = 1e-5;
        var gradient = LossGradient(network, curves, hasLaw).Gradient;
        return Enumerable.Range(0, 5).Max(i =>
        {
            var direction = new Gradient<double>(Core.Randomness.Draw.Normal<double>(
                key.At((uint)i), network.Parameters.Length));
            double exact = gradient.Dot(direction);
            double difference = (LossGradient(network + Step * direction, curves, hasLaw).Loss
                - LossGradient(network - Step * direction, curves, hasLaw).Loss) / (2 * Step);
            return Math.Abs(exact - difference) / Math.Max(Math.Abs(exact), Math.Abs(difference));
        });
    }

    private static Matrix<double> Sums(Matrix<double> delta) => new(delta.Rows, 2, Vec<double>.Of(
        [.. Enumerable.Range(0, delta.Rows).SelectMany(row => Enumerable.Repeat(Reduce.Sum(delta.Row(row)), 2))]));

    private static (double Gamma, double Omega, double T) At(Matrix<double> p, int cell) =>
        (0.5 + p[cell / Times, 0] / 4, 3 + p[cell / Times, 1], 3.0 * (cell % Times) / (Times - 1));
}
