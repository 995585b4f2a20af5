using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Kernels;

/// <summary>
/// A product cut to fit the caches: blocks of the contraction index and of the columns, packed so that the tile reads
/// memory in a straight line, and shared among threads by rectangles of the output.
/// (The loop nest of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008.)
/// </summary>
internal static unsafe class Blocks<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long SmallestShare = 1 << 18; // multiply-adds below which waking another thread costs more than it saves
    private const int DepthBytes = 4096;        // a block of A, and a panel of A and one of B, stay in the second cache
    private const int CacheLine = 64;
    private static int Depth => DepthBytes / sizeof(T);
    private static int Deepest => Depth * 3 / 2; // so far, one block beats two
    private static int Height => Tile<L, V, T>.Rows * 32 / sizeof(T);
    private static int Breadth => MatMul.RoundUp(3072, Tile<L, V, T>.Columns);

    [ThreadStatic] private static T[]? roomForA;
    [ThreadStatic] private static T[]? roomForB;

    public static void Run(in MatMul.Product<T> product, int threads)
    {
        if (product.Rows == 0 || product.Columns == 0) return;
        if (product.Inner == 0) Start(product, 0, product.Rows, 0, product.Columns);
        long worth = (long)product.Rows * product.Columns * product.Inner / SmallestShare;
        threads = (int)Math.Clamp(worth, 1, threads);
        T* packedB = Room(ref roomForB, Breadth * Deepest);
        int depth = product.Inner <= Deepest ? product.Inner : Depth;
        for (int left = 0; left < product.Columns; left += Breadth)
            for (int inner = 0; inner < product.Inner; inner += depth)
            {
                var block = new Block(
                    product, left, Math.Min(left + Breadth, product.Columns), inner, Math.Min(depth, product.Inner - inner), packedB);
                var packing = new Packing(block);
                Workers.Share(ref packing, packing.Parts(threads), threads);
                var tiling = new Tiling(block, threads);
                Workers.Share(ref tiling, tiling.Parts, threads);
            }
    }

    /// <summary>A thread's own room, on a border of cache lines; made once, and the garbage collector's when the thread ends.</summary>
    private static T* Room(ref T[]? room, int length)
    {
        room ??= GC.AllocateUninitializedArray<T>(length + CacheLine / sizeof(T), pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(room));
        return (T*)((start + CacheLine - 1) / CacheLine * CacheLine);
    }

    /// <summary>A product without a contraction index: the bias, or zero.</summary>
    private static void Start(in MatMul.Product<T> product, int top, int bottom, int left, int right)
    {
        uint bytes = (uint)((right - left) * sizeof(T));
        for (int row = top; row < bottom; row++)
        {
            T* cells = product.C + (nint)row * product.Columns + left;
            if (product.Bias is null) Unsafe.InitBlockUnaligned(cells, 0, bytes);
            else Unsafe.CopyBlockUnaligned(cells, product.Bias + left, bytes);
        }
    }

    /// <summary>Some columns by some contraction indices of a product, and where those of B are packed.</summary>
    private readonly struct Block(MatMul.Product<T> product, int left, int right, int inner, int depth, T* packedB)
    {
        public readonly MatMul.Product<T> Product = product;
        public readonly int Left = left, Right = right, Inner = inner, Depth = depth;
        public readonly T* PackedB = packedB;
    }

    /// <summary>Packing a block's columns of B, a stretch of panels a part.</summary>
    private struct Packing(Block block) : IParts
    {
        private const int Stretch = 4;
        private static int Columns => Stretch * Tile<L, V, T>.Columns;

        public readonly int Parts(int threads) => threads == 1 ? 1 : (block.Right - block.Left + Columns - 1) / Columns;

        public readonly void Run(int part, int parts)
        {
            int left = block.Left + part * Columns;
            int right = parts == 1 ? block.Right : Math.Min(left + Columns, block.Right);
            Panels.PackColumns<T>(block.Product.B, block.Inner, block.Depth, left, right, Tile<L, V, T>.Columns,
                block.PackedB + (nint)(left - block.Left) * block.Depth);
        }
    }

    /// <summary>Adding a block's products onto the output, a rectangle of rows and columns a part.</summary>
    private readonly struct Tiling : IParts
    {
        private readonly Block block;
        private readonly int across, tallest, widest;

        public Tiling(Block block, int threads)
        {
            this.block = block;
            int rows = block.Product.Rows, columns = block.Right - block.Left;
            int height = Tile<L, V, T>.Rows, width = Tile<L, V, T>.Columns;
            int wanted = threads == 1 ? 1 : 3 * threads;
            int down = Math.Min(wanted, (rows + height - 1) / height);
            across = Math.Min((wanted + down - 1) / down, (columns + width - 1) / width);
            tallest = Math.Min(MatMul.RoundUp((rows + down - 1) / down, height), Height);
            widest = MatMul.RoundUp((columns + across - 1) / across, width);
        }

        public int Parts => (block.Product.Rows + tallest - 1) / tallest * across;

        public void Run(int part, int parts)
        {
            int top = part / across * tallest, left = block.Left + part % across * widest;
            int bottom = Math.Min(top + tallest, block.Product.Rows), right = Math.Min(left + widest, block.Right);
            if (left >= right) return;
            T* packedA = Room(ref roomForA, Height * Deepest);
            Panels.PackRows<T>(block.Product.A, block.Inner, block.Depth, top, bottom, Tile<L, V, T>.Rows, packedA);
            Tiles(packedA, block.PackedB + (nint)(left - block.Left) * block.Depth, top, bottom, left, right);
        }

        private void Tiles(T* packedA, T* packedB, int top, int bottom, int left, int right)
        {
            int height = Tile<L, V, T>.Rows, width = Tile<L, V, T>.Columns, stride = block.Product.Columns, depth = block.Depth;
            T* edge = stackalloc T[height * width], zero = stackalloc T[width];
            new Span<T>(zero, width).Clear();
            bool first = block.Inner == 0; // then a chain starts from the bias, the same for every row, or from zero
            int fromStride = first ? 0 : stride;
            for (int column = left; column < right; column += width, packedB += depth * width)
            {
                T* a = packedA, c = block.Product.C + (nint)top * stride + column;
                T* start = block.Product.Bias is null ? zero : block.Product.Bias + column;
                for (int row = top; row < bottom; row += height, a += depth * height, c += (nint)height * stride)
                {
                    int rows = Math.Min(height, bottom - row), columns = Math.Min(width, right - column);
                    if (rows == height && columns == width)
                    {
                        Prefetch(c + (nint)height * stride, stride, Math.Min(height, bottom - row - height), width);
                        Tile<L, V, T>.MultiplyAdd(a, packedB, depth, first ? start : c, fromStride, c, stride);
                        continue;
                    }
                    Copy(first ? start : c, fromStride, edge, width, rows, columns);
                    Tile<L, V, T>.MultiplyAdd(a, packedB, depth, edge, width, edge, width);
                    Copy(edge, width, c, stride, rows, columns);
                }
            }
        }

        // The next tile's cells travel to the first cache while this tile is worked on.
        private static void Prefetch(T* cells, int stride, int rows, int width)
        {
            if (!Sse.IsSupported) return;
            for (int row = 0; row < rows; row++, cells += stride)
                for (int at = 0; at < width * sizeof(T); at += 64)
                    Sse.Prefetch0((byte*)cells + at);
        }

        private static void Copy(T* from, int fromStride, T* to, int toStride, int rows, int columns)
        {
            for (int row = 0; row < rows; row++, from += fromStride, to += toStride)
                Unsafe.CopyBlockUnaligned(to, from, (uint)(columns * sizeof(T)));
        }
    }
}
