using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Differentiation;

/// <summary>The check of gradients finds right ones right and wrong ones wrong.</summary>
public sealed class GradientCheckProperties
{
    [Fact]
    public void Every_layer_and_activation_passes() =>
        Assert.All(
            Activation.Kinds.Prototypes.Where(phi => phi != Activation.Step),
            phi => Assert.InRange(Worst(phi), 0, 1e-7));

    [Fact]
    public void A_slope_that_is_off_by_one_in_a_thousand_is_caught_by_every_other_way() =>
        Assert.All(Of(new Wrong(1.001)), way => Assert.InRange(way.Value, 1e-4, 1));

    [Fact]
    public void A_function_that_is_off_by_one_in_a_thousand_is_caught_by_the_ways_that_run_on_it()
    {
        var errors = Of(new Wrong(1, 1.001));
        // Batch norm makes up for most of it.
        Assert.All([Way.ForwardMode, Way.ReverseMode], way => Assert.InRange(errors[way], 1e-5, 1));
        Assert.All([Way.Central, Way.Richardson], way => Assert.InRange(errors[way], 0, 1e-7));
    }

    [Theory, InlineData(Way.ForwardMode), InlineData(Way.ReverseMode), InlineData(Way.Central),
        InlineData(Way.Richardson)]
    public void A_way_that_is_off_by_one_in_a_thousand_is_the_only_one_found_wrong(Way wrong)
    {
        var check = Check(Activation.Tanh);
        var slopes = check.Ways.ToDictionary(way => way, way => way != wrong
            ? check.Slopes(way)
            : [.. check.Slopes(way).Select(slope => slope with { Value = 1.001 * slope.Value })]);
        Assert.All(
            check.Compare(slopes).SelectMany(layer => layer.Errors),
            way => Assert.InRange(way.Value, way.Key == wrong ? 1e-4 : 0, way.Key == wrong ? 1 : 1e-7));
    }

    [Fact]
    public void The_whole_gradient_is_the_same_every_way()
    {
        var check = Check(Activation.Tanh, new Penalty.ElasticNet(0.01, 0.02));
        var backward = check.Gradient(Way.Backward);
        Assert.All(check.Ways, way =>
        {
            Assert.Equal(0, (check.Gradient(way) - backward).Norm() / backward.Norm(), 1e-8);
            Assert.Equal(check.Value(Way.Backward), check.Value(way), 1e-12);
        });
    }

    [Fact]
    public void A_slope_that_is_no_number_is_not_passed_over()
    {
        var check = Check(Activation.Tanh);
        var slopes = check.Ways.ToDictionary(way => way, way => way != Way.Central
            ? check.Slopes(way)
            : [.. check.Slopes(way).Select(slope => slope with { Value = double.NaN })]);
        Assert.All(check.Compare(slopes), layer => Assert.Equal(double.NaN, layer.RelativeError));
    }

    [Fact]
    public void A_penalty_is_part_of_every_way()
    {
        var check = Check(Activation.Tanh, new Penalty.ElasticNet(0.01, 0.02));
        Assert.All(
            check.Compare(check.Ways.ToDictionary(way => way, check.Slopes)),
            layer => Assert.InRange(layer.RelativeError, 0, 1e-7));
    }

    [Fact] public void A_derivative_of_the_wrong_sign_is_caught() => Assert.InRange(Worst(new Wrong(-1)), 0.1, 10);

    [Fact]
    public void The_difference_of_a_cubic_is_its_derivative() =>
        Assert.Equal(2, FiniteDifference.Central(h => (1 + h) * (1 + h) * (1 + h) - h, 1e-3), 1e-10);

    [Fact]
    public void The_step_function_is_found_wherever_it_stands() => Assert.Equal(
        ["h[1].body[0].activation", "h[1].shortcut[0].layers[1].activation", "h[2].activation"],
        NoDerivative.Faults([new Dense(3), new Residual([new Dense(3, Activation.Step)], [new Sequence(
            [new Dense(3, Activation.Tanh), new Activate(Activation.Step)])]), new Activate(Activation.Step)], "h")
            .Select(fault => fault.Message.Split(' ')[0]));

    private static double Worst(Activation activation) => Of(activation).Values.Max();

    // The largest error of each way over all layers.
    private static Dictionary<Way, double> Of(Activation activation)
    {
        var check = Check(activation);
        return check.Compare(check.Ways.ToDictionary(way => way, check.Slopes)).SelectMany(layer => layer.Errors)
            .GroupBy(error => error.Key).ToDictionary(way => way.Key, way => way.Max(error => error.Value));
    }

    private static GradientCheck Check(Activation activation, Penalty? penalty = null)
    {
        var samples = new Moons(Samples: 40).Make(Key.FromSeed(1)).For(new SoftmaxCrossEntropy());
        var architecture = Architecture.Of(
            2, new Dense(6, activation), new Dropout(0.2), new BatchNorm(),
            new Residual(new Dense(6, Activation.Tanh), new LayerNorm()), new Dense(2));
        var network = Network<double>.Init(architecture, new Initializer.GlorotNormal(), Key.FromSeed(2));
        return new(network, samples, new SoftmaxCrossEntropy(), Key.FromSeed(3), penalty);
    }

    /// <summary>tanh, with its derivative multiplied by a factor, and the textbook's z by another.</summary>
    private sealed record Wrong(double Factor, double Textbook = 1) : Activation, ITextbookActivation
    {
        // Not a factor of it, which batch norm would divide away.
        public T Of<T>(T z) where T : IReal<T> => T.Tanh(T.Of(Textbook) * z);

        internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) => Tanh.Apply(z, a, width);

        internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width)
        {
            Tanh.MultiplyByDerivative(z, a, delta, width);
            foreach (ref T cell in delta) cell *= T.CreateChecked(Factor);
        }
    }
}
