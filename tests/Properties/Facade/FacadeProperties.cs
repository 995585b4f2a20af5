using Functional;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Facade;

/// <summary>The face that programs see.</summary>
public sealed class FacadeProperties
{
    private static readonly Dataset<double> Data = new Moons(Samples: 120).Make(Key.FromSeed(1));
    private static readonly Dataset<double> Wave = new Sine(Samples: 120).Make(Key.FromSeed(1));

    private static Settings Short(Settings options) => options with { Epochs = 4, Optimizer = new Adam(0.01) };

    [Fact]
    public void Training_twice_gives_the_same_bits() =>
        Assert.Equal(
            Mlp.Classifier([8]).Train(Data, Short).Model.ParametersSha256,
            Mlp.Classifier([8]).Train(Data, Short, threads: 5).Model.ParametersSha256);

    [Fact]
    public void The_last_of_the_epochs_is_what_training_gives() =>
        Assert.Equal(
            Mlp.Classifier([8]).Train(Data, Short).Model.ParametersSha256,
            Mlp.Classifier([8]).Epochs(Data, Short).Last().Model.ParametersSha256);

    [Fact]
    public void Early_stopping_is_a_TakeWhile() =>
        Assert.Equal(
            2, Mlp.Classifier([8]).Epochs(Data, Short).TakeWhile(progress => progress.Number <= 2).Last().Number);

    [Fact]
    public void Every_fault_of_the_options_is_in_one_exception() =>
        Assert.Equal(
            "hidden[0].units is 0; it should be between 1 and 1048576 | optimizer.rate is NaN; it should be above 0 "
                + "and finite | batch_size is -1; it should be between 1 and 1048576",
            Assert.Throws<InvalidInputException>(() => Mlp.Classifier([0]).Train(
                Data, options => options with { BatchSize = -1, Optimizer = new Adam(double.NaN) })).Message);

    [Fact]
    public void TryTrain_gives_the_same_faults_as_a_value() =>
        Assert.Equal(2, Mlp.Regressor([-1]).TryTrain(Wave, options => options with { Epochs = 0 }).Faults.Count);

    [Fact]
    public void A_classifier_refuses_numbers() =>
        Assert.Contains(
            "a Classifier does not predict that",
            Assert.Throws<InvalidInputException>(() => Mlp.Classifier([4]).Train(Wave)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_a_float_cannot_hold_are_named()
    {
        var huge = Dataset<double>.Check(
            new Problem.Regression(1), Matrix<double>.Of([1], [2], [1e39], [4]),
            Matrix<double>.Of([0], [1], [2], [-1e300]))
            .IfFail(_ => throw new InvalidOperationException());
        Assert.Equal(
            "the inputs have 1E+39 in row 3, column 1; it should stay finite in float, scaled | the targets have "
                + "-1E+300 in row 4, column 1; it should stay finite in float, scaled",
            Assert.Throws<InvalidInputException>(
                () => Mlp.Regressor([4]).Train(huge, options => options with { Scaling = new Scaler.None() })).Message);
        var model = Mlp.Regressor([4]).Train(Wave, Short);
        Assert.Equal(
            "the samples have 1E+39 in row 2, column 1; it should stay finite in float, scaled",
            Assert.Throws<InvalidInputException>(() => model.Model.Predict(Matrix<double>.Of([0], [1e39]))).Message);
    }

    [Fact]
    public void A_model_explains_raw_samples_as_it_predicts_them()
    {
        var model = Mlp.Classifier([4]).Train(Data, Short).Results.Model;
        var explained = model.Explain(Data.Inputs.Select([3]).Cells, Vec<double>.Of(1));
        Assert.Equal(
            model.Outputs(Data.Inputs.Select([3])).Cells.Span.ToArray(),
            explained.Numbers.Where(number => number.Key.Name.StartsWith('ŷ')).Select(number => number.Value));
        Assert.Equal(
            "the length of the input is 1; it should be 2 | the target is 2; "
                + "it should be the number of a class, between 0 and 1",
            Assert.Throws<InvalidInputException>(() => model.Explain(Vec<double>.Of(1), Vec<double>.Of(2))).Message);
    }

    [Fact]
    public void Every_fault_of_data_is_named() => Assert.Equal<string[]>(
        [
            "the data have 2 rows of inputs and 3 of targets; they should be equal",
            "the inputs have Infinity in row 2, column 1; every number should be finite, or NaN where it is missing",
            "the class in row 3 is 1.5; it should be a whole number between 0 and 1",
        ],
        Dataset<double>.Check(
            new Problem.Classification(2), Matrix<double>.Of([1, double.NaN], [double.PositiveInfinity, 4]),
            Matrix<double>.Of([0], [1], [1.5]))
            .FailToSeq().Select(fault => fault.Message).ToArray());

    [Fact]
    public void A_split_that_leaves_nothing_to_learn_from_is_a_fault() =>
        Assert.Contains("at least 1 should be left to learn from",
            Assert.Throws<InvalidInputException>(
                () => Mlp.Regressor([4]).Train(Wave, options => options with { Test = 0.999 })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_cancelled_training_gives_the_model_at_that_step() =>
        Assert.IsType<Outcome.Cancelled>(
            Mlp.Classifier([8]).Train(Data, Short, cancellation: new CancellationToken(canceled: true)).Outcome);

    [Fact]
    public void Divergence_is_a_value() =>
        Assert.IsType<Outcome.Diverged>(
            Mlp.Regressor([8]).Train(Wave, options => options with { Optimizer = new Sgd(1e30) }).Outcome);

    [Theory, InlineData(Precision.Float), InlineData(Precision.Double)]
    public void Save_then_load_is_the_same_model(Precision precision)
    {
        Layer[] hidden = [new Dense(6, Activation.Tanh), new BatchNorm(), new Residual(new LayerNorm(), new Dense(6)),
            new Dropout(0.1)];
        var trained = Mlp.Classifier(hidden).Train(Data, options => Short(options) with { Precision = precision });
        string path = Path.GetTempFileName();
        trained.Model.Save(path);
        var loaded = Model.Load(path);
        File.Delete(path);
        Assert.Equal(trained.Results.Model, loaded);
        Assert.Equal(trained.Model.Predict(Data.Inputs), loaded.Classes(Data.Inputs));
    }

    [Fact]
    public void A_prediction_wants_the_features_it_was_trained_on() =>
        Assert.Equal("the samples have 3 features; the model takes 2",
            Assert.Throws<InvalidInputException>(
                () => Mlp.Classifier([4]).Train(Data, Short).Model.Predict(Matrix<double>.Of([1, 2, 3]))).Message);
}
