using System.Numerics;

namespace Functional.Core.Differentiation;

/// <summary>A derivative from values of a function, and how wrong it may be.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Error">How far it may be from the derivative: what the last refinement changed, and what rounding
/// of the values can do.</param>
public readonly record struct Difference(double Value, double Error);

/// <summary>Derivatives from values of a function: the survey's numerical differentiation. Short steps lose digits
/// to rounding, long ones to curvature.</summary>
public static class FiniteDifference
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>f'(0) by central differences of two steps, h and h / 2, combined so that the error is of order h^4.
    /// (Richardson, 1911)</summary>
    public static double Central(Func<double, double> f, double h)
    {
        ArgumentNullException.ThrowIfNull(f);
        return (4 * Slope(f, 0, h / 2) - Slope(f, 0, h)) / 3;
    }

    /// <summary>f'(x) by a central difference, (f(x + h) - f(x - h)) / 2h: error of order h^2.</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="h">The step, above 0; in units of x. A step near the cube root of 2^-52 times the
    /// scale of x is best.</param>
    public static Difference Central(Func<double, double> f, double x, double h)
    {
        ArgumentNullException.ThrowIfNull(f);
        RequireStep(h);
        double value = Slope(f, x, h), half = Slope(f, x, h / 2);
        return new(value, Math.Abs(value - half) * 4 / 3 + Rounding(f, x, h));
    }

    /// <summary>f'(x) by central differences with steps h, h / 2, h / 4 ..., extrapolated to a step of zero: each
    /// column of the table takes the next power of h^2 out of the error, and the entry that changed least counts.
    /// (Richardson, 1911; Ridders, 1982)</summary>
    /// <param name="f">The function.</param>
    /// <param name="x">Where.</param>
    /// <param name="h">The first step, above 0: a length over which f changes its slope.</param>
    /// <param name="levels">How many steps, 2 to 20.</param>
    public static Difference Richardson(Func<double, double> f, double x, double h, int levels = 8)
    {
        ArgumentNullException.ThrowIfNull(f);
        RequireStep(h);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 20);
        double[] before = [Slope(f, x, h)];
        var best = new Difference(before[0], double.PositiveInfinity);
        for (int level = 1; level < levels; level++)
        {
            h /= 2;
            var row = new double[level + 1];
            row[0] = Slope(f, x, h);
            double power = 1, rounding = Rounding(f, x, h);
            for (int column = 1; column <= level; column++)
            {
                power *= 4;
                row[column] = (power * row[column - 1] - before[column - 1]) / (power - 1);
                double error = Math.Max(
                    Math.Abs(row[column] - row[column - 1]), Math.Abs(row[column] - before[column - 1]))
                    + rounding;
                if (error < best.Error) best = new(row[column], error);
            }
            before = row;
        }
        return best;
    }

    /// <summary>f'(x) as the imaginary part of f(x + i h) / h: nothing is subtracted, so h may be so short that no
    /// digit is lost. For functions that are analytic and written over complex numbers (no absolute values, no
    /// comparisons). (Squire and Trapp, 1998)</summary>
    public static double ComplexStep(Func<Complex, Complex> f, double x, double h = 1e-100)
    {
        ArgumentNullException.ThrowIfNull(f);
        RequireStep(h);
        return f(new(x, h)).Imaginary / h;
    }

    private static double Slope(Func<double, double> f, double x, double h) => (f(x + h) - f(x - h)) / (2 * h);

    private static double Rounding(Func<double, double> f, double x, double h) =>
        Epsilon * (Math.Abs(f(x + h)) + Math.Abs(f(x - h)) + Math.Abs(x / h)) / h;

    private static void RequireStep(double h)
    {
        if (!(h > 0 && double.IsFinite(h)))
            throw new ArgumentOutOfRangeException(nameof(h), h, "a step should be above 0 and finite");
    }
}
