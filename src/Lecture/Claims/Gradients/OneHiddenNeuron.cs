using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>The slide of one hidden neuron.</summary>
internal static class OneHiddenNeuron
{
    public static Claim Claim { get; } = Derivation.Claim(
        "one-neuron",
        $"With one hidden layer of one neuron, the derivative of the squared error by each weight is a product of "
            + $"factors, one for each step from the error of the prediction back to the weight.",
        $"One input, one sigmoid neuron, one linear output. Weights, biases and inputs from N(0, 1), four samples, "
            + $"half the squared error. Each delta and each derivative in the order of the slide, beside the library's "
            + $"backward pass, reverse and forward mode, and central differences with steps of 0.001 and 0.0005.",
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
                Row("z(1)", "w(1) x + b(1)", z1), Row("a(1)", "σ(z(1))", a1), Row("ŷ", "w(2) a(1) + b(2)", output),
                Row("δ(3)", "ŷ - y", error, automatic[3]), Row("∂/∂w(2)", "δ(3) a(1)", own[2], automatic[2]),
                Row("∂/∂b(2)", "δ(3)", own[3], automatic[3]),
                Row("∂a(1)/∂z(1)", "σ(z(1)) (1 - σ(z(1)))", a1 * (1 - a1)),
                Row("δ(2)", "(ŷ - y) w(2) σ(z(1)) (1 - σ(z(1)))", own[1], automatic[1]),
                Row("∂/∂w(1)", "δ(2) x", own[0], automatic[0]),
            ]);
    }
}
