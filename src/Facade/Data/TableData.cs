using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>From the columns of a table to samples: numbers as they are, a category as one input for each of its values.</summary>
internal static class TableData
{
    private const int MostValues = 1000;

    /// <summary>The samples that a source means. A row without a target is dropped, unless missing cells are to be refused.</summary>
    public static LoadedData Load(CsvTable table, CsvFile source)
    {
        CsvColumn[] targets = source.Target.Count == 0 ? [table.Columns[^1]] : [.. source.Target.Select(table.Column)];
        var weight = source.Weight.Length == 0 ? null : table.RequireNumbers(table.Column(source.Weight));
        CsvColumn[] features = source.Use.Count == 0 ? [.. table.Columns.Except([.. targets, weight!])] : [.. source.Use.Select(table.Column)];
        if (features.Length == 0) throw new InvalidInputException($"{table.Source} leaves no column to predict from; there should be at least 1 beside target and weight");
        if (features.Intersect(targets).FirstOrDefault() is { } both) throw new InvalidInputException($"{table.Source}, column \"{both.Name}\" is a target and a feature; it should be one of them");

        int[] counting = Counting(table, weight), rows = Rows(table, counting, [.. features], targets, weight, source.Missing);
        var (problem, labels, cells) = Targets(table, targets, source.Task, rows);
        features = [.. features.Select(column => column is CsvColumn.Texts texts ? Used(texts, counting) : column)];
        Feature[] schema = [.. features.Select(column => Feature(table, column))];
        var inputs = Inputs(schema, features, rows);
        var data = Dataset<double>.Of(
            problem, inputs, new(rows.Length, targets.Length, cells), weight is null ? null : Weights(table, weight, rows), new Schema([.. schema], [.. labels]));
        return new(data)
        {
            Notes =
            [
                .. LeftOut(table.Rows - counting.Length, table.Rows, "have weight 0"),
                .. LeftOut(counting.Length - rows.Length, table.Rows, source.Missing == "drop" ? "have an empty cell" : "have no target or no weight"),
            ],
        };
    }

    /// <summary>The rows of a table as a model's schema wants them: columns by name, categories by their values, missing cells as NaN.</summary>
    public static Matrix<double> Inputs(CsvTable table, Schema schema)
    {
        CsvColumn[] columns = [.. schema.Features.Select(feature => (feature, Column: table.Column(feature.Name))).Select(of =>
            of.feature.Values.Count == 0 ? table.RequireNumbers(of.Column) : (CsvColumn)Coded(table, AsTexts(of.Column), of.feature))];
        return Inputs([.. schema.Features], columns, [.. Enumerable.Range(0, table.Rows)]);
    }

    private static CsvColumn.Texts Coded(CsvTable table, CsvColumn.Texts texts, Feature feature)
    {
        int odd = Array.FindIndex(texts.Codes, code => code >= 0 && !feature.Values.Contains(texts.Values[code]));
        if (odd >= 0)
            throw new InvalidInputException(
                $"{table.Source}, row {odd + 1}, column \"{feature.Name}\" "
                + $"is {Visible.Quoted(texts.Values[texts.Codes[odd]])}; "
                + $"it should be one of {InputFile.Listed(feature.Values)}");
        return texts with { Codes = [.. texts.Codes.Select(code => code < 0 ? -1 : IndexOf(feature, texts.Values[code]))], Values = [.. feature.Values] };
    }

    private static int IndexOf(Feature feature, string value) => feature.Values.ToList().IndexOf(value);

    private static Feature Feature(CsvTable table, CsvColumn column)
    {
        if (column is not CsvColumn.Texts { Values: var values }) return new(column.Name, []);
        return values.Length <= MostValues
            ? new(column.Name, [.. values])
            : throw new InvalidInputException($"{table.Source}, column \"{column.Name}\" has {values.Length} different texts; as a category it should have at most {MostValues} (name the columns to use with features)");
    }

    private static IEnumerable<string> LeftOut(int rows, int all, string why) =>
        rows == 0 ? [] : [$"{rows} of {all} rows {why} and {(rows == 1 ? "is" : "are")} left out"];

