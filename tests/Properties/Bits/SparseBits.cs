using System.Numerics;
using System.Runtime.Intrinsics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Products;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Bits;

/// <summary>Leaving out the zeros of a factor changes no bit of a product: whatever the other factor holds, in
/// every form, at every width and on every number of threads.</summary>
public sealed class SparseBits
{
    [Fact] public void A_product_of_floats_without_zeros_is_the_naive_loop_to_the_bit() => Products<float>();
    [Fact] public void A_product_of_doubles_without_zeros_is_the_naive_loop_to_the_bit() => Products<double>();
    [Fact] public void Any_panels_of_floats_are_the_naive_loop_to_the_bit() => Panels<float>();
    [Fact] public void Any_panels_of_doubles_are_the_naive_loop_to_the_bit() => Panels<double>();
    [Fact] public void A_zero_beside_an_infinite_number_counts() => AgainstOdds(Cells.Infinite);
    [Fact] public void A_sum_that_ends_in_minus_zero_is_done_again() => AgainstOdds(Cells.Faint);
    [Fact] public void A_bias_of_minus_zero_is_not_a_bias_of_zero() => AgainstOdds(Cells.Dead, bias: -0f);

    [Fact]
    public unsafe void Just_the_numbers_that_are_not_zero_are_gathered()
    {
        const int Rows = 75, Inner = 150, Depth = 64, Pitch = 4;
        float[] cells = Sparse<float>(Key.FromSeed(1), Rows * Inner, 0.5),
            turned = Naive.Transposed(cells, Rows, Inner);
        fixed (float* rows = cells, columns = turned)
            foreach (var view in (MatMul.View<float>[])[new(rows, Inner, 1), new(columns, 1, Rows)])
            {
                var gathered = new SparseRows<float>(Rows, Inner, Depth, Pitch);
                for (int block = 0; block < gathered.Blocks; block++)
                    for (int group = 0; group < gathered.Groups; group++)
                    {
                        gathered.Gather(view, block, group);
                        int at = 0;
                        for (int row = group * SparseRows<float>.Together;
                            row < Math.Min(Rows, (group + 1) * SparseRows<float>.Together); row++)
                        {
                            var wanted = Enumerable.Range(0, Math.Min(Depth, Inner - block * Depth))
                                .Select(i => (Place: i, Value: cells[row * Inner + block * Depth + i]))
                                .Where(cell => cell.Value != 0).ToArray();
                            Assert.Equal(wanted.Length, gathered.Counts(block)[row]);
                            foreach (var (place, value) in wanted)
                            {
                                Assert.Equal(place * Pitch, gathered.Places(block, group)[at]);
                                Assert.Equal(value, gathered.Values(block, group)[at++]);
                            }
                        }
                    }
            }
    }

    // Whether zeros are left out is a matter of speed, which no other test would miss.
    [Theory]
    [InlineData(0.5, 0, true, false, true)]
    [InlineData(0, 0.5, false, false, true)]
    [InlineData(0, 0.5, true, false, false)] // turned, a bias would belong to the rows
    [InlineData(0.5, 0, false, true, false)]
    [InlineData(0.2, 0.2, false, false, false)]
    public unsafe void Zeros_are_left_out_where_it_pays(double left, double right, bool hasBias, bool onto, bool pays)
    {
        const int Size = 150;
        float[] a = Sparse<float>(Key.FromSeed(2), Size * Size, left),
            b = Sparse<float>(Key.FromSeed(3), Size * Size, right), bias = new float[Size], c = new float[Size * Size];
        fixed (float* pa = a, pb = b, start = bias, pc = c)
            Assert.Equal(pays, Sparse<Lanes256<float>, Vector256<float>, float>.TryRun(
                new(new(pa, Size, 1), new(pb, Size, 1), hasBias ? start : null, pc, Size, Size, Size, onto), 1));
    }

