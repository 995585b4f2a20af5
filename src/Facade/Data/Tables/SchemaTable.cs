using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>Tables that a model meets: read as its own was, columns by name, categories by their values.</summary>
internal static class SchemaTable
{
    /// <summary>The format that a model's columns were read in, with their kinds, so that none
    /// is guessed again.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="withTargets">Whether the table has the targets, too.</param>
    public static TableFormat FormatOf(Schema schema, bool withTargets = false)
    {
        var format = schema.Format ?? new();
        string[] features = [.. schema.Columns, .. withTargets ? schema.Targets : []];
        bool IsUsed(ColumnKind kind) =>
            features.Contains(kind.Column) || kind is ColumnKind.DateParts && features.Any(IsPartOf(kind));
        return format with { Columns = [.. format.Columns.Where(IsUsed)] };
    }

    /// <summary>Refuses a table whose text was read in another notation of numbers than the model's own: 8.123 may
    /// be another number there.</summary>
    /// <exception cref="InvalidInputException">It was.</exception>
    public static void RequireNotation(Table table, Schema? schema)
    {
        if (schema?.Format is not { } format || !table.IsOfText) return;
        (string Decimal, string Thousands) usual = (".", ""), own = (format.Decimal, format.Thousands);
        (string Decimal, string Thousands) other = (table.Format.Decimal, table.Format.Thousands);
        if (own != usual && own != other)
            throw new InvalidInputException(
                $"{table.Source} was read with \"{other.Decimal}\" as decimal sign and \"{other.Thousands}\" between "
                    + $"thousands, and the model's "
                    + $"own table with \"{own.Decimal}\" and \"{own.Thousands}\"; it should be read with the model's "
                    + $"Format, or be marked as no "
                    + $"text (IsOfText = false) where its numbers are right");
    }

    /// <summary>The rows of a table as a model's schema wants them; missing cells are NaN.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="schema">What the model takes.</param>
    /// <param name="encoding">What it does about missing cells and categories that it never saw.</param>
    /// <returns>The inputs, and what a person should know of them.</returns>
    /// <exception cref="InvalidInputException">Columns are missing or of another kind, a cell is missing that the
    /// model cannot fill, or a category has a value that was never seen; every fault.</exception>
    public static (TableInputs Inputs, Items<Phrase> Ignored) Inputs(
        Table table, Schema schema, Core.Data.Encoding encoding)
    {
        bool isFilled = encoding.Fill is not null;
        var faults = new List<Invalid>();
        var ignored = new List<Phrase>();
        var columns = new List<Column>();
        foreach (var feature in schema.Features)
        {
            var found = Attempt<Column>.From(() => Cells(table, schema, feature, encoding.Unseen, ignored));
            faults.AddRange(found.Faults);
            if (!found.Succeeded) continue;
            columns.Add(found.Value);
            if (isFilled && feature.IndicatorOf.Length == 0 && found.Value.MissingCount == table.Rows)
                ignored.Add(
                    $"{table.Source}, column {Visible.Quoted(feature.Name)} is empty in every row; it is filled");
            if (!isFilled && found.Value.MissingCount > 0)
                faults.Add(new(
                    $"{table.Source}, row {Enumerable.Range(0, table.Rows).First(found.Value.IsMissing) + 1}, column "
                        + $"{Visible.Quoted(feature.Name)} "
                        + $"is empty; it should hold a value, since the model learned from a table without missing "
                        + $"cells"));
        }
        return faults.Count > 0
            ? throw new InvalidInputException(faults.Distinct())
            : (new([.. schema.Features], [.. columns], table.Rows), [.. ignored]);
    }

    private static Column Cells(
        Table table, Schema schema, Feature feature, UnseenCategories unseen, List<Phrase> ignored)
    {
        if (feature.IndicatorOf.Length > 0)
            return Indicators.Of(feature, table.Require(feature.IndicatorOf), table.Rows);
        if (table.Find(feature.Name) is null && schema.Format?.Columns.OfType<ColumnKind.DateParts>().FirstOrDefault(
            date => IsPartOf(date)(feature.Name)) is { } dates)
            table.RequireNumbers(table.Require(dates.Column)); // says which cells are no dates
        var column = table.Require(feature.Name);
        if (feature.Values.Count == 0) return table.RequireNumbers(column);
        // A number is no category, seen or not.
        bool mayBeUnseen = unseen == UnseenCategories.Ignore && column is not Column.Numbers;
        return Coded(table, TableData.AsTexts(column), feature, mayBeUnseen ? ignored : null);
    }

    private static Func<string, bool> IsPartOf(ColumnKind date) =>
        name => name.StartsWith($"{date.Column}_", StringComparison.Ordinal);

    private static Column.Categories Coded(Table table, Column.Categories texts, Feature feature, List<Phrase>? ignored)
    {
        var places = feature.Values.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        int[] codes = [.. texts.Values.Select(value => places.GetValueOrDefault(value, TableInputs.Unseen))];
        int[] cells = texts.Codes.Span.ToArray();
        int odd = Array.FindIndex(cells, code => code >= 0 && codes[code] < 0);
        if (odd >= 0)
        {
            string column = Visible.Quoted(feature.Name), value = Visible.Quoted(texts.Values[cells[odd]]);
            if (ignored is null)
                throw new InvalidInputException(
                    $"{table.Source}, row {odd + 1}, column {column} is {value}; it should be one of "
                        + $"{InputFile.Listed(feature.Values)}");
            int count = cells.Count(code => code >= 0 && codes[code] < 0);
            ignored.Add(
                $"{table.Source}, column {column}: {count} of {cells.Length} cells are none of the categories that "
                    + $"training saw, "
                    + $"the first in row {odd + 1}, {value}");
        }
        return texts with
        {
            Codes = Vec<int>.Freeze([.. cells.Select(code => code < 0 ? -1 : codes[code])]),
            Values = feature.Values,
        };
    }
}
