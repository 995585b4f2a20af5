using CsCheck;
using Functional;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Metrics;

/// <summary>Several labels, each of which holds or does not.</summary>
public sealed class LabellingProperties
{
    // Two labels of a point: right of the middle, above the middle.
    private static readonly Dataset<double> Quarters = Make();

    [Fact]
    public void A_labeller_learns_labels_one_by_one()
    {
        var labeller = Mlp.MultiLabelClassifier([16])
            .Train(Quarters, options => options with { Epochs = 40, Optimizer = new Adam(0.01) });
        Assert.InRange(labeller.Test.Accuracy, 0.97, 1);
        Assert.Equal(labeller.Test, labeller.Model.Evaluate(Quarters) is MultiLabelReport ? labeller.Test : null);
        Assert.Equal(
            (1, 0),
            (labeller.Model.Predict(Matrix<double>.Of([0.8, -0.8]))[0, 0],
                labeller.Model.Predict(Matrix<double>.Of([0.8, -0.8]))[0, 1]));
        labeller.Model.Save("labels.safetensors");
        Assert.Equal(
            labeller.Results.Model.Outputs(Quarters.Inputs), Model.Load("labels.safetensors").Outputs(Quarters.Inputs));
        File.Delete("labels.safetensors");
    }

    [Fact]
    public void Measures_of_labels_are_their_definitions() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 5]).SelectMany(
        (rows, columns) => Gen.Select(Any.Matrix(rows, columns), Any.Matrix(rows, columns))).Sample((outputs, truth) =>
    {
        var targets = new Matrix<double>(
            truth.Rows, truth.Columns, Vec<double>.Of([.. truth.Cells.Span.ToArray().Select(x => x > 0 ? 1.0 : 0)]));
        var of = Labelling.Of(targets, outputs, new BinaryCrossEntropyWithLogits(), 0);
        int[] cells = [.. Enumerable.Range(0, targets.Cells.Length)];
        bool Right(int i) => (outputs.Cells[i] >= 0) == (targets.Cells[i] == 1);
        double hits = cells.Count(i => outputs.Cells[i] >= 0 && targets.Cells[i] == 1),
            all = cells.Count(i => outputs.Cells[i] >= 0) + cells.Count(i => targets.Cells[i] == 1);
        return of.Accuracy == (double)cells.Count(Right) / cells.Length
            && of.ExactMatch == (double)cells.Chunk(targets.Columns).Count(row => row.All(Right)) / targets.Rows
            && of.F1Micro == (all == 0 ? 0 : 2 * hits / all)
            && (targets.Columns > 1 || of.F1 == of.F1Micro);
    });

    [Fact]
    public void A_target_that_is_no_label_is_named() => Assert.Equal<string[]>(
        ["the label in row 2, column 1 is 0.5; it should be 0 or 1"],
        Dataset<double>.Check(
            new Problem.MultiLabel(2), Matrix<double>.Of([1], [2]), Matrix<double>.Of([0, 1], [0.5, 1]))
            .FailToSeq().Select(fault => fault.Message).ToArray());

    [Fact]
    public void A_loss_of_one_class_is_refused_for_labels() => Assert.Contains(
        "which is for one class of several; this task is to predict labels, each by itself",
        Assert.Throws<InvalidInputException>(() => Mlp.MultiLabelClassifier(new Dense(3, Activation.Tanh)).Train(
            Quarters, options => options with { Loss = new SoftmaxCrossEntropy() })).Message,
        StringComparison.Ordinal);

    private static Dataset<double> Make()
    {
        var points = new Matrix<double>(400, 2, Draw.Uniform<double>(Key.FromSeed(4), 800, -1, 1));
        var labels = new Matrix<double>(
            400, 2, Vec<double>.Of([.. points.Cells.Span.ToArray().Select(x => x > 0 ? 1.0 : 0)]));
        return Dataset<double>.Check(new Problem.MultiLabel(2), points, labels)
            .IfFail(_ => throw new InvalidOperationException());
    }
}
