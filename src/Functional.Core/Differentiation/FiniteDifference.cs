namespace Functional.Core.Differentiation;

/// <summary>Derivatives from values of a function.</summary>
public static class FiniteDifference
{
    /// <summary>f'(0) by central differences of two steps, h and h / 2, combined so that the error is of order h^4.
    /// (Richardson, 1911)</summary>
    public static double Central(Func<double, double> f, double h)
    {
        ArgumentNullException.ThrowIfNull(f);
        double Slope(double step) => (f(step) - f(-step)) / (2 * step);
        return (4 * Slope(h / 2) - Slope(h)) / 3;
    }
}
