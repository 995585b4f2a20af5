using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Forms;

namespace Functional.Core.Explaining;

/// <summary>How numbers are shown.</summary>
/// <param name="Digits">Significant ones, 1 to 17; 17 shows as many as it takes to tell the
/// number from all others.</param>
internal sealed record Figures(int Digits)
{
    /// <summary>A number on a terminal.</summary>
    public string Of(double number) => Numerals.Of(number, Digits);

    /// <summary>Formulas with names in them.</summary>
    public Script Named(bool isLatex) => isLatex
        ? Script.Latex with { Number = value => value == 0.5 ? @"\tfrac{1}{2}" : Script.Power(Of(value)) }
        : Script.Text with { Number = value => value == 0.5 ? "½" : Of(value), Function = Name, Times = " · " };

    /// <summary>The same formulas with numbers in them.</summary>
    public Script Numbered(bool isLatex, IReadOnlyDictionary<Symbol, double> numbers) => isLatex
        ? Named(true) with { Symbol = symbol => Script.Power(Of(numbers[symbol])), Times = @" \cdot " }
        : Named(false) with { Symbol = symbol => Of(numbers[symbol]) };

    private static string Name(Function function) => function == Function.Sigmoid ? "σ" : function.Name;
}
