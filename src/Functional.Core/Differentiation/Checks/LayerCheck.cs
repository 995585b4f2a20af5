namespace Functional.Core.Differentiation;

/// <summary>A way to the derivative of a batch's loss along a direction.</summary>
public enum Way
{
    /// <summary>The layers' own backward pass.</summary>
    Backward,

    /// <summary>Dual numbers through the loss as a textbook writes it: a run for each direction.</summary>
    ForwardMode,

    /// <summary>A tape of the same, folded back once.</summary>
    ReverseMode,

    /// <summary>Central differences of the layers' forward pass.</summary>
    Central,

    /// <summary>The same, extrapolated to a step of zero.</summary>
    Richardson,
}

/// <summary>What the check of one layer found.</summary>
/// <param name="Layer">The layer's number, from 1.</param>
/// <param name="Name">What kind of layer it is.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="Norm">The length of its part of the gradient.</param>
/// <param name="Errors">For each way but backward, the largest difference from backward along the directions tried,
/// relative to <paramref name="Norm"/>.</param>
public sealed record LayerCheck(
    int Layer, string Name, int Parameters, double Norm, IReadOnlyDictionary<Way, double> Errors)
{
    /// <summary>The largest of all errors; NaN where one is.</summary>
    public double RelativeError => Errors.Values.Aggregate(0.0, Math.Max);
}
