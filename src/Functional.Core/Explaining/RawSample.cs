using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>A sample as it is in the data, and how it becomes what the network reads.</summary>
/// <param name="Input">Its inputs.</param>
/// <param name="Scaling">How they are scaled; not at all if there is none.</param>
/// <param name="Target">Its target, if it has one.</param>
/// <param name="TargetScaling">How targets are scaled; not at all if there is none.</param>
/// <param name="Names">What the inputs are called; they have no names if there are none.</param>
/// <param name="Fill">What takes the place of an input that is missing (NaN).</param>
public sealed record RawSample(
    Vec<double> Input, Scaling? Scaling, Vec<double>? Target = null, Scaling? TargetScaling = null,
    Items<string>? Names = null, Vec<double>? Fill = null)
{
    /// <summary>The inputs with what takes the place of missing ones.</summary>
    internal double[] Filled => [.. Input.Select((x, i) => double.IsNaN(x) && Fill is not null ? Fill[i] : x)];
}
