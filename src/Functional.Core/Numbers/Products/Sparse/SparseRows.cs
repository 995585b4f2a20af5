using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// The numbers of a matrix that are not zero, row by row with their places (compressed sparse rows), one block of
/// contraction indices after another, and within a block <see cref="Together"/> rows after as many others, which
/// is how a product reads them.
/// </summary>
internal readonly unsafe struct SparseRows<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many rows one thread gathers at a time.</summary>
    public const int Together = 32;

    private readonly T* values;
    private readonly ushort* places;
    private readonly int* counts;
    private readonly int rows, inner, depth, pitch;

    /// <summary>Room for a matrix of this size in blocks of <paramref name="depth"/> contraction indices, of which
    /// one lies <paramref name="pitch"/> bytes after the other.</summary>
    public SparseRows(int rows, int inner, int depth, int pitch)
    {
        (this.rows, this.inner, this.depth, this.pitch) = (rows, inner, depth, pitch);
        values = NativeBuffer<ValuesOfRows, T>.Of(Blocks * Groups * Stretch);
        places = NativeBuffer<PlacesOfRows, ushort>.Of(Blocks * Groups * Stretch);
        counts = NativeBuffer<CountsOfRows, int>.Of(Blocks * rows);
    }

    private readonly struct ValuesOfRows;

    private readonly struct PlacesOfRows;

    private readonly struct CountsOfRows;

    private readonly struct TurnedRows;

    /// <summary>How many groups of rows there are.</summary>
    public int Groups => (rows + Together - 1) / Together;

    /// <summary>How many blocks there are.</summary>
    public int Blocks => (inner + depth - 1) / depth;

    // Enough for vectors, too: what one writes after the last number kept lies within the row's share.
    private int Stretch => Together * depth;

    /// <summary>Where the numbers of a group's first row in a block begin, and those of the others follow.</summary>
    public T* Values(int block, int group) => values + Start(block, group);

    /// <summary>The places, in bytes from the block's first, of the numbers in <see cref="Values"/>.</summary>
    public ushort* Places(int block, int group) => places + Start(block, group);

    /// <summary>How many numbers each row has in a block.</summary>
    public int* Counts(int block) => counts + (nint)block * rows;

    /// <summary>Gathers a block of a group.</summary>
    public void Gather(in MatMul.View<T> from, int block, int group)
    {
        int top = group * Together, count = Math.Min(Together, rows - top), first = block * depth,
            deep = Math.Min(depth, inner - first);
        T* line = from.At(top, first), to = Values(block, group);
        nint step = from.RowStride;
        if (from.ColumnStride != 1)
        {
            T* turned = NativeBuffer<TurnedRows, T>.Of(Together * depth);
            Panels.PackPanel(from, top, count, first, deep, deep, turned);
            line = turned;
            step = deep;
        }
        ushort* at = Places(block, group);
        int* kept = Counts(block) + top;
        for (int row = 0; row < count; row++, line += step, to += kept[row - 1], at += kept[row - 1])
            kept[row] = Gather(line, deep, to, at);
    }

    private nint Start(int block, int group) => ((nint)block * Groups + group) * Stretch;

    // The numbers of a line that are not zero, and their places; returns how many.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(T* line, int length, T* to, ushort* at)
    {
        int kept = 0, i = 0;
        if (typeof(T) == typeof(float) && Avx2.IsSupported)
        {
            var place = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7) * pitch;
            var eight = Vector256.Create(8 * pitch);
            for (; i + 8 <= length; i += 8, place += eight)
            {
                var numbers = Vector256.Load((float*)line + i);
                uint mask = (uint)Avx.MoveMask(
                    Avx.Compare(numbers, Vector256<float>.Zero, FloatComparisonMode.UnorderedNotEqualNonSignaling));
                var order = Avx2.ConvertToVector256Int32(LanesToFront.Order + 8 * mask);
                Avx2.PermuteVar8x32(numbers, order).Store((float*)to + kept);
                var moved = Avx2.PermuteVar8x32(place, order);
                Sse41.PackUnsignedSaturate(moved.GetLower(), moved.GetUpper()).Store(at + kept);
                kept += BitOperations.PopCount(mask);
            }
        }
        for (; i < length; i++)
        {
            to[kept] = line[i];
            at[kept] = (ushort)(i * pitch);
            kept += line[i] == T.Zero ? 0 : 1;
        }
        return kept;
    }
}

/// <summary>For each set of eight lanes, the lanes of the set one after the other.</summary>
internal static unsafe class LanesToFront
{
    private static readonly byte[] Table = Filled();

    /// <summary>Eight bytes for each of the 256 sets.</summary>
    public static readonly byte* Order = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Table));

    private static byte[] Filled()
    {
        byte[] table = GC.AllocateArray<byte>(256 * 8, pinned: true);
        for (int set = 0; set < 256; set++)
            for (int lane = 0, next = 8 * set; lane < 8; lane++)
                if ((set >> lane & 1) != 0) table[next++] = (byte)lane;
        return table;
    }
}
