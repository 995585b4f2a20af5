using System.Globalization;
using System.Text;

namespace Functional.Core.Differentiation.Symbolic;

/// <summary>How formulas are written: brackets only where they are needed, negative powers as quotients, negative terms as differences.</summary>
internal static class Writing
{
    private enum Binding { Sum, Product, Power, Whole }

    public static string Text(Formula formula) => Write(formula, Binding.Sum, isLatex: false);
    public static string Latex(Formula formula) => Write(formula, Binding.Sum, isLatex: true);

    // A part that binds more loosely than its place needs brackets.
    private static string Write(Formula formula, Binding place, bool isLatex)
    {
        var (text, binding) = formula switch
        {
            Number(var value) => (Shortest(value, isLatex), value < 0 ? Binding.Sum : Binding.Whole),
            Symbol symbol => (isLatex ? symbol.AsLatex : symbol.Name, Binding.Whole),
            Call call => (Call(call, isLatex), isLatex && call.Function == Function.Exp ? Binding.Power : Binding.Whole),
            Sum sum => (Sum(sum, isLatex), Binding.Sum),
            Power { Exponent: Number(< 0) } or Product => Quotient(formula, isLatex),
            Power { Exponent: Number(0.5) } power => (isLatex ? $@"\sqrt{{{Latex(power.Base)}}}" : $"sqrt({Text(power.Base)})", Binding.Whole),
            Power power => (Raised(power, isLatex), Binding.Power),
            _ => throw new InvalidOperationException($"no way to write a {formula.GetType().Name}"),
        };
        return binding >= place ? text : isLatex ? $@"\left({text}\right)" : $"({text})";
    }

    private static string Raised(Power power, bool isLatex)
    {
        string root = Write(power.Base, Binding.Whole, isLatex);
        return isLatex ? $"{root}^{{{Latex(power.Exponent)}}}" : $"{root}^{Write(power.Exponent, Binding.Whole, isLatex)}";
    }

    private static string Call(Call call, bool isLatex) => (call.Function.Name, isLatex) switch
    {
        ("exp", true) => $"e^{{{Latex(call.Argument)}}}",
        (_, true) => $@"{call.Function.AsLatex}\left({Latex(call.Argument)}\right)",
        _ => $"{call.Function.Name}({Text(call.Argument)})",
    };

    private static string Sum(Sum sum, bool isLatex)
    {
        var text = new StringBuilder();
        foreach (var term in sum.Terms)
        {
            bool isNegative = term is Number(< 0) || Product.Split(term).Factor < 0;
            string written = Write(isNegative ? -term : term, Binding.Product, isLatex);
            text.Append(text.Length == 0 ? (isNegative ? "-" : "") : isNegative ? " - " : " + ").Append(written);
        }
        return text.ToString();
    }

    private static (string, Binding) Quotient(Formula formula, bool isLatex)
    {
        Formula[] factors = formula is Product product ? [.. product.Factors] : [formula];
        Formula[] above = [.. factors.Where(factor => factor is not Power { Exponent: Number(< 0) })];
        Formula[] below = [.. factors.OfType<Power>().Where(factor => factor.Exponent is Number(< 0)).Select(factor => Power.Of(factor.Base, -factor.Exponent))];
        bool isNegative = above.FirstOrDefault() is Number(< 0);
        if (isNegative) above = above[0] is Number(-1) ? above[1..] : [-above[0], .. above[1..]];
        string sign = isNegative ? "-" : "";
        if (below.Length == 0) return (sign + Factors(above, isLatex), isNegative ? Binding.Sum : Binding.Product);
        if (isLatex) return ($@"{sign}\frac{{{(above.Length == 1 ? Latex(above[0]) : Factors(above, isLatex))}}}{{{(below.Length == 1 ? Latex(below[0]) : Factors(below, isLatex))}}}", isNegative ? Binding.Sum : Binding.Product);
        return ($"{sign}{Factors(above, isLatex)} / {(below.Length == 1 ? Write(below[0], Binding.Power, isLatex) : $"({Factors(below, isLatex)})")}", isNegative ? Binding.Sum : Binding.Product);
    }

    private static string Factors(Formula[] factors, bool isLatex) =>
        factors.Length == 0 ? "1" : string.Join(isLatex ? @" \, " : " ", factors.Select(factor => Write(factor, factors.Length == 1 ? Binding.Product : Binding.Power, isLatex)));

    private static string Shortest(double value, bool isLatex)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 || !isLatex ? text : $@"{text[..exponent]} \cdot 10^{{{text[(exponent + 1)..].TrimStart('+')}}}";
    }
}
