using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>From the columns of a table to samples: numbers as they are, a category as one input for
/// each of its values.</summary>
internal static class TableData
{
    private const int MostValues = 1000;
    private const int FewestRows = 20; // fewer rows may have columns that are equal by chance

    /// <summary>The samples that a source means. A row without a target is dropped, unless missing cells
    /// are to be refused.</summary>
    /// <param name="table">The columns.</param>
    /// <param name="source">Which of them are what.</param>
    /// <param name="missing">What is done about missing cells; refused unless given.</param>
    /// <param name="known">The task that the rows are for, where it is known.</param>
    /// <exception cref="InvalidInputException">The columns are not there or do not fit; the message
    /// lists every fault.</exception>
    public static LoadedData Load(Table table, CsvFile source, MissingCells? missing = null, KnownTask? known = null)
    {
        missing ??= new MissingCells.Refuse();
        RequireNames(table, source);
        Column[] targets = source.Target.Count == 0
            ? [Inner(table.Columns[table.Given - 1])]
            : [.. source.Target.Select(table.Require)];
        var weight = source.Weight.Length == 0 ? null : table.RequireNumbers(table.Require(source.Weight));
        bool areNamed = source.Features.Count > 0;
        Column[] others = [.. table.Columns.Where(column => !Names([.. targets, weight!]).Contains(column.Name))];
        Column.LeftOut[] left = areNamed ? [] : [.. others.OfType<Column.LeftOut>()];
        Column[] features = areNamed
            ? [.. source.Features.Select(table.Require)]
            : [.. others.Where(column => column is not Column.LeftOut)];
        RefuseTwice(table, targets, areNamed ? features : [], weight);
        if (features.Length == 0)
            throw new InvalidInputException(
            [
                new($"{table.Source} leaves no column to predict from; "
                    + $"there should be at least 1 beside target and weight"),
                .. left.Select(column => new Invalid($"{table.Source}, {column}")),
            ]);
        RefuseUnclear(table, [.. targets, .. features]);

        int[] counting = Counting(table, weight), rows = Rows(table, counting, features, targets, weight, missing);
        var task = TableTask.Of(table, targets, source.Task, rows, known);
        features = [.. features.Select(column => column is Column.Categories texts ? Used(texts, counting) : column)];
        if (known?.Schema is { } taught) features = [.. features.Select(column => Taught(table, column, taught))];
        Feature[] schema = Features(table, features);
        if (missing.HasIndicators && Indicators.Of(table, features, rows) is var indicators)
            (schema, features) = ([.. schema, .. indicators.Features], [.. features, .. indicators.Columns]);
        var data = Dataset<double>.Of(
            task.Problem, Inputs(schema, features, rows), new(rows.Length, targets.Length, task.Cells),
            weight is null ? null : Weights(table, weight, rows),
            new Schema([.. schema], [.. task.Labels])
            {
                Targets = [.. targets.Select(column => column.Name)],
                Format = table.Format,
            })
            with
        { SourceRows = rows.Length == table.Rows ? null : Vec<int>.Of(rows) };
        string[] used = [.. Names([.. targets, .. features, weight!])];
        return new(data)
        {
            Notes =
            [
                .. table.Notes.Where(note => note.Column is null || used.Contains(note.Column))
                    .Select(note => note.Text),
                .. left.Select(
                    column => (Phrase)$"{Place(table, column)} is left out: {column.Reason}; --features takes it in"),
                .. Suspicions(table, features, targets, rows),
                .. task.Notes,
                .. LeftOut(table.Rows - counting.Length, table.Rows, $"weight 0"),
                .. LeftOut(
                    counting.Length - rows.Length, table.Rows,
                    missing is MissingCells.Drop ? (Phrase)$"an empty cell" : $"no target or no weight"),
            ],
        };
    }

