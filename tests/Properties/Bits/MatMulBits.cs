using System.Numerics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Products;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Bits;

/// <summary>Numeric law 2: the product of every form, size, width and number of threads is the naive triple
/// loop, to the bit.</summary>
public sealed class MatMulBits
{
    [Fact] public void Every_small_product_of_floats_is_the_naive_loop_to_the_bit() => EverySmall<float>();
    [Fact] public void Every_small_product_of_doubles_is_the_naive_loop_to_the_bit() => EverySmall<double>();
    [Fact] public void Large_and_lopsided_products_of_floats_are_the_naive_loop_to_the_bit() => Lopsided<float>();
    [Fact] public void Large_and_lopsided_products_of_doubles_are_the_naive_loop_to_the_bit() => Lopsided<double>();

    // All 66^3 shapes. Where fused multiply-add is done in software, only those around the
    // borders of tiles and vectors.
    private static readonly int[] Sizes = Width.HasFma
        ? [.. Enumerable.Range(0, 66)]
        : [0, 1, 2, 3, 5, 6, 7, 8, 11, 12, 13, 16, 17, 31, 33, 64, 65];

    // The naive product is worked out once for each contraction length, at the largest size: a
    // smaller product is its corner.
    private static void EverySmall<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Most = 65;
        foreach (int inner in Sizes)
        {
            var key = Key.FromSeed((ulong)inner);
            T[] a = Cells<T>(key.At(0), Most * inner), b = Cells<T>(key.At(1), inner * Most),
                bias = Cells<T>(key.At(2), Most);
            T[] biased = Naive.Product(a, b, bias, Most, inner, Most),
                zero = Naive.Product(a, b, new T[Most], Most, inner, Most);
            Factor<T>[] lefts = [.. Sizes.Select(rows => new Factor<T>(a[..(rows * inner)], rows, inner))];
            Factor<T>[] rights = [.. Sizes.Select(columns => new Factor<T>(Corner(b, inner, columns), inner, columns))];
            foreach (var left in lefts)
                foreach (var right in rights)
                    Check(
                        left, right, bias[..right.Columns], Corner(biased, left.Rows, right.Columns),
                        Corner(zero, left.Rows, right.Columns), threads: 1 + (left.Rows + right.Columns) % 3);
        }

        T[] Corner(T[] cells, int rows, int columns)
        {
            var corner = new T[rows * columns];
            for (int row = 0; row < rows; row++) cells.AsSpan(row * Most, columns).CopyTo(corner.AsSpan(row * columns));
            return corner;
        }
    }

    private static void Lopsided<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int, int, int)[] shapes =
        [
            (1, 1000, 1), (1, 3, 5000), (3000, 2, 3), (2, 4000, 7), (257, 129, 193), (96, 769, 64), (130, 1537, 40),
            (13, 385, 3100), (500, 64, 65),
            // Few rows; lines that collide.
            (1, 70, 300), (2, 70, 300), (3, 1600, 300), (37, 1024, 70), (70, 37, 1024), (1024, 40, 1024),
            (2, 1537, 2048), (3, 2048, 1024),
            (61, 150, 300), (62, 300, 300), (63, 300, 270), (20, 300, 300), // factors packed
            // Packed rows of which a few fill no tile, shared among threads.
            (14, 1024, 32), (38, 1024, 16), (26, 1024, 40), (50, 1024, 64), (50, 2048, 300),
            // More than are packed at once; too slow in software.
            .. Width.HasFma
                ? [(2063, 1024, 257), (2048, 1024, 16), (2054, 1024, 40)]
                : System.Array.Empty<(int, int, int)>(),
        ];
        foreach (var (rows, inner, columns) in shapes)
        {
            var key = Key.FromSeed((ulong)(rows * 10007 + inner * 101 + columns));
            T[] a = Cells<T>(key.At(0), rows * inner), b = Cells<T>(key.At(1), inner * columns),
                bias = Cells<T>(key.At(2), columns);
            T[] biased = Naive.Product(a, b, bias, rows, inner, columns),
                zero = Naive.Product(a, b, new T[columns], rows, inner, columns);
            foreach (int threads in Width.HasFma ? (int[])[1, 2, 3, 7] : [1, 3])
                Check(new(a, rows, inner), new(b, inner, columns), bias, biased, zero, threads);
        }
    }

    /// <summary>A factor of a product, as it lies and turned.</summary>
    private sealed class Factor<T>(T[] cells, int rows, int columns)
    {
        public T[] Cells => cells;
        public T[] Turned { get; } = Naive.Transposed(cells, rows, columns);
        public int Rows => rows;
        public int Columns => columns;
    }

    private static void Check<T>(Factor<T> left, Factor<T> right, T[] bias, T[] biased, T[] zero, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b, rows, inner, columns) = (left.Cells, right.Cells, left.Rows, left.Columns, right.Columns);
        var got = new T[rows * columns];
        MatMul.Multiply<T>(a, b, bias, got, rows, inner, columns, threads, isTurned: threads % 2 == 1);
        Same(biased, got, "X W + b");
        MatMul.MultiplyLeftTransposed<T>(left.Turned, b, got, rows, inner, columns, threads);
        Same(zero, got, "X' D");
        MatMul.MultiplyRightTransposed<T>(a, right.Turned, got, rows, inner, columns, threads);
        Same(zero, got, "D W'");
        MatMul.Multiply<T>(a, b, [], Started(), rows, inner, columns, threads, onto: true);
        Same(biased, got, "Z + X W");
        MatMul.MultiplyLeftTransposed<T>(left.Turned, b, Started(), rows, inner, columns, threads, onto: true);
        Same(biased, got, "Z + X' D");
        MatMul.MultiplyRightTransposed<T>(a, right.Turned, Started(), rows, inner, columns, threads, onto: true);
        Same(biased, got, "Z + D W'");

        T[] Started()
        {
            for (int row = 0; row < rows; row++) bias.CopyTo(got.AsSpan(row * columns));
            return got;
        }

        void Same(T[] wanted, T[] got, string form) =>
            Naive.Same(wanted, got, $"{form} of {rows} x {inner} x {columns} on {threads} threads");
    }

    private static T[] Cells<T>(Key key, int length) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Draw.Uniform<T>(key, length, -1, 1).Span.ToArray();
}
