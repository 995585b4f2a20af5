using System.Buffers;
using System.Text;

namespace Functional.Data;

/// <summary>Where a file that is not UTF-8 ceases to be it.</summary>
internal static class NotUtf8
{
    /// <summary>", line 3 (byte 17 is E9)" or nothing, if it is UTF-8; lines from 1, bytes from 0.</summary>
    public static Phrase Place(Stream file)
    {
        file.Position = 0;
        byte[] bytes = new byte[1 << 16];
        long before = 0, line = 1;
        for (int held = 0, read = -1; read != 0;)
        {
            read = file.Read(bytes, held, bytes.Length - held);
            ReadOnlySpan<byte> rest = bytes.AsSpan(0, held + read);
            while (!rest.IsEmpty)
            {
                int at = held + read - rest.Length;
                var status = Rune.DecodeFromUtf8(rest, out var rune, out int length);
                if (status == OperationStatus.NeedMoreData && read > 0) break;
                if (status != OperationStatus.Done) return $", line {line} (byte {before + at} is {bytes[at]:X2})";
                if (rune.Value == '\n') line++;
                rest = rest[length..];
            }
            before += held + read - rest.Length;
            rest.CopyTo(bytes);
            held = rest.Length;
        }
        return Phrase.Empty;
    }
}
