using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Products;

namespace Functional.Core.Numbers.Streams;

/// <summary>Numbers of many networks side by side, a network a lane: number i of network l lies at 16 i + l.</summary>
internal static class Interleaved
{
    private const int Lanes = LaneMatMul.Count;

    /// <summary>The numbers of one network.</summary>
    public static void Read<T>(ReadOnlySpan<T> all, int lane, Span<T> into) where T : unmanaged
    {
        for (int i = 0, at = lane; i < into.Length; i++, at += Lanes) into[i] = all[at];
    }

    /// <summary>Overwrites the numbers of one network.</summary>
    public static void Write<T>(ReadOnlySpan<T> numbers, int lane, Span<T> all) where T : unmanaged
    {
        for (int i = 0, at = lane; i < numbers.Length; i++, at += Lanes) all[at] = numbers[i];
    }

    /// <summary>Some rows of a matrix, in an order, as those of one network.</summary>
    public static void WriteRows<T>(Matrix<T> from, ReadOnlySpan<int> order, int lane, Span<T> all)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = from.Columns;
        ref T cells = ref MemoryMarshal.GetReference(from.Cells.Span);
        ref T to = ref MemoryMarshal.GetReference(all[..(order.Length * columns * Lanes)]);
        nint at = lane;
        foreach (int row in order)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)from.Rows, nameof(order));
            ref T cell = ref Unsafe.Add(ref cells, (nint)row * columns);
            for (int i = 0; i < columns; i++, at += Lanes) Unsafe.Add(ref to, at) = Unsafe.Add(ref cell, i);
        }
    }

    /// <summary>The same number all over one network.</summary>
    public static void Fill<T>(T number, int lane, Span<T> all) where T : unmanaged
    {
        for (int at = lane; at < all.Length; at += Lanes) all[at] = number;
    }
}
