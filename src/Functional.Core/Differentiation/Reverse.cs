namespace Functional.Core.Differentiation;

/// <summary>Reverse mode: one run of a function forward and one fold back give its derivatives by all its arguments, at a small multiple of the cost of the
/// function, however many they are. (Linnainmaa, 1970; Baydin, Pearlmutter, Radul and Siskind, 2018)</summary>
public static class Reverse
{
    /// <summary>f(x) and its derivatives by each x.</summary>
    /// <param name="f">A function over generic arithmetic.</param>
    /// <param name="x">Where.</param>
    public static (T Value, T[] Gradient) ValueAndGradient<T>(Func<Variable<T>[], Variable<T>> f, params ReadOnlySpan<T> x) where T : IReal<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        var arguments = new Variable<T>[x.Length];
        for (int i = 0; i < x.Length; i++) arguments[i] = Variable<T>.Constant(x[i]);
        var result = f([.. arguments]);
        var adjoints = Adjoints(result);
        return (result.Value, [.. arguments.Select(argument => adjoints.TryGetValue(argument, out var adjoint) ? adjoint : T.Zero)]);
    }

    /// <summary>The derivatives of f by each x.</summary>
    public static T[] Gradient<T>(Func<Variable<T>[], Variable<T>> f, params ReadOnlySpan<T> x) where T : IReal<T> => ValueAndGradient(f, x).Gradient;

    /// <summary>The derivatives of f by each x.</summary>
    public static double[] Gradient(Func<Variable<Real>[], Variable<Real>> f, params ReadOnlySpan<double> x) => [.. Gradient(f, Forward.Reals(x)).Select(slope => slope.Value)];

    /// <summary>The second derivatives of f times a direction: reverse mode within forward mode, exact, at a small multiple of the cost of the gradient.</summary>
    /// <param name="f">A function over generic arithmetic.</param>
    /// <param name="x">Where.</param>
    /// <param name="along">The direction.</param>
    public static double[] HessianProduct(Func<Variable<Dual<Real>>[], Variable<Dual<Real>>> f, ReadOnlySpan<double> x, ReadOnlySpan<double> along)
    {
        Forward.Require(x, along);
        var moving = new Dual<Real>[x.Length];
        for (int i = 0; i < x.Length; i++) moving[i] = new(x[i], along[i]);
        return [.. Gradient<Dual<Real>>(f, moving).Select(slope => slope.Tangent.Value)];
    }

    // What reaches the result through each number of its tape: the deepest first, so that all that was made of a number has spoken before it passes on.
    private static Dictionary<Variable<T>, T> Adjoints<T>(Variable<T> result) where T : IReal<T>
    {
        var adjoints = new Dictionary<Variable<T>, T>(ReferenceEqualityComparer.Instance) { [result] = T.One };
        foreach (var number in Tape(result))
            foreach (var edge in (ReadOnlySpan<(Variable<T> From, T Slope)?>)[number.First, number.Second])
                if (edge is var (from, slope))
                {
                    T share = slope * adjoints[number];
                    adjoints[from] = adjoints.TryGetValue(from, out var already) ? already + share : share;
                }
        return adjoints;
    }

    private static Variable<T>[] Tape<T>(Variable<T> result) where T : IReal<T>
    {
        var found = new List<Variable<T>> { result };
        var seen = new HashSet<Variable<T>>(ReferenceEqualityComparer.Instance) { result };
        for (int i = 0; i < found.Count; i++)
            foreach (var edge in (ReadOnlySpan<(Variable<T> From, T Slope)?>)[found[i].First, found[i].Second])
                if (edge is var (from, _) && seen.Add(from))
                    found.Add(from);
        return [.. found.OrderByDescending(number => number.Depth)]; // stable, so sums have one order
    }
}
