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

    // cos(k . x) of whole half turns are orthogonal on the cube: a basis without a wave is no nearer to it than 0 is.
    [Fact]
    public void A_fixed_basis_cannot_see_a_wave_that_it_does_not_hold() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[7, 9]).Sample((a, b, beyond) =>
            Math.Abs(Mean((x, y) =>
                Math.Cos(Math.PI * a * x) * Math.Cos(Math.PI * b * y) * Math.Cos(Math.PI * beyond * x)))
                < 1e-12 && Math.Abs(Mean((x, _) => Math.Pow(Math.Cos(Math.PI * beyond * x) / (Math.PI * beyond), 2))
                    - SteepUnits.FixedBasis(beyond - 1, 2).Error) < 1e-12, iter: 50);

    [Fact]
    public void Steep_units_do_not_pay_for_dimensions_and_a_fixed_basis_does()
    {
        int[] many = [8, 16, 32, 64], each = [4, 8, 16, 32];
        double units = ApproximationTrials.Slope([.. many], [.. many.Select(SteepUnits.WorstWave)]);
        double Fixed(int d) => ApproximationTrials.Slope(
            [.. each.Select(m => SteepUnits.FixedBasis(m, d).Functions)],
            [.. each.Select(m => SteepUnits.FixedBasis(m, d).Error)]);
        output.WriteLine($"slopes: units {units}, fixed {Fixed(1)}, {Fixed(2)}, {Fixed(4)}");
        Assert.True(units < -1.5);
        Assert.All([1, 2, 4, 8], d => Assert.InRange(Fixed(d), -2.0 / d, -1.7 / d));
    }

    // The other side of the theorem: a layer of squares is a polynomial of degree 2, and has no third differences.
    [Fact]
    public void A_layer_of_squares_is_a_polynomial_of_degree_2_however_wide() =>
        Gen.Select(Gen.Int[1, 100], Any.Key).Sample((width, key) =>
        {
            var network = Network<double>.Init(
                Architecture.Of(1, new Dense(width, new ApproximationTrials.Square()), new Dense(1)),
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
            return error >= ApproximationTrials.QuadraticFloor(points, values) - 1e-12;
        }, iter: 100);

    [Fact]
    public void A_polynomial_of_degree_2_has_no_floor() => Gen.Double[-2, 2].Array[3].Sample(c =>
        RidgeSum.Grid(1) is var points && ApproximationTrials.QuadraticFloor(points, new(points.Rows, 1, Vec<double>.Of(
            [.. points.Cells.Select(x => c[0] + c[1] * x + c[2] * x * x)]))) < 1e-24, iter: 50);

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

    // Over the square, at the middles of 64 x 64 cells: exact for waves of few half turns.
    private static double Mean(Func<double, double, double> of) => Enumerable.Range(0, 64 * 64).Average(i =>
        of(-1 + (2 * (i % 64) + 1) / 64.0, -1 + (2 * (i / 64) + 1) / 64.0));

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
