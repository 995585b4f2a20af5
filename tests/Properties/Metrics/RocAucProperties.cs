using CsCheck;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Metrics;

/// <summary>The area under the ROC curve is a matter of order alone.</summary>
public sealed class RocAucProperties
{
    private static readonly Gen<Judged> BothClasses = Any.Binary.Where(
        judged => judged.Labels.Span.ToArray().Distinct().Count() == 2);

    [Fact]
    public void It_is_the_share_of_pairs_in_the_right_order() => BothClasses.Sample(judged =>
        Same(Area(judged), Pairs(judged, 0, 1)));

    [Fact]
    public void Of_more_classes_it_is_the_mean_of_each_against_the_rest() =>
        Any.Multiclass.Where(judged => judged.Labels.Span.ToArray().Distinct().Count() > 1).Sample(judged =>
            Same(Area(judged), judged.Labels.Span.ToArray().Distinct().Average(k => Pairs(judged, k, k))));

    [Fact]
    public void Any_increasing_map_of_the_scores_leaves_it() =>
        Gen.Select(BothClasses, Gen.OneOf<Func<double, double>>(x => 2 * x - 7, Math.Exp, x => -1 / (1 + x)))
            .Sample((judged, map) =>
                Coarse(judged) is var coarse && Area(coarse.Map(map)) == Area(coarse));

    [Fact]
    public void Scores_turned_around_give_the_rest() =>
        BothClasses.Sample(judged => Same(Area(judged.Map(p => -p)), 1 - Area(judged)));

    [Fact]
    public void Classes_that_change_places_give_the_rest() => BothClasses.Sample(judged =>
        Same(
            Area(judged with { Labels = Vec<int>.Of([.. judged.Labels.Span.ToArray().Select(label => 1 - label)]) }),
            1 - Area(judged)));

    [Fact] public void Equal_scores_know_nothing() => BothClasses.Sample(judged => Area(judged.Map(_ => 0.3)) == 0.5);

    [Fact]
    public void Of_a_single_class_there_is_none() =>
        Any.Judged.SelectMany(judged => Gen.Int[0, judged.Classes - 1].Select(k => (judged, k))).Sample((judged, k) =>
            double.IsNaN(Area(judged with { Labels = Vec<int>.Of([.. judged.Labels.Span.ToArray().Select(_ => k)]) })));

    [Fact]
    public void A_class_without_samples_does_not_count() => BothClasses.Sample(judged =>
        Same(Area(judged), Area(judged with
        {
            Probabilities = Matrix<double>.Of(
                [.. judged.Probabilities.Cells.Span.ToArray().Select((p, row) => new[] { -p, p, row % 3 })])
        })));

    [Fact]
    public void Half_of_a_tie_counts() => Assert.Equal(8.5 / 9, Probabilistic.RocAuc(
        new(6, 1, Vec<double>.Of(0.1, 0.2, 0.2, 0.4, double.PositiveInfinity, 0)), Vec<int>.Of(0, 1, 0, 1, 1, 0)));

    [Fact]
    public void Both_zeros_are_one_score() =>
        Assert.Equal(0.5, Probabilistic.RocAuc(new(2, 1, Vec<double>.Of(0.0, -0.0)), Vec<int>.Of(0, 1)));

    [Fact]
    public void It_is_the_plain_count_of_pairs_to_the_bit() => Crowds.Sample(crowd => crowd.Weights is not null
        || Probabilistic.RocAuc(crowd.Scores, crowd.Labels).Equals(Defined(crowd)));

    [Fact]
    public void With_weights_a_pair_counts_the_product_of_its_weights() => Crowds.Sample(crowd =>
        Near(Probabilistic.RocAuc(crowd.Scores, crowd.Labels, crowd.Weights), Defined(crowd)));

    [Fact]
    public void Whole_weights_are_samples_that_are_repeated_to_the_bit() => Crowds.Sample(crowd =>
    {
        int[] counts = [.. Enumerable.Range(0, crowd.Labels.Length).Select(row => row % 3)];
        int[] repeated = [.. counts.SelectMany((count, row) => Enumerable.Repeat(row, count))];
        var weights = Vec<double>.Of([.. counts.Select(count => (double)count)]);
        return Probabilistic.RocAuc(crowd.Scores, crowd.Labels, weights)
            .Equals(Probabilistic.RocAuc(crowd.Scores.Select(repeated), crowd.Labels.Select(repeated)));
    });

