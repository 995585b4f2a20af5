using System.Buffers.Binary;

namespace Functional.Data;

/// <summary>One kind of number in a file.</summary>
/// <param name="Name">NumPy's: "b1", "u1", "i2", "f8" and so on.</param>
/// <param name="Bytes">How many bytes a number takes.</param>
/// <param name="Number">What the next of these bytes mean; throws where <c>double</c> may not hold it.</param>
internal sealed record CellKind(string Name, int Bytes, Func<ReadOnlySpan<byte>, double> Number)
{
    /// <summary>Whole numbers above this one are not all in <c>double</c>: 2^53.</summary>
    private const long LargestExact = 1L << 53;

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

    private static double Exact(long number) =>
        number is >= -LargestExact and <= LargestExact ? number : throw Inexact(number);

    private static double Exact(ulong number) => number <= LargestExact ? number : throw Inexact(number);

    private static InvalidInputException Inexact(IFormattable number) =>
        new($"{InputFile.Text(number)}; whole numbers should lie between -2^53 and 2^53, to be exact in double");
}
