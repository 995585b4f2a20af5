using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

internal static unsafe partial class Blocks<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Some rows by some columns, panel by panel. Where tiles are low, a panel is packed by the first of
    /// them, or several at a time, so that a line of B is read in one go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strips(in Block<T> block, int top, int bottom, int left, int right)
    {
        var all = block.Product.B;
        int end = left + (right - left) / Width * Width;
        bool isPacked = PacksB(block, bottom - top);
        if (!isPacked || CopiesB(block, bottom - top))
        {
            T* copy = isPacked ? RoomForB() : null;
            for (; left < end; left += Width)
                new Panel(block, left, Width, all.At(block.Inner, left), all.RowStride).Run(top, bottom, copy);
        }
        int together = Tile<L, V, T>.AreTall || all.ColumnStride != 1
            ? Width
            : Math.Max(1, PackedBytes / (block.Depth * Width * sizeof(T))) * Width;
        while (left < end)
        {
            int last = Math.Min(left + together, end);
            T* b = RoomForB();
            Panels.PackColumns(all, block.Inner, block.Depth, left, last, Width, b);
            for (; left < last; left += Width, b += (nint)Width * block.Depth)
                new Panel(block, left, Width, b, Width).Run(top, bottom, null);
        }
        if (left < right) Strip(block, top, bottom, left, right - left);
    }

    /// <summary>Some rows by so few columns that they fill no panel. Where vectors of half as many lanes hold them
    /// all, whole ones would compute in vain.</summary>
    private static void Strip(in Block<T> block, int top, int bottom, int column, int columns)
    {
        if (2 * columns <= Width && typeof(V) == typeof(Vector512<T>))
            Blocks<Lanes256<T>, Vector256<T>, T>.Strip(block, top, bottom, column, columns);
        else if (2 * columns <= Width && typeof(V) == typeof(Vector256<T>))
            Blocks<Lanes128<T>, Vector128<T>, T>.Strip(block, top, bottom, column, columns);
        else
        {
            T* b = RoomForB();
            Panels.PackColumns(block.Product.B, block.Inner, block.Depth, column, column + columns, Width, b);
            new Panel(block, column, columns, b, Width).Run(top, bottom, null);
        }
    }

    // As much as any block of any product needs, so that no later one has to allocate.
    private static T* RoomForB() => NativeBuffer<PackedRight, T>.Of(Math.Max(PackedBytes / sizeof(T), Deepest * Width));

    /// <summary>A panel of B, in place or packed, and what becomes of it.</summary>
    private readonly ref struct Panel
    {
        private readonly ref readonly Block<T> block;
        private readonly int column, columns;
        private readonly T* b;
        private readonly nint bRow;

        public Panel(in Block<T> block, int column, int columns, T* b, nint bRow)
        {
            this.block = ref block;
            this.b = b;
            (this.column, this.columns, this.bRow) = (column, columns, bRow);
        }

        // The tiles of some rows, as tall as they can be. Where there is room for a copy of the panel, the first
        // leaves one, and the others read it.
        [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int top, int bottom, T* copy)
        {
            var (a, depth, stride) = (block.A, block.Depth, block.Product.Columns);
            T* b = this.b;
            nint bRow = this.bRow;
            T* none = stackalloc T[Width];
            bool first = block.Begins; // then a chain starts from the bias, the same for every row, or from zero
            if (first && (block.Product.Bias is null || columns < Width))
            {
                new Span<T>(none, Width).Clear();
                if (block.Product.Bias is not null)
                    Unsafe.CopyBlockUnaligned(none, block.Product.Bias + column, (uint)(columns * sizeof(T)));
            }
            else none = block.Product.Bias + column;
            int fromStride = first ? 0 : stride, row = top;
            bool isFar = Tile<L, V, T>.AreTall && Sse.IsSupported
                && (long)depth * block.Product.Columns * sizeof(T) >= FarBytes
                && column + 2 * Width <= block.Product.Columns;
            T* c = block.Product.C + (nint)top * stride + column;
            if (copy is not null)
            {
                Tile<L, V, T>.First(
                    a.At(top - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, first ? none : c, fromStride, c,
                    stride, copy);
                b = copy;
                bRow = Width;
                row += Tile<L, V, T>.Rows;
                c += (nint)Tile<L, V, T>.Rows * stride;
            }
            for (int rows = 0;
                columns == Width && bottom - row >= Tile<L, V, T>.FewRows; row += rows, c += (nint)rows * stride)
            {
                rows = Tile<L, V, T>.Next(bottom - row);
                if (isFar) Fetch(row - top, row - top + rows, bottom - top);
                if (rows == Tile<L, V, T>.FewRows)
                    Tile<L, V, T>.Short(
                        a.At(row - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, first ? none : c,
                        fromStride, c, stride);
                else
                    Tile<L, V, T>.Tall(
                        a.At(row - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, first ? none : c,
                        fromStride, c, stride);
            }
            if (row < bottom) Rest(b, bRow, row, bottom, first ? none : null, c);
        }

        // Asks the memory for a share of the next panel, so that it is at hand when its turn comes.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Fetch(int from, int to, int of)
        {
            var next = block.Product.B.From(block.Inner, column + Width);
            // Line by line, as they lie: one of a panel's width for each contraction index, or one of
            // all of those for each column.
            var (lines, length, step) =
                next.ColumnStride == 1 ? (block.Depth, Width, next.RowStride) : (Width, block.Depth, next.ColumnStride);
            int end = (int)((long)lines * to / of);
            for (int line = (int)((long)lines * from / of); line < end; line++)
                for (int cell = 0; cell < length; cell += CacheLine / sizeof(T))
                    Sse.Prefetch1(next.Origin + line * step + cell);
        }

        // Tiles that hang over the output's edge: worked out beside it, then copied.
        [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Rest(T* b, nint bRow, int top, int bottom, T* start, T* c)
        {
            var (a, depth, stride, width) = (block.A, block.Depth, block.Product.Columns, Width);
            T* edge = stackalloc T[Tile<L, V, T>.Rows * width];
            for (int row = top; row < bottom;)
            {
                int rows = Tile<L, V, T>.Next(bottom - row);
                T* from = start is null ? edge : start;
                int fromStride = start is null ? width : 0;
                if (start is null) Copy(c, stride, edge, width, rows, columns);
                T* cells = a.At(row - block.Top);
                if (rows == 1) Tile<L, V, T>.Single(cells, a.ColumnStride, b, bRow, depth, from, edge);
                else if (rows == Tile<L, V, T>.FewRows)
                    Tile<L, V, T>.Short(
                        cells, a.RowStride, a.ColumnStride, b, bRow, depth, from, fromStride, edge, width);
                else
                    Tile<L, V, T>.Tall(
                        cells, a.RowStride, a.ColumnStride, b, bRow, depth, from, fromStride, edge, width);
                Copy(edge, width, c, stride, rows, columns);
                row += rows;
                c += (nint)rows * stride;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Copy(T* from, int fromStride, T* to, int toStride, int rows, int columns)
        {
            for (int row = 0; row < rows; row++, from += fromStride, to += toStride)
                for (int column = 0; column < columns; column++)
                    to[column] = from[column];
        }
    }
}
