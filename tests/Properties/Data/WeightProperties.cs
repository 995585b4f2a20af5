using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Data;

/// <summary>A sample of weight 0 is a sample left out, to the bit; one of weight 3 is three samples, to
/// rounding.</summary>
public sealed class WeightProperties
{
    private static readonly Problem[] Problems =
        [new Problem.Classification(3), new Problem.Regression(2), new Problem.MultiLabel(2)];
    private static readonly Precision[] Precisions = [Precision.Float, Precision.Double];

    /// <summary>Samples, their whole weights (some 0, not all), and the weighted and the repeated data set.</summary>
    private static readonly Gen<(Dataset<double> Weighted, Dataset<double> Repeated)> Twins =
        from problem in Gen.OneOf(Problems.Select(Gen.Const).ToArray())
        from rows in Gen.Int[12, 30]
        from inputs in Any.Matrix(rows, 2)
        from key in Any.Key
        from weights in Gen.Int[0, 3].Array[rows]
        where weights.Count(weight => weight > 0) > 6
        let targets = Targets(problem, rows, key)
        let repeats = weights.SelectMany((weight, row) => Enumerable.Repeat(row, weight)).ToArray()
        select (
            Dataset<double>.Of(problem, inputs, targets, Vec<double>.Of([.. weights.Select(weight => (double)weight)])),
            Dataset<double>.Of(problem, inputs, targets).Select(repeats));

    [Fact]
    public void A_sample_of_weight_0_is_left_out_to_the_bit() => Assert.All(
        from problem in Problems from precision in Precisions select (problem, precision), of =>
    {
        var (problem, precision) = of;
        const int rows = 60;
        var key = Key.FromSeed(3);
        double[] weights = [.. Draw.Uniform<double>(key, rows, 0.5, 2).Span.ToArray()
            .Select((weight, row) => row % 7 == 3 ? 0 : weight)];
        double[] inputs =
            [.. Draw.Normal<double>(key.At(1), rows).Span.ToArray().Select((x, row) => row % 7 == 3 ? 1e6 : x)];
        var all = Dataset<double>.Of(
            problem, new(rows, 1, Vec<double>.Of(inputs)), Targets(problem, rows, key), Vec<double>.Of(weights));
        var some = all.Select([.. Enumerable.Range(0, rows).Where(row => row % 7 != 3)]);
        Assert.Equal(
            Trained(some, precision) with { Notes = [$"9 of 60 samples have weight 0 and are left out"] },
            Trained(all, precision));
    });

    [Fact]
    public void Whole_weights_scale_and_fill_as_repeated_samples_do() => Gen.Select(
        Twins, Gen.OneOf<Scaler>(new Scaler.Standard(), new Scaler.Range(), new Scaler.Robust()),
        Gen.OneOf<MissingCells>(new MissingCells.Mean(), new MissingCells.Median(), new MissingCells.MostFrequent()))
        .Sample((twins, scaler, way) =>
        {
            var (weighted, repeated) = (Holed(twins.Weighted.WithPositiveWeights()), Holed(twins.Repeated));
            var (filled, fill) = (
                Filling.Learn(way, weighted.Inputs, null, weighted.Weights)!,
                Filling.Learn(way, repeated.Inputs, null)!);
            var (scaling, other) =
                (scaler.Learn(weighted.Inputs, filled, weighted.Weights), scaler.Learn(repeated.Inputs, fill));
            return Near.Equal(filled, fill, 1e-13) && Near.Equal(scaling.Shift, other.Shift, 1e-13)
                && Near.Equal(scaling.Factor, other.Factor, 1e-12);
        });

    [Fact]
    public void Whole_weights_are_measured_as_repeated_samples_are() =>
        Gen.Select(Twins, Any.Key).Sample((twins, key) =>
    {
        var loss = LossOf(twins.Weighted.Problem);
        var network = Network<double>.Init(
            Architecture.Of(2, new Dense(Dataset<double>.Outputs(twins.Weighted.Problem, loss))),
            new Initializer.Normal(2), key);
        var (weighted, repeated) =
            (Evaluation.Of(network, twins.Weighted, loss), Evaluation.Of(network, twins.Repeated, loss));
        return Near.Equal(Numbers(weighted), Numbers(repeated), 1e-10);
    });

