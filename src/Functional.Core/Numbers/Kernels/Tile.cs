using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Kernels;

/// <summary>
/// The innermost loop of a product: a tile of some rows by two vectors of columns, kept in registers. Each cell goes on with its chain of fused
/// multiply-adds from where <c>from</c> left it: c = from + a b.
/// </summary>
/// <remarks>The cells of a are wherever its two strides lead, those of b lie in rows with a stride of their own: packed or in place, which is only a
/// matter of speed. Each row of a takes two multiply-adds, which leaves the processor time to find it.</remarks>
internal static unsafe class Tile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rows = Lines<T>.Height, FewRows = 4;
    public const int ManyVectors = 8, FewVectors = 4;
    public static int Columns => 2 * L.Count;

    /// <summary>A tile of <see cref="Rows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tall(T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
    {
        nuint second = (nuint)L.Count;
        V s00 = L.Load(ref *from, 0), s01 = L.Load(ref *from, second);
        V s10 = L.Load(ref *(from + fromStride), 0), s11 = L.Load(ref *(from + fromStride), second);
        V s20 = L.Load(ref *(from + 2 * (nint)fromStride), 0), s21 = L.Load(ref *(from + 2 * (nint)fromStride), second);
        V s30 = L.Load(ref *(from + 3 * (nint)fromStride), 0), s31 = L.Load(ref *(from + 3 * (nint)fromStride), second);
        V s40 = L.Load(ref *(from + 4 * (nint)fromStride), 0), s41 = L.Load(ref *(from + 4 * (nint)fromStride), second);
        V s50 = L.Load(ref *(from + 5 * (nint)fromStride), 0), s51 = L.Load(ref *(from + 5 * (nint)fromStride), second);
        V s60 = L.Load(ref *(from + 6 * (nint)fromStride), 0), s61 = L.Load(ref *(from + 6 * (nint)fromStride), second);
        V s70 = L.Load(ref *(from + 7 * (nint)fromStride), 0), s71 = L.Load(ref *(from + 7 * (nint)fromStride), second);
        V s80 = L.Load(ref *(from + 8 * (nint)fromStride), 0), s81 = L.Load(ref *(from + 8 * (nint)fromStride), second);
        V s90 = L.Load(ref *(from + 9 * (nint)fromStride), 0), s91 = L.Load(ref *(from + 9 * (nint)fromStride), second);
        V s100 = L.Load(ref *(from + 10 * (nint)fromStride), 0), s101 = L.Load(ref *(from + 10 * (nint)fromStride), second);
        V s110 = L.Load(ref *(from + 11 * (nint)fromStride), 0), s111 = L.Load(ref *(from + 11 * (nint)fromStride), second);
        T* a3 = a + 3 * aRow, a6 = a + 6 * aRow, a9 = a + 9 * aRow;
        nint twice = 2 * aRow;
        for (; depth > 0; depth--, a += aColumn, a3 += aColumn, a6 += aColumn, a9 += aColumn, b += bRow)
        {
            if (Sse.IsSupported) Sse.Prefetch1(a9 + 3 * aRow); // the next tile's
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
            row = L.All(a3[aRow]);
            s40 = L.Fma(row, left, s40);
            s41 = L.Fma(row, right, s41);
            row = L.All(a3[twice]);
            s50 = L.Fma(row, left, s50);
            s51 = L.Fma(row, right, s51);
            row = L.All(*a6);
            s60 = L.Fma(row, left, s60);
            s61 = L.Fma(row, right, s61);
            row = L.All(a6[aRow]);
            s70 = L.Fma(row, left, s70);
            s71 = L.Fma(row, right, s71);
            row = L.All(a6[twice]);
            s80 = L.Fma(row, left, s80);
            s81 = L.Fma(row, right, s81);
            row = L.All(*a9);
            s90 = L.Fma(row, left, s90);
            s91 = L.Fma(row, right, s91);
            row = L.All(a9[aRow]);
            s100 = L.Fma(row, left, s100);
            s101 = L.Fma(row, right, s101);
            row = L.All(a9[twice]);
            s110 = L.Fma(row, left, s110);
            s111 = L.Fma(row, right, s111);
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
        c += stride;
        L.Store(s40, ref *c, 0);
        L.Store(s41, ref *c, second);
        c += stride;
        L.Store(s50, ref *c, 0);
        L.Store(s51, ref *c, second);
        c += stride;
        L.Store(s60, ref *c, 0);
        L.Store(s61, ref *c, second);
        c += stride;
        L.Store(s70, ref *c, 0);
        L.Store(s71, ref *c, second);
        c += stride;
        L.Store(s80, ref *c, 0);
        L.Store(s81, ref *c, second);
        c += stride;
        L.Store(s90, ref *c, 0);
        L.Store(s91, ref *c, second);
        c += stride;
        L.Store(s100, ref *c, 0);
        L.Store(s101, ref *c, second);
        c += stride;
        L.Store(s110, ref *c, 0);
        L.Store(s111, ref *c, second);
    }

    /// <summary>A tile of <see cref="FewRows"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Short(T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
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

    /// <summary>One row by <see cref="ManyVectors"/> vectors of columns: all that it needs of b comes from far away and is needed once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Long(T* a, nint aColumn, T* b, nint bRow, int depth, T* from, T* c)
    {
        nuint w = (nuint)L.Count;
        V s0 = L.Load(ref *from, 0), s1 = L.Load(ref *from, w), s2 = L.Load(ref *from, 2 * w), s3 = L.Load(ref *from, 3 * w), s4 = L.Load(ref *from, 4 * w), s5 = L.Load(ref *from, 5 * w), s6 = L.Load(ref *from, 6 * w), s7 = L.Load(ref *from, 7 * w);
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

    /// <summary>Two or three rows by <see cref="FewVectors"/> vectors of columns; of two, the second is worked out twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Broad(int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
    {
        nuint w = (nuint)L.Count;
        V s00 = L.Load(ref *from, 0), s01 = L.Load(ref *from, w), s02 = L.Load(ref *from, 2 * w), s03 = L.Load(ref *from, 3 * w);
        V s10 = L.Load(ref *(from + fromStride), 0), s11 = L.Load(ref *(from + fromStride), w), s12 = L.Load(ref *(from + fromStride), 2 * w), s13 = L.Load(ref *(from + fromStride), 3 * w);
        V s20 = L.Load(ref *(from + (rows - 1) * fromStride), 0), s21 = L.Load(ref *(from + (rows - 1) * fromStride), w), s22 = L.Load(ref *(from + (rows - 1) * fromStride), 2 * w), s23 = L.Load(ref *(from + (rows - 1) * fromStride), 3 * w);
        T* a1 = a + aRow, a2 = a + (rows - 1) * aRow;
        for (; depth > 0; depth--, a += aColumn, a1 += aColumn, a2 += aColumn, b += bRow)
        {
            V b0 = L.Load(ref *b, 0), b1 = L.Load(ref *b, w), b2 = L.Load(ref *b, 2 * w), b3 = L.Load(ref *b, 3 * w), cell = L.All(*a);
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
