using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

internal static unsafe partial class Tile<L, V, T>
    where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of twelve rows, for 32 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Twelve(
        T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride)
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
        V s100 = L.Load(ref *(from + 10 * (nint)fromStride), 0),
            s101 = L.Load(ref *(from + 10 * (nint)fromStride), second);
        V s110 = L.Load(ref *(from + 11 * (nint)fromStride), 0),
            s111 = L.Load(ref *(from + 11 * (nint)fromStride), second);
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

    // Of six rows, for sixteen registers; copying b, if so wanted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six<TWay>(
        T* a, nint aRow, nint aColumn, T* b, nint bRow, int depth, T* from, int fromStride, T* c, int stride, T* copy)
        where TWay : struct
    {
        nuint second = (nuint)L.Count;
        V s00 = L.Load(ref *from, 0), s01 = L.Load(ref *from, second);
        V s10 = L.Load(ref *(from + fromStride), 0), s11 = L.Load(ref *(from + fromStride), second);
        V s20 = L.Load(ref *(from + 2 * (nint)fromStride), 0), s21 = L.Load(ref *(from + 2 * (nint)fromStride), second);
        V s30 = L.Load(ref *(from + 3 * (nint)fromStride), 0), s31 = L.Load(ref *(from + 3 * (nint)fromStride), second);
        V s40 = L.Load(ref *(from + 4 * (nint)fromStride), 0), s41 = L.Load(ref *(from + 4 * (nint)fromStride), second);
        V s50 = L.Load(ref *(from + 5 * (nint)fromStride), 0), s51 = L.Load(ref *(from + 5 * (nint)fromStride), second);
        T* a3 = a + 3 * aRow;
        nint twice = 2 * aRow;
        for (; depth > 0; depth--, a += aColumn, a3 += aColumn, b += bRow)
        {
            V left = L.Load(ref *b, 0), right = L.Load(ref *b, second);
            if (typeof(TWay) == typeof(Copying))
            {
                if (Sse.IsSupported) Sse.Prefetch0(b + Ahead * bRow);
                L.Store(left, ref *copy, 0);
                L.Store(right, ref *copy, second);
                copy += Columns;
            }
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
    }

    private const int Ahead = 8; // lines that are asked for before their turn

    private readonly struct Reading;

    private readonly struct Copying;
}
