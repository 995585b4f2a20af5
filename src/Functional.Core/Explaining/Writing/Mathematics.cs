using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Numbers;

namespace Functional.Core.Explaining;

/// <summary>Equations in LaTeX's mathematics mode.</summary>
/// <param name="figures">How numbers are shown.</param>
/// <param name="shrinks">Whether what is too wide for a page is made smaller; else it stays as it is.</param>
internal sealed class Mathematics(Figures figures, bool shrinks)
{
    // Counted as a terminal would; more does not fit on a page.
    private const int LineWidth = 75, TallestColumn = 12, TallestMatrix = 45;

    /// <summary>One side of an equation, and how wide it is.</summary>
    private readonly record struct Side(string Latex, int Width);

    /// <summary>The lines of an aligned equation; null where a step is none.</summary>
    public string? Lines(ExplanationStep step, IReadOnlyDictionary<Symbol, double> numbers) => step switch
    {
        ExplanationStep.Relation(var sides) => Aligned(sides.Select(Of)),
        ExplanationStep.Table(var sides, var table) => Aligned([.. sides.Select(Of), Of(table)]),
        ExplanationStep.Worked(var sides, var formula, var value) => Aligned([.. sides.Select(Of),
            Of(formula, figures.Named), Of(formula, isLatex => figures.Numbered(isLatex, numbers)), Of(value)]),
        ExplanationStep.Scalar(var sides, var value) => Aligned([.. sides.Select(Of), Of(value)]),
        ExplanationStep.Assigned(var parameter, var formula, var value) => Aligned(
            [Of((Notation)parameter), Of(formula, figures.Named),
                Of(formula, isLatex => figures.Numbered(isLatex, numbers)), Of(value)],
            @"\leftarrow"),
        ExplanationStep.Samples(var columns, var rows) => Samples(columns, rows),
        _ => null,
    };

    private string Samples(Items<Notation> columns, Matrix<double> rows)
    {
        var lines = Enumerable.Range(0, rows.Rows)
            .Select(row => string.Join(" & ", rows.Row(row).ToArray().Select(cell => Script.Power(figures.Of(cell)))));
        string table = $@"\begin{{array}}{{{new string('r', columns.Count)}}} "
            + $@"{string.Join(" & ", columns.Select(column => column.Latex))} \\ \hline "
            + $@"{string.Join(@" \\ ", lines)} \end{{array}}";
        return "& " + Shrunk(table);
    }

    // In one line where there is room.
    private static string Aligned(IEnumerable<Side> sides, string sign = "=")
    {
        Side[] different = [.. sides.Take(1), .. PlainText.Different(sides.Skip(1))];
        bool isShort = different.Sum(side => side.Width + 3) <= LineWidth;
        return $"{different[0].Latex} &{sign} "
            + $"{string.Join(isShort ? " = " : " \\\\\n&= ", different.Skip(1).Select(side => side.Latex))}";
    }

    private Side Of(Notation side) =>
        new(side.Text.Length > LineWidth ? Shrunk(side.Latex) : side.Latex, side.Text.Length);

    private Side Of(double value) => new(Script.Power(figures.Of(value)), figures.Of(value).Length);

    // A long sum goes on in the next line.
    private Side Of(Formula formula, Func<bool, Script> script)
    {
        string[] texts = [.. Writing.Pieces(formula, script(false))],
            pieces = [.. Writing.Pieces(formula, script(true))];
        int width = texts.Sum(text => text.Length + 1) - 1;
        if (pieces.Length == 1) return new(width > LineWidth ? Shrunk(pieces[0]) : pieces[0], width);
        var (lines, column) = ("", 0);
        foreach (var (text, piece) in texts.Zip(pieces))
        {
            if (column > 0 && column + text.Length > LineWidth) (lines, column) = (lines + " \\\\\n&\\quad ", 0);
            lines += (column > 0 ? " " : "") + piece;
            column += text.Length + 1;
        }
        return new(lines, width);
    }

    // A column too tall for a page lies down; a row too wide for one goes on in the next block of columns.
    private static string Cells(string[] row, (int Index, string Item)[] block) =>
        string.Join(" & ", block.Select(column => row[column.Index]));

    private Side Of(Matrix<double> numbers)
    {
        bool isLying = numbers.Columns == 1 && numbers.Rows > TallestColumn;
        string[][] rows = [.. Enumerable.Range(0, numbers.Rows)
            .Select(row => numbers.Row(row).ToArray().Select(cell => Script.Power(figures.Of(cell))).ToArray())];
        if (isLying) rows = [[.. rows.Select(row => row[0])]];
        int perBlock = Math.Max(1, LineWidth / (figures.Digits + 4));
        string[] blocks = [.. rows[0].Index().Chunk(perBlock).Select(block =>
            $@"\begin{{matrix}} {string.Join(@" \\ ", rows.Select(row => Cells(row, block)))} \end{{matrix}}")];
        string end = isLying ? @"^\top" : "";
        string[] bracketed = blocks.Length == 1 ? [$@"\left({blocks[0]}\right){end}"]
            : [$@"\left({blocks[0]}\right.", .. blocks[1..^1].Select(block => $@"\left.{block}\right."),
                $@"\left.{blocks[^1]}\right){end}"];
        var lines = shrinks && rows.Length > TallestMatrix
            ? bracketed.Select(block => $@"\scalebox{{0.7}}{{$\displaystyle {block}$}}")
            : bracketed;
        return new(string.Join(" \\\\\n&\\quad ", lines), rows[0].Length * (figures.Digits + 3));
    }

    private string Shrunk(string formula) => shrinks ? $@"\shrunk{{{formula}}}" : formula;
}
