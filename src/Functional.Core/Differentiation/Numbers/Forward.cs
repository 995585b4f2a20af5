namespace Functional.Core.Differentiation;

/// <summary>Forward mode: a function run once on dual numbers gives its derivative along one direction; its whole
/// gradient takes a run for each argument.</summary>
public static class Forward
{
    /// <summary>f(x) and f'(x).</summary>
    /// <param name="f">A function over generic arithmetic.</param>
    /// <param name="x">Where.</param>
    public static (T Value, T Slope) ValueAndDerivative<T>(Func<Dual<T>, Dual<T>> f, T x) where T : IReal<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var (value, slope) = f(Dual<T>.Moving(x));
        return (value, slope);
    }

    /// <summary>f'(x)</summary>
    public static T Derivative<T>(Func<Dual<T>, Dual<T>> f, T x) where T : IReal<T> => ValueAndDerivative(f, x).Slope;

    /// <summary>f'(x)</summary>
    public static double Derivative(Func<Dual<Real>, Dual<Real>> f, double x) => Derivative<Real>(f, x).Value;

    /// <summary>f''(x), by dual numbers of dual numbers.</summary>
    public static double SecondDerivative(Func<Dual<Dual<Real>>, Dual<Dual<Real>>> f, double x) =>
        Derivative<Dual<Real>>(f, Dual<Real>.Moving(x)).Tangent.Value;

    /// <summary>How f moves as x moves along a direction.</summary>
    public static double Along(Func<Dual<Real>[], Dual<Real>> f, ReadOnlySpan<double> x, ReadOnlySpan<double> direction)
    {
        ArgumentNullException.ThrowIfNull(f);
        Require(x, direction);
        var moving = new Dual<Real>[x.Length];
        for (int i = 0; i < x.Length; i++) moving[i] = new(x[i], direction[i]);
        return f(moving).Tangent.Value;
    }

    /// <summary>The derivatives of f by each x: a run for each.</summary>
    public static T[] Gradient<T>(Func<Dual<T>[], Dual<T>> f, params ReadOnlySpan<T> x) where T : IReal<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var gradient = new T[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            var moving = new Dual<T>[x.Length];
            for (int j = 0; j < x.Length; j++) moving[j] = i == j ? Dual<T>.Moving(x[j]) : Dual<T>.Constant(x[j]);
            gradient[i] = f(moving).Tangent;
        }
        return gradient;
    }

    /// <summary>The derivatives of f by each x: a run for each.</summary>
    public static double[] Gradient(Func<Dual<Real>[], Dual<Real>> f, params ReadOnlySpan<double> x) =>
        [.. Gradient(f, Reals(x)).Select(slope => slope.Value)];

    internal static Real[] Reals(ReadOnlySpan<double> x)
    {
        var reals = new Real[x.Length];
        for (int i = 0; i < x.Length; i++) reals[i] = x[i];
        return reals;
    }

    internal static void Require(ReadOnlySpan<double> x, ReadOnlySpan<double> along)
    {
        if (x.Length != along.Length)
            throw new ArgumentException($"a point of {x.Length} numbers cannot move along {along.Length}");
    }
}