    /// <summary>A column as texts; numbers are in the order of the numbers.</summary>
    internal static Column.Categories AsTexts(Column column)
    {
        if (column is Column.Categories texts) return texts;
        double[] cells = ((Column.Numbers)column).Cells.Span.ToArray();
        // + 0.0: -0 is 0
        double[] values = [.. cells.Where(cell => !double.IsNaN(cell)).Select(cell => cell + 0.0).Distinct().Order()];
        int[] codes = [.. cells.Select(cell => double.IsNaN(cell) ? -1 : Array.BinarySearch(values, cell))];
        return new(column.Name, Vec<int>.Freeze(codes), [.. values.Select(value => InputFile.Text(value))]);
    }

    private static Column Inner(Column column) => column is Column.LeftOut(var inner, _) ? inner : column;

    private static HashSet<string> Names(Column?[] columns) =>
        [.. columns.OfType<Column>().Select(column => column.Name)];

    private static Phrase Place(Table table, Column column) => $"{table.Source}, column {Visible.Quoted(column.Name)}";

    private static Phrase Place(Table table, int row, Column column) =>
        $"{table.Source}, row {row + 1}, column {Visible.Quoted(column.Name)}";

    private static void RequireNames(Table table, CsvFile source)
    {
        string[] names =
            [.. source.Target, .. source.Features, .. source.Weight.Length == 0 ? [] : new[] { source.Weight }];
        Invalid[] faults =
            [.. names.SelectMany(name => Attempt<Column>.From(() => table.Require(name)).Faults).Distinct()];
        if (faults.Length > 0) throw new InvalidInputException(faults);
    }

    private static void RefuseTwice(Table table, Column[] targets, Column[] features, Column? weight)
    {
        (Phrase Role, Column Column)[] roles =
        [
            .. targets.Select(column => ((Phrase)$"a target", column)),
            .. features.Select(column => ((Phrase)$"a feature", column)),
            .. weight is null ? [] : new[] { ((Phrase)$"the weight", weight) },
        ];
        Invalid[] faults =
        [
            .. from role in roles
               group role by role.Column.Name into same
               where same.Count() > 1
               let all = same.Select(role => role.Role).Aggregate((all, role) => $"{all} and {role}")
               select new Invalid($"{Place(table, same.First().Column)} is {all}; it should be one of them"),
        ];
        if (faults.Length > 0) throw new InvalidInputException(faults);
    }

    private static void RefuseUnclear(Table table, Column[] used)
    {
        Invalid[] faults =
            [.. used.OfType<Column.Unclear>().Select(column => new Invalid($"{Place(table, column)}: {column.Fault}"))];
        if (faults.Length > 0) throw new InvalidInputException(faults);
    }

    private static Feature[] Features(Table table, Column[] columns)
    {
        Invalid[] faults =
        [
            .. from column in columns.OfType<Column.Categories>()
               where column.Values.Count > MostValues
               select new Invalid(
                   $"{Place(table, column)} has {column.Values.Count} different texts; as a category it should have "
                   + $"at most {MostValues} (name the columns to use with features)"),
        ];
        if (faults.Length > 0) throw new InvalidInputException(faults);
        return [.. columns.Select(
            column => new Feature(column.Name, column is Column.Categories { Values: var values } ? values : []))];
    }

    // What a practitioner would look at twice.
    private static IEnumerable<Phrase> Suspicions(Table table, Column[] features, Column[] targets, int[] rows)
    {
        foreach (var feature in features.Where(feature => feature.MissingCount > 0 && rows.All(feature.IsMissing)))
            yield return $"{Place(table, feature)} is empty in every row; nothing can be learned from it";
        foreach (var feature in features)
            if (rows.Length >= FewestRows
                && targets.FirstOrDefault(target => AreOne(feature, target, rows)) is { } target)
                yield return $"{Place(table, feature)} equals the target {Visible.Quoted(target.Name)} in every row";
    }

    private static bool AreOne(Column feature, Column target, int[] rows) => (feature, target) switch
    {
        (Column.Numbers x, Column.Numbers y) => rows.All(row => x.Cells[row] == y.Cells[row]),
        (Column.Categories x, Column.Categories y) => rows.All(row =>
            x.Codes[row] >= 0 && y.Codes[row] >= 0 && x.Values[x.Codes[row]] == y.Values[y.Codes[row]]),
        _ => false,
    };

