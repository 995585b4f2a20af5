namespace Functional.Core.Numbers.Streams;

/// <summary>A number's place among others.</summary>
/// <param name="Key">In the order of the numbers; equal where they are equal.</param>
/// <param name="Index">Which number.</param>
internal readonly record struct Ranked(ulong Key, int Index);

/// <summary>Sorting by radix: byte by byte from the last, each time keeping the order of equals.</summary>
internal static class Ranking
{
    private const int Digits = sizeof(ulong), Values = 256;

    /// <summary>The numbers in increasing order, equal ones in the order in which they stand. Both zeros are equal;
    /// there should be no NaN.</summary>
    /// <param name="numbers">What is sorted.</param>
    /// <param name="room">At least twice as long; the result is a half of it.</param>
    public static ReadOnlySpan<Ranked> Of(ReadOnlySpan<double> numbers, Span<Ranked> room)
    {
        Span<Ranked> from = room[..numbers.Length], into = room.Slice(numbers.Length, numbers.Length);
        Span<int> places = stackalloc int[Digits * Values];
        places.Clear();
        for (int i = 0; i < numbers.Length; i++)
        {
            ulong key = Key(numbers[i]);
            from[i] = new(key, i);
            for (int digit = 0; digit < Digits; digit++) places[digit * Values + (byte)(key >> (8 * digit))]++;
        }
        for (int digit = 0; digit < Digits; digit++)
        {
            var first = places.Slice(digit * Values, Values);
            if (first.Contains(numbers.Length)) continue; // all have the same
            for (int value = 0, before = 0; value < Values; value++)
                (first[value], before) = (before, before + first[value]);
            foreach (var ranked in from) into[first[(byte)(ranked.Key >> (8 * digit))]++] = ranked;
            var swapped = from;
            from = into;
            into = swapped;
        }
        return from;
    }

    // The bits of a positive number are in its order; those of a negative one in the reverse.
    private static ulong Key(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number + 0.0); // -0 becomes 0
        return (ulong)(bits ^ (bits >> 63 | long.MinValue));
    }
}
