using System.IO.Compression;
using Functional.Formats;

namespace Functional.Data;

/// <summary>
/// What a gzip file unpacks to: one member or several, each with its checksum and its length. The runtime's stream
/// checks them where they are there, but takes a file that is cut for one that ends, and passes over what follows the
/// last member. So a member of our own, the seal, is put after the file's: the file is whole exactly where the seal is
/// the last to come out.
/// </summary>
internal sealed class GzipFile(Stream file) : OneWay
{
    private static readonly byte[] Seal = "the seal after a gzip file"u8.ToArray(), PackedSeal = Packed(Seal);
    private readonly GZipStream members = new(new Followed(file, PackedSeal), CompressionMode.Decompress);
    private readonly byte[] held = new byte[Seal.Length]; // always the last bytes to come out
    private bool begun;

    /// <exception cref="InvalidDataException">The file is cut or altered, or something else follows.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        try
        {
            if (!begun) members.ReadExactly(held);
            begun = true;
            int read = members.Read(buffer);
            if (read == 0 && !held.AsSpan().SequenceEqual(Seal)) throw Damaged();
            Hold(buffer[..read]);
            return read;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(fault);
        }
    }

    // Gives out the bytes held and the first of the new ones, as many as are new; the last stay held.
    private void Hold(Span<byte> news)
    {
        Span<byte> last = stackalloc byte[held.Length];
        if (news.Length >= held.Length)
        {
            news[^held.Length..].CopyTo(last);
            news[..^held.Length].CopyTo(news[held.Length..]);
            held.CopyTo(news);
        }
        else
        {
            held.AsSpan(news.Length).CopyTo(last);
            news.CopyTo(last[^news.Length..]);
            held.AsSpan(0, news.Length).CopyTo(news);
        }
        last.CopyTo(held);
    }

    private static Unreadable Damaged(Exception? cause = null) =>
        new($"its gzip data are cut, altered or followed by something else", cause);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) members.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A file and some bytes after it.</summary>
    private sealed class Followed(Stream file, byte[] after) : OneWay
    {
        private int given;

        public override int Read(Span<byte> buffer)
        {
            int read = file.Read(buffer);
            if (read > 0 || buffer.IsEmpty) return read;
            read = Math.Min(buffer.Length, after.Length - given);
            after.AsSpan(given, read).CopyTo(buffer);
            given += read;
            return read;
        }
    }
}
