using Functional.Core.Data;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>The rows of a table as a network's inputs, some at a time: a category of a thousand values takes a
/// thousand numbers a row.</summary>
/// <param name="Features">What the inputs are.</param>
/// <param name="Columns">For each of them its column; the codes of a category are places among
/// the feature's values.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record TableInputs(Feature[] Features, Column[] Columns, int Rows)
{
    /// <summary>The code of a category that is none of a feature's values.</summary>
    public const int Unseen = -2;

    /// <summary>All rows.</summary>
    public Matrix<double> All => Take(0, Rows);

    /// <summary>So many rows from one on, counted from 0; a missing cell is NaN.</summary>
    public Matrix<double> Take(int first, int count) => Of(Features, Columns, [.. Enumerable.Range(first, count)]);

    /// <summary>The rows at some places.</summary>
    public static Matrix<double> Of(Feature[] features, Column[] columns, int[] rows)
    {
        int width = features.Sum(feature => feature.Width), at = 0;
        var cells = new double[rows.Length * width];
        for (int i = 0; i < features.Length; at += features[i++].Width)
            for (int row = 0; row < rows.Length; row++)
            {
                var own = cells.AsSpan(row * width + at, features[i].Width);
                if (columns[i] is Column.Numbers numbers) own[0] = numbers.Cells[rows[row]];
                else if (((Column.Categories)columns[i]).Codes[rows[row]] is var code && code >= 0) own[code] = 1;
                else if (code != Unseen) own.Fill(double.NaN);
            }
        return new(rows.Length, width, Vec<double>.Freeze(cells));
    }
}
