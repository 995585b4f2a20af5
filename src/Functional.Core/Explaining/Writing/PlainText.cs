using System.Text;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>Explanations for a terminal.</summary>
internal sealed class PlainText(Figures figures, int width)
{
    public string Write(Explanation explanation)
    {
        var text = new StringBuilder();
        Underlined(text, explanation.Title, '=');
        foreach (var step in explanation.Steps)
            switch (step)
            {
                case ExplanationStep.Heading(var heading, var level, var symbol):
                    Underlined(
                        text.Append('\n'), symbol is null ? heading : $"{heading} {symbol.Text}",
                        level == 1 ? '-' : ' ');
                    break;
                case ExplanationStep.Prose(var prose):
                    text.Append(Wrapped(prose, indent: 0)).Append("\n\n");
                    break;
                case ExplanationStep.Relation(var sides):
                    Equation(text, sides[0].Text, sides.Skip(1).Select(side => side.Text));
                    break;
                case ExplanationStep.Table(var sides, var numbers):
                    Equation(text, sides[0].Text, [.. sides.Skip(1).Select(side => side.Text),
                        .. numbers.Columns == 1 ? (string[])[Vector(numbers)] : []]);
                    if (numbers.Columns > 1) Rows(text, numbers);
                    break;
                case ExplanationStep.Scalar(var sides, var value):
                    Equation(text, sides[0].Text, [.. sides.Skip(1).Select(side => side.Text), figures.Of(value)]);
                    break;
                case ExplanationStep.Worked(var sides, var formula, var value):
                    Equation(text, sides[0].Text, [.. sides.Skip(1).Select(side => side.Text),
                        Writing.Of(formula, figures.Named(isLatex: false)),
                        Writing.Of(formula, figures.Numbered(isLatex: false, explanation.Numbers)), figures.Of(value)]);
                    break;
                case ExplanationStep.Assigned(var parameter, var formula, var value):
                    Equation(text, parameter.Name, [
                        Writing.Of(formula, figures.Named(isLatex: false)),
                        Writing.Of(formula, figures.Numbered(isLatex: false, explanation.Numbers)), figures.Of(value)],
                        "←");
                    break;
                case ExplanationStep.Samples(var columns, var rows):
                    Samples(text, columns, rows);
                    break;
            }
        return text.ToString();
    }

    private void Underlined(StringBuilder text, string heading, char line)
    {
        string wrapped = Wrapped(heading, indent: 0);
        text.Append(wrapped).Append('\n');
        if (line != ' ') text.Append(line, wrapped.Split('\n').Max(part => part.Length)).Append('\n');
    }

    // One side a line below the sign, unless all fit in one.
    private void Equation(StringBuilder text, string left, IEnumerable<string> sides, string sign = "=")
    {
        string[] different = [.. Different(sides)];
        string whole = different.Length == 0 ? $"  {left}" : $"  {left} {sign} {string.Join(" = ", different)}";
        if (whole.Length <= width)
        {
            text.Append(whole).Append('\n');
            return;
        }
        string indent = new(' ', left.Length + 2);
        for (int i = 0; i < different.Length; i++)
            text.Append(i == 0 ? $"  {left} {sign} " : $"{indent} = ").Append(Broken(different[i], left.Length + 5))
                .Append('\n');
    }

    /// <summary>Sides without those that say again what stands before them.</summary>
    internal static IReadOnlyList<A> Different<A>(IEnumerable<A> sides) where A : IEquatable<A> =>
        sides.Aggregate(new List<A>(), (different, side) =>
    {
        if (different.Count == 0 || !different[^1].Equals(side)) different.Add(side);
        return different;
    });

    private string Wrapped(string text, int indent) => Lines(text.Split(' '), indent);

    // Between the terms of a formula and not within a parenthesis, unless a parenthesis alone is wider than a line:
    // then between its own terms, and so on.
    private string Broken(string formula, int indent) =>
        Lines([.. Pieces(formula, depth: 0).SelectMany(piece => Fitting(piece, width - indent))], indent);

    private static IEnumerable<string> Fitting(string piece, int room)
    {
        if (piece.Length <= room || !piece.Contains(' ', StringComparison.Ordinal)) return [piece];
        string[] inner = [.. Pieces(piece, depth: 1)];
        return inner.Length > 1 ? inner.SelectMany(part => Fitting(part, room)) : Pieces(piece, depth: int.MaxValue);
    }

    private string Lines(string[] pieces, int indent)
    {
        var lines = new StringBuilder();
        int column = indent;
        foreach (string piece in pieces)
        {
            if (column > indent && column + 1 + piece.Length > width)
            {
                lines.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                lines.Append(' ');
                column++;
            }
            lines.Append(piece);
            column += piece.Length;
        }
        return lines.ToString();
    }

    // What stands between spaces that lie in so many parentheses or fewer.
    private static IEnumerable<string> Pieces(string formula, int depth)
    {
        int open = 0, first = 0;
        for (int i = 0; i < formula.Length; i++)
        {
            if (formula[i] is '(' or '[') open++;
            if (formula[i] is ')' or ']') open--;
            if (formula[i] != ' ' || open > depth) continue;
            yield return formula[first..i];
            first = i + 1;
        }
        yield return formula[first..];
    }

    private string Vector(Matrix<double> column) =>
        $"({string.Join(", ", column.Cells.Span.ToArray().Select(figures.Of))})";

    // Rows too wide for a terminal go on in the next block of columns.
    private void Rows(StringBuilder text, Matrix<double> matrix)
    {
        string[][] cells = Cells(matrix);
        int wide = cells.Max(row => row.Max(cell => cell.Length)), perBlock = Math.Max(1, (width - 10) / (wide + 2));
        for (int first = 0; first < matrix.Columns; first += perBlock)
            foreach (string[] row in cells)
            {
                var block = row.Skip(first).Take(perBlock).Select(cell => cell.PadLeft(wide));
                text.Append(first == 0 ? "      [ " : "        ").AppendJoin("  ", block)
                    .Append(first + perBlock >= matrix.Columns ? " ]\n" : "\n");
            }
    }

    // The same of a table of samples, each block with the names of its columns and the numbers of
    // its rows, which come first.
    private void Samples(StringBuilder text, Items<Notation> columns, Matrix<double> rows)
    {
        string[][] cells = [[.. columns.Select(column => column.Text)], .. Cells(rows)];
        int[] wide = [.. columns.Select((_, column) => cells.Max(row => row[column].Length))];
        for (int first = 1, end; first < columns.Count; first = end)
        {
            int used = 2 + wide[0];
            for (end = first; end < columns.Count && (end == first || used + wide[end] + 2 <= width); end++)
                used += wide[end] + 2;
            foreach (string[] row in cells)
                text.Append("  ").AppendJoin(
                    "  ",
                    Enumerable.Range(first, end - first).Prepend(0).Select(column => row[column].PadLeft(wide[column])))
                    .Append('\n');
            text.Append('\n');
        }
    }

    private string[][] Cells(Matrix<double> matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row).ToArray().Select(figures.Of).ToArray())];
}
