using System.Numerics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// A product of which one factor is full of zeros, as ReLU leaves them in activations and in deltas: the chains go
/// without them. To a sum that is not -0, a zero of either sign adds nothing; so no bit changes where the other
/// factor is finite and no shortened chain ends in -0. Whether it is so is seen afterwards, and a part of which it
/// is not true is done again in full. </summary>
/// <remarks>Why the end says it all: a full chain can differ from the shortened one only by standing at +0 where
/// that one stands at -0, and from the first link that does not round to zero both are the same. So they end alike,
/// or the shortened one ends in -0.</remarks>
internal static unsafe partial class Sparse<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long FewestProducts = 1 << 21; // of which it pays to look for zeros
    // How often a number of either factor is used, on average, from which on putting both in order pays.
    private const int FewestUses = 64;
    private const int FewestInner = 64;
    private const int Probes = 128;              // cells looked at
    // Of the cells looked at: with more, a dense tile, which reads less for each multiply-add, is faster.
    private const int MostNonzero = Probes * 5 / 8;
    private const int MostGathered = 1 << 20;    // cells of the sparse factor at once, or one group of rows
    private const int MostReadByAll = 2_000_000; // bytes of the other factor that every thread may as well read

    /// <summary>Works the product out without zeros; false, and nothing done, where that does not pay.</summary>
    public static bool TryRun(in MatMul.Product<T> product, int threads)
    {
        if (product.Onto || (long)product.Rows * product.Columns * product.Inner < FewestProducts) return false;
        bool pays = Pays(product.A, product.Rows, product.Inner, product.Columns);
        if (!pays
            && (product.Bias is not null || !Pays(product.B.Transposed, product.Columns, product.Inner, product.Rows)))
            return false;
        Run(product, isTurned: !pays, threads);
        return true;
    }

    private static bool Pays(in MatMul.View<T> sparse, int rows, int inner, int columns)
    {
        if (inner < FewestInner || columns < FewestColumns
            || (long)rows * columns < FewestUses * ((long)rows + columns))
            return false;
        const uint Scatter = 2654435769; // 2^32 over the golden ratio
        int nonzero = 0;
        for (int i = 0; i < Probes; i++)
            if (*sparse.At((int)((long)rows * i / Probes), (int)((ulong)((uint)i * Scatter) * (uint)inner >> 32))
                != T.Zero)
                nonzero++;
        return nonzero <= MostNonzero;
    }

    /// <summary>C = A B + bias without the zeros of A; or, turned, C' = B' A' without those of B. The other factor
    /// has at least <see cref="FewestColumns"/>, and there is a contraction index.</summary>
    public static void Run(in MatMul.Product<T> product, bool isTurned, int threads)
    {
        int rows = isTurned ? product.Columns : product.Rows, inner = product.Inner;
        int most = Math.Max(1, MostGathered / inner / SparseRows<T>.Together) * SparseRows<T>.Together;
        for (int top = 0; top < rows; top += most)
        {
            var panels = new PanelParts(product, isTurned, top, Math.Min(most, rows - top), threads);
            if (threads > 1 && !isTurned && (long)inner * product.Columns * sizeof(T) <= MostReadByAll
                && panels.Groups >= threads)
            {
                var stripes = new Stripes(panels);
                Workers.Share(ref stripes, threads * Math.Max(1, panels.Groups / FewestGroups / threads), threads);
            }
            else
            {
                var gathering = new Gathering(panels);
                Workers.Share(ref gathering, panels.Groups * panels.Blocks, threads);
                Workers.Share(ref panels, panels.Parts, threads);
            }
        }
    }

    /// <summary>Some rows by all columns: what a thread gathers it needs alone, and what it writes is what
    /// it gathers next.</summary>
    private readonly struct Stripes(PanelParts panels) : IParts
    {
        public void Run(int part, int parts)
        {
            int first = panels.Groups * part / parts, last = panels.Groups * (part + 1) / parts;
            for (int group = first; group < last; group++)
                for (int block = 0; block < panels.Blocks; block++)
                    panels.Gather(block, group);
            panels.RunRows(first * SparseRows<T>.Together, last * SparseRows<T>.Together);
        }
    }

    /// <summary>A block of a group of rows a part, the neighbours in memory one after the other.</summary>
    private readonly struct Gathering(PanelParts panels) : IParts
    {
        public void Run(int part, int parts)
        {
            if (panels.RowsLieSideBySide) panels.Gather(part / panels.Groups, part % panels.Groups);
            else panels.Gather(part % panels.Blocks, part / panels.Blocks);
        }
    }
}
