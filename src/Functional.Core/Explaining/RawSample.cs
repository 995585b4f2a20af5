using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>A sample as it is in the data, and how it becomes what the network reads.</summary>
/// <param name="Input">Its inputs.</param>
/// <param name="Scaling">How they are scaled; not at all if there is none.</param>
/// <param name="Target">Its target, if it has one.</param>
/// <param name="TargetScaling">How that is scaled; not at all if there is none.</param>
public sealed record RawSample(Vec<double> Input, Scaling? Scaling, Vec<double>? Target = null, Scaling? TargetScaling = null);
