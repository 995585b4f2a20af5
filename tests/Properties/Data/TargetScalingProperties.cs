using CsCheck;
using Functional;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Laws;
using Xunit;

namespace Properties.Data;

/// <summary>Numbers to be predicted are scaled for the network alone: people see them in their own unit.</summary>
public sealed class TargetScalingProperties
{
    private static readonly Dataset<double> Waves = new Sine(120).Make(Key.FromSeed(1));
    private static readonly Mlp<Regressor, RegressionReport> Net = Mlp.Regressor([8], Activation.Tanh);

    private static Settings Short(Settings options) => options with { Epochs = 20, Precision = Precision.Double };

    private static Dataset<double> In(double unit, double shift) =>
        Dataset.Of(Waves.Problem, Waves.Inputs, Waves.Targets.Map(y => y * unit + shift));

    [Fact]
    public void The_unit_of_the_targets_does_not_count() =>
        Gen.Select(Gen.OneOf(1e-6, 1e-3, 7, 1e6), Gen.OneOf(0, 1e3, -5)).Sample((unit, shift) =>
    {
        var (plain, other) = (Net.Train(Waves, Short), Net.Train(In(unit, shift), Short));
        double[] predicted =
            [.. other.Model.Predict(Waves.Inputs).Cells.Span.ToArray().Select(y => (y - shift) / unit)];
        double tolerance = 1e-6 * (1 + Math.Abs(shift / unit) * 1e-6); // what the shift leaves of the targets' digits
        return Math.Abs(plain.Test.R2 - other.Test.R2) < 1e-5
            && predicted.Zip(plain.Model.Predict(Waves.Inputs).Cells.Span.ToArray())
                .All(pair => Math.Abs(pair.Item1 - pair.Item2) < Math.Max(tolerance, 1e-5));
    }, iter: 12);

    [Fact]
    public void Errors_are_in_the_unit_of_the_targets()
    {
        var trained = Net.Train(In(1000, 0), Short);
        var (targets, predicted) =
            (In(1000, 0).Targets.Cells.Span.ToArray(), trained.Model.Predict(Waves.Inputs).Cells.Span.ToArray());
        var evaluated = trained.Model.Evaluate(In(1000, 0));
        Assert.Equal(
            targets.Zip(predicted).Average(pair => Math.Pow(pair.Item1 - pair.Item2, 2)), evaluated.MeanSquaredError,
            1e-6 * evaluated.MeanSquaredError);
        Assert.Equal(
            evaluated.MeanSquaredError,
            evaluated.Loss * Math.Pow(1 / trained.Results.Model.Encoding.TargetScaling!.Factor[0], 2),
            1e-6 * evaluated.MeanSquaredError);
        Assert.InRange(evaluated.RootMeanSquaredErrorOfMean, evaluated.RootMeanSquaredError, 10_000);
    }

    [Fact]
    public void A_saved_model_predicts_in_the_same_unit()
    {
        string path = Path.GetTempFileName();
        var trained = Net.Train(In(1000, 50), Short);
        trained.Model.Save(path);
        var loaded = Model.Load(path);
        File.Delete(path);
        Assert.Equal(trained.Results.Model.Encoding.TargetScaling, loaded.Encoding.TargetScaling);
        Assert.Equal(trained.Model.Predict(Waves.Inputs), loaded.Outputs(Waves.Inputs));
    }

    [Fact]
    public void Where_outputs_or_loss_do_not_take_any_number_targets_stay_as_they_are()
    {
        Assert.Null(Net.Train(
            In(1, 5), options => Short(options) with { Loss = new PoissonNll() }).Results.Model.Encoding.TargetScaling);
        Assert.Null(Net.Train(Waves, options =>
            Short(options) with { OutputActivation = Activation.Tanh }).Results.Model.Encoding.TargetScaling);
        Assert.Null(Net.Train(
            Waves,
            options => Short(options) with { TargetScaling = new Scaler.None() }).Results.Model.Encoding.TargetScaling);
        Assert.NotNull(Net.Train(Waves, options =>
            Short(options) with { TargetScaling = new Scaler.Range() }).Results.Model.Encoding.TargetScaling);
        Assert.Contains(
            "target_scaling is \"standard\"; it should be \"none\" where classes are predicted",
            Assert.Throws<InvalidInputException>(
                () => Mlp.Classifier([2]).Train(
                    new Moons(60).Make(Key.FromSeed(1)),
                    options => options with { TargetScaling = new Scaler.Standard() })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_are_all_one_number_are_predicted()
    {
        var trained = Net.Train(Dataset.Of(new Problem.Regression(1), Waves.Inputs, Waves.Targets.Map(_ => 3)), Short);
        Assert.All(trained.Model.Predict(Waves.Inputs).Cells.Span.ToArray(), y => Assert.InRange(y, 2, 4));
    }

    [Fact]
    public void Undoing_a_scaling_gives_the_numbers_back() => Gen.Double[-1e6, 1e6].Array[2, 30].Sample(cells =>
    {
        var numbers = new Matrix<double>(cells.Length, 1, Vec<double>.Of(cells));
        var scaling = new Scaler.Standard().Learn(numbers);
        return Near.Equal(scaling.Undo(scaling.Apply<double>(numbers)).Cells, numbers.Cells, 1e-9);
    });
}
