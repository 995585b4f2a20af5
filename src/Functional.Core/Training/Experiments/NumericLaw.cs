namespace Functional.Core.Training;

/// <summary>The law that every number of a training follows (docs/numerics.md).</summary>
public static class NumericLaw
{
    /// <summary>Raised whenever the bits of a training change.</summary>
    public const int Version = 2;
}
