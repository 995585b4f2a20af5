using System.Numerics;
using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Losses;

/// <summary>Losses: their derivatives, their relations, and their ends.</summary>
public sealed class LossProperties
{
    private sealed record Case(
        Loss Loss, Matrix<double> Outputs, Matrix<double> Targets, Vec<double>? Weights, Gradient<double> Direction)
    {
        public double Value(Matrix<double> outputs) => Loss.Value(outputs, Targets, Weights);
    }

    private static readonly Gen<Case> Cases =
        from loss in Any.EveryLoss
        from rows in Gen.Int[1, 20]
        from columns in Gen.Int[1, 20]
        from outputs in Any.Outputs(rows, columns, loss)
        from targets in Any.Targets(columns, loss, rows)
        from weights in Any.Weights(rows)
        from direction in Any.Matrix(rows, columns)
        select new Case(loss, outputs, targets, weights, new Gradient<double>(direction.Cells));

    // A difference across a kink is wrong, so where one step disagrees a much shorter one may speak.
    [Fact]
    public void Delta_is_the_derivative_of_the_value() => Cases.Sample(c =>
        new Gradient<double>(c.Loss.ValueAndDelta(c.Outputs, c.Targets, c.Weights).Delta.Cells) is var delta
        && new (double H, double Tolerance)[] { (1e-3, 1e-8), (1e-5, 1e-7), (1e-7, 1e-6) }.Any(step =>
            Math.Abs(delta.Dot(c.Direction)
                - FiniteDifference.Central(h => c.Value(Moved(c.Outputs, h * c.Direction)), step.H))
            <= step.Tolerance * (1 + delta.Norm() * c.Direction.Norm())));

    [Fact]
    public void The_bend_of_delta_is_its_derivative() => Cases.Sample(c =>
    {
        var bend = new double[c.Outputs.Cells.Length];
        ReadOnlySpan<double> weights = c.Weights is null ? [] : c.Weights.Span;
        c.Loss.EvaluateTangent(
            c.Outputs.Cells.Span, c.Targets.Cells.Span, weights, c.Direction.Direction.Span, c.Outputs.Rows,
            Loss.Weight(weights, c.Outputs.Rows), bend);
        var got = new Gradient<double>(Vec<double>.Of(bend));
        Gradient<double> Delta(double h) =>
            new(c.Loss.ValueAndDelta(Moved(c.Outputs, h * c.Direction), c.Targets, c.Weights).Delta.Cells);
        // Of a kink, a shorter step may not know.
        return new (double H, double Tolerance)[] { (1e-3, 1e-4), (1e-5, 1e-6), (1e-7, 1e-5) }.Any(step =>
            (1 / (2 * step.H) * (Delta(step.H) - Delta(-step.H)) - got).Norm() <= step.Tolerance * (1 + got.Norm()));
    });

    [Fact]
    public void A_loss_is_not_negative() =>
        Cases.Where(c => c.Loss is not PoissonNll).Sample(c => c.Value(c.Outputs) >= -1e-14);

    [Fact]
    public void A_perfect_prediction_has_no_error() =>
        Cases.Where(c => c.Loss.Targets == Functional.Interval.Any && !c.Loss.TakesClassNumbers).Sample(c =>
            Math.Abs(c.Loss.Value(c.Outputs, c.Outputs)) < 1e-15);

    [Fact]
    public void The_order_of_a_batch_does_not_matter() => Gen.Select(Cases, Any.Key).Sample((c, key) =>
    {
        int[] order = Draw.Permutation(key, c.Outputs.Rows).Span.ToArray();
        var weights = c.Weights is null ? null : Vec<double>.Of([.. order.Select(row => c.Weights[row])]);
        double value = c.Value(c.Outputs);
        return Math.Abs(c.Loss.Value(c.Outputs.Select(order), c.Targets.Select(order), weights) - value)
            <= 1e-14 * c.Outputs.Cells.Length * (1 + Math.Abs(value));
    });

    [Fact]
    public void A_weight_of_two_is_a_sample_twice() => Cases.Sample(c =>
    {
        var twice = Vec<double>.Of([.. Enumerable.Range(0, c.Outputs.Rows).Select(row => row == 0 ? 2.0 : 1)]);
        int[] rows = [0, .. Enumerable.Range(0, c.Outputs.Rows)];
        return Same(
            c.Loss.Value(c.Outputs, c.Targets, twice),
            c.Loss.Value(c.Outputs.Select(rows), c.Targets.Select(rows)), 1e-13);
    });

