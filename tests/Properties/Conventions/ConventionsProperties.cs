using System.Numerics;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Xunit;

namespace Properties.Conventions;

/// <summary>The choices that docs/conventions.md names, as far as no other property holds them.</summary>
public sealed class ConventionsProperties
{
    public static TheoryData<Activation, double, double> Kinks => new()
    {
        { Activation.Relu, 0, 0 }, { Activation.LeakyRelu(0.1), 0, 0.1 }, { Activation.Elu(0.7), 0, 0.7 },
        { Activation.Selu, 0, 1.0507009873554805 * 1.6732632423543772 },
        { Activation.HardTanh, 1, 0 }, { Activation.HardTanh, -1, 0 }, { Activation.HardSigmoid, 3, 0 },
        { Activation.HardSigmoid, -3, 0 },
    };

    [Theory, MemberData(nameof(Kinks))]
    public void The_slope_of_an_activation_at_its_kink(Activation phi, double kink, double slope)
    {
        var network = new Network<double>(Architecture.Of(1, new Activate(phi)), Vec<double>.Empty);
        var (_, tape) = network.Forward(Matrix<double>.Of([kink]));
        Assert.Equal(slope, network.Backward(tape, Matrix<double>.Of([1])).ToInputs[0, 0], 1e-15);
    }

    public static TheoryData<Loss, double[], double> Corners => new()
    {
        { new MeanAbsoluteError(), [2], 2 }, { new Quantile(0.3), [2], 2 }, { new MultiMarginHinge(), [2, 1], 0 },
        { new CrammerSingerHinge(), [2, 1], 0 },
    };

    [Theory, MemberData(nameof(Corners))]
    public void The_slope_of_a_loss_at_its_corner_is_zero(Loss loss, double[] outputs, double target) =>
        Assert.All(
            loss.ValueAndDelta(Matrix<double>.Of(outputs), Matrix<double>.Of([target])).Delta.Cells.Span.ToArray(),
            slope => Assert.Equal(0, slope));

    [Fact]
    public void Huber_has_one_slope_at_its_corner() =>
        Assert.Equal(
            (1, -1),
            (new Huber().ValueAndDelta(Matrix<double>.Of([1]), Matrix<double>.Of([0])).Delta[0, 0],
                new Huber().ValueAndDelta(Matrix<double>.Of([-1]), Matrix<double>.Of([0])).Delta[0, 0]));

    [Fact]
    public void The_slope_of_one_s_own_functions_at_kinks()
    {
        Assert.Equal(1, Forward.Derivative(Size, 0));
        Assert.Equal([0.0, 1], Reverse.Gradient(Greater, 3, 3));
        Assert.Equal([0.0, 1], Reverse.Gradient(Smaller, 3, 3));

        static T Size<T>(T x) where T : INumber<T> => T.Abs(x);
        static T Greater<T>(T[] x) where T : INumber<T> => T.Max(x[0], x[1]);
        static T Smaller<T>(T[] x) where T : INumber<T> => T.Min(x[0], x[1]);
    }

    [Fact]
    public void Of_equal_outputs_the_first_wins_and_a_threshold_is_met()
    {
        Assert.Equal(
            Vec<int>.Of(1), ClassificationMetrics.Predicted(Matrix<double>.Of([0, 2, 2]), new SoftmaxCrossEntropy()));
        Assert.Equal(
            Vec<int>.Of(1),
            ClassificationMetrics.Predicted(Matrix<double>.Of([0]), new BinaryCrossEntropyWithLogits()));
        Assert.Equal(1, Probabilistic.TopK(Matrix<double>.Of([0.2, 0.4, 0.4]), Vec<int>.Of(1), 1));
        Assert.Equal(0, Probabilistic.TopK(Matrix<double>.Of([0.2, 0.4, 0.4]), Vec<int>.Of(2), 1));
        Assert.Equal(1, Probabilistic.TopK(Matrix<double>.Of([0.5]), Vec<int>.Of(1), 1));
    }

    // A gradient as large as epsilon: within the root epsilon would be far larger than its square.
    [Theory]
    [InlineData("adam", 0.5), InlineData("adamw", 0.5), InlineData("nadam", 0.52822), InlineData("rmsprop", 1 / 1.1),
        InlineData("adagrad", 0.5), InlineData("adamax", 0.5)]
    public void Where_epsilon_stands(string name, double size)
    {
        const double Epsilon = 1e-3;
        Optimizer rule = name switch
        {
            "adam" => new Adam(1, Epsilon: Epsilon),
            "adamw" => new AdamW(1, Epsilon: Epsilon, WeightDecay: 0),
            "nadam" => new Nadam(1, Epsilon: Epsilon),
            "rmsprop" => new RmsProp(1, Alpha: 0.99, Epsilon: Epsilon),
            "adagrad" => new Adagrad(1, Epsilon: Epsilon),
            _ => new Adamax(1, Epsilon: Epsilon),
        };
        var network = new Network<double>(
            Architecture.Of(1, new Dense(1, Activation.Identity, Bias: false)), Vec<double>.Of(0));
        Assert.Equal(
            size,
            rule.Apply(new Gradient<double>(Vec<double>.Of(Epsilon)), rule.Init(network), network).Update.Direction[0],
            size * 1e-3);
    }

    [Fact]
    public void Patience_is_so_many_epochs_for_stopping_and_one_more_for_the_plateau()
    {
        double[] numbers = [1, 1, 1, 1];
        Assert.Equal(
            [false, false, true],
            from count in Enumerable.Range(1, 3) select new Patience("train_loss", 2).IsOver(numbers[..count]));
        Assert.Equal(
            [1, 1, 1, 0.1],
            from count in Enumerable.Range(1, 4)
            select new ReduceOnPlateau("train_loss", Patience: 2).After([.. numbers.Take(count)]).At(1, 0));
    }

    [Fact]
    public void Momentum_begins_with_the_gradient() => Assert.Equal(3, new Momentum(0.9, Dampening: 0.5) is var momentum
        && new Network<double>(
            Architecture.Of(1, new Dense(1, Activation.Identity, Bias: false)), Vec<double>.Of(0)) is var network
        ? momentum.Apply(new Gradient<double>(Vec<double>.Of(3)), momentum.Init(network), network).Update.Direction[0]
        : double.NaN);
}
