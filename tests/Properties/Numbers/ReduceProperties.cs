using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Numbers;

/// <summary>Numeric law 2: every sum has one order, which plain loops say here.</summary>
public sealed class ReduceProperties
{
    [Fact]
    public void Sum_is_sixteen_lanes_and_a_tree_to_the_bit()
    {
        for (int length = 0; length <= 200; length++)
        {
            Assert.Equal(
                Naive<double>(length, (lane, i) => lane + X<double>(length)[i]), Reduce.Sum(X<double>(length).Span));
            Assert.Equal(
                Naive<float>(length, (lane, i) => lane + X<float>(length)[i]), Reduce.Sum(X<float>(length).Span));
        }
    }

    [Fact]
    public void Dot_is_sixteen_lanes_of_fused_multiply_adds_and_a_tree_to_the_bit()
    {
        for (int length = 0; length <= 200; length++)
        {
            Assert.Equal(
                Naive<double>(
                    length, (lane, i) => Math.FusedMultiplyAdd(X<double>(length)[i], Y<double>(length)[i], lane)),
                Reduce.Dot(X<double>(length).Span, Y<double>(length).Span));
            Assert.Equal(
                Naive<float>(
                    length, (lane, i) => MathF.FusedMultiplyAdd(X<float>(length)[i], Y<float>(length)[i], lane)),
                Reduce.Dot(X<float>(length).Span, Y<float>(length).Span));
        }
    }

    [Fact]
    public void Column_sums_are_chains_down_the_rows_to_the_bit()
    {
        for (int size = 0; size <= 200; size++)
        {
            Assert.Equal(Chains(X<double>(size * 7), size), Columns(X<double>(size * 7), size));
            Assert.Equal(Chains(X<float>(size * 7), 7), Columns(X<float>(size * 7), 7));
        }
    }

    [Fact]
    public void A_vector_is_all_finite_unless_some_cell_is_not()
    {
        for (int length = 1; length <= 100; length++)
        {
            float[] cells = [.. X<float>(length).Span];
            Assert.True(Reduce.AllFinite<float>(cells));
            foreach (float odd in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
            {
                float[] with = [.. cells];
                with[length / 2] = odd;
                Assert.False(Reduce.AllFinite<float>(with));
            }
        }
    }

    private static T Naive<T>(int length, Func<T, int, T> join) where T : unmanaged, INumberBase<T>
    {
        var lanes = new T[16];
        for (int i = 0; i < length; i++) lanes[i % 16] = join(lanes[i % 16], i);
        for (int span = 8; span >= 1; span /= 2)
            for (int lane = 0; lane < span; lane++)
                lanes[lane] += lanes[lane + span];
        return lanes[0];
    }

    private static Vec<T> Chains<T>(Vec<T> matrix, int columns) where T : unmanaged, INumberBase<T>
    {
        var sums = new T[columns];
        for (int i = 0; i < matrix.Length; i++) sums[i % columns] += matrix[i];
        return Vec<T>.Of(sums);
    }

    private static Vec<T> Columns<T>(Vec<T> matrix, int columns) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec<T>.Create(columns, matrix, static (into, matrix) => Reduce.Columns(matrix.Span, into));

    private static Vec<T> X<T>(int length) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Cached<T>.X(length);
    private static Vec<T> Y<T>(int length) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Cached<T>.Y(length);

    private static class Cached<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private static readonly Vec<T> Xs = Draw.Normal<T>(Key.FromSeed(1), 1400),
            Ys = Draw.Normal<T>(Key.FromSeed(2), 1400);
        public static Vec<T> X(int length) => Vec<T>.Of(Xs.Span[..length]);
        public static Vec<T> Y(int length) => Vec<T>.Of(Ys.Span[..length]);
    }
}