    [Fact]
    public void Whole_weights_are_learned_as_repeated_samples_are() =>
        Gen.Select(Twins, Any.Key, Gen.Bool).Sample((twins, key, balanced) =>
    {
        var loss = LossOf(twins.Weighted.Problem);
        ClassWeights weighting = balanced ? ClassWeights.Balanced : ClassWeights.Equal;
        Network<double> End(Dataset<double> data) => new Learner(loss, new Adam(0.05), key) is var learner
            ? learner.Fold(
                learner.Begin(Network<double>.Init(
                    Architecture.Of(
                        2, new Dense(4, Activation.Tanh), new Dense(Dataset<double>.Outputs(data.Problem, loss))),
                    new Initializer.GlorotUniform(), key)),
                Enumerable.Repeat(Batch<double>.All(weighting.Weigh(data).For(loss)), 5)).Network
            : null!;
        var (weighted, repeated) = (End(twins.Weighted.WithPositiveWeights()), End(twins.Repeated));
        return Near.Equal(weighted.Predict(twins.Weighted.Inputs), repeated.Predict(twins.Weighted.Inputs), 1e-6);
    }, iter: 200);

    [Fact]
    public void A_batch_with_samples_of_weight_0_is_learned_from_as_without_them() =>
        Gen.Select(Twins, Any.Key, Gen.OneOf(1, 4)).Sample((twins, key, shards) =>
    {
        var (data, loss) = (twins.Weighted, LossOf(twins.Weighted.Problem));
        var learner = new Learner(loss, new Sgd(0.1, 0.9), key, shards, Penalty: new Penalty.L2(0.01));
        var start = learner.Begin(Network<double>.Init(
            Architecture.Of(2, new Dense(4, Activation.Tanh), new LayerNorm(),
                new Dense(Dataset<double>.Outputs(data.Problem, loss))),
            new Initializer.GlorotUniform(), key));
        TrainState<double> End(Dataset<double> some) =>
            learner.Fold(start, Enumerable.Repeat(Batch<double>.All(some.For(loss)), 5));
        var (all, positive) = (End(data), End(data.WithPositiveWeights()));
        return Near.Equal(all.Network.Parameters, positive.Network.Parameters, 1e-10)
            && all.Outcome is Outcome.Trained(var one) && positive.Outcome is Outcome.Trained(var other)
                && Math.Abs(one - other) <= 1e-10 * (1 + one);
    }, iter: 200);

    [Fact]
    public void Weights_of_classes_multiply_those_of_samples() =>
        Gen.Select(Twins.Where(twins => twins.Weighted.Problem is Problem.Classification), Gen.Double[0.1, 5].Array[3],
            Gen.Bool).Sample((twins, given, isBalanced) =>
        {
            Prepared<double> Of(ClassWeights weighting) =>
                Experiment.Of(new Settings { Data = new Given(), ClassWeights = weighting }, twins.Weighted)
                .Prepare<double>(twins.Weighted);
            var (plain, weighed) = (Of(ClassWeights.Equal).Parts,
                Of(isBalanced ? ClassWeights.Balanced : ClassWeights.Given([.. given])).Parts);
            int[] classes = [.. plain.Train.Targets.Cells.Span.ToArray().Select(label => (int)label)];
            double[] own = [.. plain.Train.Weights!.Span];
            double Together(int label) => own.Where((_, row) => classes[row] == label).Sum();
            return weighed.Validation == plain.Validation && weighed.Test == plain.Test
                && weighed.Train.Inputs == plain.Train.Inputs
                && Near.Equal(weighed.Train.Weights!, Vec<double>.Of([.. own.Select((weight, row) =>
                    weight * (isBalanced ? own.Sum() / (3 * Together(classes[row])) : given[classes[row]]))]), 1e-13);
        });

    [Fact]
    public void Balanced_classes_of_a_table_count_its_column_of_weights()
    {
        string text = "x,w,y\n" + string.Concat(Enumerable.Range(0, 60).Select(row =>
            $"{row * 7 % 10},{1 + row % 4},{(row % 3 == 0 ? "yes" : "no")}\n"));
        var data = TableData.Load(TableFile.Read(new StringReader(text), "t", new()),
            new CsvFile("t", ["y"], []) { Weight = "w" }).Data;
        var parts = Experiment.Of(new Settings { Data = new Given(), ClassWeights = ClassWeights.Balanced }, data)
            .Prepare<double>(data).Parts;
        double[] weights = [.. parts.Train.Weights!.Span], together =
            [.. Enumerable.Range(0, 2).Select(label =>
                weights.Where((_, row) => parts.Train.Targets[row, 0] == label).Sum())];
        Assert.Equal(together[0], together[1], 1e-12);
        Assert.True(weights.Distinct().Count() >= 6); // four weights in either class, none of them lost
    }