    // All rows but those that weigh nothing, which change nothing.
    private static int[] Counting(CsvTable table, CsvColumn.Numbers? weight)
    {
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => weight is null || weight.Cells[row] != 0)];
        return rows.Length > 0 || table.Rows == 0 ? rows : throw new InvalidInputException($"{table.Source}, column \"{weight!.Name}\": every weight is 0; at least 1 should be above 0");
    }

    // A category without the values that none of these rows has.
    private static CsvColumn.Texts Used(CsvColumn.Texts texts, int[] rows)
    {
        int[] used = [.. rows.Select(row => texts.Codes[row]).Where(code => code >= 0).Distinct().Order()];
        if (used.Length == texts.Values.Length) return texts;
        var codes = used.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return texts with
        {
            Codes = [.. texts.Codes.Select(code => codes.GetValueOrDefault(code, -1))],
            Values = [.. used.Select(code => texts.Values[code])],
        };
    }

    private static int[] Rows(CsvTable table, int[] counting, CsvColumn[] features, CsvColumn[] targets, CsvColumn? weight, string missing)
    {
        IEnumerable<CsvColumn> always = weight is null ? targets : targets.Append(weight);
        CsvColumn[] needed = [.. always, .. missing is "refuse" or "drop" ? features : []];
        var whole = new bool[table.Rows];
        foreach (int row in counting) whole[row] = true;
        foreach (var column in needed)
            foreach (int row in counting)
                if (IsMissing(column, row))
                {
                    if (missing == "refuse")
                        throw new InvalidInputException($"{table.Source}, row {row + 1}, column \"{column.Name}\" is empty; it should hold a value, unless missing cells are dropped or filled (missing: drop, mean, median, most_frequent)");
                    whole[row] = false;
                }
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => whole[row])];
        return rows.Length > 0 ? rows : throw new InvalidInputException($"{table.Source} has 0 rows without missing cells; it should have at least 1");
    }

    private static (Problem Problem, string[] Labels, Vec<double> Cells) Targets(CsvTable table, CsvColumn[] targets, string task, int[] rows)
    {
        bool classes = task == "classification" || task == "auto" && targets is [CsvColumn.Texts];
        if (task == "labels")
        {
            CsvColumn.Numbers[] labels = [.. targets.Select(table.RequireNumbers)];
            foreach (var column in labels)
                if (rows.Where(row => column.Cells[row] is not (0 or 1)).Select(row => (int?)row).FirstOrDefault() is { } row)
                    throw new InvalidInputException($"{table.Source}, row {row + 1}, column \"{column.Name}\" is {InputFile.Text(column.Cells[row])}; a label should be 0 or 1");
            return (new Problem.MultiLabel(targets.Length), [.. labels.Select(column => column.Name)], Vec<double>.Of([.. rows.SelectMany(row => labels.Select(column => column.Cells[row]))]));
        }
        if (!classes)
        {
            double[][] columns = [.. targets.Select(column => table.RequireNumbers(column).Cells)];
            return (new Problem.Regression(targets.Length), [], Vec<double>.Of([.. rows.SelectMany(row => columns.Select(column => column[row]))]));
        }
        if (targets is not [var only]) throw new InvalidInputException($"{table.Source} has {targets.Length} targets for classes; there should be 1");
        var texts = AsTexts(only);
        int[] used = [.. rows.Select(row => texts.Codes[row]).Distinct().OrderBy(code => code)];
        if (used.Length is < 2 or > 1 << 16) throw new InvalidInputException($"{table.Source}, column \"{only.Name}\" has {used.Length} class{(used.Length == 1 ? "" : "es")}; there should be 2 to 65536");
        var numbers = used.Select((code, number) => (code, number)).ToDictionary(pair => pair.code, pair => pair.number);
        return (new Problem.Classification(used.Length), [.. used.Select(code => texts.Values[code])], Vec<double>.Of([.. rows.Select(row => (double)numbers[texts.Codes[row]])]));
    }

    // Classes written as numbers are in the order of the numbers.
    private static CsvColumn.Texts AsTexts(CsvColumn column)
    {
        if (column is CsvColumn.Texts texts) return texts;
        double[] cells = ((CsvColumn.Numbers)column).Cells, values = [.. cells.Where(cell => !double.IsNaN(cell)).Distinct().Order()];
        return new(column.Name, [.. cells.Select(cell => double.IsNaN(cell) ? -1 : Array.BinarySearch(values, cell))], [.. values.Select(value => InputFile.Text(value))], 1);
    }

    private static Vec<double> Weights(CsvTable table, CsvColumn.Numbers weight, int[] rows)
    {
        int wrong = Array.FindIndex(rows, row => weight.Cells[row] < 0);
        return wrong < 0
            ? Vec<double>.Of([.. rows.Select(row => weight.Cells[row])])
            : throw new InvalidInputException($"{table.Source}, row {rows[wrong] + 1}, column \"{weight.Name}\" is {InputFile.Text(weight.Cells[rows[wrong]])}; a weight should be at least 0");
    }

    private static Matrix<double> Inputs(Feature[] features, CsvColumn[] columns, int[] rows)
    {
        long width = features.Sum(feature => (long)feature.Width);
        if (width * rows.Length > 1 << 30) throw new InvalidInputException($"{rows.Length} rows of {width} inputs are {width * rows.Length} numbers; there should be at most {1 << 30}");
        var cells = new double[rows.Length * (int)width];
        int at = 0;
        for (int i = 0; i < features.Length; at += features[i++].Width)
            for (int row = 0; row < rows.Length; row++)
            {
                var own = cells.AsSpan(row * (int)width + at, features[i].Width);
                if (columns[i] is CsvColumn.Numbers numbers) own[0] = numbers.Cells[rows[row]];
                else if (((CsvColumn.Texts)columns[i]).Codes[rows[row]] is >= 0 and var code) own[code] = 1;
                else own.Fill(double.NaN);
            }
        return new(rows.Length, (int)width, Vec<double>.Freeze(cells));
    }

    private static bool IsMissing(CsvColumn column, int row) => column switch
    {
        CsvColumn.Numbers numbers => double.IsNaN(numbers.Cells[row]),
        CsvColumn.Texts texts => texts.Codes[row] < 0,
        _ => false,
    };
}
