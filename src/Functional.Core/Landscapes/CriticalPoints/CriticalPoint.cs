using Functional.Core.Networks;

namespace Functional.Core.Landscapes;

/// <summary>A network at which the gradient of the loss is nothing, classified by the exact Hessian there.</summary>
/// <param name="Network">The point.</param>
/// <param name="Loss">The loss.</param>
/// <param name="GradientNorm">The length of the gradient; at most <see cref="CriticalSearch.Tolerance"/>.</param>
/// <param name="Eigenvalues">Of the Hessian, in increasing order.</param>
/// <param name="Steepest">The eigenvector of the smallest eigenvalue, of length 1: the way down from a saddle.</param>
public sealed record CriticalPoint(
    Network<double> Network, double Loss, double GradientNorm, Items<double> Eigenvalues, Gradient<double> Steepest)
{
    // Of the largest. A search goes on to gradients of some 1e-14, and eigenvalues move with what is left of them.
    internal const double Relative = 1e-9;

    /// <summary>Eigenvalues of at most this size are counted as zero.</summary>
    public double ZeroTolerance => Relative * Math.Max(Math.Abs(Eigenvalues[0]), Math.Abs(Eigenvalues[^1]));

    /// <summary>How many eigenvalues are negative: 0 at a minimum, more at a saddle. (Morse, 1934)</summary>
    public int Index => Eigenvalues.Count(value => value < -ZeroTolerance);

    /// <summary>How many are zero, to the tolerance: directions that the Hessian says nothing about.</summary>
    public int Zeros => Eigenvalues.Count(value => Math.Abs(value) <= ZeroTolerance);

    /// <summary>Whether it is a minimum with no other point as low near it.</summary>
    public bool IsStrictMinimum => Index == 0 && Zeros == 0;
}

/// <summary>Where a search for a critical point ended.</summary>
public abstract record SearchEnd
{
    private protected SearchEnd() { }

    // Closes the hierarchy.
    private protected abstract int Kind { get; }

    /// <summary>At a critical point.</summary>
    public sealed record Found(CriticalPoint Point) : SearchEnd
    {
        private protected override int Kind => 0;
    }

    /// <summary>Nowhere: the gradient becomes smaller and smaller as the parameters run off to infinity. Either they
    /// were seen to, or units are saturated already, so that the gradient is small by them alone.</summary>
    /// <param name="Loss">Where the search gave up.</param>
    /// <param name="GradientNorm">There.</param>
    /// <param name="Distance">Of the parameters from zero, there.</param>
    public sealed record RanOff(double Loss, double GradientNorm, double Distance) : SearchEnd
    {
        private protected override int Kind => 1;
    }

    /// <summary>Where the gradient does not become smaller in any direction, and is not nothing.</summary>
    /// <param name="Loss">There.</param>
    /// <param name="GradientNorm">There.</param>
    public sealed record Stalled(double Loss, double GradientNorm) : SearchEnd
    {
        private protected override int Kind => 2;
    }
}
