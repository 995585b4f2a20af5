using System.Numerics;
using System.Runtime.InteropServices;

namespace Functional.Formats;

/// <summary>Numbers as bytes, the lowest first, on every processor.</summary>
internal static class LittleEndian
{
    /// <summary>The bytes; every NaN becomes the one quiet NaN without sign or payload.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> numbers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] cells = numbers.ToArray();
        T nan = T.CopySign(T.NaN, T.One);
        for (int i = 0; i < cells.Length; i++)
            if (T.IsNaN(cells[i]))
                cells[i] = nan;
        byte[] bytes = MemoryMarshal.AsBytes<T>(cells).ToArray();
        Orient<T>(bytes);
        return bytes;
    }

    /// <summary>The numbers of such bytes.</summary>
    public static T[] Numbers<T>(ReadOnlySpan<byte> bytes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte[] oriented = bytes.ToArray();
        Orient<T>(oriented);
        return MemoryMarshal.Cast<byte, T>(oriented).ToArray();
    }

    private static void Orient<T>(byte[] bytes) where T : unmanaged
    {
        if (BitConverter.IsLittleEndian) return;
        int size = Marshal.SizeOf<T>();
        for (int at = 0; at < bytes.Length; at += size) bytes.AsSpan(at, size).Reverse();
    }
}
