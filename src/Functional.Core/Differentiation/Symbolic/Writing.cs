using System.Globalization;

namespace Functional.Core.Differentiation.Symbolic;

/// <summary>How a formula is written: for LaTeX or not, what its symbols, numbers and functions are called, and
/// what stands between factors.</summary>
internal sealed record Script(
    bool IsLatex, Func<Symbol, string> Symbol, Func<double, string> Number, Func<Function, string> Function,
    string Times)
{
    public static Script Text { get; } = new(false, symbol => symbol.Name, Shortest, function => function.Name, " ");
    public static Script Latex { get; } = new(
        true, symbol => symbol.AsLatex, value => Power(Shortest(value)), function => function.AsLatex, @" \, ");

    /// <summary>What stands between a number's digits and its power of ten.</summary>
    public const string TimesTen = @" \cdot 10^";

    /// <summary>A number as C# writes it, as LaTeX has it.</summary>
    public static string Power(string number)
    {
        if (!char.IsAsciiDigit(number[^1]))
            return number.Replace("Infinity", @"\infty", StringComparison.Ordinal)
                .Replace("NaN", @"\mathrm{NaN}", StringComparison.Ordinal);
        int exponent = number.IndexOfAny(['E', 'e']);
        return exponent < 0 ? number : $"{number[..exponent]}{TimesTen}{{"
            + $"{int.Parse(number.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}}}"
                ;
    }

    private static string Shortest(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>How formulas are written: brackets only where they are needed, negative powers as quotients, negative
/// terms as differences.</summary>
internal static class Writing
{
    private enum Binding { Sum, Product, Power, Whole }

    public static string Of(Formula formula, Script script) => Write(formula, Binding.Sum, script);

    /// <summary>A formula in pieces between which a line may end: the terms of a sum with their signs.</summary>
    public static IEnumerable<string> Pieces(Formula formula, Script script) =>
        formula is Sum sum ? Terms(sum, script) : [Of(formula, script)];

    // A part that binds more loosely than its place needs brackets.
    private static string Write(Formula formula, Binding place, Script script)
    {
        var (text, binding) = formula switch
        {
            Number(var value) => Bound(script.Number(value)),
            Symbol symbol => Bound(script.Symbol(symbol)),
            Call call =>
                (Call(call, script), script.IsLatex && call.Function == Function.Exp ? Binding.Power : Binding.Whole),
            Sum sum => (string.Join(' ', Terms(sum, script)), Binding.Sum),
            Power { Exponent: Number(< 0) } or Product => Quotient(formula, script),
            Power { Exponent: Number(0.5) } power =>
                (script.IsLatex ? $@"\sqrt{{{Of(power.Base, script)}}}" : $"sqrt({Of(power.Base, script)})",
                    Binding.Whole),
            Power power => (Raised(power, script), Binding.Power),
            _ => throw new InvalidOperationException($"no way to write a {formula.GetType().Name}"),
        };
        return binding >= place ? text : script.IsLatex ? $@"\left({text}\right)" : $"({text})";
    }

    // A number stands for a sum where it is negative, for a product where it has a power of ten; a symbol with a
    // superscript is one already.
    private static (string, Binding) Bound(string written) => (written,
        written.StartsWith('-') ? Binding.Sum
            : written.Contains(Script.TimesTen, StringComparison.Ordinal) ? Binding.Product
            : written.Contains("^{", StringComparison.Ordinal) ? Binding.Power
            : Binding.Whole);

    private static string Raised(Power power, Script script)
    {
        string root = Write(power.Base, Binding.Whole, script);
        return script.IsLatex
            ? $"{root}^{{{Of(power.Exponent, script)}}}"
            : $"{root}^{Write(power.Exponent, Binding.Whole, script)}";
    }

    private static string Call(Call call, Script script) => (call.Function.Name, script.IsLatex) switch
    {
        ("exp", true) => $"e^{{{Of(call.Argument, script)}}}",
        (_, true) => $@"{script.Function(call.Function)}\mathopen{{}}\left({Of(call.Argument, script)}\right)",
        _ => $"{script.Function(call.Function)}({Of(call.Argument, script)})",
    };

    private static IEnumerable<string> Terms(Sum sum, Script script) => sum.Terms.Select((term, i) =>
    {
        bool isNegative = term is Number(< 0) || Product.Split(term).Factor < 0;
        string written = Write(isNegative ? -term : term, Binding.Product, script);
        return (i, isNegative) switch
        {
            (0, true) => $"-{written}",
            (0, false) => written,
            (_, true) => $"- {written}",
            _ => $"+ {written}"
        };
    });

    private static (string, Binding) Quotient(Formula formula, Script script)
    {
        Formula[] factors = formula is Product product ? [.. product.Factors] : [formula];
        Formula[] above = [.. factors.Where(factor => factor is not Power { Exponent: Number(< 0) })];
        Formula[] below = [.. factors.OfType<Power>().Where(factor => factor.Exponent is Number(< 0))
            .Select(factor => Power.Of(factor.Base, -factor.Exponent))];
        bool isNegative = above.FirstOrDefault() is Number(< 0);
        if (isNegative) above = above[0] is Number(-1) ? above[1..] : [-above[0], .. above[1..]];
        string sign = isNegative ? "-" : "";
        var binding = isNegative ? Binding.Sum : Binding.Product;
        if (below.Length == 0) return (sign + Factors(above, script), binding);
        if (script.IsLatex) return ($@"{sign}\frac{{{Alone(above, script)}}}{{{Alone(below, script)}}}", binding);
        return (
            $"{sign}{Factors(above, script)} / "
                + $"{(below.Length == 1 ? Write(below[0], Binding.Power, script) : $"({Factors(below, script)})")}",
            binding);
    }

    private static string Alone(Formula[] factors, Script script) =>
        factors.Length == 1 ? Of(factors[0], script) : Factors(factors, script);

    private static string Factors(Formula[] factors, Script script) =>
        factors.Length == 0 ? "1" : string.Join(
            script.Times,
            factors.Select(factor => Write(factor, factors.Length == 1 ? Binding.Product : Binding.Power, script)));
}
