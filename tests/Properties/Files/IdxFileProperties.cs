using System.Buffers.Binary;
using System.IO.Compression;
using CsCheck;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>Files of the IDX format and directories of four of them.</summary>
public sealed class IdxFileProperties : IDisposable
{
    private static readonly byte[] Pixels = Idx(8, [2, 2, 3], [.. Enumerable.Range(0, 12).Select(i => (byte)(20 * i))]);

    private const string Damaged = "bad is damaged: its gzip data are cut, altered or followed by something else";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void What_is_written_is_read_back() => (
        from type in Gen.OneOf<byte>(0x08, 0x09, 0x0B, 0x0C, 0x0D, 0x0E)
        from shape in Gen.Int[0, 6].Array[1, 4]
        from cells in Any(type).Array[shape.Aggregate(1, (product, size) => product * size)]
        from packed in Gen.Bool
        select (type, shape, cells, packed)).Sample((type, shape, cells, packed) =>
    {
        byte[] bytes = Idx(type, shape, [.. cells.SelectMany(cell => Bytes(type, cell))]);
        var array = IdxFile.Read(scratch.Write("array", packed ? Gzip(bytes) : bytes));
        var rows = array.Rows();
        return array.Shape.SequenceEqual(shape) && array.Count == cells.Length
            && (array.Bytes?.Select(cell => (double)cell) ?? array.Numbers!).SequenceEqual(cells)
            && rows.Rows == shape[0] && rows.Cells.Span.SequenceEqual(cells);
    }, iter: 500, threads: 1);

    [Fact]
    public void Files_longer_than_any_buffer_are_read_back()
    {
        byte[] cells = new byte[700_001];
        new Random(1).NextBytes(cells);
        Assert.Equal(cells, IdxFile.Read(scratch.Write("long", Gzip(Idx(8, [1, 700_001], cells)))).Bytes!);
        Assert.Equal(
            cells.Select(cell => (double)(sbyte)cell),
            IdxFile.Read(scratch.Write("long", Idx(9, [700_001], cells))).Numbers!);
    }

