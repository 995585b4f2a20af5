using CsCheck;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Metrics;

/// <summary>Measures of a regression: how they are related, and their ends.</summary>
public sealed class RegressionProperties
{
    [Fact]
    public void A_constant_target_whose_mean_is_not_exact_counts_as_constant()
    {
        Matrix<double> constant = Matrix<double>.Of([0.1], [0.1], [0.1]),
            other = Matrix<double>.Of([0.1], [0.1], [0.2]), broken = Matrix<double>.Of([0.1], [0.1], [double.NaN]);
        Assert.Equal(
            (1, 0, double.NaN),
            (RegressionMetrics.R2(constant, constant), RegressionMetrics.R2(constant, other),
                RegressionMetrics.R2(constant, broken)));
        Assert.Equal(
            (1, 0, double.NaN),
            (RegressionMetrics.ExplainedVariance(constant, constant),
                RegressionMetrics.ExplainedVariance(constant, other),
                RegressionMetrics.ExplainedVariance(constant, broken)));
    }

    /// <summary>Every measure over all outputs and of each, and its best value.</summary>
    private static readonly (
        Func<Matrix<double>, Matrix<double>, double> Of, Func<Matrix<double>, Matrix<double>, Vec<double>> PerOutput,
        double Best)[] Measures =
    [
        ((t, o) => RegressionMetrics.MeanSquaredError(t, o),
            (t, o) => RegressionMetrics.MeanSquaredErrorPerOutput(t, o), 0),
        ((t, o) => RegressionMetrics.MeanAbsoluteError(t, o),
            (t, o) => RegressionMetrics.MeanAbsoluteErrorPerOutput(t, o), 0),
        ((t, o) => RegressionMetrics.MedianAbsoluteError(t, o),
            (t, o) => RegressionMetrics.MedianAbsoluteErrorPerOutput(t, o), 0),
        ((t, o) => RegressionMetrics.R2(t, o), (t, o) => RegressionMetrics.R2PerOutput(t, o), 1),
        ((t, o) => RegressionMetrics.ExplainedVariance(t, o),
            (t, o) => RegressionMetrics.ExplainedVariancePerOutput(t, o), 1),
    ];

    [Fact]
    public void A_measure_is_the_mean_over_the_outputs() =>
        Any.Fitted.Sample((targets, outputs) => Measures.All(measure =>
            Same(measure.Of(targets, outputs), measure.PerOutput(targets, outputs).Span.ToArray().Average())));

    [Fact]
    public void An_output_is_measured_without_the_others() =>
        Any.Fitted.Sample((targets, outputs) => Measures.All(measure =>
            Enumerable.Range(0, targets.Columns).All(column => measure.PerOutput(targets, outputs)[column]
                == measure.Of(Column(targets, column), Column(outputs, column)))));

    [Fact]
    public void Errors_have_the_mean_square_mean_and_median_they_say() => Any.Fitted.Sample((targets, outputs) =>
        targets.Cells.Span.ToArray().Zip(
            outputs.Cells.Span.ToArray(), (target, output) => Math.Abs(target - output)).ToArray() is var errors
        && Same(RegressionMetrics.MeanSquaredError(targets, outputs), errors.Average(error => error * error))
        && Same(RegressionMetrics.MeanAbsoluteError(targets, outputs), errors.Average())
        && Column(targets, 0) is var first && errors.Where((_, i) => i % targets.Columns == 0).ToArray() is var firsts
        && RegressionMetrics.MedianAbsoluteError(first, Column(outputs, 0)) is var median
        && firsts.Count(error => error <= median) * 2 >= firsts.Length
        && firsts.Count(error => error >= median) * 2 >= firsts.Length);

    [Fact]
    public void R2_is_at_most_the_explained_variance_and_that_at_most_1() => Any.Fitted.Sample((targets, outputs) =>
        RegressionMetrics.R2PerOutput(targets, outputs) is var r2
        && RegressionMetrics.ExplainedVariancePerOutput(targets, outputs) is var explained
        && Enumerable.Range(0, targets.Columns).All(
            column => r2[column] <= explained[column] + 1e-12 * (1 + Math.Abs(r2[column])) && explained[column] <= 1));

    [Fact]
    public void A_constant_error_leaves_the_explained_variance_and_lowers_R2() =>
        Gen.Select(Any.Fitted, Gen.Double[0.1, 9]).Sample((fitted, shift) =>
            Shifted(fitted.Outputs, shift) is var shifted
            && Near.Equal(
                RegressionMetrics.ExplainedVariancePerOutput(fitted.Targets, shifted),
                RegressionMetrics.ExplainedVariancePerOutput(fitted.Targets, fitted.Outputs), 1e-11)
            && RegressionMetrics.R2(fitted.Targets, Shifted(fitted.Targets, shift)) < 1 - 1e-4);

    [Fact]
    public void R2_is_the_explained_variance_where_the_errors_are_zero_on_average() =>
        Any.Fitted.Sample((targets, outputs) =>
            Means(targets) is var wanted && Means(outputs) is var got
            && new Matrix<double>(outputs.Rows, outputs.Columns, Vec<double>.Of([.. outputs.Cells.Span.ToArray()
                .Select((output, i) => output - got[i % got.Length] + wanted[i % got.Length])])) is var unbiased
            && Near.Equal(
                RegressionMetrics.R2PerOutput(targets, unbiased),
                RegressionMetrics.ExplainedVariancePerOutput(targets, unbiased), 1e-12));

