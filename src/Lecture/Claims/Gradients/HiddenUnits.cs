namespace Functional.Lecture;

/// <summary>The slides' example of one hidden layer of M units.</summary>
internal static class HiddenUnits
{
    public static Claim Claim { get; } = Derivation.Claim(
        "m-units",
        $"With one hidden layer of M units, the gradient of the loss with respect to the weights of the second layer "
            + $"is the delta of the output times the activations; with respect to those of the first it is that delta, "
            + $"times the weights of the second, times the derivative of the activations, times the input.",
        $"One to four inputs, one to ten sigmoid units, one output with phi, a sigmoid, too. Weights, biases and "
            + $"inputs from N(0, 1), targets uniform from 0 to 1, four samples, half the squared error. Each delta and "
            + $"each derivative in the order of the slides, beside the library's backward pass, reverse and forward "
            + $"mode, and central differences with steps of 0.001 and 0.0005.",
        [new("m_units", DerivedNet.MUnits)]);
}
