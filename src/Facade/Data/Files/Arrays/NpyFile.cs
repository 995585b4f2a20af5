namespace Functional.Data;

/// <summary>An array that NumPy wrote.</summary>
/// <param name="Shape">Its sizes; none for a single number.</param>
/// <param name="Cells">In C order: the last index runs fastest.</param>
internal sealed record NpyArray(int[] Shape, double[] Cells);

/// <summary>NumPy's .npy format, versions 1 to 3: one array. Only numbers are read; Python objects are refused,
/// never unpickled.</summary>
internal static class NpyFile
{
    /// <exception cref="InvalidInputException">The file is not one, is torn, or has cells that are not numbers
    /// <c>double</c> can hold.</exception>
    public static NpyArray Read(string path) => InputFile.Read(path, file => Read(file, path, file.Length));

    /// <summary>Reads an array out of <paramref name="length"/> bytes.</summary>
    internal static NpyArray Read(Stream file, string name, long length, long most = long.MaxValue)
    {
        var header = NpyHeader.Read(file, name);
        long expected = (long)header.Count * header.Kind.Bytes, there = length - header.Length;
        if (there != expected)
            throw new InvalidInputException(
                $"{name} has {there} bytes of data; it should have {expected}, as its header says");
        if (header.Count > most)
            throw new InvalidInputException($"{name} has {header.Count} cells; it should have at most {most}");
        double[] cells = CellData.ReadNumbers(file, name, header.Count, header.Kind);
        return new(header.Shape, header.Fortran && header.Shape.Length > 1 ? InCOrder(header.Shape, cells) : cells);
    }

    // The place of cell (i, j, k ..) in Fortran's order is i + I (j + J (k + ..)): strides that
    // grow from the first index on.
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
