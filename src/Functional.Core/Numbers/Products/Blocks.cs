using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// A product cut to fit the caches and shared among threads by rectangles of the output. Tiles read both factors
/// where they lie, for as long as that is as fast as from a packed copy: a factor is packed where its lines collide
/// in a cache, or where its columns do not lie side by side. (The loop nest of Goto and van de Geijn, "Anatomy of
/// high-performance matrix multiplication", 2008, with packing as the exception.) </summary>
internal static unsafe partial class Blocks<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Multiply-adds below which waking another thread costs more than it saves
    private const long SmallestShare = 1 << 17;
    private const int DepthBytes = 4096;        // a panel of B and a few rows of A stay in the second cache
    private const int CollisionBytes = 4096;    // lines so far apart share a place in the first cache
    private const int CacheLine = 64;
    private const int FarBytes = 1 << 21;       // a factor so large does not stay at hand between two products
    private const int MostPacked = 1 << 21;     // numbers of A packed at once
    private const int NearBytes = 1 << 18;      // a factor so small stays in the second cache, wherever its lines lie
    private const int PackedBytes = 1 << 17;    // of B at once, where tiles are low: a share of the second cache
    // B is copied for so many rows while their first tile reads it; for more, all of it beforehand.
    private const int MostCopied = 256;
    // Rows and panels below which a packed factor is not read often enough.
    private static int FewestPacked => 2 * Tile<L, V, T>.Rows;
    private static int FewestPanels => 8 * (Tile<L, V, T>.MostRows / Tile<L, V, T>.Rows);
    private static int Depth => DepthBytes / sizeof(T);
    private static int Deepest => Depth * 3 / 2; // so far, one block beats two
    private static int Width => Tile<L, V, T>.Columns;

    private readonly struct PackedLeft;

    private readonly struct PackedRight;

    public static void Run(in MatMul.Product<T> product, int threads)
    {
        if (product.Rows == 0 || product.Columns == 0) return;
        if (product.Inner == 0 && !product.Onto) Start(product);
        long worth = (long)product.Rows * product.Columns * product.Inner / SmallestShare;
        threads = (int)Math.Clamp(worth, 1, threads);
        int depth = product.Inner <= Deepest ? product.Inner : Depth;
        for (int inner = 0; inner < product.Inner; inner += depth)
        {
            int deep = Math.Min(depth, product.Inner - inner);
            if (!PacksA(product))
                Multiply(new(product, new(product.A.From(0, inner)), inner, deep, 0, product.Rows), threads);
            else
                for (int top = 0, height = MostPacked / deep / Tile<L, V, T>.Rows * Tile<L, V, T>.Rows;
                    top < product.Rows; top += height)
                {
                    int bottom = Math.Min(top + height, product.Rows);
                    var packing = new PackingA(product.A.From(top, inner), bottom - top, deep);
                    Workers.Share(ref packing, packing.Parts(threads), threads);
                    Multiply(new(product, packing.Packed, inner, deep, top, bottom), threads);
                }
        }
    }

    /// <summary>A rectangle of the output, on the caller's thread alone.</summary>
    public static void Rectangle(in MatMul.Product<T> product, int top, int bottom, int left, int right)
    {
        int depth = product.Inner <= Deepest ? product.Inner : Depth;
        for (int inner = 0; inner < product.Inner; inner += depth)
            Strips(
                new(
                    product, new(product.A.From(0, inner)), inner, Math.Min(depth, product.Inner - inner), 0,
                    product.Rows),
                top, bottom, left, right);
    }

    private static void Multiply(in Block<T> block, int threads)
    {
        if (threads == 1 && block.Bottom - block.Top >= Tile<L, V, T>.FewRows)
        {
            Strips(block, block.Top, block.Bottom, 0, block.Product.Columns);
            return;
        }
        var tiling = new Tiling(block, threads);
        Workers.Share(ref tiling, tiling.Parts, threads);
    }

    // Low tiles read a factor twice as often, and a far cache makes each reading dear: then more is packed.
    private static bool PacksMore => !Tile<L, V, T>.AreTall || Caches.IsThirdFar;

    // A line of A' needs one cell of each of its rows, which lie far apart.
    private static bool PacksA(in MatMul.Product<T> product) =>
        product.Rows >= FewestPacked && (Collide(product.A.Step)
            || (PacksMore && product.A.RowStride == 1 && product.Columns >= FewestPanels * Width));

    // Lines of B far apart share few places in the second cache: a panel in place is gone from there before
    // the next tile asks for it.
    private static bool PacksB(in Block<T> block, int rows)
    {
        var b = block.Product.B;
        return b.ColumnStride != 1 || Collide(b.RowStride)
            || (PacksMore && rows >= FewestPacked && block.Depth * b.RowStride * sizeof(T) >= NearBytes);
    }

    // Where B need only be put in order, the first tile may do so by the way.
    private static bool CopiesB(in Block<T> block, int rows) =>
        !Tile<L, V, T>.AreTall && block.Product.B.ColumnStride == 1 && rows >= FewestPacked && rows <= MostCopied;

    private static bool Collide(nint stride) => stride * sizeof(T) % CollisionBytes == 0;

    /// <summary>A product without a contraction index: the bias, or zero.</summary>
    private static void Start(in MatMul.Product<T> product)
    {
        var cells = new Span<T>(product.C, product.Rows * product.Columns);
        if (product.Bias is null) cells.Clear();
        else
            for (var bias = new Span<T>(product.Bias, product.Columns); !cells.IsEmpty; cells = cells[bias.Length..])
                bias.CopyTo(cells);
    }

    /// <summary>Packing rows of A into panels as tall as a tile, which then reads them in a straight line.</summary>
    private readonly struct PackingA : IParts
    {
        private const int PanelsPerPart = 8;
        private static int Height => Tile<L, V, T>.Rows;
        private readonly MatMul.View<T> from;
        private readonly int rows, depth, even;
        private readonly T* to;

        public PackingA(MatMul.View<T> from, int rows, int depth)
        {
            (this.from, this.rows, this.depth) = (from.Transposed, rows, depth);
            to = NativeBuffer<PackedLeft, T>.Of(MatMul.RoundUp(rows, Height) * depth);
            even = rows < Height || Tile<L, V, T>.Next(Height + rows % Height) == Height
                ? rows
                : rows / Height * Height - Height;
        }

        public Lines<T> Packed => new(to, 1, Height, Height, (nint)Height * (depth - 1), even, Tile<L, V, T>.FewRows);

        public int Parts(int threads) =>
            threads == 1 ? 1 : (rows + PanelsPerPart * Height - 1) / (PanelsPerPart * Height);

        public void Run(int part, int parts)
        {
            int panels = (rows + Height - 1) / Height, evens = (even + Height - 1) / Height,
                end = (int)((long)panels * (part + 1) / parts);
            for (int panel = (int)((long)panels * part / parts), last; panel < end; panel = last)
            {
                last = panel < evens ? Math.Min(panel + PanelsPerPart, Math.Min(end, evens)) : panel + 1;
                Panels.PackColumns(from, 0, depth, Top(panel), Top(last), Height, to + (nint)panel * Height * depth);
            }
        }

        private int Top(int panel) => Math.Min(
            rows, panel * Height <= even ? panel * Height : even + (panel - even / Height) * Tile<L, V, T>.FewRows);
    }

    /// <summary>Adding a block's products onto the output, a rectangle of rows and columns a part.</summary>
    private readonly struct Tiling : IParts
    {
        private const int PartsPerThread = 4;
        private readonly Block<T> block;
        private readonly int across, wide, tall, stripes;
        private readonly bool isTurned;

        public Tiling(in Block<T> block, int threads)
        {
            this.block = block;
            int rows = block.Bottom - block.Top, panels = (block.Product.Columns + Width - 1) / Width;
            int wanted = threads == 1 ? 1 : rows < Tile<L, V, T>.FewRows ? threads : PartsPerThread * threads;
            wide = (panels + wanted - 1) / wanted * Width;
            across = (block.Product.Columns + wide - 1) / wide;
            if (across == 1) wanted = threads; // each part packs the panel for itself
            int down = Math.Clamp(wanted / across, 1, (rows + Tile<L, V, T>.Rows - 1) / Tile<L, V, T>.Rows);
            tall = MatMul.RoundUp((rows + down - 1) / down, Tile<L, V, T>.Rows);
            // rows that fill no tile belong to those above them, with which they were packed
            stripes = Math.Max(1, (rows + tall - Tile<L, V, T>.FewRows) / tall);
            isTurned = block.Product.IsTurned && rows < Tile<L, V, T>.FewRows;
        }

        public int Parts => stripes * across;

        // So few rows that b, which is needed only once, is read along many columns at a time.
        private int FewRows(int top, int bottom, int left, int right)
        {
            var (product, rows) = (block.Product, bottom - top);
            int across = (rows == 1 ? Tile<L, V, T>.ManyVectors : Tile<L, V, T>.FewVectors) * L.Count;
            T* none = stackalloc T[across], a = block.A.At(top - block.Top);
            for (; left + across <= right; left += across)
            {
                T* b = product.B.At(block.Inner, left), c = product.C + (nint)top * product.Columns + left;
                T* from = !block.Begins ? c : product.Bias is null ? none : product.Bias + left;
                if (rows == 1)
                    Tile<L, V, T>.Long(a, block.A.ColumnStride, b, product.B.RowStride, block.Depth, from, c);
                else
                    Tile<L, V, T>.Broad(
                        rows, a, block.A.RowStride, block.A.ColumnStride, b, product.B.RowStride, block.Depth, from,
                        block.Begins ? 0 : product.Columns, c, product.Columns);
            }
            return left;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part, int parts)
        {
            if (isTurned) part = parts - 1 - part;
            int stripe = part / across, top = block.Top + stripe * tall,
                bottom = stripe == stripes - 1 ? block.Bottom : top + tall;
            int left = part % across * wide, right = Math.Min(left + wide, block.Product.Columns);
            bool few = bottom - top < Tile<L, V, T>.FewRows && block.Product.B.ColumnStride == 1;
            Strips(block, top, bottom, few ? FewRows(top, bottom, left, right) : left, right);
        }
    }
}

