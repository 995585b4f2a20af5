using System.Globalization;
using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Training;

/// <summary>The range test of the learning rate: a training like any other, whose rate grows.</summary>
public sealed class RateTestProperties
{
    private static readonly Dataset<double> Data = new Moons(Samples: 90).Make(Key.FromSeed(1));

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static Experiment With(Optimizer optimizer, Func<Settings, Settings>? edit = null)
    {
        var settings = new Settings
        {
            Hidden = [new Dropout(0.2), new Dense(8, Activation.Tanh)],
            BatchSize = 16,
            Optimizer = optimizer,
            Precision = Precision.Double,
            Schedule = new CosineAnnealing(4),
            Penalty = new Penalty.L2(0.001),
        };
        return Experiment.Of((edit ?? (same => same))(settings), Data);
    }

    [Fact]
    public void Rates_grow_by_equal_factors_from_the_first_to_the_last() =>
        Gen.Select(Gen.Double[-9, -3], Gen.Double[0.5, 9], Gen.Int[10, 300]).Sample((power, decades, steps) =>
        {
            var range = new RateRange(Math.Pow(10, power), Math.Pow(10, power + decades), steps);
            double factor = Math.Pow(10, decades / (steps - 1));
            return range.At(0) == range.From && range.At(steps - 1) == range.To
                && Enumerable.Range(1, steps - 1).All(step =>
                    Math.Abs(range.At(step) / range.At(step - 1) / factor - 1) < 1e-12);
        }, iter: 50);

    // A step of the test is a step of the training whose optimizer has that rate.
    [Theory, InlineData("sgd"), InlineData("adam"), InlineData("adamw")]
    public void The_steps_are_those_of_a_training_with_these_rates(string name)
    {
        Optimizer At(double rate) => name switch
        {
            "sgd" => new Sgd(rate, 0.9),
            "adam" => new Adam(rate),
            _ => new AdamW(rate),
        };
        var (experiment, range) = (With(At(123)), new RateRange(1e-4, 1, 40));
        var prepared = experiment.Prepare<double>(Data);
        var points = experiment.RateTest(prepared, range).ToArray();
        var state = experiment.Begin<double>();
        var batches = Batches.From(
            prepared.Parts.Train.For(experiment.Loss), 16, Key.FromSeed(42).For(Purpose.Shuffle));
        foreach (var (point, batch) in points.Zip(batches, (point, batch) => (point, batch)))
        {
            state = (experiment.Learner with { Optimizer = At(point.Rate) }).Step(state, batch);
            Assert.Equal(((Outcome.Trained)state.Outcome).Loss, point.Loss);
        }
        Assert.Equal(40, points.Length);
    }

    [Fact]
    public void Nothing_depends_on_threads_rate_schedule_epochs_or_stopping()
    {
        var one = RateFinder.Of(With(new Adam()), Data, threads: 1);
        Assert.Equal(one, RateFinder.Of(With(new Adam()), Data, threads: 3));
        Assert.Equal(one, RateFinder.Of(
            With(new Adam(7), settings => settings with
            {
                Schedule = new ConstantRate(),
                Epochs = 1,
                Stopping = new Patience(),
            }), Data));
        Assert.NotEqual(one, RateFinder.Of(With(new Adam(), settings => settings with { Seed = 1 }), Data));
    }

    [Fact]
    public void The_smoothed_loss_is_a_mean_that_forgets() =>
        Assert.All(RateFinder.Of(With(new Adam()), Data).Points.Index(), at =>
        {
            var points = RateFinder.Of(With(new Adam()), Data).Points;
            const double Kept = 0.8;
            double weighed = 0, weights = 0;
            for (int i = 0; i <= at.Index; i++)
            {
                double weight = Math.Pow(Kept, at.Index - i);
                (weighed, weights) = (weighed + weight * points[i].Loss, weights + weight);
            }
            Assert.Equal(weighed / weights, at.Item.Smoothed, 1e-12);
        });

