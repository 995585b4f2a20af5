using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture;

/// <summary>Gradient descent at and above the edge of stability. (Cohen et al., 2021; Lewkowycz et al.,
/// 2020)</summary>
public sealed class EdgeProperties
{
    private static readonly Gen<Key> Keys = Gen.ULong.Select(Key.FromSeed);

    // w <- (1 - rate c) w, so that the loss c w² / 2 falls where |1 - rate c| < 1 and grows where it is more.
    [Fact]
    public void On_a_parabola_gradient_descent_is_stable_below_two_over_the_rate_and_nowhere_else() =>
        Gen.Select(Gen.Double[0.1, 10], Gen.Double[0.05, 1.95], Gen.Bool).Sample((curvature, share, isBelow) =>
        {
            double rate = (isBelow ? share : 4 - share) / curvature;
            var state = Descend(Parabola(curvature), rate, steps: 40);
            return Math.Abs(state.Network.Parameters[0]) < 1 == isBelow;
        });

    [Fact]
    public void The_sharpness_of_a_parabola_is_its_curvature() => Gen.Double[0.1, 10].Sample(curvature =>
        Near(curvature, Parabola(curvature).Network
            .Hessian(new HalfSumSquaredError(), Parabola(curvature).Samples).Spectrum(1, 0).Largest.Value));

    // f <- (1 - h c + h² f²) f and c <- c + h f² (h c - 4), h the rate: the curvature falls as long as h c < 4.
    [Fact]
    public void The_model_of_the_catapult_moves_as_the_paper_works_out() =>
        Gen.Select(Keys, Gen.Double[0.5, 3.9]).Sample((key, factor) =>
        {
            var steps = CatapultModel.Train([key], factor, steps: 12).Single();
            double rate = factor / steps[0].Curvature;
            return steps.Zip(steps.Skip(1), (now, next) =>
            {
                double square = 2 * now.Loss, shrink = 1 - rate * now.Curvature + rate * rate * square;
                return Near(square * shrink * shrink, 2 * next.Loss)
                    && Near(now.Curvature + rate * square * (rate * now.Curvature - 4), next.Curvature);
            }).All(isSo => isSo);
        }, iter: 30);

    [Fact]
    public void Thrown_the_model_lands_where_the_rate_is_stable() =>
        Gen.Select(Keys, Gen.Double[2.2, 3.6]).Sample((key, factor) =>
        {
            var steps = CatapultModel.Train([key], factor, steps: 400).Single();
            return steps[^1].Curvature * factor / steps[0].Curvature < 2 && steps[^1].Loss < steps[0].Loss;
        }, iter: 20);

    [Fact]
    public void Half_the_mean_squared_error_is_what_the_net_learns() => Keys.Sample(key =>
    {
        var (net, samples) = (ChebyshevNet.Start(key), ChebyshevNet.Samples);
        var outputs = Functional.Core.Passes.Propagation.Predict(net, samples.Inputs);
        return Near(
            new MeanSquaredError().Value(outputs, samples.Targets) / 2, EdgeLook.At(net).Loss);
    }, iter: 20);

    [Fact]
    public void The_polynomial_is_the_cosine_of_six_times_the_angle() => Assert.All(
        Enumerable.Range(0, 20), i => Assert.Equal(
            Math.Cos(6 * Math.Acos(ChebyshevNet.Samples.Inputs[i, 0])), ChebyshevNet.Samples.Targets[i, 0], 12));

    // 2 / rate is reached: the loss swings from step to step, and every swing is to be counted.
    [Fact]
    public void Between_two_looks_no_rise_of_the_loss_is_missed() =>
        Gen.Select(Keys, Gen.Double[0.5, 3], Gen.Int[2, 7]).Sample((key, factor, every) =>
        {
            var start = ChebyshevNet.Start(key);
            double rate = factor / ChebyshevNet.Sharpness(start);
            var learner = new Learner(ChebyshevNet.Loss, new Sgd(rate));
            var steps = Enumerable.Repeat(Batch<double>.All(ChebyshevNet.Samples), 4 * every);
            double[] losses = [.. learner.Scan(learner.Begin(start), steps, every: 1, threads: 1)
                .Select(at => EdgeLook.At(at.State.Network).Loss).Prepend(EdgeLook.At(start).Loss)];
            var looks = ChebyshevNet.Watch([start], [rate], 4 * every, every).Single();
            return Enumerable.Range(0, 4).All(look =>
            {
                double[] since = losses[(look * every)..((look + 1) * every + 1)];
                return looks[look + 1].Rises == since.Zip(since.Skip(1), (now, next) => next > now).Count(isUp => isUp)
                    && looks[look + 1].Highest == since[1..].Max() && looks[look + 1].Loss == since[^1];
            });
        }, iter: 20);

    [Fact]
    public void The_catapult_has_one_answer_on_any_number_of_threads() =>
        Assert.Equal(Catapulted(threads: 1).Digest, Catapulted(threads: 2).Digest);

    [Theory]
    [InlineData("gentle", "model_rise model_lost rise")]
    [InlineData("wild", "model_end model_loss rise lost end fall")]
    public void Nothing_is_thrown_at_a_gentle_rate_and_nothing_comes_down_at_a_wild_one(
        string falsehood, string turned)
    {
        var failed = Catapulted(threads: 0, falsehood).Criteria.Where(judged => judged.Standing == Standing.Fails);
        Assert.Equal(turned, string.Join(' ', failed.Select(judged => judged.Criterion.Name)));
    }

    private static ClaimResult Catapulted(int threads, string? falsehood = null) => ClaimResult.Of(
        Claims.Named("catapult")!,
        new(new(Seeds: 16, Falsehood: falsehood), new NoMemory()) { Threads = threads });

    private static (Network<double> Network, Samples<double> Samples) Parabola(double curvature) => (
        new(Architecture.Of(1, new Dense(1, Activation.Identity, Bias: false)), [1.0]),
        new(new(1, 1, [Math.Sqrt(curvature)]), new(1, 1, [0.0])));

    private static TrainState<double> Descend(
        (Network<double> Network, Samples<double> Samples) at, double rate, int steps)
    {
        var learner = new Learner(new HalfSumSquaredError(), new Sgd(rate));
        return learner.Fold(
            learner.Begin(at.Network), Enumerable.Repeat(Batch<double>.All(at.Samples), steps), threads: 1);
    }

    private static bool Near(double expected, double actual) =>
        Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected));
}