    [Fact]
    public void Counting_and_sorting_with_any_room_and_any_threads_give_one_area() =>
        Gen.Select(Crowds, Gen.OneOf(1, 2, 3, 7), Gen.OneOf(1, 300, 1 << 20)).Sample((crowd, threads, room) =>
        {
            var (scores, labels, _) = crowd;
            RocClass[] classes = [.. RocClass.All(labels)];
            var (counted, sorted) = (new double[scores.Columns], new double[scores.Columns]);
            RocCounting.Measure(classes, scores, RowScore.All(scores, labels, 1), counted, threads);
            RocSorting.Measure(classes, scores, labels, null, sorted, threads, room);
            return counted.SequenceEqual(sorted);
        });

    private static readonly int[] Threads = [2, 3, 7, 0];

    [Fact]
    public void Every_measure_is_the_same_on_any_number_of_threads() => Crowds.Sample(crowd =>
        Threads.All(threads => ClassScores.Of(crowd.Scores, crowd.Labels, crowd.Weights, threads)
            == ClassScores.Of(crowd.Scores, crowd.Labels, crowd.Weights, 1)));

    [Fact]
    public void Rows_that_are_written_when_they_are_looked_at_are_measured_as_any_others() => Crowds.Sample(crowd =>
        new Matrix<double>(
            crowd.Scores.Rows, crowd.Scores.Columns, (row, into) => crowd.Scores.Row(row).CopyTo(into)) is var written
        && ClassScores.Of(written, crowd.Labels, crowd.Weights)
            == ClassScores.Of(crowd.Scores, crowd.Labels, crowd.Weights));

    /// <summary>Scores of many rows and of few or many classes, with ties; a class has one sample
    /// or some hundreds.</summary>
    private sealed record Crowd(Matrix<double> Scores, Vec<int> Labels, Vec<double>? Weights);

    private static readonly Gen<Crowd> Crowds =
        from rows in Gen.OneOf(Gen.Int[2, 60], Gen.Int[500, 1100])
        from classes in Gen.OneOf(Gen.Int[2, 4], Gen.Int[20, 90])
        from key in Any.Key
        from steps in Gen.OneOf(4, 100, 1 << 30)
        from isWeighted in Gen.Bool
        let shares = Draw.Uniform<double>(key.At(0), rows * classes).Span.ToArray()
        let labels = Draw.Uniform<double>(key.At(1), rows).Span.ToArray()
        select new Crowd(
            new(rows, classes, Vec<double>.Of([.. shares.Select(share => Math.Round(steps * share) / steps - 0.5)])),
            // The first classes are large.
            Vec<int>.Of([.. labels.Select(share => (int)(classes * share * share * share))]),
            isWeighted ? Draw.Uniform<double>(key.At(2), rows, 0.1, 3) : null);

    // The mean over classes of the weighted share of pairs; half a pair counts 1, so that unweighted counts are exact.
    private static double Defined(Crowd crowd)
    {
        var areas = new List<double>();
        for (int k = 0; k < crowd.Scores.Columns; k++)
        {
            double won = 0, pairs = 0;
            for (int one = 0; one < crowd.Labels.Length; one++)
                for (int other = 0; crowd.Labels[one] == k && other < crowd.Labels.Length; other++)
                    if (crowd.Labels[other] != k)
                    {
                        double weight = (crowd.Weights?[one] ?? 1) * (crowd.Weights?[other] ?? 1);
                        double order = crowd.Scores[one, k].CompareTo(crowd.Scores[other, k]);
                        won += weight * (1 + Math.Sign(order));
                        pairs += weight;
                    }
            if (pairs > 0) areas.Add(won / (2 * pairs));
        }
        return Reduce.Sum<double>(areas.ToArray()) / areas.Count;
    }

    private static bool Near(double x, double y) => double.IsNaN(x) ? double.IsNaN(y) : Same(x, y);

    private static double Area(Judged judged) => Probabilistic.RocAuc(judged.Probabilities, judged.Labels);

    private static Judged Coarse(Judged judged) => judged.Map(p => Math.Round(64 * p) / 64);

    // The definition: one of the class and one of the rest, at a time.
    private static double Pairs(Judged judged, int column, int k)
    {
        var rows = Enumerable.Range(0, judged.Labels.Length)
            .Select(row => (Score: judged.Probabilities[row, column], Label: judged.Labels[row])).ToArray();
        return (from one in rows
                where one.Label == k
                from other in rows
                where other.Label != k
                select one.Score > other.Score ? 1 : one.Score == other.Score ? 0.5 : 0).Average();
    }

    private static bool Same(double x, double y) => Math.Abs(x - y) <= 1e-12;
}
