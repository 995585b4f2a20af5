using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

internal static unsafe partial class Tile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One row by <see cref="ManyVectors"/> vectors of columns: all that it needs of b comes from far away
    /// and is needed once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Long(T* a, nint aColumn, T* b, nint bRow, int depth, T* from, T* c)
    {
        nuint w = (nuint)L.Count;
        V s0 = L.Load(ref *from, 0), s1 = L.Load(ref *from, w), s2 = L.Load(ref *from, 2 * w),
            s3 = L.Load(ref *from, 3 * w), s4 = L.Load(ref *from, 4 * w),
            s5 = L.Load(ref *from, 5 * w), s6 = L.Load(ref *from, 6 * w), s7 = L.Load(ref *from, 7 * w);
        for (; depth > 0; depth--, a += aColumn, b += bRow)
        {
            V cell = L.All(*a);
            s0 = L.Fma(cell, L.Load(ref *b, 0), s0);
            s1 = L.Fma(cell, L.Load(ref *b, w), s1);
            s2 = L.Fma(cell, L.Load(ref *b, 2 * w), s2);
            s3 = L.Fma(cell, L.Load(ref *b, 3 * w), s3);
            s4 = L.Fma(cell, L.Load(ref *b, 4 * w), s4);
            s5 = L.Fma(cell, L.Load(ref *b, 5 * w), s5);
            s6 = L.Fma(cell, L.Load(ref *b, 6 * w), s6);
            s7 = L.Fma(cell, L.Load(ref *b, 7 * w), s7);
        }
        L.Store(s0, ref *c, 0);
        L.Store(s1, ref *c, w);
        L.Store(s2, ref *c, 2 * w);
        L.Store(s3, ref *c, 3 * w);
        L.Store(s4, ref *c, 4 * w);
        L.Store(s5, ref *c, 5 * w);
        L.Store(s6, ref *c, 6 * w);
        L.Store(s7, ref *c, 7 * w);
    }

    /// <summary>Two or three rows by <see cref="FewVectors"/> vectors of columns; of two, the second is
    /// worked out twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Broad(
        int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
    {
        nuint w = (nuint)L.Count;
        V s00 = L.Load(ref *from, 0), s01 = L.Load(ref *from, w), s02 = L.Load(ref *from, 2 * w),
            s03 = L.Load(ref *from, 3 * w);
        V s10 = L.Load(ref *(from + fromStride), 0), s11 = L.Load(ref *(from + fromStride), w),
            s12 = L.Load(ref *(from + fromStride), 2 * w), s13 = L.Load(ref *(from + fromStride), 3 * w);
        V s20 = L.Load(ref *(from + (rows - 1) * fromStride), 0),
            s21 = L.Load(ref *(from + (rows - 1) * fromStride), w),
            s22 = L.Load(ref *(from + (rows - 1) * fromStride), 2 * w),
            s23 = L.Load(ref *(from + (rows - 1) * fromStride), 3 * w);
        T* a1 = a + aRow, a2 = a + (rows - 1) * aRow;
        for (; depth > 0; depth--, a += aColumn, a1 += aColumn, a2 += aColumn, b += bRow)
        {
            V b0 = L.Load(ref *b, 0), b1 = L.Load(ref *b, w), b2 = L.Load(ref *b, 2 * w), b3 = L.Load(ref *b, 3 * w),
                cell = L.All(*a);
            s00 = L.Fma(cell, b0, s00);
            s01 = L.Fma(cell, b1, s01);
            s02 = L.Fma(cell, b2, s02);
            s03 = L.Fma(cell, b3, s03);
            cell = L.All(*a1);
            s10 = L.Fma(cell, b0, s10);
            s11 = L.Fma(cell, b1, s11);
            s12 = L.Fma(cell, b2, s12);
            s13 = L.Fma(cell, b3, s13);
            cell = L.All(*a2);
            s20 = L.Fma(cell, b0, s20);
            s21 = L.Fma(cell, b1, s21);
            s22 = L.Fma(cell, b2, s22);
            s23 = L.Fma(cell, b3, s23);
        }
        L.Store(s00, ref *c, 0);
        L.Store(s01, ref *c, w);
        L.Store(s02, ref *c, 2 * w);
        L.Store(s03, ref *c, 3 * w);
        L.Store(s10, ref *(c + stride), 0);
        L.Store(s11, ref *(c + stride), w);
        L.Store(s12, ref *(c + stride), 2 * w);
        L.Store(s13, ref *(c + stride), 3 * w);
        L.Store(s20, ref *(c + (rows - 1) * stride), 0);
        L.Store(s21, ref *(c + (rows - 1) * stride), w);
        L.Store(s22, ref *(c + (rows - 1) * stride), 2 * w);
        L.Store(s23, ref *(c + (rows - 1) * stride), 3 * w);
    }
}
