using CsCheck;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Numbers;

/// <summary>Frozen numbers.</summary>
public sealed class VecProperties
{
    private static readonly Gen<double> Cell = Gen.OneOf(
        Gen.Double, Gen.OneOf(0.0, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon),
        Gen.Long.Select(BitConverter.Int64BitsToDouble));

    [Fact]
    public void Vectors_are_equal_where_their_bits_are() =>
        Gen.Select(Cell.Array[0, 20], Cell, Gen.Int[0, 19]).Sample((cells, other, at) =>
        {
            double[] changed = [.. cells];
            if (at < changed.Length) changed[at] = other;
            return (Vec<double>.Of(cells) == Vec<double>.Of(changed))
                == cells.Select(Bits).SequenceEqual(changed.Select(Bits));
        });

    [Fact]
    public void Vectors_of_different_lengths_differ() =>
        Cell.Array[0, 20].Sample(cells => Vec<double>.Of(cells) != Vec<double>.Of([.. cells, 0]));

    [Fact] public void Zero_and_minus_zero_differ() => Assert.NotEqual(Vec<float>.Of(0f), Vec<float>.Of(-0f));

    [Fact]
    public void All_NaNs_are_alike() =>
        Gen.Select(Gen.Long, Gen.Long).Select((a, b) => (NaN(a), NaN(b))).Sample((x, y) =>
            Vec<double>.Of(1, x) == Vec<double>.Of(1, y)
            && Vec<double>.Of(1, x).GetHashCode() == Vec<double>.Of(1, y).GetHashCode());

    [Fact]
    public void Equal_vectors_have_equal_hashes() =>
        Cell.Array[0, 30].Sample(cells => Vec<double>.Of(cells).GetHashCode() == Vec<double>.Of(cells).GetHashCode());

    [Fact]
    public void Create_hands_out_zeros_to_write_on_and_keeps_what_was_written() =>
        Cell.Array[0, 30].Sample(cells => Vec<double>.Create(cells.Length, cells, (into, from) =>
        {
            Assert.True(into.Length == from.Length && !into.ContainsAnyExcept(0));
            from.CopyTo(into);
        }) == Vec<double>.Of(cells));

    [Fact]
    public void A_vector_does_not_follow_the_array_it_was_copied_from() =>
        Cell.Array[1, 30].Sample(cells =>
        {
            var vector = Vec<double>.Of(cells);
            double first = cells[0];
            cells[0] = first == 1 ? 2 : 1;
            return Bits(vector[0]) == Bits(first);
        });

    [Fact]
    public void There_is_one_way_to_write_and_it_ends_before_the_vector_begins() => Assert.Equal(
        ["Double[] ToArray()"], // a copy
        typeof(Vec<double>).GetMembers().Select(member => member.ToString()!).Where(member =>
            member.Contains("System.Span`1", StringComparison.Ordinal)
            || member.Contains("Double[]", StringComparison.Ordinal)));

    [Fact]
    public void Who_writes_to_its_array_does_not_write_to_the_vector()
    {
        var vector = Vec<double>.Of(1, 2);
        vector.ToArray()[0] = 5;
        Assert.Equal(Vec<double>.Of(1, 2), vector);
    }

    private static long Bits(double x) => double.IsNaN(x) ? -1 : BitConverter.DoubleToInt64Bits(x);
    private static double NaN(long bits) => BitConverter.Int64BitsToDouble(bits | 0x7FF8_0000_0000_0000);
}
