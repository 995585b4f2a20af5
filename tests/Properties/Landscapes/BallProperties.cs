using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Landscapes;

/// <summary>How much a loss rises within a ball, beside what the ring or theory says.</summary>
public sealed class BallProperties
{
    private static readonly Loss HalfSquares = new HalfSumSquaredError(), CrossEntropy = new SoftmaxCrossEntropy();

    [Fact]
    public void A_small_ball_is_as_sharp_as_the_gradient_is_long() =>
        AnyLandscape.Classifier.Sample(of =>
        {
            var samples = of.Data.For(CrossEntropy);
            var gradient = new Linearization<double>(of.Network, CrossEntropy, samples).Gradient().Gradient;
            var sizes = gradient.Direction.Zip(of.Network.Parameters, (g, x) => g * (Math.Abs(x) + 0.01));
            double rho = 1e-6, scaled = Math.Sqrt(sizes.Sum(x => x * x));
            var ball = of.Network.BallSharpness(CrossEntropy, samples, rho);
            var adaptive = of.Network.AdaptiveSharpness(CrossEntropy, samples, rho, eta: 0.01);
            return Math.Abs(ball.Value / rho - gradient.Norm()) < 1e-3 * (0.1 + gradient.Norm())
                && Math.Abs(adaptive.Value / rho - scaled) < 1e-3 * (0.1 + scaled)
                && ball.Radius.Equals(rho) && ball.Steps == 1 && ball.Value.Equals(ball.LargestLoss - ball.Loss);
        }, iter: 60);

    // There is a lower maximum on the other side of the ring, to which the gradient leads now and then.
    [Fact]
    public void More_steps_come_to_the_maximum_on_the_ring()
    {
        int highest = 0;
        for (uint seed = 0; seed < 100; seed++)
        {
            var (network, samples) = AnyUnit.Of(2, bias: false, Activation.Identity, new(5, seed));
            double loss = AnyUnit.LossAt(network, samples), rho = 0.01 * (1 + seed);
            double[] sizes = [.. network.Parameters.Select(x => Math.Abs(x) + 0.1)];
            double ball = Largest(1, 1), adaptive = Largest(sizes[0], sizes[1]);
            double first = network.BallSharpness(HalfSquares, samples, rho).Value;
            double found = network.BallSharpness(HalfSquares, samples, rho, steps: 300).Value;
            double scaled = network.AdaptiveSharpness(HalfSquares, samples, rho, 0.1, 300).Value;
            Assert.InRange(found, first, ball * (1 + 1e-4));
            Assert.InRange(scaled, 0, adaptive * (1 + 1e-4));
            if (found >= ball * (1 - 1e-6) && scaled >= adaptive * (1 - 1e-6)) highest++;

            double Largest(double across, double up) => Enumerable.Range(0, 2000)
                .Select(i => i * Math.PI / 1000)
                .Max(angle => AnyUnit.LossAt(
                    network + new Gradient<double>([rho * across * Math.Cos(angle), rho * up * Math.Sin(angle)]),
                    samples)) - loss;
        }
        Assert.InRange(highest, 80, 100);
    }

    // (Dinh et al., 2017; Kwon et al., 2021)
    [Fact]
    public void Rescaling_layers_of_ReLU_leaves_adaptive_sharpness_as_it_is_and_changes_that_of_balls() => (
        from network in AnyLandscape.Stack(Gen.Const(Activation.Relu), bias: false)
        from data in AnyLandscape.Classes(network.Architecture.Inputs)
        from factor in Gen.OneOf(Gen.Double[0.1, 0.4], Gen.Double[3, 10])
        from steps in Gen.Int[1, 3]
        select (network, scaled: Scaled(network, factor), data, steps))
        .Where(of => of.network.Predict(of.data.Inputs).Cells.Span.ToArray().Any(output => Math.Abs(output) > 0.3))
        .Sample(of =>
        {
            var samples = of.data.For(CrossEntropy);
            double adaptive = Adaptive(of.network), ball = Ball(of.network);
            return Math.Abs(Adaptive(of.scaled) - adaptive) <= 1e-8 * (1e-3 + adaptive)
                && (ball < 1e-6 || Math.Abs(Ball(of.scaled) - ball) > 1e-6 * ball);

            double Adaptive(Network<double> at) =>
                at.AdaptiveSharpness(CrossEntropy, samples, 0.1, steps: of.steps).Value;
            double Ball(Network<double> at) => at.BallSharpness(CrossEntropy, samples, 0.01).Value;
        }, iter: 60);

    // The first layer times the factor, the second one divided by it.
    private static Network<double> Scaled(Network<double> network, double factor)
    {
        int[] lengths = [.. network.Architecture.Layout.Select(slice => slice.Length)];
        return network.With([.. network.Parameters.Select((x, i) =>
            i < lengths[0] ? x * factor : i < lengths[0] + lengths[1] ? x / factor : x)]);
    }
}

/// <summary>Networks of one unit, with five samples.</summary>
internal static class AnyUnit
{
    public static (Network<double> Network, Samples<double> Samples) Of(
        int inputs, bool bias, Activation phi, Key key)
    {
        var shape = Architecture.Of(inputs, new Dense(1, phi, bias));
        return (
            new(shape, Draw.Normal<double>(key.At(0), shape.ParameterCount, 0.1, 0.6)),
            new(
                new(5, inputs, Draw.Normal<double>(key.At(1), 5 * inputs)),
                new(5, 1, Draw.Normal<double>(key.At(2), 5))));
    }

    /// <summary>Half the sum of squares.</summary>
    public static double LossAt(Network<double> network, Samples<double> samples) =>
        LossGradient.At(network, new HalfSumSquaredError(), samples, 1).Value;
}
