namespace Functional.Core.Differentiation.Symbolic;

/// <summary>An elementary function: its name, its derivative as a formula, its value on any kind of number.</summary>
public sealed record Function
{
    private readonly Func<Formula, Formula> slope;
    private readonly (double At, double Value)? exact;

    private Function(string name, string latex, Func<Formula, Formula> slope, (double, double)? exact = null)
    {
        (Name, AsLatex, this.slope, this.exact) = (name, latex, slope, exact);
    }

    /// <summary>As text has it.</summary>
    public string Name { get; }

    /// <summary>As LaTeX has it.</summary>
    public string AsLatex { get; }

    /// <summary>e^x</summary>
    public static Function Exp { get; } = new("exp", @"\exp", Formula.Exp, (0, 1));

    /// <summary>ln x</summary>
    public static Function Log { get; } = new("ln", @"\ln", x => 1 / x, (1, 0));

    /// <summary>tanh x</summary>
    public static Function Tanh { get; } = new("tanh", @"\tanh", x => 1 - Formula.Pow(Formula.Tanh(x), 2), (0, 0));

    /// <summary>1 / (1 + e^-x)</summary>
    public static Function Sigmoid { get; } = new(
        "sigmoid", @"\sigma", x => Formula.Sigmoid(x) * (1 - Formula.Sigmoid(x)), (0, 0.5));

    /// <summary>ln(1 + e^x)</summary>
    public static Function Softplus { get; } = new("softplus", @"\operatorname{softplus}", Formula.Sigmoid);

    /// <summary>sin x</summary>
    public static Function Sin { get; } = new("sin", @"\sin", Formula.Cos, (0, 0));

    /// <summary>cos x</summary>
    public static Function Cos { get; } = new("cos", @"\cos", x => -Formula.Sin(x), (0, 1));

    /// <summary>The error function; its derivative is 2 / sqrt(pi) e^(-x^2).</summary>
    public static Function Erf { get; } = new(
        "erf", @"\operatorname{erf}", x => 1.1283791670955126 * Formula.Exp(-Formula.Pow(x, 2)), (0, 0));

    /// <summary>Every function, for tables and tests.</summary>
    internal static IReadOnlyList<Function> All { get; } = [Exp, Log, Tanh, Sigmoid, Softplus, Sin, Cos, Erf];

    /// <summary>The derivative at a formula.</summary>
    internal Formula Slope(Formula at) => slope(at);

    /// <summary>The value at a number, where that is a number without digits that are lost.</summary>
    internal double? Exactly(double x) => exact is var (at, value) && x == at ? value : null;

    /// <summary>The value on any kind of number.</summary>
    internal T At<T>(T x) where T : IReal<T> => Name switch
    {
#pragma warning disable RS0030 // the functions of an IReal are Elementary's
        "exp" => T.Exp(x),
        "ln" => T.Log(x),
        "tanh" => T.Tanh(x),
#pragma warning restore RS0030
        "sigmoid" => T.Sigmoid(x),
        "softplus" => T.Softplus(x),
        "sin" => T.Sin(x),
        "cos" => T.Cos(x),
        _ => T.Erf(x),
    };

    /// <summary>Functions of one name are one.</summary>
    public bool Equals(Function? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
