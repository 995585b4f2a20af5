namespace Functional.Lecture;

/// <summary>The recursion of the slides, on any dense net.</summary>
internal static class Backpropagation
{
    private const int Deepest = 4;

    public static Claim Claim { get; } = Derivation.Claim(
        "backprop",
        $"The partial derivatives of the loss with respect to each weight and bias are computed layer by layer, "
            + $"beginning with the output layer and propagating them backward to compute those of the layer before.",
        $"Random dense nets of one to four layers, each of one to eight units with a random activation: sigmoid, tanh, "
            + $"softplus or none. Weights, biases and inputs from N(0, 1), targets uniform from 0 to 1, four samples, "
            + $"half the squared error. The slides' recursion in plain loops, beside the library's backward pass, "
            + $"reverse and forward mode, and central differences with steps of 0.001 and 0.0005.",
        [.. Enumerable.Range(1, Deepest).Select(depth => new DerivedNets(
            $"depth_{depth}", key => DerivedNet.Random(key.At((uint)depth), depth), Layers(depth)))],
        isTransposed: true);

    private static Phrase Layers(int depth) => depth == 1 ? (Phrase)$"one layer" : $"{depth} layers";
}
