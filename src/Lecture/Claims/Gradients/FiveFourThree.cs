namespace Functional.Lecture;

/// <summary>The slides of the net 3-5-4-3.</summary>
internal static class FiveFourThree
{
    public static Claim Claim { get; } = Derivation.Claim(
        "5-4-3",
        $"The error of the prediction is computed and propagated to the last layer; the error of the last layer is "
            + $"computed from it and propagated to the layer before; and the error of that layer is propagated to the "
            + $"first.",
        $"Three inputs, sigmoid layers of five and four neurons, three linear outputs. Weights, biases and inputs from "
            + $"N(0, 1), targets uniform from 0 to 1, four samples, half the squared error. Each delta and each "
            + $"derivative in the order of the slides, beside the library's backward pass, reverse and forward mode, "
            + $"and central differences with steps of 0.001 and 0.0005.",
        [new("five_four_three", _ => DerivedNet.FiveFourThree)], isTransposed: true);
}
