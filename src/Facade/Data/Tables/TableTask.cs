using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>What is to be predicted from a table: found from its targets where it is not given, and said.</summary>
/// <param name="Problem">What.</param>
/// <param name="Labels">The names of classes or labels.</param>
/// <param name="Cells">The targets of the rows.</param>
/// <param name="Notes">What was guessed.</param>
internal sealed record TableTask(Problem Problem, Items<string> Labels, Vec<double> Cells, Items<Phrase> Notes)
{
    private const int MostClassNumbers = 20; // different whole numbers that are taken for classes

    /// <summary>The task.</summary>
    /// <param name="table">Where the targets are.</param>
    /// <param name="targets">The columns.</param>
    /// <param name="task">What they mean.</param>
    /// <param name="rows">The rows to take.</param>
    /// <param name="known">The task that the rows are for, where it is known: classes are then its classes.</param>
    /// <exception cref="InvalidInputException">The targets do not fit the task; the message
    /// names the place.</exception>
    public static TableTask Of(Table table, Column[] targets, TaskKind task, int[] rows, KnownTask? known = null)
    {
        if (task == TaskKind.Labels) return OfLabels(table, targets, rows);
        bool areClasses = task == TaskKind.Classes
            || task == TaskKind.Auto
                && (targets is [Column.Categories] || targets is [Column.Numbers only] && AreClasses(only, rows));
        if (areClasses && targets.Length > 1)
            throw new InvalidInputException(
                $"{table.Source} has {targets.Length} targets for classes; there should be 1");
        var found =
            areClasses ? OfClasses(table, targets[0], rows, known?.Classes ?? []) : OfNumbers(table, targets, rows);
        return task == TaskKind.Auto
            ? found with { Notes = [Said(table.Source, targets, found), .. found.Notes] }
            : found;
    }

    // Whole numbers without a gap, from -1, 0 or 1 on, or two of any size.
    private static bool AreClasses(Column.Numbers column, int[] rows)
    {
        var different = new HashSet<double>();
        foreach (int row in rows)
            if (column.Cells[row] != Math.Floor(column.Cells[row])
                || different.Add(column.Cells[row]) && different.Count > MostClassNumbers)
                return false;
        return different.Count == 2
            || different.Count > 2 && different.Min() is -1 or 0 or 1
                && different.Max() - different.Min() == different.Count - 1;
    }

    /// <summary>What was found, for people.</summary>
    internal static Phrase Said(string source, Column[] targets, TableTask task)
    {
        string columns = string.Join(", ", targets.Select(target => Visible.Quoted(target.Name)));
        var labels = InputFile.Listed([.. task.Labels.Select(label => Visible.Line(label))]);
        return (task.Problem is Problem.Classification, targets.Length) switch
        {
            (true, _) when targets[0] is Column.Numbers =>
                $"{source}: the task is to predict which of {task.Labels.Count} classes {columns} is ({labels}); "
                    + $"--task numbers predicts it as a number",
            (true, _) =>
                $"{source}: the task is to predict which of {task.Labels.Count} classes {columns} is ({labels})",
            (false, 1) =>
                $"{source}: the task is to predict the number {columns}; --task classes predicts it as a class",
            _ when task.Cells.Span.IndexOfAnyExcept(0.0, 1.0) < 0 =>
                $"{source}: the task is to predict the numbers {columns}; --task labels predicts which of them hold",
            _ => $"{source}: the task is to predict the numbers {columns}",
        };
    }

    private static TableTask OfNumbers(Table table, Column[] targets, int[] rows)
    {
        Vec<double>[] columns = [.. targets.Select(column => table.RequireNumbers(column).Cells)];
        return new(
            new Problem.Regression(targets.Length), [],
            Vec<double>.Freeze([.. rows.SelectMany(row => columns.Select(column => column[row]))]), []);
    }

    private static TableTask OfLabels(Table table, Column[] targets, int[] rows)
    {
        Column.Numbers[] labels = [.. targets.Select(column => Truths(column) ?? table.RequireNumbers(column))];
        foreach (var column in labels)
            if (rows.Where(
                row => column.Cells[row] is not (0 or 1)).Select(row => (int?)row).FirstOrDefault() is { } row)
                throw new InvalidInputException(
                    $"{table.Source}, row {row + 1}, column {Visible.Quoted(column.Name)} is "
                        + $"{InputFile.Text(column.Cells[row])}; "
                        + $"a label should be 0 or 1");
        return new(
            new Problem.MultiLabel(targets.Length), [.. labels.Select(column => column.Name)],
            Vec<double>.Freeze([.. rows.SelectMany(row => labels.Select(column => column.Cells[row]))]), []);
    }

