using System.Text;
using CsCheck;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>Arrays as NumPy writes them.</summary>
public sealed class NpyFileProperties : IDisposable
{
    private static readonly string[] Types = ["|b1", "|?", "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4",
        "<u4", ">u4", "<i8", ">i8", "<u8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "=f8"];

    internal static readonly byte[] Small = Npy("<f8", false, [2, 2], [1, -2, 0.5, 1e300]);

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void What_is_written_is_read_back() => (
        from type in Gen.OneOf(Types)
        from shape in Gen.Int[0, 5].Array[0, 4]
        from cells in Any(type).Array[shape.Aggregate(1, (product, size) => product * size)]
        from fortran in Gen.Bool
        from version in Gen.Byte[1, 3]
        select (type, shape, cells, fortran, version)).Sample((type, shape, cells, fortran, version) =>
    {
        var array = NpyFile.Read(scratch.Write("array.npy", Npy(type, fortran, shape, cells, version)));
        return array.Shape.SequenceEqual(shape) && array.Cells.SequenceEqual(cells);
    }, iter: 1000, threads: 1);

    /// <summary>numpy.save of numpy.array([[1, 2, 3], [4, 5, 6]], dtype="int16"), its bytes by hand.</summary>
    [Fact]
    public void A_file_of_NumPy_is_read()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 118, 0,
            .. Encoding.ASCII.GetBytes(
                "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n"),
            1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0];
        Assert.Equal(128 + 12, file.Length);
        var array = NpyFile.Read(scratch.Write("numpy.npy", file));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Cells);
    }

    [Theory]
    [InlineData("{\"descr\": \"<i2\", \"fortran_order\": True, \"shape\": (2, 1)}")]
    [InlineData("{ 'shape' : ( 2L , 1L , ) ,'descr':\"<i2\",\"fortran_order\":True}  \n")]
    public void A_header_may_be_written_as_Python_allows(string header)
    {
        var array = NpyFile.Read(scratch.Write("header.npy", [.. Headed(header), 1, 0, 2, 0]));
        Assert.Equal([2, 1], array.Shape);
        Assert.Equal([1, 2], array.Cells);
    }

    [Theory]
    [InlineData(0, 0), InlineData(1, 1), InlineData(2, 1), InlineData(3, 255), InlineData(4, 0), InlineData(255, 0)]
    public void Another_version_is_refused(byte major, byte minor) => Assert.Equal(
        $"bad.npy is of version {major}.{minor} of the .npy format; it should be 1.0, 2.0 or 3.0",
        scratch.Refusal(() => NpyFile.Read(
            scratch.Write("bad.npy", [0x93, .. "NUMPY"u8, major, minor, .. Small[8..]]))));

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': [2]}")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': ()}")]
    [InlineData("{'descr\": '<f8', 'fortran_order': True, 'shape': ()}")]
    [InlineData("{'descr': '<f8\", 'fortran_order': True, 'shape': ()}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (), 'mask': 1}")]
    public void Another_dictionary_is_refused(string header) => Assert.EndsWith(
        "; it should be a dictionary of 'descr', 'fortran_order' and 'shape'",
        scratch.Refusal(() => NpyFile.Read(scratch.Write("bad.npy", Headed(header)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"<c16\"", "\"<c16\" (complex numbers)")]
    [InlineData("'|V8'", "\"|V8\"")]
    [InlineData("'>f16'", "\">f16\"")]
    [InlineData("('<f8', (2,))", "record (several fields)")]
    [InlineData("[('shape', '<f8'), ('descr', '<i4')]", "record (several fields)")]
    public void Another_type_is_refused(string type, string shown) => Assert.Equal(
        $"bad.npy is of type {shown}; it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8",
        scratch.Refusal(() => NpyFile.Read(scratch.Write(
            "bad.npy", Headed($"{{'descr': {type}, 'fortran_order': False, 'shape': (2,), }}")))));

    public static TheoryData<byte[], string> Bad => new()
    {
        { [], "bad.npy ends within its header; it should be an .npy file" },
        { Small[..50], "bad.npy ends within its header; it should be an .npy file" },
        { [.. "PK12345678"u8],
            "bad.npy is not an .npy file: its first bytes are 504B31323334; they should be 934E554D5059" },
        { [0x93, .. "NUMPY"u8, 4, 0, 1, 0],
            "bad.npy is of version 4.0 of the .npy format; it should be 1.0, 2.0 or 3.0" },
        { [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF],
            "bad.npy has a header that is said to be 4294967295 bytes long; it should be at most 65536" },
        { [0x93, .. "NUMPY"u8, 1, 0, 0xFF, 0xFF, 1], "bad.npy ends within its header; it should be an .npy file" },
        { Headed("os.remove('x')"), "bad.npy has the header \"os.remove('x')\"; it should be a dictionary of 'descr', "
            + "'fortran_order' and 'shape'" },
        { Headed("{'descr': '<f8', 'shape': (2,)}"), "bad.npy has the header \"{'descr': '<f8', 'shape': (2,)}\"; it "
            + "should be a dictionary of 'descr', 'fortran_order' and 'shape'" },
        { Headed("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': ()}"),
            "bad.npy has the header \"{'descr': '<f8', 'descr': '<f8', 'fortra...\"; it should be a dictionary of "
                + "'descr', 'fortran_order' and 'shape'" },
        { Headed("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"),
            "bad.npy has the header \"{'descr': '<f8', 'fortran_order': False,...\"; it should be a dictionary of "
                + "'descr', 'fortran_order' and 'shape'" },
        { Of("|O"), "bad.npy is of type \"|O\" (Python objects, which are never unpickled); it should be of numbers: "
            + "b1, i1 to i8, u1 to u8, f2, f4 or f8" },
        { Of("<U5"),
            "bad.npy is of type \"<U5\" (texts); it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8" },
        { Of("|S5"),
            "bad.npy is of type \"|S5\" (texts); it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8" },
        { Of("<c16"), "bad.npy is of type \"<c16\" (complex numbers); it should be of numbers: b1, i1 to i8, u1 to u8, "
            + "f2, f4 or f8" },
        { Of("<M8[ns]"),
            "bad.npy is of type \"<M8[ns]\" (dates); it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8" },
        { Of("<f1"), "bad.npy is of type \"<f1\"; it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8" },
        { Of("<f16"), "bad.npy is of type \"<f16\"; it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8" },
        { Headed("{'descr': [('a', '<f8'), ('b', '<i4')], 'fortran_order': False, 'shape': (2,), }"),
            "bad.npy is of type record (several fields); it should be of numbers: b1, i1 to i8, u1 to u8, f2, "
                + "f4 or f8" },
        { Headed("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4)}"),
            "bad.npy is said to be of 4611686018427387904 x 4 cells; "
                + "it should be at most 1073741824 and no size below 0" },
        { Headed("{'descr': '<f8', 'fortran_order': False, 'shape': (100000, 100000)}"),
            "bad.npy is said to be of 100000 x 100000 cells; it should be at most 1073741824 and no size below 0" },
        { Headed("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,)}"),
            "bad.npy has 0 bytes of data; it should have 8000000000, as its header says" },
        { Headed(
            $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Join(',', Enumerable.Repeat("1", 65))})}}"),
            "bad.npy has 65 sizes; it should have at most 64" },
        { Small[..^1], "bad.npy has 31 bytes of data; it should have 32, as its header says" },
        { [.. Small, 0], "bad.npy has 33 bytes of data; it should have 32, as its header says" },
        { [.. Headed("{'descr': '<i8', 'fortran_order': False, 'shape': (2,)}"), .. Long(1L << 53),
            .. Long((1L << 53) + 1)],
            "bad.npy, cell 2 is 9007199254740993; whole numbers should lie between -2^53 and 2^53, to be exact in "
                + "double" },
        { [.. Headed("{'descr': '<i8', 'fortran_order': False, 'shape': (1,)}"), .. Long(long.MinValue)],
            "bad.npy, cell 1 is -9223372036854775808; whole numbers should lie between -2^53 and 2^53, to be exact in "
                + "double" },
        { [.. Headed("{'descr': '<u8', 'fortran_order': False, 'shape': (1,)}"), .. Long(-1)], "bad.npy, cell 1 is "
            + "18446744073709551615; whole numbers should lie between -2^53 and 2^53, to be exact in double" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_file_is_refused(byte[] bytes, string message) =>
        Assert.Equal(message, scratch.Refusal(() => NpyFile.Read(scratch.Write("bad.npy", bytes))));

    [Fact]
    public void Torn_and_altered_files_are_read_or_refused()
    {
        scratch.ReadsOrRefuses("torn.npy", Small, path => NpyFile.Read(path));
        scratch.ReadsOrRefuses(
            "torn.npy", Npy(">i8", true, [3, 2, 2], new double[12], version: 2), path => NpyFile.Read(path));
    }

    private static byte[] Long(long number) => BitConverter.GetBytes(number);

    internal static byte[] Of(string type) => Headed($"{{'descr': '{type}', 'fortran_order': False, 'shape': (2,), }}");

    private static byte[] Headed(string header, byte version = 1)
    {
        byte[] text = Encoding.ASCII.GetBytes(header);
        byte[] length = BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. version == 1 ? length[..2] : length, .. text];
    }

    internal static byte[] Npy(string type, bool fortran, int[] shape, double[] cells, byte version = 1)
    {
        string sizes = shape.Length == 1 ? $"{shape[0]}," : string.Join(", ", shape);
        var ordered = fortran && shape.Length > 1 && cells.Length > 0 ? Turned(shape, cells) : cells;
        return [
            .. Headed(
                $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({sizes}), }} \n",
                version),
            .. ordered.SelectMany(cell => Bytes(type, cell))];
    }

    // From C order to Fortran's, by the definition of both.
    private static double[] Turned(int[] shape, double[] cells)
    {
        var turned = new double[cells.Length];
        for (int at = 0; at < cells.Length; at++)
        {
            int[] index = new int[shape.Length];
            for (int axis = shape.Length - 1, rest = at; axis >= 0; rest /= shape[axis--])
                index[axis] = rest % shape[axis];
            int place = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--) place = place * shape[axis] + index[axis];
            turned[place] = cells[at];
        }
        return turned;
    }

    private static Gen<double> Any(string type) => type[1..] switch
    {
        "b1" or "?" => Gen.Int[0, 1].Select(x => (double)x),
        "i1" => Gen.SByte.Select(x => (double)x),
        "u1" => Gen.Byte.Select(x => (double)x),
        "i2" => Gen.Short.Select(x => (double)x),
        "u2" => Gen.UShort.Select(x => (double)x),
        "i4" => Gen.Int.Select(x => (double)x),
        "u4" => Gen.UInt.Select(x => (double)x),
        "i8" => Gen.Long[-(1L << 53), 1L << 53].Select(x => (double)x),
        "u8" => Gen.Long[0, 1L << 53].Select(x => (double)x),
        "f2" => Gen.Short.Select(x => (double)BitConverter.Int16BitsToHalf(x)),
        "f4" => Gen.Single.Select(x => (double)x),
        _ => Gen.Double,
    };

    private static byte[] Bytes(string type, double cell)
    {
        byte[] bytes = type[1..] switch
        {
            "b1" or "?" or "u1" => [(byte)cell],
            "i1" => [(byte)(sbyte)cell],
            "i2" => BitConverter.GetBytes((short)cell),
            "u2" => BitConverter.GetBytes((ushort)cell),
            "i4" => BitConverter.GetBytes((int)cell),
            "u4" => BitConverter.GetBytes((uint)cell),
            "i8" => BitConverter.GetBytes((long)cell),
            "u8" => BitConverter.GetBytes((ulong)cell),
            "f2" => BitConverter.GetBytes((Half)cell),
            "f4" => BitConverter.GetBytes((float)cell),
            _ => BitConverter.GetBytes(cell),
        };
        if (type[0] == '>') Array.Reverse(bytes);
        return bytes;
    }
}
