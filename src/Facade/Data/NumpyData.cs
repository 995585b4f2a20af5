using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>From NumPy's arrays to samples.</summary>
internal static class NumpyData
{
    /// <summary>The inputs of an array or of an archive, and what was left out; null for any other file.</summary>
    /// <exception cref="InvalidInputException">It is bad; the message names the place.</exception>
    public static (Matrix<double> Inputs, Items<Phrase> Notes)? Inputs(string path)
    {
        string ending = Path.GetExtension(path).ToUpperInvariant();
        if (ending is not (".NPY" or ".NPZ")) return null;
        var (x, notes) = ending == ".NPY" ? (NpyFile.Read(path), []) : InputsOf(path);
        if (x.Shape.Length < 2)
            throw new InvalidInputException(
                $"{path} has inputs of {InputFile.Sizes(x.Shape)}; they should be rows x features");
        int rows = x.Shape[0];
        return (new(rows, rows == 0 ? 0 : x.Cells.Length / rows, Vec<double>.Of(x.Cells)), [.. notes]);
    }

    private static (NpyArray, Phrase[]) InputsOf(string path) => NpzFile.Read(path, InputNames) is var archive
        ? (archive.Arrays[0], LeftOut(path, archive))
        : default;

    /// <summary>Inputs and targets of NumPy arrays; notes say what else an archive has, and what the task is.</summary>
    /// <exception cref="InvalidInputException">An array is missing or bad; the message names the place.</exception>
    public static LoadedData Load(NumpyFile source, MissingCells missing, KnownTask? known = null)
    {
        if (known is not null) source = source with { Task = known.Kind };
        if (source.Targets.Length == 0
            && Path.GetExtension(source.Path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            throw new InvalidInputException(
                $"{source.Path} holds one array; it should be an .npz file with x and y, "
                    + $"or targets should name an .npy file as well");
        var (arrays, notes) = source.Targets.Length > 0
            ? ([NpyFile.Read(source.Path), NpyFile.Read(source.Targets)], [])
            : Archive(source.Path);
        if (missing.HasIndicators)
            throw new InvalidInputException($"{source.Path} has inputs without names; missing.indicators should be "
                + $"false, since indicators are of named columns");
        Pair[] parts = [.. arrays.Chunk(2).Select(pair => new Pair(source, missing, pair[0], pair[1]))];
        if (source.Task == TaskKind.Classes && parts[0].Outputs > 1)
            throw new InvalidInputException(
                $"{source.Path} has {parts[0].Outputs} targets a row for classes; there should be 1");
        var task = parts[0].Outputs == 1 && source.Task != TaskKind.Labels ? Task(source, parts, known) : null;
        var data = parts.Select(part => part.Samples(task)).ToArray();
        return new(data[0], data.Length > 1 ? data[1] : null)
        {
            Notes = [.. notes, .. task?.Notes ?? [], .. parts.SelectMany(part => part.Notes)]
        };
    }

    // Whole numbers are classes, named by themselves; those of both parts count.
    private static TableTask Task(NumpyFile source, Pair[] parts, KnownTask? known)
    {
        double[] targets = [.. parts.SelectMany(part => part.Targets)];
        int[] rows = [.. Enumerable.Range(0, targets.Length)];
        var column = new Column.Numbers("y", Vec<double>.Of(targets));
        bool areClasses = targets.All(target => target >= -1 && target < 1000 && Math.Floor(target) == target)
            && targets.Distinct().Count() > 1;
        var task = source.Task != TaskKind.Auto ? source.Task : areClasses ? TaskKind.Classes : TaskKind.Numbers;
        var found = TableTask.Of(new(source.Path, [column], targets.Length), [column], task, rows, known);
        return source.Task == TaskKind.Auto
            ? found with { Notes = [TableTask.Said(source.Path, [column], found), .. found.Notes] }
            : found;
    }

    // x and y, and what the archive keeps for the end, if it does.
    private static (NpyArray[], Phrase[]) Archive(string path)
    {
        var archive = NpzFile.Read(path, [InputNames, TargetNames], [["x_test", "X_test"], ["y_test", "Y_test"]]);
        return archive.Arrays.Length == 3
            ? throw new InvalidInputException(
                $"{path} has {archive.Names[2]} alone; it should have x_test and y_test, or neither")
            : (archive.Arrays, LeftOut(path, archive));
    }

    /// <summary>Inputs and their targets.</summary>
    private sealed class Pair
    {
        private readonly NumpyFile source;
        private readonly MissingCells missing;
        private readonly int[] rows;
        private readonly int columns, all;
        private readonly double[] inputs;

        public Pair(NumpyFile source, MissingCells missing, NpyArray x, NpyArray y)
        {
            (this.source, this.missing, inputs) = (source, missing, x.Cells);
            if (x.Shape.Length < 2)
                throw new InvalidInputException(
                    $"{source.Path} has inputs of {InputFile.Sizes(x.Shape)}; they should be rows x features");
            all = x.Shape[0];
            columns = all == 0 ? 0 : x.Cells.Length / all;
            if (y.Shape.Length is not (1 or 2) || y.Shape[0] != all)
                throw new InvalidInputException(
                    $"{source.Path} has targets of {InputFile.Sizes(y.Shape)} for {all} rows of inputs; they should be "
                        + $"{all}, or {all} x outputs");
            Outputs = y.Shape.Length == 1 ? 1 : y.Shape[1];
            rows = missing is MissingCells.Refuse
                ? [.. Enumerable.Range(0, all)]
                : [.. Enumerable.Range(0, all).Where(row =>
                    !y.Cells.AsSpan(row * Outputs, Outputs).Contains(double.NaN) && (missing is not MissingCells.Drop
                        || !inputs.AsSpan(row * columns, columns).Contains(double.NaN)))];
            Targets = [.. rows.SelectMany(row => y.Cells[(row * Outputs)..((row + 1) * Outputs)])];
        }

        public int Outputs { get; }

        public double[] Targets { get; }

        public IEnumerable<Phrase> Notes =>
            rows.Length == all ? [] : [$"{all - rows.Length} of {all} rows have a missing number and are left out"];

        /// <summary>The samples; a number that is missing and to be filled stays NaN.</summary>
        public Dataset<double> Samples(TableTask? task)
        {
            double[] taken = rows.Length == all
                ? inputs
                : [.. rows.SelectMany(row => inputs[(row * columns)..((row + 1) * columns)])];
            Matrix<double> from = new(rows.Length, columns, Vec<double>.Of(taken));
            string[] names = [.. task?.Labels ?? []];
            var numbers = names.Index().ToDictionary(pair => pair.Item, pair => (double)pair.Index);
            double[] cells = task?.Problem is Problem.Classification
                ? [.. Targets.Select(target => numbers[InputFile.Text(target)])]
                : Targets;
            var problem = task?.Problem
                ?? (source.Task == TaskKind.Labels ? new Problem.MultiLabel(Outputs) : new Problem.Regression(Outputs));
            Matrix<double> targets = new(rows.Length, Outputs, Vec<double>.Freeze(cells));
            Invalid[] faults =
            [
                .. Dataset<double>.Check(problem, from, targets).FailToSeq().Concat(Missing(from)).Select(fault =>
                    new Invalid($"{source.Path}: {fault.Phrase}{Remedy(from, targets)}")),
            ];
            if (faults.Length > 0) throw new InvalidInputException(faults);
            return Dataset<double>.Of(
                problem, from, targets, null, names.Length == 0 ? null : new Schema([], [.. names]));
        }

        private IEnumerable<Invalid> Missing(Matrix<double> from) =>
            missing is MissingCells.Refuse && Finite.Fault($"inputs", from) is { } fault
                && from.Cells.Span.Contains(double.NaN)
            ? [fault]
            : [];
    }

    private static Phrase Remedy(Matrix<double> inputs, Matrix<double> targets) =>
        inputs.Cells.Span.Contains(double.NaN) || targets.Cells.Span.Contains(double.NaN)
            ? $", unless what is missing (NaN) is dropped or filled (--missing "
                + $"{string.Join(", ", MissingCells.Kinds.Names.Skip(1))})"
            : Phrase.Empty;

    private static readonly string[] InputNames = ["x", "X", "inputs", "x_train", "X_train"],
        TargetNames = ["y", "Y", "targets", "y_train", "Y_train"];

    private static Phrase[] LeftOut(string path, NpzArrays archive)
    {
        if (archive.LeftOut.Length == 0) return [];
        var left = InputFile.Listed([.. archive.LeftOut.Select(file => Visible.Quoted(file))]);
        return archive.Names.Length == 1
            ? [$"{path}: only the array {archive.Names[0]} is read; left out: {left}"]
            : [$"{path}: only the arrays {string.Join(", ", archive.Names)} are read; left out: {left}"];
    }
}
