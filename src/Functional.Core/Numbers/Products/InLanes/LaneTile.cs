using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

/// <summary>The innermost loops of <see cref="LaneMatMul"/>: a tile of some rows by some columns, each cell one vector
/// of networks that stays in a register along its chain.</summary>
/// <remarks>Every tile is written out: the JIT keeps a sum in a register only where it has a name of its own. Strides
/// are counted in numbers, lanes included.</remarks>
internal static unsafe class LaneTile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tall = 4, Wide = 4, Narrow = 2, Step = LaneMatMul.Count;

    /// <summary>All cells of a product, for one vector of networks from a lane on.</summary>
    [SkipLocalsInit]
    public static void Run(in MatMul.Product<T> product, int lane)
    {
        var (a, b) = (product.A, product.B);
        T* zeros = stackalloc T[Wide * Step]; // where a chain begins without a bias
        new Span<T>(zeros, Wide * Step).Clear();
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
                T* from = product.Onto ? to : product.Bias is null ? zeros : product.Bias + column * Step + lane;
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
        T* a, nint aRow, nint aInner, T* b, nint bInner, nint bColumn, int depth, T* from, nint fromRow, T* c,
        nint cRow)
    {
        public readonly T* A = a, B = b, C = c, From = from;
        public readonly nint ARow = aRow, AInner = aInner, BInner = bInner, BColumn = bColumn;
        public readonly nint FromRow = fromRow, CRow = cRow;
        public readonly int Depth = depth;

        /// <summary>Where the chains of a row begin: the bias, zero, or what is there.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T* Start(int row) => From + row * FromRow;

        /// <summary>Where the chains of a row end.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T* End(int row) => C + row * CRow;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour(in Tile tile)
    {
        T* from = tile.Start(0);
        V s00 = L.Load(ref *from, 0), s01 = L.Load(ref *from, Step),
            s02 = L.Load(ref *from, 2 * Step), s03 = L.Load(ref *from, 3 * Step);
        from = tile.Start(1);
        V s10 = L.Load(ref *from, 0), s11 = L.Load(ref *from, Step),
            s12 = L.Load(ref *from, 2 * Step), s13 = L.Load(ref *from, 3 * Step);
        from = tile.Start(2);
        V s20 = L.Load(ref *from, 0), s21 = L.Load(ref *from, Step),
            s22 = L.Load(ref *from, 2 * Step), s23 = L.Load(ref *from, 3 * Step);
        from = tile.Start(3);
        V s30 = L.Load(ref *from, 0), s31 = L.Load(ref *from, Step),
            s32 = L.Load(ref *from, 2 * Step), s33 = L.Load(ref *from, 3 * Step);
        T* a = tile.A, b = tile.B;
        nint aRow = tile.ARow, aInner = tile.AInner, bColumn = tile.BColumn, bInner = tile.BInner;
        for (int depth = tile.Depth; depth > 0; depth--, a += aInner, b += bInner)
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
        T* to = tile.End(0);
        L.Store(s00, ref *to, 0);
        L.Store(s01, ref *to, Step);
        L.Store(s02, ref *to, 2 * Step);
        L.Store(s03, ref *to, 3 * Step);
        to = tile.End(1);
        L.Store(s10, ref *to, 0);
        L.Store(s11, ref *to, Step);
        L.Store(s12, ref *to, 2 * Step);
        L.Store(s13, ref *to, 3 * Step);
        to = tile.End(2);
        L.Store(s20, ref *to, 0);
        L.Store(s21, ref *to, Step);
        L.Store(s22, ref *to, 2 * Step);
        L.Store(s23, ref *to, 3 * Step);
        to = tile.End(3);
        L.Store(s30, ref *to, 0);
        L.Store(s31, ref *to, Step);
        L.Store(s32, ref *to, 2 * Step);
        L.Store(s33, ref *to, 3 * Step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(in Tile tile)
    {
        V s00 = L.Load(ref *tile.Start(0), 0), s01 = L.Load(ref *tile.Start(0), Step),
            s10 = L.Load(ref *tile.Start(1), 0), s11 = L.Load(ref *tile.Start(1), Step);
        V s20 = L.Load(ref *tile.Start(2), 0), s21 = L.Load(ref *tile.Start(2), Step),
            s30 = L.Load(ref *tile.Start(3), 0), s31 = L.Load(ref *tile.Start(3), Step);
        T* a = tile.A, b = tile.B;
        nint aRow = tile.ARow, aInner = tile.AInner, bColumn = tile.BColumn, bInner = tile.BInner;
        for (int depth = tile.Depth; depth > 0; depth--, a += aInner, b += bInner)
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
        L.Store(s00, ref *tile.End(0), 0);
        L.Store(s01, ref *tile.End(0), Step);
        L.Store(s10, ref *tile.End(1), 0);
        L.Store(s11, ref *tile.End(1), Step);
        L.Store(s20, ref *tile.End(2), 0);
        L.Store(s21, ref *tile.End(2), Step);
        L.Store(s30, ref *tile.End(3), 0);
        L.Store(s31, ref *tile.End(3), Step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(in Tile tile)
    {
        V s0 = L.Load(ref *tile.Start(0), 0), s1 = L.Load(ref *tile.Start(1), 0),
            s2 = L.Load(ref *tile.Start(2), 0), s3 = L.Load(ref *tile.Start(3), 0);
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
        L.Store(s0, ref *tile.End(0), 0);
        L.Store(s1, ref *tile.End(1), 0);
        L.Store(s2, ref *tile.End(2), 0);
        L.Store(s3, ref *tile.End(3), 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour(in Tile tile)
    {
        T* from = tile.Start(0);
        V s0 = L.Load(ref *from, 0), s1 = L.Load(ref *from, Step), s2 = L.Load(ref *from, 2 * Step),
            s3 = L.Load(ref *from, 3 * Step);
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
        L.Store(s0, ref *tile.End(0), 0);
        L.Store(s1, ref *tile.End(0), Step);
        L.Store(s2, ref *tile.End(0), 2 * Step);
        L.Store(s3, ref *tile.End(0), 3 * Step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(in Tile tile)
    {
        V sum = L.Load(ref *tile.Start(0), 0);
        T* a = tile.A, b = tile.B;
        for (int depth = tile.Depth; depth > 0; depth--, a += tile.AInner, b += tile.BInner)
            sum = L.Fma(L.Load(ref *a, 0), L.Load(ref *b, 0), sum);
        L.Store(sum, ref *tile.End(0), 0);
    }
}