    private static IEnumerable<Phrase> LeftOut(int rows, int all, Phrase why) =>
        rows == 0 ? []
        : rows == 1 ? [$"1 of {all} rows is left out ({why})"]
        : [$"{rows} of {all} rows are left out ({why})"];

    // All rows but those that weigh nothing, which change nothing.
    private static int[] Counting(Table table, Column.Numbers? weight)
    {
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => weight is null || weight.Cells[row] != 0)];
        return rows.Length > 0 || table.Rows == 0
            ? rows
            : throw new InvalidInputException(
                $"{Place(table, weight!)}: every weight is 0; at least 1 should be above 0");
    }

    // A category without the values that none of these rows has.
    private static Column.Categories Used(Column.Categories texts, int[] rows)
    {
        int[] used = [.. rows.Select(row => texts.Codes[row]).Where(code => code >= 0).Distinct().Order()];
        if (used.Length == texts.Values.Count) return texts;
        var codes = used.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return texts with
        {
            Codes = Vec<int>.Freeze([.. texts.Codes.Span.ToArray().Select(code => codes.GetValueOrDefault(code, -1))]),
            Values = [.. used.Select(code => texts.Values[code])],
        };
    }

    // A column without a cell is of the kind that it is known to be.
    private static Column Taught(Table table, Column column, Schema taught) =>
        column.MissingCount == table.Rows
        && taught.Features.FirstOrDefault(feature => feature.Name == column.Name) is { Values.Count: > 0 } feature
            ? new Column.Categories(
                column.Name, Vec<int>.Freeze([.. Enumerable.Repeat(-1, table.Rows)]), feature.Values)
            : column;

    private static int[] Rows(
        Table table, int[] counting, Column[] features, Column[] targets, Column? weight, MissingCells missing)
    {
        IEnumerable<Column> always = weight is null ? targets : targets.Append(weight);
        Column[] needed = [.. always, .. missing is MissingCells.Filled ? [] : features];
        var whole = new bool[table.Rows];
        foreach (int row in counting) whole[row] = true;
        var faults = new List<Invalid>();
        foreach (var column in needed)
        {
            if (column.MissingCount == 0) continue;
            int[] empty = [.. counting.Where(column.IsMissing)];
            if (empty.Length > 0 && missing is MissingCells.Refuse) faults.Add(new(Empty(table, column, empty)));
            foreach (int row in empty) whole[row] = false;
        }
        if (faults.Count > 0) throw new InvalidInputException(faults);
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(row => whole[row])];
        return rows.Length > 0
            ? rows
            : throw new InvalidInputException(
                $"{table.Source} has 0 rows without missing cells; it should have at least 1");
    }

    private static Phrase Empty(Table table, Column column, int[] rows) =>
        $"{Place(table, rows[0], column)} is empty"
        + $"{(rows.Length > 1 ? (Phrase)$", and so are {rows.Length - 1} more of its cells" : Phrase.Empty)}"
        + $"; it should hold a value, unless missing cells are dropped or filled (--missing drop, mean, median, "
        + $"most_frequent, or a number)";

    private static Vec<double> Weights(Table table, Column.Numbers weight, int[] rows)
    {
        int wrong = Array.FindIndex(rows, row => weight.Cells[row] < 0);
        return wrong < 0
            ? Vec<double>.Of([.. rows.Select(row => weight.Cells[row])])
            : throw new InvalidInputException(
                $"{Place(table, rows[wrong], weight)} is {InputFile.Text(weight.Cells[rows[wrong]])}; "
                    + $"a weight should be at least 0");
    }

    private static Matrix<double> Inputs(Feature[] features, Column[] columns, int[] rows)
    {
        long width = features.Sum(feature => (long)feature.Width);
        return width * rows.Length <= 1 << 30
            ? TableInputs.Of(features, columns, rows)
            : throw new InvalidInputException(
                $"{rows.Length} rows of {width} inputs are {width * rows.Length} numbers; "
                    + $"there should be at most {1 << 30}");
    }
}
