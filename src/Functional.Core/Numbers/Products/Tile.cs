using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// The innermost loop of a product: a tile of some rows by two vectors of columns, kept in registers. Each cell
/// goes on with its chain of fused multiply-adds from where <c>from</c> left it: c = from + a b.
/// </summary>
/// <remarks>The cells of a are wherever its two strides lead, those of b lie in rows with a stride of their own:
/// packed or in place, which is only a matter of speed. Each row of a takes two multiply-adds, which leaves the
/// processor time to find it. Every height is written out: the JIT keeps a sum in a register only where it has a
/// name of its own.</remarks>
internal static unsafe partial class Tile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int MostRows = 12, FewRows = 4;
    public const int ManyVectors = 8, FewVectors = 4;
    public static bool AreTall => Width.HasManyRegisters;
    public static int Rows => AreTall ? MostRows : MostRows / 2;
    public static int Columns => 2 * L.Count;

    /// <summary>How many rows the next tile takes of those that are left; fewer than
    /// <see cref="FewRows"/> go one by one.</summary>
    public static int Next(int left) => left >= Rows && left != 2 * FewRows ? Rows : left >= FewRows ? FewRows : 1;

    /// <summary>A tile of <see cref="Rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tall(
        T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
    {
        if (AreTall) Twelve(a, aRow, aColumn, b, bRow, depth, from, fromStride, c, stride);
        else Six<Reading>(a, aRow, aColumn, b, bRow, depth, from, fromStride, c, stride, null);
    }

    /// <summary>A low tile which leaves a copy of its panel of b, for those below it to read in
    /// a straight line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void First(
        T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c,
        int stride, T* copy) =>
        Six<Copying>(a, aRow, aColumn, b, bRow, depth, from, fromStride, c, stride, copy);

    /// <summary>A tile of <see cref="FewRows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Short(
        T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
    {
        nuint second = (nuint)L.Count;
        V s00 = L.Load(ref *from, 0), s01 = L.Load(ref *from, second);
        V s10 = L.Load(ref *(from + fromStride), 0), s11 = L.Load(ref *(from + fromStride), second);
        V s20 = L.Load(ref *(from + 2 * (nint)fromStride), 0), s21 = L.Load(ref *(from + 2 * (nint)fromStride), second);
        V s30 = L.Load(ref *(from + 3 * (nint)fromStride), 0), s31 = L.Load(ref *(from + 3 * (nint)fromStride), second);
        T* a3 = a + 3 * aRow;
        nint twice = 2 * aRow;
        for (; depth > 0; depth--, a += aColumn, a3 += aColumn, b += bRow)
        {
            V left = L.Load(ref *b, 0), right = L.Load(ref *b, second);
            V row = L.All(*a);
            s00 = L.Fma(row, left, s00);
            s01 = L.Fma(row, right, s01);
            row = L.All(a[aRow]);
            s10 = L.Fma(row, left, s10);
            s11 = L.Fma(row, right, s11);
            row = L.All(a[twice]);
            s20 = L.Fma(row, left, s20);
            s21 = L.Fma(row, right, s21);
            row = L.All(*a3);
            s30 = L.Fma(row, left, s30);
            s31 = L.Fma(row, right, s31);
        }
        L.Store(s00, ref *c, 0);
        L.Store(s01, ref *c, second);
        c += stride;
        L.Store(s10, ref *c, 0);
        L.Store(s11, ref *c, second);
        c += stride;
        L.Store(s20, ref *c, 0);
        L.Store(s21, ref *c, second);
        c += stride;
        L.Store(s30, ref *c, 0);
        L.Store(s31, ref *c, second);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Single(T* a, nint aColumn, T* b, nint bRow, int depth, T* from, T* c)
    {
        nuint second = (nuint)L.Count;
        V s0 = L.Load(ref *from, 0), s1 = L.Load(ref *from, second);
        for (; depth > 0; depth--, a += aColumn, b += bRow)
        {
            V cell = L.All(*a);
            s0 = L.Fma(cell, L.Load(ref *b, 0), s0);
            s1 = L.Fma(cell, L.Load(ref *b, second), s1);
        }
        L.Store(s0, ref *c, 0);
        L.Store(s1, ref *c, second);
    }
}
