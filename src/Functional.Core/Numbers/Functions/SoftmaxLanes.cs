using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Numbers.Functions;

/// <summary>Softmax of rows that are shorter than the lanes of a sum: 16 rows at once, a lane a row, so that few
/// classes fill vectors, too.</summary>
internal static class SoftmaxLanes
{
    /// <summary>How many rows are worked on together, and how many numbers a row has at most.</summary>
    public const int Rows = 16, MostWidth = Reduce.Lanes;

    /// <summary>The shares of at most <see cref="Rows"/> rows: e^(x - top) / sum.</summary>
    /// <param name="x">Rows x width.</param>
    /// <param name="into">Rows x width.</param>
    /// <param name="width">At most <see cref="MostWidth"/>.</param>
    /// <param name="tops">The largest number of each row; room for <see cref="Rows"/>.</param>
    /// <param name="logarithms">ln of the sum of each row's e^(x - top); room for <see cref="Rows"/>.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of<T>(ReadOnlySpan<T> x, Span<T> into, int width, Span<T> tops, Span<T> logarithms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> cells = stackalloc T[MostWidth * Rows]; // a row of x a column
        if (x.Length < width * Rows) cells.Clear();
        ref T from = ref MemoryMarshal.GetReference(x), cell = ref MemoryMarshal.GetReference(cells),
            to = ref MemoryMarshal.GetReference(into);
        for (int i = 0, row = 0; i < x.Length; i += width, row++)
            for (int k = 0; k < width; k++)
                Unsafe.Add(ref cell, k * Rows + row) = Unsafe.Add(ref from, i + k);
        cells = cells[..(width * Rows)];
        var kernel = new Kernel<T>(cells, tops, logarithms);
        Width.Run<Kernel<T>, T>(ref kernel, Width.Bits);
        for (int i = 0, row = 0; i < into.Length; i += width, row++)
            for (int k = 0; k < width; k++)
                Unsafe.Add(ref to, i + k) = Unsafe.Add(ref cell, k * Rows + row);
    }

    private readonly ref struct Kernel<T>(Span<T> cells, Span<T> tops, Span<T> logarithms) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Span<T> cells = cells, tops = tops, logarithms = logarithms;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct => Of<L, V, T>(cells, tops, logarithms);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Of<L, V, T>(Span<T> cells, Span<T> tops, Span<T> logarithms)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T first = ref MemoryMarshal.GetReference(cells);
        nuint end = (nuint)cells.Length;
        Span<T> buffer = stackalloc T[Reduce.Lanes * L.Count];
        ref T lanes = ref MemoryMarshal.GetReference(buffer);
        nuint count = (nuint)L.Count;
        for (nuint row = 0; row < Rows; row += (nuint)L.Count)
        {
            V top = L.Load(ref first, row);
            for (nuint at = row + Rows; at < end; at += Rows)
            {
                V x = L.Load(ref first, at);
                top = L.Select(L.LessOrEqual(x, top), top, x);
            }
            nuint lane = 0;
            for (nuint at = row; at < end; at += Rows)
            {
                V e = L.Through<Exp>(L.Subtract(L.Load(ref first, at), top));
                L.Store(e, ref first, at);
                L.Store(e, ref lanes, lane++ * count);
            }
            for (nuint span = Reduce.Lanes / 2; span > 0; span /= 2) // the tree of law 2
                // Lanes without a number are zero, and no exponential is -0.
                for (nuint i = 0; i < span && i + span < lane; i++)
                    L.Store(
                        L.Add(L.Load(ref lanes, i * count), L.Load(ref lanes, (i + span) * count)),
                        ref lanes, i * count);
            V sum = L.Load(ref lanes, 0), inverse = L.Divide(L.All(T.One), sum);
            for (nuint at = row; at < end; at += Rows)
                L.Store(L.Multiply(inverse, L.Load(ref first, at)), ref first, at);
            L.Store(top, ref MemoryMarshal.GetReference(tops), row);
            L.Store(L.Through<Log>(sum), ref MemoryMarshal.GetReference(logarithms), row);
        }
    }
}
