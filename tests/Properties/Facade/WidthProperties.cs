using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Properties.Generators;
using Xunit;

namespace Properties.Facade;

/// <summary>Samples of another width, wider or narrower, are refused with both widths.</summary>
public sealed class WidthProperties
{
    private static readonly Gen<(int Width, int Other, int Rows)> Widths =
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 9], Gen.Int[0, 4]).Where((width, other, _) => width != other);

    [Fact]
    public void A_network_refuses_samples_of_another_width() => Gen.Select(Any.Network, Gen.Int[0, 9], Gen.Int[0, 4])
        .Where((network, other, _) => network.Architecture.Inputs != other).Sample((network, other, rows) =>
        {
            string message = $"a network of {network.Architecture.Inputs} inputs got samples of {other} numbers";
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => network.Predict(Zeros(rows, other))).Message);
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => network.Forward(Zeros(rows, other))).Message);
        });

    [Fact]
    public void A_model_refuses_samples_of_another_width() => Widths.Sample((width, other, rows) =>
    {
        string message = $"the samples have {other} features; the model takes {width}";
        var (classifier, regressor, labeller) = Models(width);
        void Refused(Func<object?> ask) => Assert.Equal(message, Assert.Throws<InvalidInputException>(ask).Message);
        Refused(() => classifier.Predict(Zeros(rows, other)));
        Refused(() => classifier.PredictProbabilities(Zeros(rows, other)));
        Refused(() => classifier.At(0.3).Predict(Zeros(rows, other)));
        Refused(() => regressor.Predict(Zeros(rows, other)));
        Refused(() => labeller.Predict(Zeros(rows, other)));
        Refused(() => classifier.Model.Outputs(Zeros(rows, other)));
    }, iter: 60);

    [Fact]
    public void A_model_refuses_to_be_judged_by_samples_of_another_width() =>
        Widths.Where((_, other, _) => other > 0).Sample((width, other, rows) =>
    {
        var (classifier, regressor, labeller) = Models(width);
        Dataset<double> Data(Problem problem) =>
            Dataset<double>.Of(problem, Zeros(rows + 1, other), Zeros(rows + 1, 1));
        Invalid[] faults =
        [
            .. Assert.Throws<InvalidInputException>(() =>
                classifier.Evaluate(Data(new Problem.Classification(2)))).Faults,
            .. Assert.Throws<InvalidInputException>(() => regressor.Evaluate(Data(new Problem.Regression(1)))).Faults,
            .. Assert.Throws<InvalidInputException>(() => labeller.Evaluate(Data(new Problem.MultiLabel(1)))).Faults,
            .. Assert.Throws<InvalidInputException>(() =>
                classifier.Model.WithStatistics(Data(new Problem.Classification(2)))).Faults,
        ];
        Assert.Equal(4, faults.Length);
        Assert.All(faults, fault => Assert.Contains($"{other} features", fault.Message, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.Contains($"takes {width}", fault.Message, StringComparison.Ordinal));
    }, iter: 60);

    private static (Classifier, Regressor, MultiLabelClassifier) Models(int width)
    {
        Model Of(Problem problem, Loss loss) => Model.Of(
            new Network<double>(Architecture.Of(width, new Dense(1, Activation.Identity)),
                Vec<double>.Zeros(width + 1)), problem, loss,
            new(null, null, new Scaler.None().Learn(Zeros(1, width)), null));
        return (
            new(Of(new Problem.Classification(2), new BinaryCrossEntropyWithLogits())),
                new(Of(new Problem.Regression(1), new MeanSquaredError())),
            new(Of(new Problem.MultiLabel(1), new BinaryCrossEntropyWithLogits())));
    }

    private static Matrix<double> Zeros(int rows, int columns) => new(rows, columns, Vec<double>.Zeros(rows * columns));
}