    public static TheoryData<byte[], string> Bad => new()
    {
        { [], "bad ends within its header; it should be an IDX file" },
        { [0, 0, 8], "bad ends within its header; it should be an IDX file" },
        { [0, 0, 8, 2, 0, 0, 0, 1, 0, 0], "bad ends within its header; it should be an IDX file" },
        { "P5 28 28"u8.ToArray(), "bad is not an IDX file: its first bytes are 50 35; they should be 00 00" },
        { [0, 0, 0x0A, 1, 0, 0, 0, 0], "bad, byte 2, the type, is 0A; it should be 08, 09, 0B, 0C, 0D or 0E" },
        { [0, 0, 8, 0], "bad, byte 3, the number of sizes, is 0; it should be at least 1" },
        { [0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF],
            "bad is said to be of -1 cells; it should be at most 2147483591 and no size below 0" },
        { [0, 0, 8, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 9],
            "bad is said to be of 2147483647 x 9 cells; it should be at most 2147483591 and no size below 0" },
        { [0, 0, 0x0E, 1, 0x7F, 0, 0, 0],
            "bad is said to be of 2130706432 cells; it should be at most 1073741824 and no size below 0" },
        { [0, 0, 8, 1, 0x7F, 0, 0, 0, 1, 2], "bad has 2 bytes of data; it should have 2130706432, as its header says" },
        { Pixels[..^1], "bad has 11 bytes of data; it should have 12, as its header says" },
        { [.. Pixels, 0], "bad has 13 bytes of data; it should have 12, as its header says" },
        { Gzip(Pixels[..^1]), "bad has 11 bytes of data; it should have 12, as its header says" },
        { Gzip([.. Pixels, 0]), "bad has more than the 12 bytes of data that its header says" },
        { Gzip([0, 0, 0x0E, 1, 0, 0, 0, 2, 1, 2, 3]),
            "bad has 3 bytes of data; it should have 16, as its header says" },
        { [0x1F, 0x8B, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7], Damaged },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_file_is_refused(byte[] bytes, string message) =>
        Assert.Equal(message, scratch.Refusal(() => IdxFile.Read(scratch.Write("bad", bytes))));

    /// <summary>Whatever is cut off a packed file, its trailer included, and whatever follows it: refused.</summary>
    [Fact]
    public void A_packed_file_is_whole_or_refused()
    {
        byte[] packed = Gzip(Pixels);
        for (int length = 2; length < packed.Length; length++) Refused(packed[..length]);
        byte[] seal = "the seal after a gzip file"u8.ToArray();
        byte[][] after = [[0], [0x1F], [0x1F, 0x8B], new byte[512], packed[..9], packed[..^1], seal, [.. packed, 0]];
        foreach (byte[] more in after) Refused([.. packed, .. more]);

        void Refused(byte[] bytes) =>
            Assert.Throws<InvalidInputException>(() => IdxFile.Read(scratch.Write("bad", bytes)));
    }

    /// <summary>Bits of the time and the system, and those after the data up to the next byte, mean nothing.</summary>
    [Fact]
    public void A_flipped_bit_never_gives_another_number()
    {
        byte[] packed = Gzip(Pixels);
        for (int bit = 0; bit < 8 * packed.Length; bit++)
        {
            byte[] altered = [.. packed];
            altered[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                Assert.Equal(Pixels[^12..], IdxFile.Read(scratch.Write("bad", altered)).Bytes!);
                Assert.True(bit / 8 < 10 || bit / 8 == packed.Length - 9, $"bit {bit}");
            }
            catch (InvalidInputException fault)
            {
                Assert.Contains("bad", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(-1), InlineData(-4), InlineData(-8), InlineData(-9), InlineData(-300), InlineData(1), InlineData(12)]
    public void A_packed_file_that_is_cut_or_followed_by_something_is_said_to_be(int bytes)
    {
        byte[] cells = new byte[1000];
        new Random(2).NextBytes(cells);
        byte[] packed = Gzip(Idx(8, [1000], cells));
        byte[] bad = bytes < 0 ? packed[..^-bytes] : [.. packed, .. new byte[bytes]];
        Assert.Equal(Damaged, scratch.Refusal(() => IdxFile.Read(scratch.Write("bad", bad))));
    }

    /// <summary>Members of many lengths: their borders and that of the seal meet the borders of every buffer.</summary>
    [Fact]
    public void Packed_files_may_have_several_members()
    {
        byte[] cells = new byte[20_000];
        new Random(3).NextBytes(cells);
        byte[] idx = Idx(8, [20_000], cells);
        for (int first = 8_100; first < 8_300; first++)
        {
            byte[] start = idx[..first], one = idx[first..(first + 1)], rest = idx[(first + 1)..];
            Assert.Equal(cells, Read([.. Gzip(start), .. Gzip(one), .. Gzip([]), .. Gzip(rest)]));
        }
        for (int length = 8_100; length < 8_300; length++)
            Assert.Equal(cells[..length], Read(Gzip(Idx(8, [length], cells[..length]))));

        byte[] Read(byte[] packed) => IdxFile.Read(scratch.Write("members", packed)).Bytes!;
    }

    [Fact]
    public void A_small_file_that_unpacks_to_much_is_refused_in_little_memory()
    {
        string bomb = scratch.Write("bomb", Gzip([.. Pixels, .. new byte[50_000_000]])),
            liar = scratch.Write("liar", Gzip([0, 0, 8, 1, 0x7F, 0xFF, 0, 0, 1, 2, 3]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(
            "bomb has more than the 12 bytes of data that its header says", scratch.Refusal(() => IdxFile.Read(bomb)));
        Assert.Equal(
            "liar has 3 bytes of data; it should have 2147418112, as its header says",
            scratch.Refusal(() => IdxFile.Read(liar)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal("none is not there", scratch.Refusal(() => IdxFile.Read(scratch.At("none"))));

    [Fact]
    public void Torn_and_altered_files_are_read_or_refused()
    {
        scratch.ReadsOrRefuses("torn", Pixels, path => IdxFile.Read(path));
        scratch.ReadsOrRefuses("torn.gz", Gzip(Pixels), path => IdxFile.Read(path));
        scratch.ReadsOrRefuses("torn", Idx(0x0D, [2, 2], new byte[16]), path => IdxFile.Read(path).Rows());
    }

    [Theory, InlineData("-", ""), InlineData("-", ".gz"), InlineData(".", ""), InlineData(".", ".gz")]
    public void The_four_files_of_MNIST_are_found_by_their_usual_names(string point, string ending)
    {
        Write("train", 3, 2, 3, point, ending);
        Write("t10k", 2, 2, 3, point, ending);
        var (train, test) = MnistDirectory.Load(scratch.Path);
        Assert.Equal((3, 6, 2), (train.Images.Rows().Rows, train.Images.Rows().Columns, test.Labels.Count));
        Assert.Equal([0, 1, 2], train.Labels.Bytes!);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_refused() => Assert.Equal(
        "none is not there; it should be a directory with the four files of MNIST",
        scratch.Refusal(() => MnistDirectory.Load(scratch.At("none"))));

    [Fact]
    public void Every_missing_file_is_named()
    {
        scratch.Write("t10k-labels.idx1-ubyte", []);
        Assert.Equal(
            "here has no train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte; it should, with or "
                + "without .gz",
            scratch.Refusal(() => MnistDirectory.Load(scratch.Path)));
    }

    public static TheoryData<string, byte[], string> DoNotFit => new()
    {
        { "train-images-idx3-ubyte", Idx(8, [2, 6], new byte[12]),
            "train-images-idx3-ubyte has 2 dimensions; it should have 3: images, count x height x width" },
        { "train-labels-idx1-ubyte", Idx(8, [2, 1], new byte[2]),
            "train-labels-idx1-ubyte has 2 dimensions; it should have 1: labels, one an image" },
        { "t10k-labels-idx1-ubyte", Idx(8, [3], new byte[3]),
            "t10k-labels-idx1-ubyte has 3 labels; it should have 2, one for each image of t10k-images-idx3-ubyte" },
        { "t10k-images-idx3-ubyte", Idx(8, [2, 3, 2], new byte[12]),
            "t10k-images-idx3-ubyte has images of 3 x 2; it should have 2 x 3, as train-images-idx3-ubyte" },
        { "train-images-idx3-ubyte", Idx(8, [0, 2, 3], []),
            "train-images-idx3-ubyte has images of 0 x 2 x 3; no size should be 0" },
        { "train-images-idx3-ubyte", Idx(8, [2, 0, 3], []),
            "train-images-idx3-ubyte has images of 2 x 0 x 3; no size should be 0" },
        { "train-labels-idx1-ubyte", Idx(0x0C, [2], new byte[8]),
            "train-labels-idx1-ubyte is not of unsigned bytes; it should be (type 08)" },
    };

    [Theory, MemberData(nameof(DoNotFit))]
    public void Files_that_do_not_fit_together_are_refused(string name, byte[] bytes, string message)
    {
        Write("train", 2, 2, 3, "-", "");
        Write("t10k", 2, 2, 3, "-", "");
        scratch.Write(name, bytes);
        Assert.Equal(message, scratch.Refusal(() => MnistDirectory.Load(scratch.Path)));
    }

    private void Write(string part, int count, int height, int width, string point, string ending)
    {
        byte[] Packed(byte[] bytes) => ending.Length > 0 ? Gzip(bytes) : bytes;
        scratch.Write(
            $"{part}-images{point}idx3-ubyte{ending}",
            Packed(Idx(8, [count, height, width], new byte[count * height * width])));
        scratch.Write(
            $"{part}-labels{point}idx1-ubyte{ending}",
            Packed(Idx(8, [count], [.. Enumerable.Range(0, count).Select(i => (byte)i)])));
    }

    private static byte[] Idx(byte type, int[] shape, byte[] data) =>
        [0, 0, type, (byte)shape.Length, .. shape.SelectMany(size => Bytes(0x0C, size)), .. data];

    private static Gen<double> Any(byte type) => type switch
    {
        0x08 => Gen.Byte.Select(x => (double)x),
        0x09 => Gen.SByte.Select(x => (double)x),
        0x0B => Gen.Short.Select(x => (double)x),
        0x0C => Gen.Int.Select(x => (double)x),
        0x0D => Gen.Single.Select(x => (double)x),
        _ => Gen.Double,
    };

    private static byte[] Bytes(byte type, double cell)
    {
        byte[] bytes = new byte[type switch { 0x08 or 0x09 => 1, 0x0B => 2, 0x0C or 0x0D => 4, _ => 8 }];
        switch (type)
        {
            case 0x08: bytes[0] = (byte)cell; break;
            case 0x09: bytes[0] = (byte)(sbyte)cell; break;
            case 0x0B: BinaryPrimitives.WriteInt16BigEndian(bytes, (short)cell); break;
            case 0x0C: BinaryPrimitives.WriteInt32BigEndian(bytes, (int)cell); break;
            case 0x0D: BinaryPrimitives.WriteSingleBigEndian(bytes, (float)cell); break;
            default: BinaryPrimitives.WriteDoubleBigEndian(bytes, cell); break;
        }
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
