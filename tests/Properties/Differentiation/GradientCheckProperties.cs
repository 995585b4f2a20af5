using Functional.Core.Data.Toys;
using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Losses;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Differentiation;

/// <summary>The check of gradients finds right ones right and wrong ones wrong.</summary>
public sealed class GradientCheckProperties
{
    [Fact]
    public void Every_layer_and_activation_passes() =>
        Assert.All(Activation.Kinds.Prototypes.Where(phi => phi != Activation.Step), phi => Assert.InRange(Worst(phi), 0, 1e-7));

    [Fact] public void A_derivative_that_is_off_by_one_in_a_thousand_is_caught() => Assert.InRange(Worst(new Wrong(1.001)), 1e-4, 1);

    [Fact] public void A_derivative_of_the_wrong_sign_is_caught() => Assert.InRange(Worst(new Wrong(-1)), 0.1, 10);

    [Fact]
    public void The_difference_of_a_cubic_is_its_derivative() =>
        Assert.Equal(2, FiniteDifference.Central(h => (1 + h) * (1 + h) * (1 + h) - h, 1e-3), 1e-10);

    [Fact]
    public void The_step_function_is_found_wherever_it_stands() => Assert.Equal(
        ["h[1].body[0].activation", "h[1].shortcut[0].layers[1].activation", "h[2].activation"],
        GradientCheck.Faults([new Dense(3), new Residual([new Dense(3, Activation.Step)], [new Sequence([new Dense(3, Activation.Tanh), new Activate(Activation.Step)])]), new Activate(Activation.Step)], "h")
            .Select(fault => fault.Message.Split(' ')[0]));

    private static double Worst(Activation activation)
    {
        var samples = new Moons(Samples: 40).Make(Key.FromSeed(1)).For(new SoftmaxCrossEntropy());
        var architecture = Architecture.Of(
            2, new Dense(6, activation), new Dropout(0.2), new BatchNorm(), new Residual(new Dense(6, Activation.Tanh), new LayerNorm()), new Dense(2));
        var network = Network<double>.Init(architecture, new Initializer.GlorotNormal(), Key.FromSeed(2));
        return GradientCheck.Of(network, samples, new SoftmaxCrossEntropy(), Key.FromSeed(3)).Max(layer => layer.RelativeError);
    }

    /// <summary>tanh, with its derivative multiplied by a factor.</summary>
    private sealed record Wrong(double Factor) : Activation, ITextbookActivation
    {
        public T Of<T>(T z) where T : IReal<T> => T.Tanh(z);

        internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) => Tanh.Apply(z, a, width);

        internal override void Chain<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width)
        {
            Tanh.Chain(z, a, delta, width);
            foreach (ref T cell in delta) cell *= T.CreateChecked(Factor);
        }
    }
}
