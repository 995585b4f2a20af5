using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Products;

/// <summary>Products so small that finding the way through blocks and panels would cost more than the product: four
/// rows at a time by one vector that holds all columns. The chains are those of any other product.</summary>
internal static unsafe class TinyProduct
{
    private const int MostProducts = 4096, MostInner = 64, MostColumns = 16;

    /// <summary>Whether a product is one of these.</summary>
    public static bool Fits<T>(in MatMul.Product<T> product, int width) where T : unmanaged =>
        !product.Onto && product.Columns <= MostColumns && product.Columns * sizeof(T) * 8 <= width
        && product.Inner <= MostInner && product.Rows <= MostProducts / Math.Max(1, product.Columns * product.Inner);

    /// <summary>C = A B + bias.</summary>
    public static void Run<T>(in MatMul.Product<T> product) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int bits = product.Columns * sizeof(T) * 8;
        var kernel = new Kernel<T>(product);
        Width.Run<Kernel<T>, T>(ref kernel, bits <= 128 ? 128 : bits <= 256 ? 256 : 512);
    }

    private readonly struct Kernel<T>(in MatMul.Product<T> product) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly MatMul.Product<T> product = product;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct => TinyProduct.Run<L, V, T>(product);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<L, V, T>(in MatMul.Product<T> product)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = product.Columns, inner = product.Inner;
        T* room = stackalloc T[(MostInner + 5) * L.Count], b = room, start = room + inner * L.Count,
            edge = start + L.Count;
        nint bRow = L.Count;
        bool isWhole = columns == L.Count;
        if (isWhole && product.B.ColumnStride == 1)
        {
            b = product.B.Origin;
            bRow = product.B.RowStride;
        }
        else
        {
            new Span<T>(room, inner * L.Count).Clear();
            for (int p = 0; p < inner; p++)
                for (int j = 0; j < columns; j++)
                    room[p * L.Count + j] = *product.B.At(p, j);
        }
        new Span<T>(start, L.Count).Clear();
        for (int j = 0; j < columns && product.Bias is not null; j++) start[j] = product.Bias[j];
        V first = L.Load(ref *start, 0);
        nint aRow = product.A.RowStride, aColumn = product.A.ColumnStride;
        int row = 0;
        for (T* a = product.A.Origin, c = product.C; row + 4 <= product.Rows; row += 4, a += 4 * aRow, c += 4 * columns)
        {
            V s0 = first, s1 = first, s2 = first, s3 = first;
            T* cell = a, from = b;
            for (int p = 0; p < inner; p++, cell += aColumn, from += bRow)
            {
                V line = L.Load(ref *from, 0);
                s0 = L.Fma(L.All(*cell), line, s0);
                s1 = L.Fma(L.All(cell[aRow]), line, s1);
                s2 = L.Fma(L.All(cell[2 * aRow]), line, s2);
                s3 = L.Fma(L.All(cell[3 * aRow]), line, s3);
            }
            T* to = isWhole ? c : edge;
            L.Store(s0, ref *to, 0);
            L.Store(s1, ref *to, (nuint)L.Count);
            L.Store(s2, ref *to, 2 * (nuint)L.Count);
            L.Store(s3, ref *to, 3 * (nuint)L.Count);
            for (int i = 0; i < 4 && !isWhole; i++)
                for (int j = 0; j < columns; j++)
                    c[i * columns + j] = edge[i * L.Count + j];
        }
        for (; row < product.Rows; row++)
        {
            V sum = first;
            for (int p = 0; p < inner; p++)
                sum = L.Fma(L.All(*product.A.At(row, p)), L.Load(ref *(b + p * bRow), 0), sum);
            L.Store(sum, ref *edge, 0);
            for (int j = 0; j < columns; j++) product.C[row * columns + j] = edge[j];
        }
    }
}
