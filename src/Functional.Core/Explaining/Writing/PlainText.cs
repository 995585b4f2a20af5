using System.Text;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>Explanations for a terminal.</summary>
internal sealed class PlainText(Figures figures)
{
    private const int Width = 110;

    public string Write(Explanation explanation)
    {
        var text = new StringBuilder();
        Underlined(text, explanation.Title, '=');
        foreach (var step in explanation.Steps)
            switch (step)
            {
                case Step.Heading(var heading, var level, var symbol):
                    Underlined(text.Append('\n'), symbol is null ? heading : $"{heading} {symbol.Text}", level == 1 ? '-' : ' ');
                    break;
                case Step.Prose(var prose):
                    text.Append(Wrapped(prose, indent: 0)).Append("\n\n");
                    break;
                case Step.Relation(var sides):
                    Equation(text, sides[0].Text, sides.Skip(1).Select(side => side.Text));
                    break;
                case Step.Table(var sides, var numbers):
                    Equation(text, sides[0].Text, [.. sides.Skip(1).Select(side => side.Text), .. numbers.Columns == 1 ? (string[])[Vector(numbers)] : []]);
                    if (numbers.Columns > 1) Rows(text, numbers);
                    break;
                case Step.Worked(var sides, var formula, var value):
                    Equation(text, sides[0].Text, [.. sides.Skip(1).Select(side => side.Text),
                        Writing.Of(formula, figures.Named(isLatex: false)), Writing.Of(formula, figures.Numbered(isLatex: false, explanation.Numbers)), figures.Of(value)]);
                    break;
            }
        return text.ToString();
    }

    private static void Underlined(StringBuilder text, string heading, char line)
    {
        text.Append(heading).Append('\n');
        if (line != ' ') text.Append(line, heading.Length).Append('\n');
    }

    // One side a line below the sign of equality, unless all fit in one.
    private static void Equation(StringBuilder text, string left, IEnumerable<string> sides)
    {
        string[] different = [.. Different(sides)];
        string whole = $"  {string.Join(" = ", different.Prepend(left))}";
        if (whole.Length <= Width)
        {
            text.Append(whole).Append('\n');
            return;
        }
        string indent = new(' ', left.Length + 2);
        for (int i = 0; i < different.Length; i++)
            text.Append(i == 0 ? $"  {left}" : indent).Append(" = ").Append(Wrapped(different[i], left.Length + 5)).Append('\n');
    }

    /// <summary>Sides without those that say again what stands before them.</summary>
    internal static IReadOnlyList<A> Different<A>(IEnumerable<A> sides) where A : IEquatable<A> => sides.Aggregate(new List<A>(), (different, side) =>
    {
        if (different.Count == 0 || !different[^1].Equals(side)) different.Add(side);
        return different;
    });

    private static string Wrapped(string text, int indent)
    {
        var wrapped = new StringBuilder();
        int column = indent;
        foreach (string word in text.Split(' '))
        {
            if (column > indent && column + 1 + word.Length > Width)
            {
                wrapped.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                wrapped.Append(' ');
                column++;
            }
            wrapped.Append(word);
            column += word.Length;
        }
        return wrapped.ToString();
    }

    private string Vector(Matrix<double> column) => $"({string.Join(", ", column.Cells.Span.ToArray().Select(figures.Of))})";

    // Rows too wide for a terminal go on in the next block of columns.
    private void Rows(StringBuilder text, Matrix<double> matrix)
    {
        string[][] cells = [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray().Select(figures.Of).ToArray())];
        int width = cells.Max(row => row.Max(cell => cell.Length)), perBlock = Math.Max(1, (Width - 10) / (width + 2));
        for (int first = 0; first < matrix.Columns; first += perBlock)
            foreach (string[] row in cells)
                text.Append(first == 0 ? "      [ " : "        ").AppendJoin("  ", row.Skip(first).Take(perBlock).Select(cell => cell.PadLeft(width))).Append(first + perBlock >= matrix.Columns ? " ]\n" : "\n");
    }
}
