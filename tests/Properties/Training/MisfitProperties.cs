using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Training;

/// <summary>Parts that do not fit each other are a bug of the caller's, and an exception says which.</summary>
public sealed class MisfitProperties
{
    private static readonly Architecture Net = Architecture.Of(3, new Dense(4, Activation.Tanh), new Dense(2));

    [Fact]
    public void Shards_are_a_power_of_two() => Gen.Int[-5, 2000].Sample(shards =>
        Refused(() => Step(new SoftmaxCrossEntropy(), 3, [0], shards), $"a batch is cut into {shards} shards")
        == !Enumerable.Range(0, 11).Select(power => 1 << power).Contains(shards), iter: 300);

    [Fact]
    public void Samples_are_as_wide_as_the_network() => Gen.Int[0, 8].Sample(features =>
        Refused(() => Step(new SoftmaxCrossEntropy(), features, [0]), "do not fit a network of 3 inputs")
        == (features != 3),
        iter: 30);

    [Fact]
    public void Targets_are_as_wide_as_the_loss_wants_them() =>
        Gen.Select(Gen.OneOf<Loss>(new MeanSquaredError(), new SoftmaxCrossEntropy()), Gen.Int[0, 4])
            .Sample((loss, columns) =>
                Refused(() => Step(loss, 3, new double[columns]), "target columns")
                == (columns != (loss is MeanSquaredError ? 2 : 1)),
                iter: 50);

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    public void A_class_is_one_of_the_outputs(double label) => Assert.True(
        Refused(() => Step(new SoftmaxCrossEntropy(), 3, [label]), "it should be a whole number between 0 and 1"));

    [Fact]
    public void A_batch_has_rows() => Assert.True(Refused(
        () => Begin(out var start).Step(start, new Batch<double>(new(Zeros(1, 3), Zeros(1, 1)), Vec<int>.Of(0), 0, 0)),
        "a batch has 0 rows"));

    [Fact]
    public void A_network_too_wide_for_memory_is_refused() => Assert.Contains(
        "the network keeps 268435457 numbers for a sample; it should keep at most 268435456",
        Architecture.Check(1 << 20, [.. Enumerable.Repeat(new Activate(Activation.Tanh), 253), new Dense(1)])
            .FailToSeq().Select(fault => fault.Message));

    [Fact]
    public void A_wide_network_predicts_row_by_row_what_it_predicts_at_once()
    {
        var wide = Network<float>.Init(
            Architecture.Of(
                1, new Dense(1 << 19), new Activate(Activation.Tanh), new Activate(Activation.Relu), new Dense(1)),
            new Initializer.HeNormal(), Key.FromSeed(1));
        var inputs = new Matrix<float>(300, 1, Draw.Normal<float>(Key.FromSeed(2), 300));
        Assert.Equal(wide.Predict(inputs.Select([299])).Cells[0], wide.Predict(inputs)[299, 0]);
    }

    private static TrainState<double> Step(Loss loss, int features, double[] target, int shards = 1) =>
        (Begin(out var start) with { Loss = loss, Shards = shards })
            .Step(start, Batch<double>.All(new(Zeros(1, features), Matrix<double>.Of(target))));

    private static Learner Begin(out TrainState<double> start)
    {
        var learner = new Learner(new SoftmaxCrossEntropy(), new Adam());
        start = learner.Begin(Network<double>.Init(Net, new Initializer.GlorotUniform(), Key.FromSeed(1)));
        return learner;
    }

    private static Matrix<double> Zeros(int rows, int columns) => new(rows, columns, Vec<double>.Zeros(rows * columns));

    // Whether something is refused, with a message that holds this.
    private static bool Refused(Action action, string message)
    {
        try
        {
            action();
            return false;
        }
        catch (ArgumentException fault)
        {
            Assert.Contains(message, fault.Message, StringComparison.Ordinal);
            return true;
        }
    }
}
