namespace Functional.Data;

/// <summary>Reads as many cells as a header claims: memory is taken as data arrives, and never for
/// the claim alone.</summary>
internal static class CellData
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
    /// <exception cref="InvalidInputException">There are fewer bytes, or more, or a cell that
    /// <c>double</c> cannot hold.</exception>
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
            catch (InvalidInputException fault)
            {
                throw new InvalidInputException($"{name}, cell {at + 1} is {fault.Message}", fault);
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
        if (!fits)
            throw new InvalidInputException($"{name} is said to be of {Shortened(string.Join(" x ", shape))} cells; it "
                + $"should be at most {most} and no size below 0");
        return shape.Contains(0) ? 0 : (int)cells;
    }

    private static string Shortened(string sizes) => sizes.Length <= 40 ? sizes : $"{sizes[..40]}...";

    private static void NoMore(Stream file, string name, long count)
    {
        if (file.ReadByte() >= 0)
            throw new InvalidInputException($"{name} has more than the {count} bytes of data that its header says");
    }

    private static InvalidInputException TooFew(string name, long count, long held) =>
        new($"{name} has {held} bytes of data; it should have {count}, as its header says");
}
