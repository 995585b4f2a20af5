using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Kernels;

internal static unsafe partial class Blocks<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Some rows by the columns of one panel. Where vectors of half as many lanes hold all columns, whole ones would compute in vain.</summary>
    internal static void Strip(in Block<T> block, int top, int bottom, int column, int columns)
    {
        if (2 * columns <= Width && typeof(V) == typeof(Vector512<T>)) Blocks<Lanes256<T>, Vector256<T>, T>.Strip(block, top, bottom, column, columns);
        else if (2 * columns <= Width && typeof(V) == typeof(Vector256<T>)) Blocks<Lanes128<T>, Vector128<T>, T>.Strip(block, top, bottom, column, columns);
        else new Panel(block, column, columns).Run(top, bottom);
    }

    /// <summary>A panel of B, in place or packed, and what becomes of it.</summary>
    private readonly ref struct Panel
    {
        private readonly ref readonly Block<T> block;
        private readonly int column, columns;
        private readonly T* b;
        private readonly nint bRow;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public Panel(in Block<T> block, int column, int columns)
        {
            this.block = ref block;
            (this.column, this.columns) = (column, columns);
            var all = block.Product.B;
            if (columns == Width && all.ColumnStride == 1 && !Collide(all.RowStride) && !IsLost(block, all.RowStride))
            {
                b = all.At(block.Inner, column);
                bRow = all.RowStride;
            }
            else
            {
                b = Room(ref roomForB, Deepest * Width);
                bRow = Width;
                Panels.PackColumns(all, block.Inner, block.Depth, column, column + columns, Width, b);
            }
        }

        // Lines far apart share few places in the second cache: a panel in place is gone from there before the next tile asks for it.
        private static bool IsLost(in Block<T> block, nint stride) =>
            Caches.IsThirdFar && block.Bottom - block.Top >= FewestPacked && block.Depth * stride * sizeof(T) >= NearBytes;

        // The tiles of some rows, as tall as they can be.
        [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int top, int bottom)
        {
            const int Tall = Tile<L, V, T>.Rows, Short = Tile<L, V, T>.FewRows;
            var (a, depth, stride) = (block.A, block.Depth, block.Product.Columns);
            T* none = stackalloc T[Width];
            bool first = block.Begins; // then a chain starts from the bias, the same for every row, or from zero
            if (first && (block.Product.Bias is null || columns < Width))
            {
                new Span<T>(none, Width).Clear();
                if (block.Product.Bias is not null) Unsafe.CopyBlockUnaligned(none, block.Product.Bias + column, (uint)(columns * sizeof(T)));
            }
            else none = block.Product.Bias + column;
            int fromStride = first ? 0 : stride, row = top;
            bool isFar = Sse.IsSupported && (long)depth * block.Product.Columns * sizeof(T) >= FarBytes && column + 2 * Width <= block.Product.Columns;
            T* c = block.Product.C + (nint)top * stride + column;
            if (columns == Width)
            {
                for (; row + Tall <= bottom; row += Tall, c += (nint)Tall * stride)
                {
                    if (isFar) Fetch(row - top, row - top + Tall, bottom - top);
                    Tile<L, V, T>.Tall(a.At(row - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, first ? none : c, fromStride, c, stride);
                }
                for (; row + Short <= bottom; row += Short, c += (nint)Short * stride)
                    Tile<L, V, T>.Short(a.At(row - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, first ? none : c, fromStride, c, stride);
            }
            if (row < bottom) Rest(row, bottom, first ? none : null, c);
        }

        // Asks the memory for a share of the next panel, so that it is at hand when its turn comes.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Fetch(int from, int to, int of)
        {
            var next = block.Product.B.From(block.Inner, column + Width);
            // Line by line, as they lie: one of a panel's width for each contraction index, or one of all of those for each column.
            var (lines, length, step) = next.ColumnStride == 1 ? (block.Depth, Width, next.RowStride) : (Width, block.Depth, next.ColumnStride);
            int end = (int)((long)lines * to / of);
            for (int line = (int)((long)lines * from / of); line < end; line++)
                for (int cell = 0; cell < length; cell += CacheLine / sizeof(T))
                    Sse.Prefetch1(next.Origin + line * step + cell);
        }

        // Tiles that hang over the output's edge: worked out beside it, then copied.
        [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Rest(int top, int bottom, T* start, T* c)
        {
            const int Tall = Tile<L, V, T>.Rows, Short = Tile<L, V, T>.FewRows;
            var (a, depth, stride, width) = (block.A, block.Depth, block.Product.Columns, Width);
            T* edge = stackalloc T[Tall * width];
            for (int row = top; row < bottom;)
            {
                int rows = bottom - row >= Tall ? Tall : Math.Min(Short, bottom - row);
                T* from = start is null ? edge : start;
                int fromStride = start is null ? width : 0;
                if (start is null) Copy(c, stride, edge, width, rows, columns);
                if (rows == Tall) Tile<L, V, T>.Tall(a.At(row - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, from, fromStride, edge, width);
                else if (rows == Short) Tile<L, V, T>.Short(a.At(row - block.Top), a.RowStride, a.ColumnStride, b, bRow, depth, from, fromStride, edge, width);
                else
                    for (int i = 0; i < rows; i++)
                        Tile<L, V, T>.Single(a.At(row + i - block.Top), a.ColumnStride, b, bRow, depth, from + i * fromStride, edge + i * width);
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
