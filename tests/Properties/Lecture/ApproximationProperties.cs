using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Lecture;
using Properties.Generators;
using Xunit;

namespace Properties.Lecture;

/// <summary>One hidden layer approximates any continuous function, the better the wider it is; a fixed basis needs
/// more and more functions as dimensions grow, and units that are polynomials do not approximate at all. (Cybenko,
/// 1989; Hornik et al., 1989; Barron, 1993)</summary>
public sealed class ApproximationProperties(ITestOutputHelper output)
{
    private static readonly Gen<(RidgeSum Function, int Inputs)> Functions =
        Gen.Select(Gen.Int[0, RidgeSum.Families - 1], Gen.Int[1, 2], Any.Key)
            .Select((family, inputs, key) => (RidgeSum.Of(family, inputs, key), inputs));

    [Fact]
    public void A_random_function_has_mean_0_and_variance_1() => Functions.Sample(of =>
        of.Function.At(RidgeSum.Grid(of.Inputs)).Cells.ToArray() is var values
        && Math.Abs(values.Average()) < 1e-9 && Math.Abs(values.Average(y => y * y) - 1) < 1e-9, iter: 50);

    // The theorem, with its units counted: for whatever error, so many stairs a ridge suffice.
    [Fact]
    public void Every_random_function_has_a_net_of_finite_width_within_any_error() =>
        Gen.Select(Functions, Gen.Double[0.5, 4]).Sample((of, error) =>
            (int)Math.Ceiling(SteepUnits.Bound(of.Function, 1) / error) is var stairs && stairs > 400
            || Largest(SteepUnits.Of(of.Function, of.Inputs, stairs), of.Function, of.Inputs) <= error, iter: 50);

    [Fact]
    public void Twice_the_stairs_halve_the_bound() => Gen.Select(Functions, Gen.Int[1, 50]).Sample((of, stairs) =>
        Math.Abs(SteepUnits.Bound(of.Function, stairs) / SteepUnits.Bound(of.Function, 2 * stairs) - 2) < 1e-12,
        iter: 50);

    // A step at the left end of every cell, as high as the function rises from the middle of the cell before.
    [Fact]
    public void Step_units_meet_the_bound_of_the_constructive_proof() =>
        Gen.Select(Gen.Int[1, 60], Gen.Double[0.1, 5], Gen.Double[-3, 3]).Sample((cells, frequency, phase) =>
    {
        double F(double x) => Math.Sin(frequency * x + phase);
        double width = 2.0 / cells, lipschitz = frequency;
        double[] middles = [.. Enumerable.Range(0, cells).Select(i => F(-1 + (i + 0.5) * width))];
        double[] ones = [.. Enumerable.Repeat(1.0, cells)],
            thresholds = [.. Enumerable.Range(0, cells).Select(i => 1 - i * width)];
        double[] jumps = [.. middles.Select((value, i) => i == 0 ? value : value - middles[i - 1])];
        var network = new Network<double>(
            Architecture.Of(1, new Dense(cells, Activation.Step), new Dense(1)),
            Vec<double>.Of([.. ones, .. thresholds, .. jumps, 0]));
        double[] points = [.. Enumerable.Range(0, 501).Select(i => -1 + i / 250.0)];
        var predicted = network.Predict(new(501, 1, Vec<double>.Of(points)));
        return points.Select((x, row) => Math.Abs(predicted[row, 0] - F(x))).Max() <= lipschitz * width * (1 + 1e-9);
    }, iter: 200);

