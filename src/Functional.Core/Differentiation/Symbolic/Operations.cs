namespace Functional.Core.Differentiation.Symbolic;

/// <summary>A sum of two or more terms: like terms are one, a number comes last, but for 1 - x.</summary>
public sealed record Sum : Formula
{
    private Sum(Items<Formula> terms) => Terms = terms;

    /// <summary>What is added.</summary>
    public Items<Formula> Terms { get; }

    /// <summary>The simplest formula that is the sum of these.</summary>
    public static Formula Of(params IEnumerable<Formula> terms)
    {
        double constant = 0;
        var gathered = new List<(Formula Term, double Factor)>();
        foreach (var term in terms.SelectMany(term => term is Sum sum ? sum.Terms : (IEnumerable<Formula>)[term]))
        {
            if (term is Number(var number))
            {
                constant += number;
                continue;
            }
            var (factor, rest) = Product.Split(term);
            int at = gathered.FindIndex(other => other.Term == rest);
            if (at < 0) gathered.Add((rest, factor));
            else gathered[at] = (rest, gathered[at].Factor + factor);
        }
        List<Formula> left =
            [.. gathered.Where(term => term.Factor != 0).Select(term => Product.Of([term.Factor, term.Term]))];
        // The constant comes last, but before what is negative: 1 - x, not -x + 1.
        if (constant != 0 || left.Count == 0)
            left.Insert(constant > 0 && left.Count > 0 && Product.Split(left[0]).Factor < 0 ? 0 : left.Count, constant);
        return left.Count == 1 ? left[0] : new Sum([.. left]);
    }

    /// <inheritdoc/>
    public override Formula Derivative(Symbol by) => Of(Terms.Select(term => term.Derivative(by)));

    /// <inheritdoc/>
    public override T At<T>(Func<Symbol, T> values) =>
        Terms.Skip(1).Aggregate(Terms[0].At(values), (sum, term) => sum + term.At(values));

    /// <inheritdoc/>
    public override Formula With(Symbol symbol, Formula formula) =>
        Of(Terms.Select(term => term.With(symbol, formula)));
}

/// <summary>A product of two or more factors: powers of one base are one, a number comes first.</summary>
public sealed record Product : Formula
{
    private Product(Items<Formula> factors) => Factors = factors;

    /// <summary>What is multiplied.</summary>
    public Items<Formula> Factors { get; }

    /// <summary>The simplest formula that is the product of these.</summary>
    public static Formula Of(params IEnumerable<Formula> factors)
    {
        double constant = 1;
        var gathered = new List<(Formula Base, Formula Exponent)>();
        foreach (var factor in factors.SelectMany(
            factor => factor is Product product ? product.Factors : (IEnumerable<Formula>)[factor]))
        {
            if (factor is Number(var number))
            {
                constant *= number;
                continue;
            }
            var (root, exponent) = factor is Power power ? (power.Base, power.Exponent) : (factor, 1);
            int at = gathered.FindIndex(other => other.Base == root);
            if (at < 0) gathered.Add((root, exponent));
            else gathered[at] = (root, gathered[at].Exponent + exponent);
        }
        if (constant == 0) return 0;
        List<Formula> left = [.. gathered.Select(factor => Power.Of(factor.Base, factor.Exponent))
            .Where(factor => factor is not Number(1))];
        // Where a power became simpler, once more.
        if (left.Any(factor => factor is Number or Product)) return Of([constant, .. left]);
        if (constant != 1 || left.Count == 0) left.Insert(0, constant);
        return left.Count == 1 ? left[0] : new Product([.. left]);
    }

    /// <summary>A formula as a number times the rest.</summary>
    internal static (double Factor, Formula Others) Split(Formula formula) =>
        formula is Product { Factors: var factors } && factors[0] is Number(var number)
        ? (number, Of(factors.Skip(1)))
        : (1, formula);

    /// <inheritdoc/>
    public override Formula Derivative(Symbol by) =>
        Sum.Of(Factors.Select((factor, i) => Of([factor.Derivative(by), .. Factors.Where((_, j) => j != i)])));

    /// <inheritdoc/>
    public override T At<T>(Func<Symbol, T> values) =>
        Factors.Skip(1).Aggregate(Factors[0].At(values), (product, factor) => product * factor.At(values));

    /// <inheritdoc/>
    public override Formula With(Symbol symbol, Formula formula) =>
        Of(Factors.Select(factor => factor.With(symbol, formula)));
}

/// <summary>A power.</summary>
public sealed record Power : Formula
{
    private Power(Formula root, Formula exponent) => (Base, Exponent) = (root, exponent);

    /// <summary>x of x^y.</summary>
    public Formula Base { get; }

    /// <summary>y of x^y.</summary>
    public Formula Exponent { get; }

    /// <summary>The simplest formula that is x^y. Powers of powers become one where the outer exponent is a whole
    /// number; whole powers of a product go to its factors.</summary>
    public static Formula Of(Formula x, Formula y) => (x, y) switch
    {
        (_, Number(0)) => 1,
        (_, Number(1)) => x,
        (Number(1), _) => 1,
        (Number(var root), Number(var exponent)) when Real.Pow(root, exponent).Value is var value
            && double.IsFinite(value) && Math.Abs(exponent) <= 64 && double.IsInteger(exponent) => value,
        (Power power, Number(var outer)) when double.IsInteger(outer) => Of(power.Base, power.Exponent * outer),
        (Product product, Number(var outer)) when double.IsInteger(outer) =>
            Product.Of(product.Factors.Select(factor => Of(factor, outer))),
        _ => new Power(x, y),
    };

    /// <inheritdoc/>
    public override Formula Derivative(Symbol by) => Exponent is Number
        ? Exponent * Of(Base, Exponent - 1) * Base.Derivative(by)
        : Of(Base, Exponent - 1) * Exponent * Base.Derivative(by) + this * Log(Base) * Exponent.Derivative(by);

    /// <inheritdoc/>
    public override T At<T>(Func<Symbol, T> values)
    {
        var root = Base.At(values);
#pragma warning disable RS0030 // the functions of an IReal are Elementary's
        return Exponent switch
        {
            Number(-1) => T.One / root,
            Number(0.5) => T.Sqrt(root),
            _ => T.Pow(root, Exponent.At(values)),
        };
#pragma warning restore RS0030
    }

    /// <inheritdoc/>
    public override Formula With(Symbol symbol, Formula formula) =>
        Of(Base.With(symbol, formula), Exponent.With(symbol, formula));
}
