using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Streams;

/// <summary>The sums of a matrix's columns, each one chain down the rows; some columns a part.</summary>
internal readonly ref struct ColumnSums<T>(ReadOnlySpan<T> matrix, Span<T> into) : IParts
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Stretch = 64; // columns whose sums stay in registers
    private readonly ReadOnlySpan<T> matrix = matrix;
    private readonly Span<T> into = into;

    public int Parts => Math.Min(RowParts.Count(matrix.Length, 1), (into.Length + Stretch - 1) / Stretch);

    public void Run(int part, int parts)
    {
        int stretches = (into.Length + Stretch - 1) / Stretch;
        int end = Math.Min((int)((long)stretches * (part + 1) / parts) * Stretch, into.Length);
        int column = (int)((long)stretches * part / parts) * Stretch;
        var kernel = new Kernel(matrix, into, column, end);
        for (int bits = Width.Bits; bits >= 64; bits /= 2) Width.Run<Kernel, T>(ref kernel, bits);
    }

    private ref struct Kernel(ReadOnlySpan<T> matrix, Span<T> into, int column, int end) : IKernel<T>
    {
        private readonly ReadOnlySpan<T> matrix = matrix;
        private readonly Span<T> into = into;
        private int column = column;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Sums<L, V>(matrix, into, ref column, end);
    }

    // Four vectors of columns at a time, then one, for as long as there are enough columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sums<L, V>(ReadOnlySpan<T> matrix, Span<T> into, ref int column, int end)
        where L : struct, ILanes<V, T> where V : struct
    {
        ref T cells = ref MemoryMarshal.GetReference(matrix), sums = ref MemoryMarshal.GetReference(into);
        nuint count = (nuint)L.Count, width = (nuint)into.Length, all = (nuint)matrix.Length;
        for (; column + 4 * L.Count <= end; column += 4 * L.Count)
        {
            V a = L.All(default), b = a, c = a, d = a;
            for (nuint at = (nuint)column; at < all; at += width)
            {
                a = L.Add(a, L.Load(ref cells, at));
                b = L.Add(b, L.Load(ref cells, at + count));
                c = L.Add(c, L.Load(ref cells, at + 2 * count));
                d = L.Add(d, L.Load(ref cells, at + 3 * count));
            }
            L.Store(a, ref sums, (nuint)column);
            L.Store(b, ref sums, (nuint)column + count);
            L.Store(c, ref sums, (nuint)column + 2 * count);
            L.Store(d, ref sums, (nuint)column + 3 * count);
        }
        for (; column + L.Count <= end; column += L.Count)
        {
            V sum = L.All(default);
            for (nuint at = (nuint)column; at < all; at += width) sum = L.Add(sum, L.Load(ref cells, at));
            L.Store(sum, ref sums, (nuint)column);
        }
    }
}