    // Words for what holds (1) and what does not (0), as numbers.
    private static Column.Numbers? Truths(Column column)
    {
        if (column is not Column.Categories { Values.Count: > 0 } texts) return null;
        (string No, string Yes)[] words = [("no", "yes"), ("false", "true"), ("False", "True"), ("FALSE", "TRUE")];
        if (words.FirstOrDefault(
            pair => texts.Values.All(value => value == pair.No || value == pair.Yes)) is not (_, { } yes))
            return null;
        double[] cells =
            [.. texts.Codes.Span.ToArray().Select(code => code < 0 ? double.NaN : texts.Values[code] == yes ? 1 : 0)];
        return new(column.Name, Vec<double>.Freeze(cells));
    }

    private static TableTask OfClasses(Table table, Column target, int[] rows, Items<string> known)
    {
        var texts = TableData.AsTexts(target);
        if (known.Count > 0) return OfKnownClasses(table, texts, rows, known);
        int[] used = [.. rows.Select(row => texts.Codes[row]).Distinct().Order()];
        if (used.Length is < 2 or > 1 << 16)
        {
            string name = Visible.Quoted(target.Name);
            throw new InvalidInputException(used.Length == 1
                ? (Phrase)$"{table.Source}, column {name} has 1 class; there should be 2 to 65536"
                : $"{table.Source}, column {name} has {used.Length} classes; there should be 2 to 65536");
        }
        var numbers = used.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        string[] labels = [.. used.Select(code => texts.Values[code])];
        int[] counts = new int[used.Length];
        foreach (int row in rows) counts[numbers[texts.Codes[row]]]++;
        return new(
            new Problem.Classification(used.Length), [.. labels],
            Vec<double>.Freeze([.. rows.Select(row => (double)numbers[texts.Codes[row]])]),
            [.. Fractions(table, target, labels.Length, rows), .. Rare(table, target, labels, counts)]);
    }

    // Rows of some of the classes, perhaps of one alone.
    private static TableTask OfKnownClasses(Table table, Column.Categories target, int[] rows, Items<string> known)
    {
        var places = known.Index().ToDictionary(label => label.Item, label => label.Index, StringComparer.Ordinal);
        int[] numbers = [.. target.Values.Select(value => places.GetValueOrDefault(value, -1))],
            codes = target.Codes.Span.ToArray();
        int[] odd = [.. rows.Select(row => codes[row]).Where(code => numbers[code] < 0).Distinct()];
        var names = InputFile.Listed([.. odd.Select(code => Visible.Quoted(target.Values[code]))]);
        var usual = InputFile.Listed([.. known.Select(label => Visible.Quoted(label))]);
        string column = Visible.Quoted(target.Name);
        if (odd.Length == 1)
            throw new InvalidInputException(
                $"{table.Source}, column {column} has the class {names}; it should be one of {usual}");
        if (odd.Length > 1)
            throw new InvalidInputException(
                $"{table.Source}, column {column} has the classes {names}; they should be among {usual}");
        return new(
            new Problem.Classification(known.Count), known,
            Vec<double>.Freeze([.. rows.Select(row => (double)numbers[codes[row]])]), []);
    }

    // Numbers that look measured, and not counted.
    private static IEnumerable<Phrase> Fractions(Table table, Column target, int classes, int[] rows)
    {
        if (target is Column.Numbers { Cells: var cells } && classes > MostClassNumbers
            && rows.Any(row => cells[row] != Math.Floor(cells[row])))
            yield return $"{table.Source}, column {Visible.Quoted(target.Name)}: "
                + $"each of its {classes} different numbers is a class; "
                + $"--task numbers predicts it as a number";
    }

    private static IEnumerable<Phrase> Rare(Table table, Column target, string[] labels, int[] counts)
    {
        if (counts.Length >= FewestOfClass && counts.All(count => count == 1))
            yield return $"{table.Source}, column {Visible.Quoted(target.Name)}: every row is a class of its own; "
                + $"nothing can be learned from that";
        string[] rare = [.. labels.Where((_, i) => counts[i] < FewestOfClass).Select(label => Visible.Line(label))];
        if (rare.Length > 0 && counts.Sum() >= FewestOfClass * labels.Length)
            yield return $"{table.Source}, column {Visible.Quoted(target.Name)}: "
                + $"fewer than {FewestOfClass} rows are of "
                + $"{InputFile.Listed(rare)}; too few to learn much from";
    }

    private const int FewestOfClass = 10;
}
