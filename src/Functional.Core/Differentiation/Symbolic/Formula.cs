namespace Functional.Core.Differentiation.Symbolic;

/// <summary>
/// A formula as a value: a tree that is simplified as it is built, differentiated by the rules of a textbook,
/// evaluated on any kind of number and written as text or LaTeX. Equal trees are equal. Small on purpose: enough
/// for the lecture's derivations and to check the other ways to differentiate. </summary>
public abstract record Formula
{
    /// <summary>A number.</summary>
    public static Formula Of(double value) => new Number(value);

    /// <summary>A number.</summary>
    public static implicit operator Formula(double value) => Of(value);

    /// <summary>Something that has a name, and a value only when the formula is evaluated.</summary>
    /// <param name="name">As text has it.</param>
    /// <param name="latex">As LaTeX has it; the name itself if nothing is given.</param>
    public static Symbol Named(string name, string? latex = null) => new(name, latex ?? name);

    /// <summary>Its derivative by a symbol.</summary>
    public abstract Formula Derivative(Symbol by);

    /// <summary>Its value on any kind of number, so that automatic differentiation can run on it, too.</summary>
    /// <param name="values">What each symbol is.</param>
    public abstract T At<T>(Func<Symbol, T> values) where T : IReal<T>;

    /// <summary>Its value.</summary>
    /// <param name="values">What each symbol is, by its name.</param>
    /// <exception cref="ArgumentException">A symbol has no value.</exception>
    public double At(params ReadOnlySpan<(string Name, double Value)> values)
    {
        var given = new Dictionary<string, double>();
        foreach (var (name, value) in values) given[name] = value;
        return At<Real>(
            symbol => given.TryGetValue(symbol.Name, out double value) ? value : throw new ArgumentException(
            $"{symbol.Name} has no value; there are values for {string.Join(", ", given.Keys)}")).Value;
    }

    /// <summary>The same with a formula in place of a symbol.</summary>
    public abstract Formula With(Symbol symbol, Formula formula);

    /// <summary>The sum, like terms gathered.</summary>
    public static Formula operator +(Formula left, Formula right) => Sum.Of([left, right]);

    /// <summary>The difference, like terms gathered.</summary>
    public static Formula operator -(Formula left, Formula right) => Sum.Of([left, -right]);

    /// <summary>The product, equal factors gathered.</summary>
    public static Formula operator *(Formula left, Formula right) => Product.Of([left, right]);

    /// <summary>The quotient, as a product with a power of -1.</summary>
    public static Formula operator /(Formula left, Formula right) => Product.Of([left, Power.Of(right, -1)]);

    /// <summary>The opposite.</summary>
    public static Formula operator -(Formula formula) => Product.Of([-1, formula]);

    /// <summary>x^y</summary>
    public static Formula Pow(Formula x, Formula y) => Power.Of(x, y);

    /// <summary>The square root.</summary>
    public static Formula Sqrt(Formula x) => Power.Of(x, 0.5);

    /// <summary>e^x</summary>
    public static Formula Exp(Formula x) => Call.Of(Function.Exp, x);

    /// <summary>ln x</summary>
    public static Formula Log(Formula x) => Call.Of(Function.Log, x);

    /// <summary>tanh x</summary>
    public static Formula Tanh(Formula x) => Call.Of(Function.Tanh, x);

    /// <summary>1 / (1 + e^-x)</summary>
    public static Formula Sigmoid(Formula x) => Call.Of(Function.Sigmoid, x);

    /// <summary>ln(1 + e^x)</summary>
    public static Formula Softplus(Formula x) => Call.Of(Function.Softplus, x);

    /// <summary>sin x</summary>
    public static Formula Sin(Formula x) => Call.Of(Function.Sin, x);

    /// <summary>cos x</summary>
    public static Formula Cos(Formula x) => Call.Of(Function.Cos, x);

    /// <summary>The error function.</summary>
    public static Formula Erf(Formula x) => Call.Of(Function.Erf, x);

    /// <summary>As LaTeX has it, without dollar signs.</summary>
    public string Latex => Writing.Of(this, Script.Latex);

    /// <inheritdoc/>
    public sealed override string ToString() => Writing.Of(this, Script.Text);
}

/// <summary>A number.</summary>
/// <param name="Value">Which.</param>
public sealed record Number(double Value) : Formula
{
    /// <inheritdoc/>
    public override Formula Derivative(Symbol by) => 0;

    /// <inheritdoc/>
    public override T At<T>(Func<Symbol, T> values) => T.Of(Value);

    /// <inheritdoc/>
    public override Formula With(Symbol symbol, Formula formula) => this;
}

/// <summary>Something that has a name.</summary>
/// <param name="Name">As text has it.</param>
/// <param name="AsLatex">As LaTeX has it.</param>
public sealed record Symbol(string Name, string AsLatex) : Formula
{
    /// <inheritdoc/>
    public override Formula Derivative(Symbol by) => this == by ? 1 : 0;

    /// <inheritdoc/>
    public override T At<T>(Func<Symbol, T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values(this);
    }

    /// <inheritdoc/>
    public override Formula With(Symbol symbol, Formula formula) => this == symbol ? formula : this;
}

/// <summary>A function of a formula.</summary>
public sealed record Call : Formula
{
    private Call(Function function, Formula argument) => (Function, Argument) = (function, argument);

    /// <summary>Which function.</summary>
    public Function Function { get; }

    /// <summary>Of what.</summary>
    public Formula Argument { get; }

    /// <summary>f(x); a number where the value is one exactly.</summary>
    public static Formula Of(Function function, Formula argument)
    {
        ArgumentNullException.ThrowIfNull(function);
        return argument is Number(var x) && function.Exactly(x) is { } value ? value
            : function == Function.Log && argument is Call { Function: var inner } call && inner == Function.Exp
            ? call.Argument
            : new Call(function, argument);
    }

    /// <inheritdoc/>
    public override Formula Derivative(Symbol by) => Function.Slope(Argument) * Argument.Derivative(by);

    /// <inheritdoc/>
    public override T At<T>(Func<Symbol, T> values) => Function.At(Argument.At(values));

    /// <inheritdoc/>
    public override Formula With(Symbol symbol, Formula formula) => Of(Function, Argument.With(symbol, formula));
}