    [Fact]
    public void A_median_does_not_feel_the_size_of_all_weights() =>
        Gen.Select(Gen.Int[1, 9].Array[1, 20], Gen.OneOf(0.1, 0.7, 3, 1e-9)).Sample((numbers, size) =>
            Average.Median([.. numbers.Select(x => (double)x)], [.. numbers.Select(_ => size)])
            == Average.Median([.. numbers.Select(x => (double)x)]));

    [Fact]
    public void Weightless_errors_are_no_errors()
    {
        Matrix<double> targets = Matrix<double>.Of([0.1], [0.1], [0.1], [5]),
            outputs = Matrix<double>.Of([0.2], [0.3], [0.7], [3]);
        Vec<double> weights = Vec<double>.Of(1, 1, 1, 0);
        Assert.Equal(
            RegressionMetrics.ExplainedVariance(targets.Select([0, 1, 2]), outputs.Select([0, 1, 2])),
            RegressionMetrics.ExplainedVariance(targets, outputs, weights));
        Assert.Equal(
            RegressionMetrics.MedianAbsoluteError(targets.Select([0, 1, 2]), outputs.Select([0, 1, 2])),
            RegressionMetrics.MedianAbsoluteError(targets, outputs, weights));
    }

    [Theory, InlineData(1e-50), InlineData(1e39)]
    public void A_weight_that_the_precision_cannot_hold_is_named(double weight)
    {
        var data = Dataset<double>.Of(
            new Problem.Regression(1), Matrix<double>.Of([1], [2], [3], [4]), Matrix<double>.Of([1], [2], [3], [5]),
            Vec<double>.Of(1, weight, 1, 1));
        Assert.Contains(
            "the weight of row 2 is ",
            Assert.Throws<InvalidInputException>(() => Mlp.Regressor([2]).Train(data)).Message,
            StringComparison.Ordinal);
        Assert.IsType<Outcome.Trained>(Mlp.Regressor([2])
            .Train(data, options => options with { Precision = Precision.Double, Epochs = 1 }).Outcome);
    }

    [Fact]
    public void Weights_that_are_all_0_are_refused() =>
        Assert.Equal<string[]>(["every weight is 0; at least 1 should be above 0"],
            Dataset<double>.Check(
                new Problem.Regression(1), Matrix<double>.Of([1], [2]), Matrix<double>.Of([1], [2]),
                Vec<double>.Of(0, 0))
                .FailToSeq().Select(fault => fault.Message).ToArray());

    private static TrainingResults Trained(Dataset<double> data, Precision precision)
    {
        Settings Options(Settings settings) => settings with { Epochs = 3, Precision = precision, Validation = 0.2 };
        return data.Problem switch
        {
            Problem.Classification => Mlp.Classifier(new Dense(4), new BatchNorm()).Train(data, Options).Results,
            Problem.MultiLabel => Mlp.MultiLabelClassifier(new Dense(4), new BatchNorm()).Train(data, Options).Results,
            _ => Mlp.Regressor(new Dense(4), new BatchNorm()).Train(data, Options).Results,
        } with
        { Last = null };
    }

    private static Loss LossOf(Problem problem) => problem switch
    {
        Problem.Classification => new SoftmaxCrossEntropy(),
        Problem.MultiLabel => new BinaryCrossEntropyWithLogits(),
        _ => new MeanSquaredError(),
    };

    private static Matrix<double> Targets(Problem problem, int rows, Key key) => problem switch
    {
        Problem.Classification(var classes) =>
            new Matrix<int>(rows, 1, Draw.Integers(key.At(9), rows, classes)).To<double>(),
        Problem.MultiLabel(var labels) =>
            new Matrix<int>(rows, labels, Draw.Integers(key.At(9), rows * labels, 2)).To<double>(),
        Problem.Regression(var outputs) => new(rows, outputs, Draw.Normal<double>(key.At(9), rows * outputs)),
        _ => throw new ArgumentException($"{problem}"),
    };

    // Cells rounded to few values, some of them missing: both follow from the cell alone, so that
    // repeated rows have them, too.
    private static Dataset<double> Holed(Dataset<double> data) =>
        data.With(data.Inputs.Map(x => Math.Abs(x) < 0.2 ? double.NaN : Math.Round(2 * x)));

    private static Vec<double> Numbers(Evaluation evaluation) =>
        Vec<double>.Of([.. evaluation.Measures.Select(measure => double.IsNaN(measure.Value) ? -1 : measure.Value)]);
}
