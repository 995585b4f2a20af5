using System.IO.Compression;
using System.IO.Hashing;

namespace Functional.Data;

/// <summary>What an entry of a zip archive unpacks to, compared with the length and the checksum that the archive has
/// for it; the runtime does not do that.</summary>
/// <param name="entry">The entry.</param>
/// <param name="name">File and entry, for messages.</param>
internal sealed class ZipEntry(ZipArchiveEntry entry, string name) : OneWay
{
    private readonly Crc32 sum = new();
    private Stream? unpacked;
    private long read;

    /// <exception cref="InvalidInputException">The entry is damaged; most damage shows at its end.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        int more = Next(buffer);
        sum.Append(buffer[..more]);
        read += more;
        if (more > 0 && read <= entry.Length) return more;
        if (read != entry.Length)
            throw Damaged(more > 0
                ? (Phrase)$"it unpacks to {read} bytes or more; they should be {entry.Length}"
                : $"it unpacks to {read} bytes; they should be {entry.Length}");
        uint found = sum.GetCurrentHashAsUInt32();
        return found == entry.Crc32 ? 0 : throw Damaged($"its CRC-32 is {found:x8}; it should be {entry.Crc32:x8}");
    }

    private int Next(Span<byte> buffer)
    {
        try
        {
            return (unpacked ??= entry.Open()).Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            throw Damaged($"it cannot be unpacked", fault);
        }
    }

    private InvalidInputException Damaged(Phrase how, Exception? cause = null) =>
        new($"{name} is damaged: {how}", cause!);

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked?.Dispose();
        base.Dispose(disposing);
    }
}
