using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

/// <summary>The innermost loops of <see cref="LaneMatMul"/>: a tile of some rows by some columns, each cell one vector of
/// networks that stays in a register along its chain.</summary>
/// <remarks>Every tile is written out: the JIT keeps a sum in a register only where it has a name of its own. Strides
/// are counted in numbers, lanes included.</remarks>
internal static unsafe class LaneTile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tall = 4, Wide = 4, Narrow = 2, Step = LaneMatMul.Count;

    /// <summary>All cells of a product, for one vector of networks from a lane on.</summary>
    public static void Run(in MatMul.Product<T> product, int lane)
    {
        var (a, b) = (product.A, product.B);
        int columns = product.Columns, stride = columns * Step;
        for (int row = 0; row < product.Rows;)
        {
            bool isTall = product.Rows - row >= Tall;
            for (int column = 0; column < columns;)
            {
                int left = columns - column;
                int width = left >= Wide && (!isTall || Width.HasManyRegisters) ? Wide
                    : isTall && left >= Narrow ? Narrow : 1;
                T* to = product.C + (nint)row * stride + column * Step + lane;
                T* from = product.Onto ? to : product.Bias is null ? null : product.Bias + column * Step + lane;
                nint fromRow = product.Onto ? stride : 0;
                T* ofA = a.At(row, 0) + lane, ofB = b.At(0, column) + lane;
                var tile = new Tile(
                    ofA, a.RowStride, a.ColumnStride, ofB, b.RowStride, b.ColumnStride, product.Inner, from, fromRow,
                    to, stride);
                if (isTall && width == Wide) FourByFour(tile);
                else if (isTall && width == Narrow) FourByTwo(tile);
                else if (isTall) FourByOne(tile);
                else if (width == Wide) OneByFour(tile);
                else One(tile);
                column += width;
            }
            row += isTall ? Tall : 1;
        }
    }

    /// <summary>Where a tile reads and writes.</summary>
    private readonly struct Tile(
        T* a, nint aRow, nint aInner, T* b, nint bInner, nint bColumn, int depth, T* from, nint fromRow, T* c, nint cRow)
    {
        public readonly T* A = a, B = b, C = c, From = from;
        public readonly nint ARow = aRow, AInner = aInner, BInner = bInner, BColumn = bColumn;
        public readonly nint FromRow = fromRow, CRow = cRow;
        public readonly int Depth = depth;

        /// <summary>Where the chain of a cell begins: the bias, zero, or what is there.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Start(int row, int column) =>
            From is null ? L.All(T.Zero) : L.Load(ref *(From + row * FromRow + column * Step), 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void End(V sum, int row, int column) => L.Store(sum, ref *(C + row * CRow + column * Step), 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour(in Tile tile)
    {
        V s00 = tile.Start(0, 0), s01 = tile.Start(0, 1), s02 = tile.Start(0, 2), s03 = tile.Start(0, 3);
        V s10 = tile.Start(1, 0), s11 = tile.Start(1, 1), s12 = tile.Start(1, 2), s13 = tile.Start(1, 3);
        V s20 = tile.Start(2, 0), s21 = tile.Start(2, 1), s22 = tile.Start(2, 2), s23 = tile.Start(2, 3);
        V s30 = tile.Start(3, 0), s31 = tile.Start(3, 1), s32 = tile.Start(3, 2), s33 = tile.Start(3, 3);
        T* a = tile.A, b = tile.B;
        nint aRow = tile.ARow, bColumn = tile.BColumn;
        for (int depth = tile.Depth; depth > 0; depth--, a += tile.AInner, b += tile.BInner)
        {
            V b0 = L.Load(ref *b, 0), b1 = L.Load(ref *(b + bColumn), 0), b2 = L.Load(ref *(b + 2 * bColumn), 0),
                b3 = L.Load(ref *(b + 3 * bColumn), 0);
            V x = L.Load(ref *a, 0);
            s00 = L.Fma(x, b0, s00);
            s01 = L.Fma(x, b1, s01);
            s02 = L.Fma(x, b2, s02);
            s03 = L.Fma(x, b3, s03);
            x = L.Load(ref *(a + aRow), 0);
            s10 = L.Fma(x, b0, s10);
            s11 = L.Fma(x, b1, s11);
            s12 = L.Fma(x, b2, s12);
            s13 = L.Fma(x, b3, s13);
            x = L.Load(ref *(a + 2 * aRow), 0);
            s20 = L.Fma(x, b0, s20);
            s21 = L.Fma(x, b1, s21);
            s22 = L.Fma(x, b2, s22);
            s23 = L.Fma(x, b3, s23);
            x = L.Load(ref *(a + 3 * aRow), 0);
            s30 = L.Fma(x, b0, s30);
            s31 = L.Fma(x, b1, s31);
            s32 = L.Fma(x, b2, s32);
            s33 = L.Fma(x, b3, s33);
        }
        tile.End(s00, 0, 0);
        tile.End(s01, 0, 1);
        tile.End(s02, 0, 2);
        tile.End(s03, 0, 3);
        tile.End(s10, 1, 0);
        tile.End(s11, 1, 1);
        tile.End(s12, 1, 2);
        tile.End(s13, 1, 3);
        tile.End(s20, 2, 0);
        tile.End(s21, 2, 1);
        tile.End(s22, 2, 2);
        tile.End(s23, 2, 3);
        tile.End(s30, 3, 0);
        tile.End(s31, 3, 1);
        tile.End(s32, 3, 2);
        tile.End(s33, 3, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(in Tile tile)
    {
        V s00 = tile.Start(0, 0), s01 = tile.Start(0, 1), s10 = tile.Start(1, 0), s11 = tile.Start(1, 1);
        V s20 = tile.Start(2, 0), s21 = tile.Start(2, 1), s30 = tile.Start(3, 0), s31 = tile.Start(3, 1);
        T* a = tile.A, b = tile.B;
        nint aRow = tile.ARow, bColumn = tile.BColumn;
        for (int depth = tile.Depth; depth > 0; depth--, a += tile.AInner, b += tile.BInner)
        {
            V b0 = L.Load(ref *b, 0), b1 = L.Load(ref *(b + bColumn), 0), x = L.Load(ref *a, 0);
            s00 = L.Fma(x, b0, s00);
            s01 = L.Fma(x, b1, s01);
            x = L.Load(ref *(a + aRow), 0);
            s10 = L.Fma(x, b0, s10);
            s11 = L.Fma(x, b1, s11);
            x = L.Load(ref *(a + 2 * aRow), 0);
            s20 = L.Fma(x, b0, s20);
            s21 = L.Fma(x, b1, s21);
            x = L.Load(ref *(a + 3 * aRow), 0);
            s30 = L.Fma(x, b0, s30);
            s31 = L.Fma(x, b1, s31);
        }
        tile.End(s00, 0, 0);
        tile.End(s01, 0, 1);
        tile.End(s10, 1, 0);
        tile.End(s11, 1, 1);
        tile.End(s20, 2, 0);
        tile.End(s21, 2, 1);
        tile.End(s30, 3, 0);
        tile.End(s31, 3, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(in Tile tile)
    {
        V s0 = tile.Start(0, 0), s1 = tile.Start(1, 0), s2 = tile.Start(2, 0), s3 = tile.Start(3, 0);
        T* a = tile.A, b = tile.B;
        nint aRow = tile.ARow;
        for (int depth = tile.Depth; depth > 0; depth--, a += tile.AInner, b += tile.BInner)
        {
            V x = L.Load(ref *b, 0);
            s0 = L.Fma(L.Load(ref *a, 0), x, s0);
            s1 = L.Fma(L.Load(ref *(a + aRow), 0), x, s1);
            s2 = L.Fma(L.Load(ref *(a + 2 * aRow), 0), x, s2);
            s3 = L.Fma(L.Load(ref *(a + 3 * aRow), 0), x, s3);
        }
        tile.End(s0, 0, 0);
        tile.End(s1, 1, 0);
        tile.End(s2, 2, 0);
        tile.End(s3, 3, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour(in Tile tile)
    {
        V s0 = tile.Start(0, 0), s1 = tile.Start(0, 1), s2 = tile.Start(0, 2), s3 = tile.Start(0, 3);
        T* a = tile.A, b = tile.B;
        nint bColumn = tile.BColumn;
        for (int depth = tile.Depth; depth > 0; depth--, a += tile.AInner, b += tile.BInner)
        {
            V x = L.Load(ref *a, 0);
            s0 = L.Fma(x, L.Load(ref *b, 0), s0);
            s1 = L.Fma(x, L.Load(ref *(b + bColumn), 0), s1);
            s2 = L.Fma(x, L.Load(ref *(b + 2 * bColumn), 0), s2);
            s3 = L.Fma(x, L.Load(ref *(b + 3 * bColumn), 0), s3);
        }
        tile.End(s0, 0, 0);
        tile.End(s1, 0, 1);
        tile.End(s2, 0, 2);
        tile.End(s3, 0, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(in Tile tile)
    {
        V sum = tile.Start(0, 0);
        T* a = tile.A, b = tile.B;
        for (int depth = tile.Depth; depth > 0; depth--, a += tile.AInner, b += tile.BInner)
            sum = L.Fma(L.Load(ref *a, 0), L.Load(ref *b, 0), sum);
        tile.End(sum, 0, 0);
    }
}
