using CsCheck;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Metrics;

/// <summary>A confusion matrix keeps what it holds, and is the plain count of pairs.</summary>
public sealed class ConfusionProperties
{
    private sealed record Taken(int Classes, Vec<int> Truth, Vec<int> Predicted, Vec<double>? Weights)
    {
        public ConfusionMatrix Confusion => ConfusionMatrix.Of(Truth, Predicted, Classes, Weights);
    }

    private static readonly Gen<Taken> AnyTaken =
        from rows in Gen.Int[0, 60]
        from classes in Gen.Int[1, 40]
        from key in Any.Key
        from weights in Gen.Bool
        select new Taken(
            classes, Draw.Integers(key.At(0), rows, classes), Draw.Integers(key.At(1), rows, classes),
            weights ? Draw.Uniform<double>(key.At(2), rows) : null);

    [Fact]
    public void A_cell_is_what_the_samples_of_a_class_taken_for_another_weigh() => AnyTaken.Sample(taken =>
        taken.Confusion.Matrix is var matrix
        && (from label in Enumerable.Range(0, taken.Classes)
            from predicted in Enumerable.Range(0, taken.Classes)
            select (label, predicted))
            .All(cell => matrix[cell.label, cell.predicted] == Enumerable.Range(0, taken.Truth.Length)
                .Where(row => (taken.Truth[row], taken.Predicted[row]) == cell).Sum(row => taken.Weights?[row] ?? 1)));

    [Fact]
    public void Reading_its_matrix_gives_it_back() =>
        AnyTaken.Sample(taken => ConfusionMatrix.Of(taken.Confusion.Matrix).Equals(taken.Confusion));

    [Fact]
    public void A_row_is_added_up_in_the_order_of_numeric_law_2() => AnyTaken.Sample(taken =>
        taken.Confusion.RowSums.SequenceEqual(
            Enumerable.Range(0, taken.Classes).Select(label => Reduce.Sum(taken.Confusion.Matrix.Row(label)))));

    [Fact]
    public void Of_very_many_classes_it_holds_only_what_is_in_it()
    {
        var confusion = ConfusionMatrix.Of(Vec<int>.Of(99_999, 3, 3), Vec<int>.Of(99_999, 3, 70_000), 100_000);
        Assert.Equal([(3, 3, 1), (3, 70_000, 1), (99_999, 99_999, 1)], confusion.Cells);
        Assert.Equal(2.0 / 3, confusion.Accuracy);
        Assert.Equal(0.75, ClassReport.OfCounts(confusion).BalancedAccuracy);
        Assert.Equal((100_000, 100_000), (confusion.Matrix.Rows, confusion.Matrix.Columns));
    }

    [Theory]
    [InlineData(2, 0, "row 1 is of class 2 and taken for 0; both should be at least 0 and less than 2")]
    [InlineData(0, -1, "row 1 is of class 0 and taken for -1; both should be at least 0 and less than 2")]
    public void A_number_that_is_no_class_is_refused(int label, int predicted, string message) => Assert.Equal(message,
        Assert.Throws<ArgumentException>(
            () => ConfusionMatrix.Of(Vec<int>.Of(0, label), Vec<int>.Of(1, predicted), 2)).Message);
}
