using CsCheck;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Metrics;

/// <summary>The area under the ROC curve is a matter of order alone.</summary>
public sealed class RocAucProperties
{
    private static readonly Gen<Judged> BothClasses = Any.Binary.Where(judged => judged.Labels.Span.ToArray().Distinct().Count() == 2);

    [Fact]
    public void It_is_the_share_of_pairs_in_the_right_order() => BothClasses.Sample(judged =>
        Same(Area(judged), Pairs(judged, 0, 1)));

    [Fact]
    public void Of_more_classes_it_is_the_mean_of_each_against_the_rest() => Any.Multiclass.Where(judged => judged.Labels.Span.ToArray().Distinct().Count() > 1).Sample(judged =>
        Same(Area(judged), judged.Labels.Span.ToArray().Distinct().Average(k => Pairs(judged, k, k))));

    [Fact]
    public void Any_increasing_map_of_the_scores_leaves_it() => Gen.Select(BothClasses, Gen.OneOf<Func<double, double>>(x => 2 * x - 7, Math.Exp, x => -1 / (1 + x))).Sample((judged, map) =>
        Coarse(judged) is var coarse && Area(coarse.Map(map)) == Area(coarse));

    [Fact] public void Scores_turned_around_give_the_rest() => BothClasses.Sample(judged => Same(Area(judged.Map(p => -p)), 1 - Area(judged)));

    [Fact]
    public void Classes_that_change_places_give_the_rest() => BothClasses.Sample(judged =>
        Same(Area(judged with { Labels = Vec<int>.Of([.. judged.Labels.Span.ToArray().Select(label => 1 - label)]) }), 1 - Area(judged)));

    [Fact] public void Equal_scores_know_nothing() => BothClasses.Sample(judged => Area(judged.Map(_ => 0.3)) == 0.5);

    [Fact]
    public void Of_a_single_class_there_is_none() => Any.Judged.SelectMany(judged => Gen.Int[0, judged.Classes - 1].Select(k => (judged, k))).Sample((judged, k) =>
        double.IsNaN(Area(judged with { Labels = Vec<int>.Of([.. judged.Labels.Span.ToArray().Select(_ => k)]) })));

    [Fact]
    public void A_class_without_samples_does_not_count() => BothClasses.Sample(judged =>
        Same(Area(judged), Area(judged with { Probabilities = Matrix<double>.Of([.. judged.Probabilities.Cells.Span.ToArray().Select((p, row) => new[] { -p, p, row % 3 })]) })));

    [Fact]
    public void Half_of_a_tie_counts() => Assert.Equal(8.5 / 9, Probabilistic.RocAuc(
        new(6, 1, Vec<double>.Of(0.1, 0.2, 0.2, 0.4, double.PositiveInfinity, 0)), Vec<int>.Of(0, 1, 0, 1, 1, 0)));

    [Fact]
    public void Both_zeros_are_one_score() => Assert.Equal(0.5, Probabilistic.RocAuc(new(2, 1, Vec<double>.Of(0.0, -0.0)), Vec<int>.Of(0, 1)));

    private static double Area(Judged judged) => Probabilistic.RocAuc(judged.Probabilities, judged.Labels);

    private static Judged Coarse(Judged judged) => judged.Map(p => Math.Round(64 * p) / 64);

    // The definition: one of the class and one of the rest, at a time.
    private static double Pairs(Judged judged, int column, int k)
    {
        var rows = Enumerable.Range(0, judged.Labels.Length).Select(row => (Score: judged.Probabilities[row, column], Label: judged.Labels[row])).ToArray();
        return (from one in rows
                where one.Label == k
                from other in rows
                where other.Label != k
                select one.Score > other.Score ? 1 : one.Score == other.Score ? 0.5 : 0).Average();
    }

    private static bool Same(double x, double y) => Math.Abs(x - y) <= 1e-12;
}
