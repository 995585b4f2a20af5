using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Metrics;

/// <summary>An output at the threshold means yes, one just below it no, whoever is asked.</summary>
public sealed class ThresholdProperties
{
    private sealed record Case(Loss Loss, Precision Precision, double[] Outputs)
    {
        public bool[] Truth => [.. Outputs.Select(output => output >= Loss.Threshold)];

        /// <summary>A model with these outputs, whatever it is given.</summary>
        public Model Model(Problem problem, Items<string> labels) => Precision.Do(new Making(this, problem, labels));
    }

    private sealed record Making(Case Case, Problem Problem, Items<string> Labels) : IInPrecision<Model>
    {
        public Model Do<T>() where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T[] biases = [.. Case.Outputs.Select(T.CreateChecked)];
            var network = new Network<T>(
                Architecture.Of(1, new Dense(biases.Length, Activation.Identity)),
                    Vec<T>.Of([.. new T[biases.Length], .. biases]));
            var encoding = new Encoding(new Schema([new Feature("x", [])], Labels), null,
                new Scaler.None().Learn(Input), null);
            return Functional.Model.Of(network, Problem, Case.Loss, encoding);
        }
    }

    private static readonly Matrix<double> Input = Matrix<double>.Of([3]);
    private static readonly Loss[] Losses =
        [.. Loss.Kinds.Prototypes.Where(loss => !loss.IsAcrossOutputs && loss is not PoissonNll)];

    private static Gen<Case> Cases(Gen<int> count) =>
        from loss in Gen.OneOf(Losses)
        from precision in Gen.OneOf(Precision.Float, Precision.Double)
        from outputs in count.SelectMany(outputs => Near(loss.Threshold, precision).Array[outputs])
        select new Case(loss, precision, outputs);

    // At the threshold, next to it on both sides, and farther away.
    private static Gen<double> Near(double at, Precision precision) => precision == Precision.Float
        ? Gen.OneOf(at, MathF.BitDecrement((float)at), MathF.BitIncrement((float)at), at - 0.25, at + 0.25)
        : Gen.OneOf(at, Math.BitDecrement(at), Math.BitIncrement(at), at - 0.25, at + 0.25);

    [Fact]
    public void Labels_at_the_threshold_hold_whoever_is_asked() => Cases(Gen.Int[2, 5]).Sample(c =>
    {
        int count = c.Outputs.Length;
        Items<string> names = [.. Enumerable.Range(0, count).Select(label => $"label {label}")];
        var model = c.Model(new Problem.MultiLabel(count), names);
        var labeller = new MultiLabelClassifier(model);
        int[] labels = [.. c.Truth.Select(holds => holds ? 1 : 0)];
        Items<string> holding = [.. names.Where((_, label) => c.Truth[label])];
        Matrix<double> targets = new Matrix<int>(1, count, Vec<int>.Of(labels)).To<double>();
        var report = labeller.Evaluate(Dataset<double>.Of(model.Problem, Input, targets, schema: model.Schema));
        Assert.Equal(labels, model.Labels(Input).Cells.Span.ToArray());
        Assert.Equal(labels, labeller.Predict(Input).Cells.Span.ToArray());
        Assert.Equal(holding, labeller.Predict(("x", 3)));
        Assert.Equal([holding], labeller.Predict(Table.Of([3.0]).Number("x", x => x)));
        Assert.Equal((1, 1), (report.Accuracy, report.ExactMatch));
    });

    [Fact]
    public void The_second_class_begins_at_the_threshold_whoever_is_asked() => Cases(Gen.Const(1)).Sample(c =>
    {
        var model = c.Model(new Problem.Classification(2), ["no", "yes"]);
        var classifier = new Classifier(model);
        int label = c.Truth[0] ? 1 : 0;
        var report = classifier.Evaluate(Dataset<double>.Of(model.Problem, Input, Matrix<double>.Of([label]),
            schema: model.Schema));
        Assert.Equal([label], model.Classes(Input).Span.ToArray());
        Assert.Equal([label], classifier.Predict(Input).Span.ToArray());
        Assert.Equal(label == 1 ? "yes" : "no", classifier.Predict(("x", 3)).Class);
        Assert.Equal(label, classifier.Predict(Table.Of([3.0]).Number("x", x => x))[0].Index);
        Assert.Equal((1, 1), (report.Accuracy, report.Counts.Matrix[label, label]));
    });

    // A threshold of one's own is one of probabilities.
    [Fact]
    public void A_probability_at_a_threshold_of_ones_own_is_the_second_class() =>
        Cases(Gen.Const(1)).Where(c => c.Loss.Probabilities is not null).Sample(c =>
        {
            var model = c.Model(new Problem.Classification(2), ["no", "yes"]);
            double share = model.Probabilities(Input)![0, 1];
            var (at, above) = (new Classifier(model).At(share), new Classifier(model).At(Math.BitIncrement(share)));
            return at.Predict(("x", 3)).Class == "yes" && at.Predict(Input)[0] == 1
                && above.Predict(("x", 3)).Class == "no" && above.Predict(Input)[0] == 0;
        });
}
