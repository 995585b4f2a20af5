using CsCheck;
using Functional.Core.Data;
using Functional.Core.Losses;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Data;

/// <summary>What a scaling does to what it learned from.</summary>
public sealed class ScalingProperties
{
    private static readonly Gen<Matrix<double>> Inputs = Gen.Select(Gen.Int[2, 60], Gen.Int[1, 4]).SelectMany((rows, columns) => Any.Matrix(rows, columns));

    [Fact]
    public void Standard_scaling_gives_mean_zero_and_deviation_one() => Inputs.Sample(inputs => Scaled(new Scaler.Standard(), inputs).All(column =>
        Math.Abs(column.Average()) < 1e-13 && Math.Abs(column.Average(x => x * x) - 1) < 1e-12));

    [Fact]
    public void Range_scaling_fills_zero_to_one() => Inputs.Sample(inputs => Scaled(new Scaler.Range(), inputs).All(column =>
        column.Min() == 0 && Math.Abs(column.Max() - 1) < 1e-15));

    [Fact] public void No_scaling_leaves_the_inputs_as_they_are() => Inputs.Sample(inputs => new Scaler.None().Learn(inputs).Apply(inputs) == inputs);

    [Fact]
    public void A_constant_feature_becomes_zero() => Gen.Select(Gen.Double[-1e6, 1e6], Gen.Int[1, 50]).Sample((value, rows) =>
        new[] { (Scaler)new Scaler.Standard(), new Scaler.Range() }.All(scaler => Scaled(scaler, new(rows, 1, Vec<double>.Create(rows, value, static (cells, value) => cells.Fill(value))))[0].All(x => x == 0)), iter: 300);

    [Fact]
    public void Single_precision_is_scaled_as_double_is_and_rounded_once() => Inputs.Sample(inputs =>
        new Scaler.Standard().Learn(inputs) is var scaling && scaling.Apply(inputs.To<float>()) == scaling.Apply(inputs.To<float>().To<double>()).To<float>());

    [Fact]
    public void Classes_become_ones_where_a_loss_wants_numbers() => Gen.Select(Gen.Int[3, 6], Gen.Int[1, 20]).SelectMany((classes, rows) =>
        Any.Targets(classes, new SoftmaxCrossEntropy(), rows).Select(targets => (classes, targets))).Sample((classes, targets) =>
        {
            var data = Dataset<double>.Of(new Problem.Classification(classes), targets, targets);
            var hot = data.For(new MeanSquaredError()).Targets;
            return data.For(new SoftmaxCrossEntropy()).Targets == targets && hot.Columns == classes
                && Enumerable.Range(0, hot.Rows).All(row => hot.Row(row).ToArray().Sum() == 1 && hot[row, (int)targets[row, 0]] == 1);
        });

    private static double[][] Scaled(Scaler scaler, Matrix<double> inputs) =>
        scaler.Learn(inputs).Apply(inputs) is var scaled
            ? [.. Enumerable.Range(0, inputs.Columns).Select(column => Enumerable.Range(0, inputs.Rows).Select(row => scaled[row, column]).ToArray())]
            : [];
}