    // cos(pi k (x + 1) / 2) are orthogonal on the line: a basis without a wave is no nearer to it than 0 is.
    [Fact]
    public void A_fixed_basis_sees_a_harmonic_that_it_holds_and_no_other() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9]).Sample((k, l, count) =>
            new ScaledWave([Math.PI * k / 2, Math.PI * l / 2], Math.PI * (k + l) / 2) is var wave
            && wave.ErrorOfHarmonics(count) * wave.Length * wave.Length is var error
            // cos(a + b) is cos a cos b, which is held, less sin a sin b, which is orthogonal to it.
            && (Math.Max(k, l) < count ? error is > 0 and < 0.25 + 1e-9 : error > 0.25 - 1e-9), iter: 100);

    // The closed formula beside least squares at points in rows and columns.
    [Fact]
    public void The_error_of_a_fixed_basis_is_that_of_least_squares() =>
        Gen.Select(Gen.Double[-9, 9], Gen.Double[1, 9], Gen.Double[0, 6], Gen.Int[1, 4]).Sample((v, w, phase, count) =>
            new ScaledWave([v, w], phase) is var wave
            && Math.Abs(LeastSquares(wave, count) - wave.ErrorOfHarmonics(count)) * wave.Length * wave.Length < 0.005,
            iter: 20);

    [Fact]
    public void A_wave_has_frequency_times_height_1() => Gen.Select(Gen.Int[1, 4], Any.Key).Sample((inputs, key) =>
        ScaledWave.Of(inputs, key, false) is var wave && wave.Length is >= 1 and <= RandomWaves.Fastest
        && Math.Abs(wave.Along(-wave.Phase) * wave.Length - 1) < 1e-12, iter: 50);

    [Fact]
    public void Steps_along_a_wave_do_not_pay_for_dimensions_and_a_fixed_basis_does()
    {
        double[][] worst = [.. WaveErrors.Dimensions.Select(d =>
            RandomWaves.Worst(Key.FromSeed(7), d, UnitKind.Steps, isAlongAxis: false))];
        int split = RandomWaves.Harmonics.Length;
        foreach (var (d, numbers) in WaveErrors.Dimensions.Zip(worst, (d, numbers) => (d, numbers)))
        {
            double held = PowerLaw.Exponent(
                [.. RandomWaves.Harmonics.Select(count => RandomWaves.Functions(count, d))], numbers[..split]);
            double built = PowerLaw.Exponent([.. RandomWaves.Units.Select(n => (double)n)], numbers[split..]);
            output.WriteLine($"slopes for d = {d}: fixed {held}, steps {built}");
            Assert.InRange(held, -2.5 / d, -1.5 / d);
            Assert.True(built < -1.4);
        }
    }

    [Fact]
    public void Steps_are_below_Barrons_bound_and_a_linear_net_of_many_units_is_not() => Any.Key.Sample(key =>
        Ratio(key, UnitKind.Steps) < 1 && Ratio(key, UnitKind.Linear) > 1 && Ratio(key, UnitKind.Squares) > 1,
        iter: 3);

    // The other side of the theorem: a layer of squares is a polynomial of degree 2, and has no third differences.
    [Fact]
    public void A_layer_of_squares_is_a_polynomial_of_degree_2_however_wide() =>
        Gen.Select(Gen.Int[1, 100], Any.Key).Sample((width, key) =>
        {
            var network = Network<double>.Init(
                Architecture.Of(1, new Dense(width, new Square()), new Dense(1)),
                new Initializer.HeNormal(), key);
            double[] y = [.. network.Predict(new(4, 1, Vec<double>.Of(-1, 0, 1, 2))).Cells];
            return Math.Abs(y[3] - 3 * y[2] + 3 * y[1] - y[0]) < 1e-9 * (1 + y.Max(Math.Abs));
        }, iter: 100);

    [Fact]
    public void No_polynomial_of_degree_2_is_below_the_floor() =>
        Gen.Select(Functions, Gen.Double[-2, 2].Array[6]).Sample((of, c) =>
        {
            var (points, values) = (RidgeSum.Grid(of.Inputs), of.Function.At(RidgeSum.Grid(of.Inputs)));
            double Polynomial(ReadOnlySpan<double> x) => of.Inputs == 1
                ? c[0] + c[1] * x[0] + c[2] * x[0] * x[0]
                : c[0] + c[1] * x[0] + c[2] * x[1] + c[3] * x[0] * x[0] + c[4] * x[0] * x[1] + c[5] * x[1] * x[1];
            double error = Enumerable.Range(0, points.Rows).Average(row =>
                Math.Pow(Polynomial(points.Row(row)) - values[row, 0], 2));
            return error >= ApproximationTrials.Floor(points, values, 2) - 1e-12;
        }, iter: 100);

    [Fact]
    public void A_polynomial_of_degree_2_has_no_floor() => Gen.Double[-2, 2].Array[3].Sample(c =>
        RidgeSum.Grid(1) is var points && ApproximationTrials.Floor(points, new(points.Rows, 1, Vec<double>.Of(
            [.. points.Cells.Select(x => c[0] + c[1] * x + c[2] * x * x)])), 2) < 1e-24, iter: 50);

    // Trained, not built: without the theorem's luck, but with its promise.
    [Fact]
    public void Wider_nets_learn_random_functions_better()
    {
        double[] errors = [.. Enumerable.Range(0, 3).Select(power => 1 << 2 * power)
            .Select(width => Enumerable.Range(1, 4).Average(seed => TestError(width, Key.FromSeed((ulong)seed))))];
        output.WriteLine($"mean squared test error of width 1, 4, 16: {string.Join(", ", errors)}");
        Assert.True(errors[1] < 0.8 * errors[0] && errors[2] < 0.8 * errors[1]);
    }

    private static double Largest(Network<double> network, RidgeSum function, int inputs)
    {
        var grid = RidgeSum.Grid(inputs);
        return network.Predict(grid).Cells.Zip(function.At(grid).Cells, (x, y) => Math.Abs(x - y)).Max();
    }

    // The largest error on the line over (2 r C)²/n.
    private static double Ratio(Key key, UnitKind kind) => RandomWaves.Worst(key, 1, kind, isAlongAxis: false)
        .Skip(RandomWaves.Harmonics.Length).Zip(RandomWaves.Units, (error, n) => error * n / 4).Max();

    // At the middles of 64 x 64 cells.
    private static double LeastSquares(ScaledWave wave, int count)
    {
        const int Side = 64;
        double[][] points = [.. Enumerable.Range(0, Side * Side).Select(i =>
            new[] { -1 + (2 * (i % Side) + 1) / (double)Side, -1 + (2 * (i / Side) + 1) / (double)Side })];
        Func<double, double>[] harmonics = [.. Enumerable.Range(0, count).Select(k => (Func<double, double>)(
            x => Math.Sqrt(k == 0 ? 1 : 2) * Math.Cos(Math.PI * k * (x + 1) / 2)))];
        double[] left = [.. points.Select(x => wave.At(x))];
        foreach (var along in harmonics)
            foreach (var across in harmonics)
            {
                double[] held = [.. points.Select(x => along(x[0]) * across(x[1]))];
                double share = held.Zip(left, (x, y) => x * y).Average();
                for (int i = 0; i < left.Length; i++) left[i] -= share * held[i];
            }
        return left.Average(y => y * y);
    }

    private static double TestError(int width, Key key)
    {
        var source = new Fourier(256, Terms: 4);
        var (train, test) =
            (Split<double>.Of(source.Make(key), 0.5, 0, key) is var parts ? (parts.Train, parts.Test) : default);
        var learner = new Learner(new MeanSquaredError(), new Adam(0.03));
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(1, new Dense(width, Activation.Tanh), new Dense(1)), new Initializer.HeNormal(),
            key.For(Purpose.Init)));
        var trained =
            learner.Fold(start, Enumerable.Repeat(Batch<double>.All(train.For(learner.Loss)), 800), threads: 1).Network;
        return learner.Loss.Value(trained.Predict(test.Inputs), test.Targets);
    }
}
