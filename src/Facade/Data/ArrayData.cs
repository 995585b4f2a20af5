using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>From arrays in files to samples.</summary>
internal static class ArrayData
{
    private const string DebianFashion = "/usr/share/datasets/fashion-mnist";

    /// <summary>Fashion-MNIST, where Debian's package puts it.</summary>
    public static LoadedData Fashion() => Directory.Exists(DebianFashion)
        ? Load(new IdxDirectory(DebianFashion))
        : throw new InvalidInputException($"fashion-mnist is not on this machine: {DebianFashion} is missing. Debian's package has it (apt install dataset-fashion-mnist); else give --data a directory with its four IDX files");

    /// <summary>The images of a directory, row by row from 0 to 255, and their classes.</summary>
    public static LoadedData Load(IdxDirectory source)
    {
        var (train, test) = MnistDirectory.Load(source.Path);
        int classes = Math.Max(2, train.Labels.Bytes!.Concat(test.Labels.Bytes!).Max() + 1);
        return new(Samples(train, classes), Samples(test, classes));
    }

    /// <summary>Inputs and targets of NumPy arrays; notes say what else an archive has.</summary>
    public static LoadedData Load(NumpyFile source)
    {
        if (source.Targets.Length == 0 && Path.GetExtension(source.Path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            throw new InvalidInputException($"{source.Path} holds one array; it should be an .npz file with x and y, or targets should name an .npy file as well");
        bool two = source.Targets.Length > 0;
        var (x, y, notes) = two ? (NpyFile.Read(source.Path), NpyFile.Read(source.Targets), []) : Both(source.Path);
        if (x.Shape.Length < 2) throw new InvalidInputException($"{source.Path} has inputs of {InputFile.Sizes(x.Shape)}; they should be rows x features");
        int rows = x.Shape[0], columns = rows == 0 ? 0 : x.Cells.Length / rows;
        if (y.Shape.Length is not (1 or 2) || y.Shape[0] != rows)
            throw new InvalidInputException($"{source.Path} has targets of {InputFile.Sizes(y.Shape)} for {rows} rows of inputs; they should be {rows}, or {rows} x outputs");
        int outputs = y.Shape.Length == 1 ? 1 : y.Shape[1];
        bool whole = outputs == 1 && y.Cells.All(cell => cell >= 0 && cell < 1000 && Math.Floor(cell) == cell);
        bool classes = source.Task == "classification" || source.Task == "auto" && whole;
        Problem problem = classes ? new Problem.Classification(Math.Max(2, y.Cells.Length == 0 ? 2 : (int)Math.Min(y.Cells.Max(), 1 << 16) + 1)) : new Problem.Regression(outputs);
        return Dataset<double>.Check(problem, new(rows, columns, Vec<double>.Of(x.Cells)), new(rows, outputs, Vec<double>.Of(y.Cells))).Match(
            Succ: data => new LoadedData(data) { Notes = [.. notes] },
            Fail: faults => throw new InvalidInputException(faults.Select(fault => fault with { Message = $"{source.Path}: {fault.Message}" })));
    }

    private static (NpyArray X, NpyArray Y, string[] Notes) Both(string path)
    {
        var archive = NpzFile.Read(path, ["x", "X", "inputs"], ["y", "Y", "targets"]);
        string read = string.Join(" and ", archive.Names);
        string left = InputFile.Listed([.. archive.LeftOut.Select(file => Visible.Quoted(file))]);
        string[] notes = left.Length == 0 ? [] : [$"{path}: only the arrays {read} are read; left out: {left}"];
        return (archive.Arrays[0], archive.Arrays[1], notes);
    }

    private static Dataset<double> Samples(MnistPart part, int classes) => Dataset<double>.Of(
        new Problem.Classification(classes), part.Images.Rows(), new Matrix<double>(part.Labels.Count, 1, Vec<double>.Of([.. part.Labels.Bytes!.Select(label => (double)label)])));
}
