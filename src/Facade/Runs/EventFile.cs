using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// A run's history for TensorBoard: an event file of scalars, an epoch a step. A record is its length, the length's
/// masked CRC-32C, an Event in protocol buffers, and the masked CRC-32C of that. (TensorFlow, record_writer.h and
/// event.proto)
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const string Prefix = "events.out.tfevents.";
    private readonly FileStream file;

    private EventFile(FileStream file) => this.file = file;

    /// <summary>Whether a run has one.</summary>
    public static bool IsIn(string directory) => Paths(directory).Length > 0;

    /// <summary>Whether a file has the name of one.</summary>
    public static bool IsName(string path) => Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Makes it anew, with the epochs so far.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static EventFile Open(string directory, IEnumerable<EpochLine> history)
    {
        foreach (string old in Paths(directory)) File.Delete(old);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{DateTimeOffset.UtcNow.ToUnixTimeSeconds():D10}.functional");
        var events = new EventFile(new(
            Path.Combine(directory, name), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        events.Write(Event(0, 3, "brain.Event:2"u8));
        foreach (var line in history) events.Write(Of(line));
        return events;
    }

    /// <summary>Appends an epoch.</summary>
    /// <returns>Why it could not be written; null where it was.</returns>
    public Phrase? Add(EpochLine line)
    {
        long before = file.Position;
        try
        {
            Write(Of(line));
            return null;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            file.SetLength(file.Position = before);
            return reason;
        }
    }

    public void Dispose() => file.Dispose();

    private static string[] Paths(string directory) =>
        Directory.Exists(directory) ? Directory.GetFiles(directory, Prefix + "*") : [];

    private static byte[] Of(EpochLine line)
    {
        (string Tag, double? Number)[] scalars =
        [
            ("loss/train", line.TrainLoss), ("loss/validation", line.Validation?.Loss),
            ($"{line.Validation?.Score}/validation", line.Validation?.Value), ("rate", line.LastStep?.Rate),
            ("norm/gradient", line.LastStep?.Gradient), ("norm/update", line.LastStep?.Update),
        ];
        using var summary = new MemoryStream();
        foreach (var (tag, number) in scalars)
            if (number is { } some)
                summary.Write(Bytes(1, [.. Bytes(1, Encoding.UTF8.GetBytes(tag)), .. Float(2, (float)some)]));
        return Event(line.Epoch, 5, summary.ToArray());
    }

    // Field 1 is the clock's time, 2 the step, and then one field of bytes.
    private static byte[] Event(long step, int field, ReadOnlySpan<byte> content)
    {
        Span<byte> time = stackalloc byte[9];
        time[0] = 1 << 3 | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(
            time[1..], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        return [.. time, .. Varint(2 << 3), .. Varint((ulong)step), .. Bytes(field, content)];
    }

    private static byte[] Bytes(int field, ReadOnlySpan<byte> content) =>
        [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Float(int field, float number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, number);
        return [.. Varint((ulong)field << 3 | 5), .. bytes];
    }

    // Seven bits a byte, the lowest first; the top bit says that more follow.
    private static byte[] Varint(ulong number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7) bytes.Add((byte)(number | 0x80));
        return [.. bytes, (byte)number];
    }

    private void Write(byte[] record)
    {
        Span<byte> length = stackalloc byte[8], check = stackalloc byte[4];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)record.Length);
        byte[] all = new byte[8 + 4 + record.Length + 4];
        length.CopyTo(all);
        BinaryPrimitives.WriteUInt32LittleEndian(check, Masked(length));
        check.CopyTo(all.AsSpan(8));
        record.CopyTo(all, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(check, Masked(record));
        check.CopyTo(all.AsSpan(12 + record.Length));
        file.Write(all);
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte one in bytes) crc = BitOperations.Crc32C(crc, one);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
