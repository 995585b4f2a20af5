using System.IO.Compression;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Files;

/// <summary>Archives of arrays as NumPy writes them.</summary>
public sealed class NpzFileProperties : IDisposable
{
    private const string Kinds = "it should be of numbers: b1, i1 to i8, u1 to u8, f2, f4 or f8";
    private static readonly byte[] Small = NpyFileProperties.Small;
    private static readonly byte[] Numbers = NpyFileProperties.Npy("<f8", false, [3, 2], [0.5, 1, 1.5, 2, 2.5, 3]);
    private static readonly byte[] Classes = NpyFileProperties.Npy("<i4", false, [3], [0, 1, 0]);
    private static readonly byte[] Note = "a text"u8.ToArray();
    private static readonly byte[] Long = [.. Small, .. new byte[20_000_000]];

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory, InlineData(CompressionLevel.NoCompression), InlineData(CompressionLevel.Optimal)]
    public void An_archive_is_read_back(CompressionLevel level)
    {
        double[] cells = [.. Enumerable.Range(0, 50_000).Select(i => i % 100 + 0.5)];
        byte[] x = NpyFileProperties.Npy("<f4", true, [500, 100], cells);
        var read = Read(Npz(level, ("x.npy", x), ("y/z.npy", Small)), "y/z", "x");
        Assert.Equal(["y/z", "x"], read.Names);
        Assert.Equal(cells, read.Arrays[1].Cells);
        Assert.Equal([1, -2, 0.5, 1e300], read.Arrays[0].Cells);
    }

    /// <summary>Whichever bit of an archive is flipped, its numbers are the same or it is refused, by name.</summary>
    [Theory, InlineData(CompressionLevel.NoCompression), InlineData(CompressionLevel.Optimal)]
    public void A_flipped_bit_never_gives_another_number(CompressionLevel level)
    {
        byte[] archive = Npz(level, ("x.npy", Numbers), ("y.npy", Classes), ("note.txt", Note));
        for (int bit = 0; bit < 8 * archive.Length; bit++)
        {
            byte[] altered = [.. archive];
            altered[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                var read = Read(altered, "x", "y");
                Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], read.Arrays[0].Cells);
                Assert.Equal([0, 1, 0], read.Arrays[1].Cells);
            }
            catch (InvalidInputException fault)
            {
                Assert.Contains("it.npz", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory, InlineData("x.npy"), InlineData("y.npy"), InlineData("note.txt")]
    public void The_damaged_entry_is_named(string damaged)
    {
        byte[] archive = Npz(
            CompressionLevel.NoCompression, ("x.npy", Numbers), ("y.npy", Classes), ("note.txt", Note));
        byte[] content = damaged switch { "x.npy" => Numbers, "y.npy" => Classes, _ => Note };
        archive[archive.AsSpan().IndexOf(content) + content.Length - 1] ^= 1;
        Assert.Matches(
            $"^it.npz, entry \"{damaged}\" is damaged: its CRC-32 is [0-9a-f]{{8}}; it should be [0-9a-f]{{8}}$",
            scratch.Refusal(() => Read(archive, "x", "y")));
    }

    [Fact]
    public void Whatever_else_is_in_an_archive_is_left_out_and_said()
    {
        byte[] texts = NpyFileProperties.Of("<U5"), objects = NpyFileProperties.Of("|O");
        var loaded = Loaded(
            ("names.npy", texts), ("x.npy", Numbers), ("ids.npy", objects), ("Y.npy", Classes), ("run.py", Note));
        Assert.Equal((3, 2), (loaded.Data.Rows, loaded.Data.Inputs.Columns));
        const string Left = "only the arrays x, Y are read; left out: \"names.npy\", \"ids.npy\", \"run.py\"";
        Assert.Equal($"{scratch.At("it.npz")}: {Left}", loaded.Notes[0].ToString());
        Assert.DoesNotContain(
            Loaded(("x.npy", Numbers), ("y.npy", Classes)).Notes,
            note => $"{note}".Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void The_likeliest_name_is_taken_and_the_other_left_out()
    {
        string path = scratch.Write("it.npz", Npz(CompressionLevel.Fastest, ("inputs.npy", Small), ("x.npy", Numbers)));
        Assert.Equal(["inputs.npy"], NpzFile.Read(path, ["x", "inputs"]).LeftOut);
    }

    [Fact]
    public void An_array_of_no_rows_is_refused()
    {
        byte[] x = NpyFileProperties.Npy("<f8", false, [0, 2], []), y = NpyFileProperties.Npy("<i4", false, [0], []);
        string refusal = scratch.Refusal(() => Loaded(("x.npy", x), ("y.npy", y)));
        Assert.StartsWith("it.npz: ", refusal, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> Bad => new()
    {
        { Npz(CompressionLevel.Optimal), " has 0 arrays; it should have 1 to 1000" },
        { Many(1001), " has 1001 arrays; it should have 1 to 1000" },
        { One("z.npy", Small), " has the arrays z; it should have one of x" },
        { One("x.npy", Small[..^2]), ", entry \"x.npy\" has 30 bytes of data; it should have 32, as its header says" },
        { One("x.npy", Long), ", entry \"x.npy\" has 20000032 bytes of data; it should have 32, as its header says" },
        { One("x.npy", NpyFileProperties.Of("<U5")), $", entry \"x.npy\" is of type \"<U5\" (texts); {Kinds}" },
        { Twice("x.npy", Small), ", entry \"x.npy\" is there twice; names should differ" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_archive_is_refused(byte[] bytes, string message) =>
        Assert.Equal($"it.npz{message}", scratch.Refusal(() => Read(bytes, "x")));

    [Fact]
    public void A_file_that_is_no_archive_is_refused() =>
        Assert.StartsWith("it.npz is damaged: ", scratch.Refusal(() => Read(Small, "x")), StringComparison.Ordinal);

    [Theory]
    [InlineData("x", "has 0 bytes of data; it should have 30000000, as its header says")]
    [InlineData("y", "is damaged: its CRC-32 is ")]
    public void An_entry_that_unpacks_to_more_than_it_declares_takes_little_memory(string wanted, string message)
    {
        byte[] header = NpyFileProperties.Npy("|u1", false, [30_000_000], []);
        byte[] x = [.. header, .. new byte[30_000_000]];
        byte[] archive = Npz(CompressionLevel.Fastest, ("x.npy", x), ("y.npy", Small));
        byte[] said = BitConverter.GetBytes(30_000_000 + header.Length), lie = BitConverter.GetBytes(header.Length);
        for (int at; (at = archive.AsSpan().IndexOf(said)) >= 0;) lie.CopyTo(archive, at);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string refusal = scratch.Refusal(() => Read(archive, wanted));
        Assert.StartsWith($"it.npz, entry \"x.npy\" {message}", refusal, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Torn_and_altered_archives_are_read_or_refused()
    {
        byte[] packed = Npz(CompressionLevel.Optimal, ("x.npy", Small), ("y.npy", Small));
        scratch.ReadsOrRefuses("torn.npz", packed, path => NpzFile.Read(path, ["x"]));
        byte[] plain = Npz(CompressionLevel.NoCompression, ("x.npy", Small));
        scratch.ReadsOrRefuses("torn.npz", plain, path => NpzFile.Read(path, ["x"]));
    }

    private NpzArrays Read(byte[] archive, params string[] names) =>
        NpzFile.Read(scratch.Write("it.npz", archive), [.. names.Select(name => new[] { name })]);

    private LoadedData Loaded(params (string Name, byte[] Bytes)[] entries) =>
        DataCatalog.Load(new NumpyFile(scratch.Write("it.npz", Npz(CompressionLevel.Fastest, entries))), 1);

    private static byte[] One(string name, byte[] bytes) => Npz(CompressionLevel.Fastest, (name, bytes));

    private static byte[] Twice(string name, byte[] bytes) =>
        Npz(CompressionLevel.Fastest, (name, bytes), (name, bytes));

    private static byte[] Many(int count) =>
        Npz(CompressionLevel.Fastest, [.. Enumerable.Range(0, count).Select(i => ($"{i}.npy", Small))]);

    internal static byte[] Npz(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        return file.ToArray();
    }
}
