using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Properties.Generators;
using Xunit;

namespace Properties.Lecture;

/// <summary>Why the noise of SGD may help: it points where the loss is curved (Zhu et al., 2019), and descent with
/// noise is descent on a smoother loss (Kleinberg et al., 2018).</summary>
public sealed class NoiseProperties
{
    private static readonly Gen<PlanePoint> AnyPoint =
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-2, 2], (x, y) => new PlanePoint(x, y));

    private static readonly Gen<NoisyBasins> AnyBasins = Any.Key.Select(key => new NoisyBasins(key));

    [Fact]
    public void A_root_of_a_covariance_times_its_transpose_is_the_covariance() =>
        Gen.Select(AnyPoint, AnyPoint).Sample((u, v) =>
        {
            var covariance = PlaneMatrix.Square(u) + PlaneMatrix.Square(v);
            var (first, second) = (covariance.Root(new(1, 0)), covariance.Root(new(0, 1)));
            return IsNear(covariance, PlaneMatrix.Square(first) + PlaneMatrix.Square(second), 1e-12);
        });

    [Fact]
    public void Noise_of_every_kind_has_one_size() =>
        Gen.Select(AnyBasins, AnyPoint).Sample((basins, at) =>
        {
            var (_, hessian, covariance) = basins.At(at);
            return new[] { hessian, covariance, new(covariance.A, 0, covariance.C) }
                .All(noise => Math.Abs(noise.OfTrace(0.01).Trace - 0.01) < 1e-15);
        });

    [Fact]
    public void The_gradient_of_the_basins_is_their_slope() =>
        Gen.Select(AnyBasins, Gen.Double[0.9, 1.1], Gen.Bool).Sample((basins, near, isNarrow) =>
        {
            // Within either basin: no sample is at the ridge between them.
            var at = isNarrow ? new PlanePoint(near, near) : new PlanePoint(-near, -near);
            const double h = 1e-5;
            double slope = (basins.Loss(at + new PlanePoint(h, h)) - basins.Loss(at - new PlanePoint(h, h))) / (2 * h);
            var gradient = basins.At(at).Gradient;
            return Math.Abs(slope - gradient.X - gradient.Y) < 1e-5 * (1 + Math.Abs(slope));
        });

    // In the narrow basin both are made of the same Hessian: gradients of samples differ by H times their noise.
    [Fact]
    public void Where_the_basin_is_steep_its_gradients_differ() =>
        AnyBasins.Sample(basins =>
        {
            var (_, hessian, covariance) = basins.At(new(1, 1));
            var (h, s) = (hessian.Eigen().Top, covariance.Eigen().Top);
            return Math.Abs(h.X * s.X + h.Y * s.Y) > 0.9;
        }, iter: 30);

    // L(w + xi) - L(w) = xi . H xi / 2 at a minimum of a quadratic: its mean is Tr(H S) / 2, that of isotropic noise
    // Tr(H) Tr(S) / 2D.
    [Fact]
    public void Aligned_noise_raises_the_loss_more_than_isotropic_noise_of_its_size() =>
        Gen.Select(Gen.Double[0.1, 10], Gen.Double[0.1, 10], Gen.Double[-1, 1]).Sample((a, c, share) =>
        {
            var h = new PlaneMatrix(a, share * Math.Sqrt(a * c), c);
            double aligned = h.A * h.A + 2 * h.B * h.B + h.C * h.C, isotropic = h.Trace * h.Trace / 2;
            return aligned >= isotropic * (1 - 1e-12);
        });

    // The net of 300 weights in the core: 100 ReLU units under a sum with fixed weights.
    [Fact]
    public void Output_weights_that_are_fixed_are_those_of_a_layer_that_is_not_learned() =>
        Any.Key.Sample(key =>
        {
            var inner = new Network<double>(
                Architecture.Of(2, new Dense(6, Activation.Relu)), Draw.Uniform<double>(key.At(0), 18, -1, 1));
            var outer = new Network<double>(
                Architecture.Of(2, new Dense(6, Activation.Relu), new Dense(1)),
                Vec<double>.Of([.. inner.Parameters.Span, 1, 1, 1, -1, -1, -1, 0]));
            var samples = Inside(outer, key.At(1));
            if (samples.Inputs.Rows == 0) return true;
            var (value, gradient, _) = inner.LossGradient(new ClippedSum(), samples);
            var (whole, gradientOfWhole, _) = outer.LossGradient(new MeanSquaredError(), samples);
            var hessian = inner.Hessian(new ClippedSum(), samples).ToMatrix();
            var block = outer.Hessian(new MeanSquaredError(), samples).Block(0, 18).ToMatrix();
            return Math.Abs(value - whole) < 1e-12
                && AreNear(gradient.Direction.Span, gradientOfWhole.Direction.Span[..18])
                && AreNear(hessian.Cells.Span, block.Cells.Span);
        }, iter: 50);

    [Fact]
    public void The_smoothed_valley_is_the_mean_of_the_valley_under_the_noise() =>
        Gen.Select(Any.Key, Gen.Double[-1.5, 1.5], Gen.Double[0, 0.1]).Sample((key, x, deviation) =>
        {
            const int draws = 4000;
            double[] losses =
                [.. Draw.Normal<double>(key, draws, x, deviation).ToArray().Select(at => SpikyValley.Loss(at))];
            double mean = losses.Average(),
                off = Math.Sqrt(losses.Average(loss => (loss - mean) * (loss - mean)) / draws);
            return Math.Abs(mean - SpikyValley.Loss(x, deviation)) < 6 * off + 1e-12;
        }, iter: 50);

    [Fact]
    public void The_variance_of_the_slopes_that_SGD_sees_is_known() =>
        Gen.Select(Any.Key, Gen.Double[-1.5, 1.5], Gen.Double[0.001, 0.1]).Sample((key, x, deviation) =>
        {
            const int draws = 4000;
            double[] squares =
            [
                .. Draw.Normal<double>(key, draws, x, deviation).ToArray()
                    .Select(at => SpikyValley.Slope(at) - SpikyValley.Slope(x, deviation)).Select(off => off * off),
            ];
            double mean = squares.Average(),
                off = Math.Sqrt(squares.Average(square => (square - mean) * (square - mean)) / draws);
            return Math.Abs(mean - SpikyValley.SlopeVariance(x, deviation)) < 6 * off + 1e-12;
        }, iter: 50);

    [Fact]
    public void The_slope_of_a_spike_is_what_the_parabola_lacks() => Gen.Double[-1.5, 1.5].Sample(x =>
        Math.Abs(SpikyValley.Slope(x) - 2 * x - SpikyValley.SpikeSlope(x)) < 1e-12);

    // E[step of SGD] = step of GD on the convolution.
    [Fact]
    public void The_mean_step_of_SGD_is_a_step_of_descent_on_the_smoothed_valley() =>
        Gen.Select(Any.Key, Gen.Double[-1.5, 1.5], Gen.Double[0, 0.1]).Sample((key, y, deviation) =>
        {
            const int draws = 4000;
            double most = 6 * 3 / Math.Sqrt(draws) + 6 * 2 * deviation / Math.Sqrt(draws);
            return Math.Abs(SpikyValley.MeanSlope(y, deviation, key, draws) - SpikyValley.Slope(y, deviation)) < most;
        }, iter: 50);

    [Fact]
    public void Without_noise_descent_stops_at_a_minimum_nearby() =>
        Gen.Select(Any.Key, Gen.Double[-1.3, 1.3]).Sample((key, from) =>
        {
            double end = SpikyValley.End(from, 0, key);
            return Math.Abs(SpikyValley.Slope(end)) < 1e-6 && Math.Abs(end - from) < 0.35;
        });

    [Fact]
    public void Without_its_noise_SGD_does_not_follow_the_smoothed_valley()
    {
        var judged = Measured(SmoothedLoss.Claim, new(8, Falsehood: "no-noise"), threads: 2).Criteria;
        Assert.All(judged.Take(2), one => Assert.Equal(Standing.Fails, one.Standing));
    }

    [Fact]
    public void A_race_is_the_same_on_any_number_of_threads_and_ties_where_all_batches_are_equal()
    {
        var order = new ClaimOrder(2, Falsehood: "equal-batches");
        var one = Measured(SgdFindsBetter.Claim, order, threads: 1);
        Assert.Equal(one.Digest, Measured(SgdFindsBetter.Claim, order, threads: 2).Digest);
        Assert.All(one.Criteria, judged => Assert.Equal(0, judged.Measured.Value));
        Assert.Equal(Standing.Fails, one.Standing);
    }

    private static ClaimResult Measured(Claim claim, ClaimOrder order, int threads) =>
        ClaimResult.Of(claim, new(order, new NoMemory()) { Threads = threads });

    // Samples whose output is not cut off.
    private static Samples<double> Inside(Network<double> network, Key key)
    {
        var inputs = new Matrix<double>(40, 2, Draw.Uniform<double>(key, 80, -2, 2));
        var outputs = network.Predict(inputs);
        int[] kept = [.. Enumerable.Range(0, 40).Where(row => outputs[row, 0] is > 0.002 and < 0.998)];
        return new(inputs.Select(kept), new(kept.Length, 1, Vec<double>.Of([.. kept.Select(row => row % 2.0)])));
    }

    private static bool AreNear(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        for (int i = 0; i < left.Length; i++)
            if (!(Math.Abs(left[i] - right[i]) < 1e-10)) return false;
        return left.Length == right.Length;
    }

    private static bool IsNear(PlaneMatrix left, PlaneMatrix right, double most) =>
        Math.Abs(left.A - right.A) < most && Math.Abs(left.B - right.B) < most && Math.Abs(left.C - right.C) < most;
}