    // Through the front door: large enough that zeros are looked for, some of one factor alone,
    // some of both, some of too few.
    private static void Products<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int, int, int)[] shapes = Width.HasFma
            ? [(128, 512, 512), (130, 129, 200), (257, 300, 97), (700, 97, 131), (1200, 900, 100), (65, 200, 2500),
                (300, 1200, 1200)]
            : [(130, 129, 130)]; // in software
        foreach (var (rows, inner, columns) in shapes)
            foreach (var (left, right) in ((double, double)[])[
                (0.5, 0), (0, 0.5), (0.6, 0.6), (0.97, 0.3), (0.3, 0.99), (1, 0)])
            {
                var key = Key.FromSeed((ulong)(rows * 10007 + inner * 101 + columns)).At((uint)(100 * left + right));
                T[] a = Sparse<T>(key.At(0), rows * inner, left), b = Sparse<T>(key.At(1), inner * columns, right),
                    bias = Plain<T>(key.At(2), columns);
                T[] biased = Naive.Product(a, b, bias, rows, inner, columns),
                    zero = Naive.Product(a, b, new T[columns], rows, inner, columns);
                T[] aTurned = Naive.Transposed(a, rows, inner), bTurned = Naive.Transposed(b, inner, columns),
                    got = new T[rows * columns];
                foreach (int threads in (int[])[1, 2, 3, 7])
                {
                    string shape =
                        $"{rows} x {inner} x {columns} with {left:P0} and {right:P0} zeros on {threads} threads";
                    MatMul.Multiply<T>(a, b, bias, got, rows, inner, columns, threads);
                    Naive.Same(biased, got, $"X W + b of {shape}");
                    MatMul.MultiplyLeftTransposed<T>(aTurned, b, got, rows, inner, columns, threads);
                    Naive.Same(zero, got, $"X' D of {shape}");
                    MatMul.MultiplyRightTransposed<T>(a, bTurned, got, rows, inner, columns, threads);
                    Naive.Same(zero, got, $"D W' of {shape}");
                    for (int row = 0; row < rows; row++) bias.CopyTo(got.AsSpan(row * columns));
                    MatMul.Multiply<T>(a, b, [], got, rows, inner, columns, threads, onto: true);
                    Naive.Same(biased, got, $"Z + X W of {shape}");
                }
            }
    }

    // Through the back door: shapes around the borders of groups, blocks and panels, at widths that
    // this processor may not have.
    private static void Panels<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int rows in Width.HasFma ? (int[])[1, 31, 32, 33, 100, 530] : [33])
            foreach (int inner in Width.HasFma ? (int[])[1, 7, 24, 48, 63, 64, 65, 200] : [65])
                for (int columns = 64; columns < 330; columns += rows > 500 || !Width.HasFma ? 133 : 19)
                {
                    var key = Key.FromSeed((ulong)(rows * 10007 + inner * 101 + columns));
                    T[] sparse = Sparse<T>(key.At(0), rows * inner, 0.5), other = Plain<T>(key.At(1), inner * columns),
                        bias = Plain<T>(key.At(2), columns);
                    T[] biased = Naive.Product(sparse, other, bias, rows, inner, columns),
                        zero = Naive.Product(sparse, other, new T[columns], rows, inner, columns);
                    int threads = 1 + (rows + inner + columns) % 4;
                    string shape = $"{rows} x {inner} x {columns} on {threads} threads";
                    if (columns >= 8 * Vector512<T>.Count) Check<Lanes512<T>, Vector512<T>>(shape);
                    Check<Lanes256<T>, Vector256<T>>(shape);
                    Check<Lanes128<T>, Vector128<T>>(shape);
                    Check<Scalar<T>, T>(shape);

                    void Check<L, V>(string shape) where L : struct, ILanes<V, T> where V : struct
                    {
                        Naive.Same(
                            biased, Run<L, V, T>(sparse, other, bias, rows, inner, columns, threads),
                            $"{shape}, {L.Count} lanes, with a bias");
                        Naive.Same(
                            Naive.Transposed(zero, rows, columns),
                            Turned<L, V, T>(sparse, other, rows, inner, columns, threads),
                            $"{shape}, {L.Count} lanes, turned");
                    }
                }
    }

    private enum Cells { Infinite, Faint, Dead }

    // What makes zeros count: it is found out, and the product is the naive one all the same.
    private static void AgainstOdds(Cells cells, float bias = 0)
    {
        const int Rows = 70, Inner = 150, Columns = 200;
        for (uint seed = 0; seed < 6; seed++)
        {
            var key = Key.FromSeed(seed);
            float[] sparse = Sparse<float>(key.At(0), Rows * Inner, 0.5),
                other = Plain<float>(key.At(1), Inner * Columns), start = [.. Enumerable.Repeat(bias, Columns)];
            int cell = (int)(seed * 4999 % (uint)other.Length);
            if (cells is Cells.Infinite)
                other[cell] =
                    seed % 3 == 0 ? float.NaN : seed % 3 == 1 ? float.PositiveInfinity : float.NegativeInfinity;
            if (cells is Cells.Faint)
                // Products below the least number, so that their sums are zeros of either sign.
                for (int i = 0; i < sparse.Length; i++)
                    sparse[i] *= float.Epsilon;
            if (cells is Cells.Dead) sparse.AsSpan(7 * Inner, Inner).Clear(); // a row of zeros
            float[] wanted = Naive.Product(sparse, other, start, Rows, Inner, Columns),
                left = Naive.Product(sparse, other, start, Rows, Inner, Columns, leavesZerosOut: true);
            Assert.False(Naive.AreSame(wanted, left)); // else there is nothing to find out
            foreach (int threads in (int[])[1, 2, 3])
            {
                Naive.Same(
                    wanted,
                    Run<Lanes256<float>, Vector256<float>, float>(sparse, other, start, Rows, Inner, Columns, threads),
                    $"{cells}, seed {seed}");
                if (bias == 0 && !float.IsNegative(bias))
                    Naive.Same(
                        Naive.Transposed(wanted, Rows, Columns),
                        Turned<Lanes256<float>, Vector256<float>, float>(sparse, other, Rows, Inner, Columns, threads),
                        $"{cells}, seed {seed}, turned");
            }
        }
    }

    private static unsafe T[] Run<L, V, T>(
        T[] sparse, T[] other, T[] bias, int rows, int inner, int columns, int threads)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var got = new T[rows * columns];
        fixed (T* a = sparse, b = other, start = bias, c = got)
            Sparse<L, V, T>.Run(
                new(new(a, inner, 1), new(b, columns, 1), start, c, rows, inner, columns), isTurned: false, threads);
        return got;
    }

    // C' = B' A', of which B is the sparse one.
    private static unsafe T[] Turned<L, V, T>(T[] sparse, T[] other, int rows, int inner, int columns, int threads)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var got = new T[rows * columns];
        fixed (T* b = sparse, a = other, c = got)
            Sparse<L, V, T>.Run(
                new(new(a, 1, columns), new(b, 1, inner), null, c, columns, inner, rows), isTurned: true, threads);
        return got;
    }

    private static T[] Plain<T>(Key key, int length) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Draw.Uniform<T>(key, length, -1, 1).Span.ToArray();

    // Zeros of either sign.
    private static T[] Sparse<T>(Key key, int length, double zeros) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] cells = Plain<T>(key.At(0), length);
        var chances = Draw.Uniform<double>(key.At(1), length, 0, 1).Span;
        for (int i = 0; i < length; i++)
            if (chances[i] < zeros) cells[i] = T.IsNegative(cells[i]) ? T.NegativeZero : T.Zero;
        return cells;
    }
}