/// <summary>Some rows of a product by some contraction indices, and where those of A lie.</summary>
internal readonly unsafe struct Block<T>(
    in MatMul.Product<T> product, Lines<T> a, int inner, int depth, int top, int bottom)
    where T : unmanaged
{
    public readonly MatMul.Product<T> Product = product;
    public readonly Lines<T> A = a;
    public readonly int Inner = inner, Depth = depth, Top = top, Bottom = bottom;

    /// <summary>Whether its chains begin here, instead of going on from what the output holds.</summary>
    public bool Begins => Inner == 0 && !Product.Onto;
}

/// <summary>Where the tiles of A begin: in place, or in panels as tall as a tile, between which lies a jump. The
/// panels from an even row on hold low tiles.</summary>
internal readonly unsafe struct Lines<T>(
    T* origin, nint rowStride, nint columnStride, int height, nint jump, int even, int low)
    where T : unmanaged
{
    public readonly nint RowStride = rowStride, ColumnStride = columnStride;

    public Lines(
        in MatMul.View<T> view) : this(view.Origin, view.RowStride, view.ColumnStride, 1, 0, int.MaxValue, 1)
    { }

    public T* At(int row) => row < even
        ? origin + row * RowStride + row / height * jump
        : origin + (even / height + (row - even) / low) * (height + jump);
}