    [Fact]
    public void The_mean_explains_nothing() => Any.Fitted.Sample((targets, _) =>
        Means(targets) is var means && Matrix<double>.Of([.. Enumerable.Repeat(means, targets.Rows)]) is var constant
        && Math.Abs(RegressionMetrics.R2(targets, constant)) < 1e-12
        && Math.Abs(RegressionMetrics.ExplainedVariance(targets, constant)) < 1e-12);

    [Fact]
    public void One_wild_sample_of_three_does_not_move_the_median() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[1, 2], Gen.Double[2, 1e9]).Sample((small, middle, wild) =>
            RegressionMetrics.MedianAbsoluteError(Of(0, 0, 0), Of(-wild, small, middle)) == middle);

    [Fact]
    public void Perfect_predictions_give_the_best_of_all() =>
        Any.Fitted.Sample((targets, _) => Measures.All(measure => measure.Of(targets, targets) == measure.Best));

    [Fact]
    public void The_order_of_the_samples_does_not_matter() => Gen.Select(Any.Fitted, Any.Key).Sample((fitted, key) =>
        Draw.Permutation(key, fitted.Targets.Rows).Span.ToArray() is var order && Measures.All(measure => Near.Equal(
            measure.PerOutput(fitted.Targets.Select(order), fitted.Outputs.Select(order)),
            measure.PerOutput(fitted.Targets, fitted.Outputs), 1e-12)));

    [Fact]
    public void Single_precision_is_measured_in_double() => Any.Fitted.Sample((targets, outputs) =>
        (targets.To<float>(), outputs.To<float>()) is var (t, o)
        && RegressionMetrics.ExplainedVariancePerOutput(t, o)
            == RegressionMetrics.ExplainedVariancePerOutput(t.To<double>(), o.To<double>())
        && RegressionMetrics.MedianAbsoluteErrorPerOutput(t, o)
            == RegressionMetrics.MedianAbsoluteErrorPerOutput(t.To<double>(), o.To<double>()));

    [Fact]
    public void Without_samples_there_is_no_measure() =>
        Gen.Int[0, 3].Sample(columns => new Matrix<double>(0, columns, Vec<double>.Empty) is var none
            && Measures.All(measure => double.IsNaN(measure.Of(none, none))
                && measure.PerOutput(none, none).Span.ToArray().All(double.IsNaN)
                && measure.PerOutput(none, none).Length == columns));

    [Fact]
    public void A_constant_target_counts_1_where_it_is_met_and_else_0()
    {
        var constant = Of(3, 3, 3);
        Assert.Equal(
            (1, 1),
            (RegressionMetrics.R2(constant, constant), RegressionMetrics.ExplainedVariance(constant, constant)));
        Assert.Equal(
            (0, 1),
            (RegressionMetrics.R2(constant, Of(4, 4, 4)), RegressionMetrics.ExplainedVariance(constant, Of(4, 4, 4))));
        Assert.Equal(
            (0, 0),
            (RegressionMetrics.R2(constant, Of(3, 3, 4)), RegressionMetrics.ExplainedVariance(constant, Of(3, 3, 6))));
    }

    [Fact]
    public void The_median_of_an_even_number_is_between_the_middle_two()
    {
        Assert.Equal(2.5, RegressionMetrics.MedianAbsoluteError(Of(0, 0, 0, 0), Of(3, -1, 2, -9)));
        Assert.Equal(7, RegressionMetrics.MedianAbsoluteError(Of(0), Of(7)));
        Assert.Equal(Vec<double>.Of(1, 20), RegressionMetrics.MedianAbsoluteErrorPerOutput(
            Matrix<double>.Of([0, 0], [0, 0], [0, 0]), Matrix<double>.Of([1, 30], [5, 20], [0, -10])));
    }

    [Fact]
    public void An_output_that_is_NaN_makes_its_measures_NaN() => Assert.All(Measures, measure =>
        Assert.True(measure.PerOutput(
            Matrix<double>.Of([1, 1], [2, 3], [3, 5]), Matrix<double>.Of([1, 1], [double.NaN, 2], [4, 4])) is var each
            && double.IsNaN(each[0]) && !double.IsNaN(each[1])));

    [Fact]
    public void Targets_and_outputs_of_other_shapes_are_refused() => Assert.All(Measures, measure => Assert.Equal(
        "targets of 2 x 1 and outputs of 1 x 1",
        Assert.Throws<ArgumentException>(() => measure.PerOutput(Of(1, 2), Of(1))).Message));

    private static Matrix<double> Of(params double[] column) => new(column.Length, 1, Vec<double>.Of(column));
    private static Matrix<double> Column(Matrix<double> matrix, int column) =>
        Of([.. Enumerable.Range(0, matrix.Rows).Select(row => matrix[row, column])]);
    private static Matrix<double> Shifted(Matrix<double> matrix, double by) =>
        new(matrix.Rows, matrix.Columns, Vec<double>.Of([.. matrix.Cells.Span.ToArray().Select(x => x + by)]));
    private static double[] Means(Matrix<double> matrix) => [
        .. Enumerable.Range(0, matrix.Columns).Select(column => Column(matrix, column).Cells.Span.ToArray().Average())];
    private static bool Same(double x, double y) => Math.Abs(x - y) <= 1e-12 * (1 + Math.Abs(y));
}
