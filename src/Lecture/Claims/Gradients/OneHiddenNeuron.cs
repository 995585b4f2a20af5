using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>The slide of one hidden neuron.</summary>
internal static class OneHiddenNeuron
{
    public static Claim Claim { get; } = Derivation.Claim(
        "one-neuron",
        $"With one hidden layer of one neuron, the derivative of the squared error with respect to each weight is a "
            + $"product of factors, one for each step from the error of the prediction back to the weight.",
        $"One input, one sigmoid neuron, one linear output. Weights, biases and inputs from N(0, 1), targets uniform "
            + $"from 0 to 1, four samples, half the squared error. Each delta and each derivative in the order of the "
            + $"slide, beside the library's backward pass, reverse and forward mode, and central differences with "
            + $"steps of 0.001 and 0.0005.",
        [new("one_neuron", _ => DerivedNet.OneNeuron)], table: Factors);

    // The slide, in numbers.
    private static FoundTable Factors(Key key, Omission omission)
    {
        var net = DerivedNet.OneNeuron;
        var network = net.Drawn(key.For(Purpose.Init));
        var samples = net.Samples(key.For(Purpose.Data), 1);
        var (w, x, y) = (network.Parameters, samples.Inputs[0, 0], samples.Targets[0, 0]);
        double z1 = w[0] * x + w[1], a1 = Elementary.Of<Logistic>(z1), output = w[2] * a1 + w[3], error = output - y;
        double[] own = net.Gradient(network, samples, omission),
            automatic = DerivedNet.Others(network, samples, 1e-3)[1];
        Items<FoundCell> Row(string name, string formula, double value, double? other = null) =>
        [
            Phrase.Verbatim(name), Phrase.Verbatim(formula), value,
            other is { } number ? FoundCell.Of(number) : Phrase.Verbatim("–"),
        ];
        return new("factors", $"The slide of one hidden neuron, factor by factor, with the numbers of the first seed.",
            [$"factor", $"formula", $"value", $"reverse mode"],
            [
                Row("x", "", x), Row("y", "", y), Row("w⁽¹⁾", "", w[0]), Row("b⁽¹⁾", "", w[1]), Row("w⁽²⁾", "", w[2]),
                Row("b⁽²⁾", "", w[3]), Row("z⁽¹⁾", "w⁽¹⁾ x + b⁽¹⁾", z1), Row("a⁽¹⁾", "σ(z⁽¹⁾)", a1),
                Row("ŷ", "w⁽²⁾ a⁽¹⁾ + b⁽²⁾", output), Row("δ⁽³⁾", "ŷ - y", error, automatic[3]),
                Row("∂/∂w⁽²⁾", "δ⁽³⁾ a⁽¹⁾", own[2], automatic[2]), Row("∂/∂b⁽²⁾", "δ⁽³⁾", own[3], automatic[3]),
                Row("∂a⁽¹⁾/∂z⁽¹⁾", "σ(z⁽¹⁾) (1 - σ(z⁽¹⁾))", a1 * (1 - a1)),
                Row("δ⁽²⁾", "δ⁽³⁾ w⁽²⁾ σ(z⁽¹⁾) (1 - σ(z⁽¹⁾))", own[1], automatic[1]),
                Row("∂/∂w⁽¹⁾", "δ⁽²⁾ x", own[0], automatic[0]), Row("∂/∂b⁽¹⁾", "δ⁽²⁾", own[1], automatic[1]),
            ]);
    }
}
