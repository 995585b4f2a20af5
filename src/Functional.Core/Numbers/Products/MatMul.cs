using System.Numerics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// The matrix product under numeric law 2: every output cell is one chain of fused multiply-adds over the contraction
/// index in increasing order, starting from the bias or zero. Blocks, tiles, widths and threads only choose which cells
/// are worked on when; a chain cut by a cache block goes on from the stored partial sum.
/// </summary>
internal static unsafe class MatMul
{
    /// <summary>into = A B + bias: A is rows x inner, B inner x columns, both row-major; bias is one row, or empty
    /// for zero. <paramref name="onto"/>: the chains go on from what is in into. <paramref name="isTurned"/>: where
    /// there are few rows, the thread that would work on the first columns works on the last ones, which is a
    /// matter of speed.</summary>
    public static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> into, int rows, int inner, int columns,
        int threads, bool onto = false, bool isTurned = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(a, inner, 1, b, columns, 1, bias, into, rows, inner, columns, threads, onto, isTurned);

    /// <summary>into = A' B: A is inner x rows, B inner x columns. The form of a weight's gradient, X' D.</summary>
    public static void MultiplyLeftTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads,
        bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(a, 1, rows, b, columns, 1, [], into, rows, inner, columns, threads, onto);

    /// <summary>into = A B': A is rows x inner, B columns x inner. The form of an input's gradient, D W'.</summary>
    public static void MultiplyRightTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads,
        bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(a, inner, 1, b, 1, inner, [], into, rows, inner, columns, threads, onto);

    private static void Run<T>(
        ReadOnlySpan<T> a, int aRow, int aInner, ReadOnlySpan<T> b, int bInner, int bColumn,
        ReadOnlySpan<T> bias, Span<T> into, int rows, int inner, int columns, int threads, bool onto,
        bool isTurned = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Length != rows * inner || b.Length != inner * columns || into.Length != rows * columns
            || (bias.Length != 0 && bias.Length != columns))
            throw new ArgumentException($"a product of {rows} x {inner} and {inner} x {columns} got {a.Length} and "
                + $"{b.Length} cells, {bias.Length} biases and room for {into.Length}");
        fixed (T* pa = a, pb = b, pc = into, pbias = bias)
        {
            var product = new Product<T>(
                new(pa, aRow, aInner), new(pb, bInner, bColumn), pbias, pc, rows, inner, columns, onto, isTurned);
            Run(product, threads, Width.Bits);
        }
    }

    /// <summary>Runs a product at a given width; what the properties call to see every width that
    /// this processor has.</summary>
    internal static void Run<T>(in Product<T> product, int threads, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (TinyProduct.Fits(product, width) && width > 64)
        {
            TinyProduct.Run(product);
            return;
        }
        if (TryWithoutZeros(product, threads, width)) return;
        var blocked = new Blocked<T>(product, threads);
        Width.Run<Blocked<T>, T>(ref blocked, width);
    }

    // In a first cache of 32 KiB, narrower panels hold deeper blocks; and Zen 4 does 512 bits in two halves.
    private static bool TryWithoutZeros<T>(in Product<T> product, int threads, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (width == 512 && Caches.IsDenseFaster) return false;
        var sparse = new WithoutZeros<T>(product, threads);
        Width.Run<WithoutZeros<T>, T>(ref sparse, width == 512 && !Caches.IsFirstLarge ? 256 : width);
        return sparse.HasRun;
    }

    private readonly struct Blocked<T>(in Product<T> product, int threads) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Product<T> product = product;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Blocks<L, V, T>.Run(product, threads);
    }

    private struct WithoutZeros<T>(in Product<T> product, int threads) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Product<T> product = product;

        public bool HasRun { get; private set; }

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            HasRun = Sparse<L, V, T>.TryRun(product, threads);
    }

    /// <summary>Where a matrix's cells lie in memory.</summary>
    internal readonly struct View<T>(T* origin, nint rowStride, nint columnStride) where T : unmanaged
    {
        public readonly T* Origin = origin;
        public readonly nint RowStride = rowStride;
        public readonly nint ColumnStride = columnStride;
        public T* At(int row, int column) => Origin + row * RowStride + column * ColumnStride;

        /// <summary>The same from a cell on.</summary>
        public View<T> From(int row, int column) => new(At(row, column), RowStride, ColumnStride);

        /// <summary>Rows as columns.</summary>
        public View<T> Transposed => new(Origin, ColumnStride, RowStride);

        /// <summary>How far one line of neighbours is from the next.</summary>
        public nint Step => ColumnStride == 1 ? RowStride : ColumnStride;
    }

    /// <summary>C = A B + bias, or C + A B, with A rows x inner and B inner x columns in any layout
    /// and C row-major.</summary>
    internal readonly struct Product<T>(
        View<T> a, View<T> b, T* bias, T* c, int rows, int inner, int columns, bool onto = false, bool isTurned = false)
        where T : unmanaged
    {
        public readonly View<T> A = a, B = b;
        public readonly T* Bias = bias, C = c;
        public readonly int Rows = rows, Inner = inner, Columns = columns;
        public readonly bool Onto = onto, IsTurned = isTurned;
    }

    internal static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
