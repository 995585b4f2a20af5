using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Formats;

/// <summary>Numbers as bytes, the lowest first, on every processor.</summary>
internal static class LittleEndian
{
    /// <summary>The bytes; every NaN becomes the one quiet NaN without sign or payload.</summary>
    public static byte[] Bytes<T>(ReadOnlySpan<T> numbers) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte[] bytes = new byte[checked(numbers.Length * Size<T>())];
        Write(numbers, bytes);
        return bytes;
    }

    /// <summary>Writes the same bytes into memory of their length.</summary>
    public static void Write<T>(ReadOnlySpan<T> numbers, Span<byte> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MemoryMarshal.AsBytes(numbers).CopyTo(into);
        var cells = MemoryMarshal.Cast<byte, T>(into);
        T nan = T.CopySign(T.NaN, T.One);
        for (int i = 0; i < cells.Length; i++)
            if (T.IsNaN(cells[i]))
                cells[i] = nan;
        Orient<T>(into);
    }

    /// <summary>How many bytes a number has.</summary>
    public static int Size<T>() where T : unmanaged => Unsafe.SizeOf<T>();

    /// <summary>The numbers of such bytes.</summary>
    public static T[] Numbers<T>(ReadOnlySpan<byte> bytes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        byte[] oriented = bytes.ToArray();
        Orient<T>(oriented);
        return MemoryMarshal.Cast<byte, T>(oriented).ToArray();
    }

    private static void Orient<T>(Span<byte> bytes) where T : unmanaged
    {
        if (BitConverter.IsLittleEndian) return;
        int size = Size<T>();
        for (int at = 0; at < bytes.Length; at += size) bytes.Slice(at, size).Reverse();
    }
}