    [Fact]
    public void A_sample_of_weight_0_is_no_sample() => Cases.Where(c => c.Weights is not null).Sample(c =>
    {
        int[] rows = [.. Enumerable.Range(0, c.Outputs.Rows).Where(row => c.Weights![row] != 0)],
            others = [.. Enumerable.Range(0, c.Outputs.Rows).Except(rows)];
        var (value, delta) = c.Loss.ValueAndDelta(c.Outputs, c.Targets, c.Weights);
        var (without, own) = c.Loss.ValueAndDelta(c.Outputs.Select(rows), c.Targets.Select(rows),
            c.Weights!.Select(rows));
        return Same(value, without, 1e-13) && Near.Equal(delta.Select(rows), own, 1e-14)
            && delta.Select(others).Cells.Span.ToArray().All(cell => cell == 0);
    });

    [Fact]
    public void Equal_weights_are_none() =>
        Gen.Select(Cases, Gen.OneOf(0.5, 1, 4)).Where((c, _) => c.Loss is not HalfSumSquaredError).Sample((c, weight) =>
            Same(
                c.Loss.Value(
                    c.Outputs, c.Targets,
                    Vec<double>.Create(c.Outputs.Rows, weight, static (all, weight) => all.Fill(weight))),
                c.Loss.Value(c.Outputs, c.Targets), 1e-13));

    [Fact]
    public void A_batch_that_weighs_nothing_has_no_loss_and_no_delta() => Cases.Sample(c =>
        c.Loss.ValueAndDelta(c.Outputs, c.Targets, Vec<double>.Zeros(c.Outputs.Rows)) is var (value, delta)
        && value == 0 && delta.Cells.Span.ToArray().All(cell => cell == 0));

    [Fact]
    public void The_value_without_the_delta_is_that_beside_it_on_any_number_of_threads() =>
        Assert.All(Loss.Kinds.Prototypes, loss =>
    {
        const int rows = 500, columns = 200; // parts for several threads
        var outputs = Any.Outputs(rows, columns, loss);
        Gen.Select(outputs, Any.Targets(columns, loss, rows), Any.Weights(rows), Gen.Int[1, 4])
            .Sample((o, t, w, threads) =>
                loss.Value(o, t, w, threads).Equals(loss.ValueAndDelta(o, t, w).Value), iter: 10);
    });