    [Fact]
    public void It_ends_where_the_loss_has_risen_to_four_times_its_least_or_is_not_finite()
    {
        var rose = RateFinder.Of(With(new Sgd()), Data, new(1e-4, 1e4, 200));
        Assert.Equal(RateEnd.Rose, rose.End);
        Assert.InRange(rose.Points.Count, 20, 199);
        double best = double.PositiveInfinity;
        foreach (var point in rose.Points.SkipLast(1))
        {
            best = Math.Min(best, point.Smoothed);
            Assert.True(point.Smoothed <= 4 * best);
        }
        Assert.True(rose.Points[^1].Smoothed > 4 * best);
        var burst = RateFinder.Of(With(new Sgd(), settings => settings with
        {
            Loss = new HalfSumSquaredError(),
            BatchSize = 90,
            Hidden = [new Dense(8), new Dense(8), new Dense(8)],
            Precision = Precision.Float,
            Penalty = new Penalty.None(),
        }), Data, new(1e5, 1e6, 10));
        Assert.Equal(RateEnd.NotFinite, burst.End);
        Assert.Equal(RateEnd.Whole, RateFinder.Of(With(new Sgd()), Data, new(1e-6, 1e-3)).End);
    }

    // Level, falling from step 40 to 60, level, and rising from step 80 on.
    private static RateCurve Made(double scatter)
    {
        var range = new RateRange(1e-5, 1e-1, 100);
        double Loss(int step) => (step < 40 ? 2 : step < 60 ? 2 - (step - 40) / 20.0 : step < 80 ? 1 : step - 79)
            - (step == 70 ? 0.01 : 0) + (step % 2 == 0 ? scatter : -scatter);
        return new(
            range, [.. Enumerable.Range(0, 84).Select(i => new RatePoint(i, range.At(i), Loss(i), Loss(i)))]);
    }

    [Fact]
    public void The_suggestions_lie_where_the_loss_falls_and_below_its_minimum()
    {
        var curve = Made(0);
        Assert.InRange(curve.Steepest!.Value, curve.Range.At(40), curve.Range.At(60));
        Assert.Equal(curve.Range.At(70) / 10, curve.TenthOfMinimum);
        Assert.Equal(Math.Min(curve.Steepest.Value, curve.Range.At(70) / 10), curve.Recommended);
        Assert.Equal((RateEnd.Rose, 1.01, true), (curve.End, Math.Round(curve.Descent, 10), curve.Falls));
    }

    [Fact]
    public void Where_the_loss_falls_by_chance_alone_nothing_is_suggested()
    {
        Assert.All([Made(2), RateFinder.Of(With(new Adam()), Data, new(1e-12, 1e-9))], curve =>
        {
            Assert.False(curve.Falls);
            Assert.Equal((null, null, null), (curve.Steepest, curve.TenthOfMinimum, curve.Recommended));
        });
        Assert.True(RateFinder.Of(With(new Adam()), Data).Falls);
        Assert.Null(new RateCurve(new(), []).Recommended);
    }

    [Fact]
    public void Whatever_is_wrong_is_named_at_once()
    {
        void Find(Optimizer optimizer, RateRange range) => RateFinder.Of(With(optimizer), Data, range);
        Refused("optimizer is \"rprop\", which has no learning rate to look for", () => Find(new Rprop(), new()));
        Refused(
            "optimizer is \"chain\", which has 2 learning rates; it should have one to look for",
            () => Find(new Rate(1).Then(new Rate(2)), new()));
        Refused(
            "optimizer is \"rprop\", which has no learning rate to look for | "
            + "the last rate is 1E-07; it should be above the first one, 0.1 | "
            + "the steps are 1; they should be between 10 and 100000",
            () => Find(new Rprop(), new(0.1, 1e-7, 1)));
        Refused(
            "the first rate is 0; it should be between 1E-12 and 1000000 | "
            + "the last rate is 10000000; it should be between 1E-12 and 1000000",
            () => Find(new Adam(), new(0, 1e7)));
        Find(new Sam(0.05, false, new Accumulate(2, new Adadelta())), new(Steps: 10)); // one rate, deep within

        static void Refused(string message, Action find) =>
            Assert.Equal(message, Assert.Throws<InvalidInputException>(find).Message);
    }

    [Fact]
    public void A_file_has_every_step_to_the_bit()
    {
        var curve = RateFinder.Of(With(new Adam()), Data);
        string folder = Directory.CreateTempSubdirectory("functional-").FullName, file = Path.Combine(folder, "a.csv");
        curve.Save(file);
        Assert.Equal(
            curve.Points,
            File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells => new RatePoint(
                int.Parse(cells[0], Invariant), double.Parse(cells[1], Invariant), double.Parse(cells[2], Invariant),
                double.Parse(cells[3], Invariant))));
        Assert.Equal(curve.Recommended, (double?)curve.ToJson()["recommended"]);
        Assert.Contains(
            "it should end in one of .csv, .json",
            Assert.Throws<InvalidInputException>(() => curve.Save(Path.Combine(folder, "a.txt"))).Message);
        Directory.Delete(folder, recursive: true);
    }
}
