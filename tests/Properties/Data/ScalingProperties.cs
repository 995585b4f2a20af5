using CsCheck;
using Functional;
using Functional.Core.Numbers;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Data;

/// <summary>What a scaling does to what it learned from.</summary>
public sealed class ScalingProperties
{
    private static readonly Gen<Matrix<double>> Inputs = Gen.Select(Gen.Int[2, 60], Gen.Int[1, 4])
        .SelectMany((rows, columns) => Any.Matrix(rows, columns));

    private static readonly Precision[] Precisions = [Precision.Float, Precision.Double];

    [Fact]
    public void Standard_scaling_gives_mean_zero_and_deviation_one() =>
        Inputs.Sample(inputs => Scaled(new Scaler.Standard(), inputs).All(column =>
            Math.Abs(column.Average()) < 1e-13 && Math.Abs(column.Average(x => x * x) - 1) < 1e-12));

    [Fact]
    public void Range_scaling_fills_zero_to_one() =>
        Inputs.Sample(inputs => Scaled(new Scaler.Range(), inputs).All(column =>
            column.Min() == 0 && Math.Abs(column.Max() - 1) < 1e-15));

    [Fact]
    public void No_scaling_leaves_the_inputs_as_they_are() =>
        Inputs.Sample(inputs => new Scaler.None().Learn(inputs).Apply<double>(inputs) == inputs);

    [Fact]
    public void A_constant_feature_becomes_zero() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[1, 50]).Sample((value, rows) =>
            new[] { (Scaler)new Scaler.Standard(), new Scaler.Range() }.All(scaler => Scaled(scaler, new(
                rows, 1,
                Vec<double>.Create(rows, value, static (cells, value) => cells.Fill(value))))[0].All(x => x == 0)),
            iter: 300);

    [Fact]
    public void Single_precision_is_scaled_as_double_is_and_rounded_once() => Inputs.Sample(inputs =>
        new Scaler.Standard().Learn(inputs) is var scaling
        && scaling.Apply<float>(inputs) == scaling.Apply<double>(inputs).To<float>());

    [Fact]
    public void A_far_origin_takes_no_digit_of_a_float() =>
        Gen.Select(Inputs, Gen.OneOf(0, 1e6, -1.6e9, 1e9)).Sample((inputs, origin) =>
    {
        // both exact
        Matrix<double> near = inputs.Map(x => Math.Round(1024 * x) / 1024), far = near.Map(x => x + origin);
        return new Scaler[] { new Scaler.Standard(), new Scaler.Range() }.All(scaler =>
            Near.Equal(
                scaler.Learn(far).Apply<float>(far).To<double>(),
                scaler.Learn(near).Apply<float>(near).To<double>(), 2e-6));
    });

    [Fact]
    public void Seconds_since_1970_are_learned_in_float_as_in_double()
    {
        var data = Dataset<double>.Of(
            new Problem.Regression(1), Column(100, i => 1.6e9 + i), Column(100, i => i / 50.0 - 1));
        double[] scores =
            [.. Precisions.Select(precision => Mlp.Regressor([16], Activation.Tanh).Train(data, options => options with
            {
                Optimizer = new Adam(0.01),
                Epochs = 300,
                Precision = precision,
            }).Train.R2)];
        Assert.All(scores, score => Assert.InRange(score, 0.999, 1));
    }

    [Fact]
    public void A_spread_within_rounding_is_none() =>
        Gen.Select(Gen.OneOf(Gen.Double[1e-9, 1e6], Gen.Double[-1e6, -1e-9]), Gen.Int[1, 16], Gen.Int[2, 50])
            .Sample((value, ulps, rows) =>
                Column(rows, i => i % 2 == 0
                    ? value
                    : BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + ulps / 2)) is var inputs
                && new Scaler[] { new Scaler.Standard(), new Scaler.Range() }.All(
                    scaler => scaler.Learn(inputs) == new Scaling(
                        Vec<double>.Of(value), Vec<double>.Of(inputs.Cells.Span.ContainsAnyExcept(value) ? 0 : 1))));

    [Fact]
    public void A_spread_beyond_rounding_is_one() => Assert.All([1e-290, 1, 1.6e9, 1e300], size =>
        Assert.InRange(
            Scaled(new Scaler.Range(), Column(4, i => size * (1 + i / 1e13)))[0].Max(), 1 - 1e-15, 1 + 1e-15));

    [Fact]
    public void Columns_of_any_size_are_scaled_alike() =>
        Gen.Select(Inputs, Gen.OneOf(-900, -600, 400, 900)).Sample((inputs, power) =>
            new Scaler[] { new Scaler.Standard(), new Scaler.Range() }.All(scaler =>
                inputs.Map(x => Math.ScaleB(x, power)) is var scaled
                && Near.Equal(
                    scaler.Learn(scaled).Apply<double>(scaled), scaler.Learn(inputs).Apply<double>(inputs), 1e-12)));

    [Fact]
    public void What_differs_by_rounding_alone_does_not_reach_the_network_whatever_its_size() =>
        Assert.All([0.3, 1e200, 1.7e18], size => Assert.All(
            Scaled(new Scaler.Standard(), Column(10, i => i % 2 == 0 ? size : Math.BitIncrement(size)))[0],
            x => Assert.Equal(0, x)));

    [Fact]
    public void Three_tenths_written_in_two_ways_are_constant() =>
        Assert.All(
            Scaled(new Scaler.Standard(), Column(10, i => i % 2 == 0 ? 0.3 : 0.1 + 0.2))[0],
            x => Assert.InRange(Math.Abs(x), 0, 1e-15));

    [Fact]
    public void Classes_become_ones_where_a_loss_wants_numbers() =>
        Gen.Select(Gen.Int[3, 6], Gen.Int[1, 20]).SelectMany((classes, rows) =>
            Any.Targets(classes, new SoftmaxCrossEntropy(), rows).Select(
                targets => (classes, targets))).Sample((classes, targets) =>
            {
                var data = Dataset<double>.Of(new Problem.Classification(classes), targets, targets);
                var hot = data.For(new MeanSquaredError()).Targets;
                return data.For(new SoftmaxCrossEntropy()).Targets == targets && hot.Columns == classes
                    && Enumerable.Range(0, hot.Rows)
                        .All(row => hot.Row(row).ToArray().Sum() == 1 && hot[row, (int)targets[row, 0]] == 1);
            });

    private static double[][] Scaled(Scaler scaler, Matrix<double> inputs) =>
        scaler.Learn(inputs).Apply<double>(inputs) is var scaled
            ? [.. Enumerable.Range(0, inputs.Columns)
                .Select(column => Enumerable.Range(0, inputs.Rows).Select(row => scaled[row, column]).ToArray())]
            : [];

    private static Matrix<double> Column(int rows, Func<int, double> cell) =>
        new(rows, 1, Vec<double>.Of([.. Enumerable.Range(0, rows).Select(cell)]));
}