    [Fact]
    public void The_lectures_error_is_half_the_mean_squared_error_times_the_count() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 5])
            .SelectMany((rows, columns) => Gen.Select(Any.Matrix(rows, columns), Any.Matrix(rows, columns)))
            .Sample((outputs, targets) =>
                Same(
                    new HalfSumSquaredError().Value(outputs, targets),
                    outputs.Cells.Length / 2.0 * new MeanSquaredError().Value(outputs, targets), 1e-14)
                && Same(new HalfSumSquaredError().Value(outputs, targets), outputs.Cells.Span.ToArray().Zip(
                    targets.Cells.Span.ToArray(), (o, t) => (t - o) * (t - o) / 2).Sum(), 1e-13));

    [Fact]
    public void Softmax_cross_entropy_does_not_feel_a_shift_of_all_logits() =>
        Gen.Select(Any.Matrix(4, 3), Gen.Double[-100, 100]).Sample((logits, shift) =>
            Same(
                new SoftmaxCrossEntropy().Value(logits, Classes),
                new SoftmaxCrossEntropy().Value(Moved(logits, shift * Ones(12)), Classes), 1e-12));

    [Fact]
    public void The_delta_of_softmax_cross_entropy_adds_up_to_zero_in_every_row() => Any.Matrix(4, 3).Sample(logits =>
        new SoftmaxCrossEntropy().ValueAndDelta(logits, Classes).Delta is var delta
        && Enumerable.Range(0, 4).All(row => Math.Abs(delta.Row(row).ToArray().Sum()) < 1e-15));

    [Fact]
    public void Two_softmax_logits_are_one_binary_logit() => Any.Matrix(4, 1).Sample(logit =>
        Same(new SoftmaxCrossEntropy()
            .Value(new(4, 2, Vec<double>.Of([.. logit.Cells.Span.ToArray().SelectMany(o => new[] { 0, o })])), Binary),
            new BinaryCrossEntropyWithLogits().Value(logit, Binary), 1e-14));

    [Fact]
    public void The_hinge_of_Crammer_and_Singer_is_the_largest_term_of_that_of_Weston_and_Watkins() =>
        Gen.Select(Gen.Int[2, 6], Gen.Double[0.1, 2])
            .SelectMany((columns, margin) => Any.Matrix(1, columns).Select(outputs => (outputs, margin)))
            .Sample((outputs, margin) =>
            {
                var target = Matrix<double>.Of([0]);
                double[] terms =
                    [.. outputs.Cells.Span[1..].ToArray().Select(o => Math.Max(0, margin - outputs[0, 0] + o))];
                return Same(new CrammerSingerHinge(margin).Value(outputs, target), terms.Max(), 1e-15)
                    && Same(new MultiMarginHinge(margin).Value(outputs, target), terms.Sum() / outputs.Columns, 1e-14);
            });

    [Fact]
    public void Of_equal_rivals_the_first_is_pushed_down() =>
        Assert.Equal(
            Matrix<double>.Of([-1, 1, 0]),
            new CrammerSingerHinge().ValueAndDelta(Matrix<double>.Of([0, 2, 2]), Matrix<double>.Of([0])).Delta);

    [Fact]
    public void With_label_smoothing_the_weight_of_a_class_is_that_of_the_whole_loss_of_its_samples() =>
        Gen.Select(
            Any.Matrix(5, 4), Gen.Double[0.05, 0.5], Gen.Double[0.5, 3].Array[4]).Sample((logits, smoothing, weights) =>
        {
            int[] labels = [0, 1, 2, 3, 1];
            double[][] logarithms = [.. Enumerable.Range(0, 5).Select(row =>
                logits.Row(row).ToArray() is var o ? o.Select(x => x - Math.Log(o.Sum(Math.Exp))).ToArray() : [])];
            double[] losses = [.. labels.Select(
                (y, row) => -(1 - smoothing) * logarithms[row][y] - smoothing / 4 * logarithms[row].Sum())];
            double value = new SoftmaxCrossEntropy(smoothing).Value(
                logits, new(5, 1, Vec<double>.Of([.. labels.Select(y => (double)y)])),
                Vec<double>.Of([.. labels.Select(y => weights[y])]));
            return Same(
                value, labels.Select((y, row) => weights[y] * losses[row]).Sum() / labels.Sum(y => weights[y]), 1e-13);
        });

    [Fact]
    public void Cross_entropies_are_right_at_the_ends()
    {
        AtTheEnds<double>();
        AtTheEnds<float>();
    }

    private static void AtTheEnds<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T far = T.CreateChecked(10_000), two = T.CreateChecked(2);
        Expect(new SoftmaxCrossEntropy(), [far, -far], T.Zero, T.Zero, [T.Zero, T.Zero]);
        Expect(new SoftmaxCrossEntropy(), [far, -far], T.One, two * far, [T.One, -T.One]);
        Expect(new SoftmaxCrossEntropy(), [-far, -far], T.Zero, T.Log(two), [-T.One / two, T.One / two]);
        Expect(new BinaryCrossEntropyWithLogits(), [far], T.One, T.Zero, [T.Zero]);
        Expect(new BinaryCrossEntropyWithLogits(), [far], T.Zero, far, [T.One]);
        Expect(new BinaryCrossEntropyWithLogits(), [-far], T.One, far, [-T.One]);
        Expect(new BinaryCrossEntropyWithLogits(), [-far], T.Zero, T.Zero, [T.Zero]);
        Expect(new BinaryCrossEntropyWithLogits(), [far], T.One / two, far / two, [T.One / two]);
    }

    private static void Expect<T>(Loss loss, T[] outputs, T target, T value, T[] delta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (got, derivative) = loss.ValueAndDelta(
            new Matrix<T>(1, outputs.Length, Vec<T>.Of(outputs)), new(1, 1, Vec<T>.Of(target)));
        Assert.True(T.Abs(got - value) <= T.BitIncrement(value) - value, $"{loss}: {got}, not {value}");
        Assert.Equal(delta, derivative.Cells.Span.ToArray());
    }

    private static Matrix<double> Classes => new(4, 1, Vec<double>.Of(0, 1, 2, 1));
    private static Matrix<double> Binary => new(4, 1, Vec<double>.Of(0, 1, 1, 0));
    private static Gradient<double> Ones(int length) =>
        new(Vec<double>.Create(length, 1.0, static (cells, one) => cells.Fill(one)));
    private static Matrix<double> Moved(Matrix<double> outputs, Gradient<double> by) =>
        new(outputs.Rows, outputs.Columns, (new Gradient<double>(outputs.Cells) + by).Direction);
    private static bool Same(double x, double y, double relative) =>
        Near.Equal(Vec<double>.Of(x), Vec<double>.Of(y), relative);
}
