using System.Buffers.Binary;
using Functional.Core.Numbers;

namespace Functional.Data;

/// <summary>An array of an IDX file, in C order; bytes stay bytes, an eighth of the memory of numbers.</summary>
/// <param name="Source">The file's name, for messages.</param>
/// <param name="Shape">At least one size, each at least 0; the first counts the samples.</param>
/// <param name="Bytes">The cells of a file of unsigned bytes, and else nothing.</param>
/// <param name="Numbers">The cells of any other file, and else nothing.</param>
internal sealed record IdxArray(string Source, int[] Shape, byte[]? Bytes, double[]? Numbers)
{
    private const int MostNumbers = 1 << 30;

    /// <summary>How many cells.</summary>
    public int Count => Bytes?.Length ?? Numbers!.Length;

    /// <summary>The sizes of one sample.</summary>
    public IEnumerable<int> SampleShape => Shape.Skip(1);

    /// <summary>One sample a row.</summary>
    /// <exception cref="InvalidInputException">There are more cells than a table of numbers should have.</exception>
    public Matrix<double> Rows()
    {
        if (Count > MostNumbers)
            throw new InvalidInputException(
                $"{Source} has {Count} cells; a table of numbers should have at most {MostNumbers}");
        int columns = Count == 0 ? 0 : Count / Shape[0];
        return Bytes is null
            ? new(Shape[0], columns, Vec<double>.Of(Numbers))
            : new(Shape[0], columns, Vec<byte>.Freeze(Bytes));
    }
}

/// <summary>The IDX format, of MNIST: two zero bytes, the type, the number of sizes, the sizes and the cells, all
/// big-endian; often within gzip.</summary>
internal static class IdxFile
{
    private const long MostBytes = 0x7FFFFFC7, MostNumbers = 1 << 30; // the longest array of bytes; 8 GB of numbers

    /// <exception cref="InvalidInputException">The file is not one, is torn, or has more or less data than
    /// its header says.</exception>
    public static IdxArray Read(string path) => InputFile.Read(path, file =>
    {
        var start = new byte[2];
        int read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        if (read < 2 || start is not [0x1F, 0x8B]) return Read(file, path, file.Length);
        using var unpacked = new GzipFile(file);
        return Read(unpacked, path, null);
    });

    private static IdxArray Read(Stream file, string name, long? length)
    {
        Span<byte> word = stackalloc byte[4];
        Fill(file, word, name);
        if (word[0] != 0 || word[1] != 0)
            throw new InvalidInputException(
                $"{name} is not an IDX file: its first bytes are {word[0]:X2} {word[1]:X2}; they should be 00 00");
        if (Kind(word[2]) is not { } kind)
            throw new InvalidInputException(
                $"{name}, byte 2, the type, is {word[2]:X2}; it should be 08, 09, 0B, 0C, 0D or 0E");
        if (word[3] == 0)
            throw new InvalidInputException($"{name}, byte 3, the number of sizes, is 0; it should be at least 1");
        var shape = new long[word[3]];
        for (int i = 0; i < shape.Length; i++)
        {
            Fill(file, word, name);
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(word);
        }
        bool bytes = kind.Name == "u1";
        int count = CellData.Count(shape, name, bytes ? MostBytes : MostNumbers);
        long expected = (long)count * kind.Bytes, header = 4 + 4 * shape.Length;
        if (length is { } all && all - header != expected)
            throw new InvalidInputException(
                $"{name} has {all - header} bytes of data; it should have {expected}, as its header says");
        int[] sizes = [.. shape.Select(size => (int)size)];
        return bytes
            ? new(name, sizes, CellData.ReadBytes(file, name, expected), null)
            : new(name, sizes, null, CellData.ReadNumbers(file, name, count, kind));
    }

    private static CellKind? Kind(byte type) => type switch
    {
        0x08 => CellKind.Of('u', 1, bigEndian: true),
        0x09 => CellKind.Of('i', 1, bigEndian: true),
        0x0B => CellKind.Of('i', 2, bigEndian: true),
        0x0C => CellKind.Of('i', 4, bigEndian: true),
        0x0D => CellKind.Of('f', 4, bigEndian: true),
        0x0E => CellKind.Of('f', 8, bigEndian: true),
        _ => null,
    };

    private static void Fill(Stream file, Span<byte> word, string name)
    {
        if (file.ReadAtLeast(word, word.Length, throwOnEndOfStream: false) < word.Length)
            throw new InvalidInputException($"{name} ends within its header; it should be an IDX file");
    }
}
