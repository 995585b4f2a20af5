using System.Text.RegularExpressions;
using CsCheck;
using Functional;
using Functional.Core.Explaining;
using Functional.Core.Metrics;
using Functional.Core.Numbers;
using Functional.Core.Training;
using Functional.Data;
using Functional.Reports;
using Xunit;

namespace Properties.Facade;

/// <summary>No figure for people is a zero with a sign.</summary>
public sealed partial class FigureProperties
{
    /// <summary>Numbers below zero that few digits do not tell from it, and zero itself with its sign.</summary>
    private static readonly Gen<double> Small = Gen.OneOf(
        Gen.OneOf(-0.0, -double.Epsilon, -4.9e-5), Gen.Double[1, 300].Select(digits => -Math.Pow(10, -digits)));

    [GeneratedRegex(@"(?<![\w.])-0(\.0*)?(?![\d.eE])")]
    private static partial Regex SignedZero { get; }

    [Theory]
    [InlineData("-0", true), InlineData("r2 -0.0000   x", true), InlineData("(1, -0)", true), InlineData("-0.", true)]
    [InlineData("-0.05", false), InlineData("1e-05", false), InlineData("-0.0001", false), InlineData("0", false),
        InlineData("-1E-09", false)]
    public void A_signed_zero_is_seen(string text, bool isSeen) => Assert.Equal(isSeen, SignedZero.IsMatch(text));

    [Fact]
    public void Numbers_of_an_explanation_have_no_signed_zero() =>
        Gen.Select(Small, Gen.Int[1, 17]).Sample((number, digits) =>
        IsUnsigned(new Figures(digits).Of(number)));

    [Fact]
    public void An_epoch_is_shown_without_a_signed_zero() =>
        Gen.Select(Small, Small, Small).Sample((train, loss, score) =>
        IsUnsigned($"{new Epoch(1, 1, train, Numbers(loss, score), new Outcome.Untrained(), null!, null!)}"));

    // A model that predicts the mean of what it learned from is a little worse on other samples: R2 is -0.000009.
    [Fact]
    public void A_model_as_good_as_the_mean_is_shown_without_a_signed_zero()
    {
        Dataset<double> Data(double shift) => Dataset.Of(
            new Problem.Regression(1), new(40, 1, Vec<double>.Zeros(40)),
                new(40, 1, Vec<double>.Of([.. Enumerable.Range(0, 40).Select(i => i % 2 * 2 - 1 + shift)])));
        Settings Still(Settings settings) => settings with
        {
            Epochs = 1,
            Test = 0,
            Initializer = new Initializer.Zeros(),
            Optimizer = new Sgd(1e-9),
            Precision = Precision.Double,
        };
        var epoch = Mlp.Regressor([1]).Epochs(Data(0), Still, validation: Data(0.003)).First();
        Assert.InRange(epoch.Validation!.Score.Value, -1e-5, -8e-6);
        Assert.Equal("r2 0.0000", $"{epoch}"[^9..]);
    }

    [Fact]
    public void An_evaluation_is_shown_without_a_signed_zero() => Gen.Select(Small, Small).Sample((loss, score) =>
        new Evaluation[] { Numbers(loss, score), new MultiLabelReport(9, loss, 0, 0, 0, 0), Classes(loss) }.All(part =>
            IsUnsigned($"{part}") && EvaluationText.More(part, null).All(line => IsUnsigned($"{line}"))));

    [Fact]
    public void A_class_of_zeros_has_no_sign() =>
        Assert.Equal<string[]>(["0", "1"], [.. Read("-0\n1\n0\n-0.0\n").Labels]);

    [Fact]
    public void A_category_of_zeros_has_no_sign() => Assert.Equal<string[]>(
        ["0", "2"], [.. TableData.AsTexts(new Column.Numbers("a", Vec<double>.Of(-0.0, 2, 0))).Values]);

    private static Functional.Core.Data.Schema Read(string cells) => TableData.Load(
        TableFile.Read(new StringReader(string.Concat("y,x\n",
            string.Concat(cells.TrimEnd().Split('\n').Select((cell, i) => $"{cell},{i}\n")))), "t", new()),
        new CsvFile("t", ["y"], []) { Task = TaskKind.Classes }).Data.Schema!;

    private static bool IsUnsigned(string text) => !SignedZero.IsMatch(text);

    private static RegressionReport Numbers(double loss, double score) =>
        new(9, loss, score, 0, 0, 0, score) { RootMeanSquaredErrorOfMean = 0, MeanAbsoluteErrorOfMean = 0 };

    private static ClassificationReport Classes(double loss) =>
        new(4, loss, 0.5, ConfusionMatrix.Of(Matrix<double>.Of([1, 1], [1, 1])), null);
}
