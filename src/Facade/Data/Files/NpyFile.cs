using System.IO.Compression;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>An array that NumPy wrote.</summary>
/// <param name="Shape">Its sizes; none for a single number.</param>
/// <param name="Cells">In C order: the last index runs fastest.</param>
internal sealed record NpyArray(int[] Shape, double[] Cells);

/// <summary>NumPy's .npy format, versions 1 to 3: one array. Only numbers are read; Python objects are refused, never unpickled.</summary>
internal static class NpyFile
{
    /// <exception cref="InvalidInputException">The file is not one, is torn, or has cells that are not numbers <c>double</c> can hold.</exception>
    public static NpyArray Read(string path) => InputFile.Read(path, file => Read(file, path, file.Length));

    /// <summary>Reads an array out of <paramref name="length"/> bytes.</summary>
    internal static NpyArray Read(Stream file, string name, long length, long most = long.MaxValue)
    {
        var header = NpyHeader.Read(file, name);
        long expected = (long)header.Count * header.Kind.Bytes, there = length - header.Length;
        if (there != expected) throw new InvalidInputException($"{name} has {there} bytes of data; it should have {expected}, as its header says");
        if (header.Count > most) throw new InvalidInputException($"{name} has {header.Count} cells; it should have at most {most}");
        double[] cells = CellData.ReadNumbers(file, name, header.Count, header.Kind);
        return new(header.Shape, header.Fortran && header.Shape.Length > 1 ? InCOrder(header.Shape, cells) : cells);
    }

    // The place of cell (i, j, k ..) in Fortran's order is i + I (j + J (k + ..)): strides that grow from the first index on.
    private static double[] InCOrder(int[] shape, double[] cells)
    {
        var ordered = new double[cells.Length];
        var (index, strides) = (new int[shape.Length], new int[shape.Length]);
        for (int axis = 0, stride = 1; axis < shape.Length; stride *= shape[axis++]) strides[axis] = stride;
        for (int at = 0, from = 0; at < ordered.Length; at++)
        {
            ordered[at] = cells[from];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < shape[axis]) break;
                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return ordered;
    }
}

/// <summary>NumPy's .npz format: a zip archive of .npy files.</summary>
internal static class NpzFile
{
    private const int MostArrays = 1000, MostCells = 1 << 28; // 2 GB of numbers, whatever a small archive unpacks to

    /// <summary>The arrays by name, without ".npy".</summary>
    /// <exception cref="InvalidInputException">The file is not one, or an array of it is bad; the message names which.</exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path) => InputFile.Read(path, file =>
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count is 0 or > MostArrays) throw new InvalidInputException($"{path} has {archive.Entries.Count} arrays; it should have 1 to {MostArrays}");
        var arrays = new Dictionary<string, NpyArray>();
        long left = MostCells;
        foreach (var entry in archive.Entries)
        {
            string name = $"{path}, entry {Visible.Quoted(entry.FullName)}";
            if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) throw new InvalidInputException($"{name} is not an array; its name should end in .npy");
            using var unpacked = entry.Open();
            var array = NpyFile.Read(unpacked, name, entry.Length, left);
            left -= array.Cells.Length;
            if (!arrays.TryAdd(entry.FullName[..^4], array)) throw new InvalidInputException($"{name} is there twice; names should differ");
        }
        return arrays;
    });
}
