using System.Buffers.Binary;

namespace Functional.Data;

/// <summary>One kind of number in a file: how many bytes it takes and what they mean.</summary>
internal sealed record CellKind(string Name, int Bytes, Func<ReadOnlySpan<byte>, double> Number)
{
    /// <summary>Whole numbers above this one are not all in <c>double</c>: 2^53.</summary>
    public const long LargestExact = 1L << 53;

    /// <summary>The kind of a letter of NumPy (b, i, u, f) and a number of bytes, or nothing.</summary>
    public static CellKind? Of(char letter, int bytes, bool bigEndian) => (letter, bytes, bigEndian) switch
    {
        ('b', 1, _) => new("b1", 1, cell => cell[0] == 0 ? 0 : 1),
        ('u', 1, _) => new("u1", 1, cell => cell[0]),
        ('i', 1, _) => new("i1", 1, cell => (sbyte)cell[0]),
        ('u', 2, false) => new("u2", 2, cell => BinaryPrimitives.ReadUInt16LittleEndian(cell)),
        ('u', 2, true) => new("u2", 2, cell => BinaryPrimitives.ReadUInt16BigEndian(cell)),
        ('i', 2, false) => new("i2", 2, cell => BinaryPrimitives.ReadInt16LittleEndian(cell)),
        ('i', 2, true) => new("i2", 2, cell => BinaryPrimitives.ReadInt16BigEndian(cell)),
        ('u', 4, false) => new("u4", 4, cell => BinaryPrimitives.ReadUInt32LittleEndian(cell)),
        ('u', 4, true) => new("u4", 4, cell => BinaryPrimitives.ReadUInt32BigEndian(cell)),
        ('i', 4, false) => new("i4", 4, cell => BinaryPrimitives.ReadInt32LittleEndian(cell)),
        ('i', 4, true) => new("i4", 4, cell => BinaryPrimitives.ReadInt32BigEndian(cell)),
        ('u', 8, false) => new("u8", 8, cell => Exact(BinaryPrimitives.ReadUInt64LittleEndian(cell))),
        ('u', 8, true) => new("u8", 8, cell => Exact(BinaryPrimitives.ReadUInt64BigEndian(cell))),
        ('i', 8, false) => new("i8", 8, cell => Exact(BinaryPrimitives.ReadInt64LittleEndian(cell))),
        ('i', 8, true) => new("i8", 8, cell => Exact(BinaryPrimitives.ReadInt64BigEndian(cell))),
        ('f', 2, false) => new("f2", 2, cell => (double)BinaryPrimitives.ReadHalfLittleEndian(cell)),
        ('f', 2, true) => new("f2", 2, cell => (double)BinaryPrimitives.ReadHalfBigEndian(cell)),
        ('f', 4, false) => new("f4", 4, cell => BinaryPrimitives.ReadSingleLittleEndian(cell)),
        ('f', 4, true) => new("f4", 4, cell => BinaryPrimitives.ReadSingleBigEndian(cell)),
        ('f', 8, false) => new("f8", 8, cell => BinaryPrimitives.ReadDoubleLittleEndian(cell)),
        ('f', 8, true) => new("f8", 8, cell => BinaryPrimitives.ReadDoubleBigEndian(cell)),
        _ => null,
    };

    private static double Exact(long number) => number is >= -LargestExact and <= LargestExact ? number : throw new InexactCell(InputFile.Text(number));

    private static double Exact(ulong number) => number <= (ulong)LargestExact ? number : throw new InexactCell(InputFile.Text(number));
}

/// <summary>A whole number that <c>double</c> may not hold; caught where the cell's place is known.</summary>
#pragma warning disable CA1032, CA1064 // it never leaves the readers
internal sealed class InexactCell(string number) : Exception(number);
#pragma warning restore CA1032, CA1064

/// <summary>Reads as many cells as a header claims: memory is taken as data arrives, and never for the claim alone.</summary>
internal static class Cells
{
    private const int FirstPiece = 1 << 17;

    /// <summary>The bytes.</summary>
    /// <exception cref="InvalidInputException">There are fewer bytes, or more.</exception>
    public static byte[] ReadBytes(Stream file, string name, long count)
    {
        byte[] bytes = new byte[Math.Min(count, FirstPiece)];
        int held = 0;
        while (true)
        {
            int read = file.ReadAtLeast(bytes.AsSpan(held), bytes.Length - held, throwOnEndOfStream: false);
            held += read;
            if (held < bytes.Length) throw TooFew(name, count, held);
            if (held == count) break;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
        NoMore(file, name, count);
        return bytes;
    }

    /// <summary>The numbers.</summary>
    /// <exception cref="InvalidInputException">There are fewer bytes, or more, or a cell that <c>double</c> cannot hold.</exception>
    public static double[] ReadNumbers(Stream file, string name, int count, CellKind kind)
    {
        double[] cells = new double[Math.Min(count, FirstPiece / 8)];
        byte[] piece = new byte[FirstPiece / 8 * kind.Bytes];
        for (int at = 0; at < count;)
        {
            if (at == cells.Length) Array.Resize(ref cells, (int)Math.Min(count, 2L * cells.Length));
            var bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, (long)(cells.Length - at) * kind.Bytes));
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length) throw TooFew(name, (long)count * kind.Bytes, (long)at * kind.Bytes + read);
            try
            {
                for (; !bytes.IsEmpty; at++, bytes = bytes[kind.Bytes..]) cells[at] = kind.Number(bytes);
            }
            catch (InexactCell fault)
            {
                throw new InvalidInputException($"{name}, cell {at + 1} is {fault.Message}; whole numbers should lie between -2^53 and 2^53, to be exact in double", fault);
            }
        }
        NoMore(file, name, (long)count * kind.Bytes);
        return cells;
    }

    /// <summary>How many cells a shape has.</summary>
    /// <exception cref="InvalidInputException">More than <paramref name="most"/>, or a size is below 0.</exception>
    public static int Count(IReadOnlyList<long> shape, string name, long most)
    {
        bool fits = shape.All(size => size is >= 0 and <= int.MaxValue);
        long cells = 1;
        foreach (long size in shape.Where(size => size != 0))
            if (fits)
                fits = (cells *= size) <= most;
        if (!fits) throw new InvalidInputException($"{name} is said to be of {string.Join(" x ", shape)} cells; it should be at most {most} and no size below 0");
        return shape.Contains(0) ? 0 : (int)cells;
    }

    private static void NoMore(Stream file, string name, long count)
    {
        if (file.ReadByte() >= 0) throw new InvalidInputException($"{name} has more than the {count} bytes of data that its header says");
    }

    private static InvalidInputException TooFew(string name, long count, long held) =>
        new($"{name} has {held} bytes of data; it should have {count}, as its header says");
}
