using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

internal static unsafe partial class Sparse<L, V, T>
{
    private const int PartsPerThread = 4;
    private const int MostSums = 512;   // rows whose sums stay in the second cache
    private const int FewestGroups = 4; // of rows, for which a part packs the other factor
    private const int Step = 4;         // vectors: panels are three or two times as wide

    // A block of the other factor fills three quarters of the first cache, of 48 KiB where vectors have 512 bits.
    private static int Depth =>
        (typeof(V) == typeof(Vector512<T>) ? 36 << 10 : 24 << 10) / (SparseTile<L, V, T>.Pitch * sizeof(T));

    private static int FewestColumns => SparseTile<L, V, T>.FewVectors * L.Count;

    private readonly struct BlockOfRight;

    private readonly struct SumsOfBlock;

    /// <summary>
    /// The panels of columns of a product, a panel by some rows a part. Block after block of the other factor is
    /// packed into the first cache, and every row's sums go on from where the block before left them. Columns that
    /// fill no panel are one more, of the ordinary kind.
    /// </summary>
    private readonly struct PanelParts : IParts
    {
        private readonly MatMul.Product<T> product;
        private readonly MatMul.View<T> sparse, other;
        private readonly SparseRows<T> gathered;
        private readonly bool isTurned;
        private readonly int top, rows, columns, panels, narrow, down, tall;

        public PanelParts(in MatMul.Product<T> product, bool isTurned, int top, int rows, int threads)
        {
            (this.product, this.isTurned, this.top, this.rows) = (product, isTurned, top, rows);
            sparse = (isTurned ? product.B.Transposed : product.A).From(top, 0);
            other = isTurned ? product.A.Transposed : product.B;
            columns = isTurned ? product.Rows : product.Columns;
            gathered = new(rows, product.Inner, Depth, SparseTile<L, V, T>.Pitch * sizeof(T));
            int steps = columns / (Step * L.Count);
            narrow = (3 - steps % 3) % 3;
            panels = (steps + narrow) / 3;
            int wanted = threads == 1 ? 1 : (PartsPerThread * threads + panels - 1) / panels;
            down = Math.Max((rows + MostSums - 1) / MostSums, Math.Min(wanted, Groups / FewestGroups));
            tall = (Groups + down - 1) / down * SparseRows<T>.Together;
            down = (rows + tall - 1) / tall;
        }

        public int Groups => gathered.Groups;
        public int Blocks => gathered.Blocks;
        public int Parts => (End < columns ? panels + 1 : panels) * down;

        /// <summary>Whether the next row of the sparse factor is next in memory; else the next
        /// number of a row is.</summary>
        public bool RowsLieSideBySide => sparse.RowStride == 1;

        private int End => Left(panels);

        // The narrow panels are the last of each half, so that halves are alike.
        private int Width(int panel) =>
            ((narrow > 0 && panel == panels - 1) || (narrow > 1 && panel == panels / 2 - 1)
                ? SparseTile<L, V, T>.FewVectors
                : SparseTile<L, V, T>.Vectors) * L.Count;

        private int Left(int panel) =>
            (3 * panel - (narrow > 0 && panel == panels ? 1 : 0) - (narrow > 1 && panel >= panels / 2 ? 1 : 0))
            * Step * L.Count;

        public void Gather(int block, int group) => gathered.Gather(sparse, block, group);

        public void Run(int part, int parts)
        {
            int panel = part / down, first = part % down * tall, last = Math.Min(first + tall, rows);
            if (panel == panels) Fully(first, last, End, columns);
            else Run(panel, first, last);
        }

        /// <summary>All columns of some rows.</summary>
        public void RunRows(int first, int last)
        {
            for (; first < last; first += MostSums)
            {
                int end = Math.Min(Math.Min(first + MostSums, last), rows);
                for (int panel = 0; panel < panels; panel++) Run(panel, first, end);
                if (End < columns) Fully(first, end, End, columns);
            }
        }

        private void Run(int panel, int first, int last)
        {
            if (!TryRun(panel, first, last)) Fully(first, last, Left(panel), Left(panel) + Width(panel));
        }

        // With every link of every chain.
        private void Fully(int first, int last, int left, int right)
        {
            if (isTurned) Blocks<L, V, T>.Rectangle(product, left, right, top + first, top + last);
            else Blocks<L, V, T>.Rectangle(product, top + first, top + last, left, right);
        }

        // False where a zero left out might have changed a bit.
        [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private bool TryRun(int panel, int first, int last)
        {
            int left = Left(panel), width = Width(panel), pitch = SparseTile<L, V, T>.Pitch, depth = Depth;
            T* block = NativeBuffer<BlockOfRight, T>.Of(depth * pitch),
                sums = NativeBuffer<SumsOfBlock, T>.Of(MostSums * pitch), start = stackalloc T[pitch];
            T* output = product.C + (isTurned
                ? (nint)left * product.Columns + top + first
                : (nint)(top + first) * product.Columns + left);
            new Span<T>(start, width).Clear();
            if (product.Bias is not null)
                Unsafe.CopyBlockUnaligned(start, product.Bias + left, (uint)(width * sizeof(T)));
            V odd = L.All(T.Zero);
            for (int inner = 0, number = 0; inner < product.Inner; inner += depth, number++)
            {
                int deep = Math.Min(depth, product.Inner - inner);
                Panels.PackPanel(other, inner, deep, left, width, pitch, block);
                odd = L.Or(odd, Infinite(block, deep, width));
                // Where the last block ends, the sums go where they belong.
                bool begins = inner == 0, ends = inner + deep == product.Inner && !isTurned;
                T* from = begins ? start : sums, to = ends ? output : sums;
                nint fromStep = begins ? 0 : pitch, toStep = ends ? product.Columns : pitch;
                for (int row = first, some; row < last; row += some, from += some * fromStep, to += some * toStep)
                {
                    int group = row / SparseRows<T>.Together;
                    some = Math.Min(SparseRows<T>.Together, last - row);
                    SparseTile<L, V, T>.Run(
                        width / L.Count, gathered.Values(number, group), gathered.Places(number, group),
                        gathered.Counts(number) + row, some, block, from, fromStep, to, toStep);
                }
            }
            odd = L.Or(
                odd, NegativeZeros(isTurned ? sums : output, isTurned ? pitch : product.Columns, last - first, width));
            if (L.Any(odd)) return false;
            if (isTurned) Panels.Transpose(sums, pitch, 1, last - first, width, product.Columns, output);
            return true;
        }

        // Not all zero where some number is infinite or NaN.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static V Infinite(T* cells, int lines, int width)
        {
            V odd = L.All(T.Zero);
            for (; lines > 0; lines--, cells += SparseTile<L, V, T>.Pitch)
                for (int i = 0; i < width; i += L.Count)
                {
                    V number = L.Load(ref *cells, (nuint)i);
                    odd = L.Or(odd, L.Subtract(number, number));
                }
            return odd;
        }

        // Not all zero where some number is -0.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static V NegativeZeros(T* cells, nint step, int lines, int width)
        {
            V odd = L.All(T.Zero), zero = odd;
            for (; lines > 0; lines--, cells += step)
                for (int i = 0; i < width; i += L.Count)
                {
                    V number = L.Load(ref *cells, (nuint)i);
                    odd = L.Or(odd, L.And(L.Equal(number, zero), number));
                }
            return odd;
        }
    }
}
