using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Randomness;

/// <summary>
/// Random numbers as functions of a key. Cell i of a draw depends on the key and i alone, so a draw may be cut into
/// pieces, and a longer draw begins with the shorter one. (But for permutations, which need all of their cells.)
/// </summary>
public static class Draw
{
    private const double TwoPi = 6.283185307179586;
    private const double TwoToMinus53 = 1.1102230246251565E-16;

    private const int Chunk = 256; // cells whose bits are drawn together

    /// <summary>Numbers spread evenly over low &lt;= x &lt; high.</summary>
    public static Vec<T> Uniform<T>(Key key, int length, double low = 0, double high = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec<T>.Create(length, (key, low, high), static (into, arg) =>
        {
            T top = T.CreateTruncating(arg.high);
            Span<double> share = stackalloc double[Chunk];
            for (int start = 0; start < into.Length; start += Chunk)
            {
                var cells = into[start..Math.Min(start + Chunk, into.Length)];
                Shares(arg.key, (uint)start, 0, share[..cells.Length]);
                for (int i = 0; i < cells.Length; i++)
                {
                    cells[i] = T.CreateTruncating(arg.low + (arg.high - arg.low) * share[i]);
                    if (cells[i] >= top) cells[i] = T.BitDecrement(top); // rounding must not reach the open end
                }
            }
        });

    /// <summary>Numbers from the bell curve with the given mean and standard deviation, by the method of Box and
    /// Muller. Cells 2j and 2j + 1 are the two that one pair of uniform ones makes.</summary>
    public static Vec<T> Normal<T>(Key key, int length, double mean = 0, double deviation = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec<T>.Create(length, (key, mean, deviation), static (into, arg) =>
        {
            Span<double> cosines = stackalloc double[Chunk], sines = stackalloc double[Chunk];
            for (int start = 0; start < into.Length; start += 2 * Chunk)
            {
                var cells = into[start..Math.Min(start + 2 * Chunk, into.Length)];
                int pairs = (cells.Length + 1) / 2;
                BoxMuller(arg.key, (uint)start / 2, 0, cosines[..pairs], sines[..pairs]);
                for (int i = 0; i < cells.Length; i++)
                    cells[i] = T.CreateTruncating(arg.mean + arg.deviation * (i % 2 == 0 ? cosines : sines)[i / 2]);
            }
        });

    /// <summary>Normal numbers of which those further than <paramref name="bound"/> deviations from the mean
    /// are drawn again.</summary>
    /// <param name="key">The source.</param>
    /// <param name="length">How many.</param>
    /// <param name="bound">In standard deviations, above 0.</param>
    /// <param name="mean">The middle.</param>
    /// <param name="deviation">The standard deviation before the cut.</param>
    public static Vec<T> TruncatedNormal<T>(
        Key key, int length, double bound = 2, double mean = 0, double deviation = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return Vec<T>.Create(length, (key, bound, mean, deviation), static (into, arg) =>
        {
            Span<double> tried = stackalloc double[Chunk];
            for (int start = 0; start < into.Length; start += Chunk)
            {
                var cells = into[start..Math.Min(start + Chunk, into.Length)];
                BoxMuller(arg.key, (uint)start, 0, tried[..cells.Length], []);
                for (int i = 0; i < cells.Length; i++)
                {
                    for (uint attempt = 1; !(Math.Abs(tried[i]) <= arg.bound); attempt++)
                        BoxMuller(arg.key, (uint)(start + i), 2 * attempt, tried.Slice(i, 1), []);
                    cells[i] = T.CreateTruncating(arg.mean + arg.deviation * tried[i]);
                }
            }
        });
    }

    /// <summary>Whole numbers 0 &lt;= n &lt; bound, each exactly as likely as the others.</summary>
    public static Vec<int> Integers(Key key, int length, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return Vec<int>.Create(length, (key, bound), static (into, arg) =>
        {
            Span<ulong> bits = stackalloc ulong[Chunk];
            for (int start = 0; start < into.Length; start += Chunk)
            {
                var cells = into[start..Math.Min(start + Chunk, into.Length)];
                arg.key.Bits((uint)start, 0, bits[..cells.Length]);
                for (int i = 0; i < cells.Length; i++)
                    cells[i] = Integer(bits[i], arg.key, (uint)(start + i), arg.bound);
            }
        });
    }

    /// <summary>The numbers 0..length-1 in random order, every order as likely as any other.
    /// (Fisher and Yates)</summary>
    public static Vec<int> Permutation(Key key, int length) => Vec<int>.Create(length, key, static (into, key) =>
    {
        for (int i = 0; i < into.Length; i++) into[i] = i;
        Span<ulong> bits = stackalloc ulong[Chunk];
        for (int end = into.Length, start; end > 0; end = start)
        {
            start = (end - 1) / Chunk * Chunk;
            key.Bits((uint)start, 0, bits[..(end - start)]);
            for (int i = end - 1; i >= start; i--)
            {
                int other = Integer(bits[i - start], key, (uint)i, i + 1);
                (into[i], into[other]) = (into[other], into[i]);
            }
        }
    });

    /// <summary>0 &lt;= x &lt; 1 on the grid of 2^-53.</summary>
    internal static double UniformAt(Key key, uint index) => (key.Bits(index, 0) >> 11) * TwoToMinus53;

    /// <summary>into[i] = 0 where <see cref="UniformAt"/> of cell first + i is below the rate,
    /// and kept elsewhere.</summary>
    internal static void Mask<T>(Key key, uint first, double rate, T kept, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long dropped = (long)Math.Ceiling(rate / TwoToMinus53); // of the 2^53 places that a uniform number takes
        Span<ulong> bits = stackalloc ulong[Chunk];
        for (int start = 0; start < into.Length; start += Chunk)
        {
            var cells = into[start..Math.Min(start + Chunk, into.Length)];
            key.Bits(first + (uint)start, 0, bits[..cells.Length]);
            // No branch, which nobody could foresee.
            for (int i = 0; i < cells.Length; i++)
                cells[i] = kept * T.CreateTruncating(1 + (int)(((long)(bits[i] >> 11) - dropped) >> 63));
        }
    }

    private static void Shares(Key key, uint first, uint lane, Span<double> into)
    {
        Span<ulong> bits = stackalloc ulong[Chunk];
        key.Bits(first, lane, bits[..into.Length]);
        for (int i = 0; i < into.Length; i++) into[i] = (long)(bits[i] >> 11) * TwoToMinus53;
    }

    // Of cells first and following; sines where room for them is given.
    private static void BoxMuller(Key key, uint first, uint lane, Span<double> cosines, Span<double> sines)
    {
        Span<double> angles = stackalloc double[Chunk].Slice(0, cosines.Length),
            radii = stackalloc double[Chunk].Slice(0, cosines.Length);
        Shares(key, first, lane, radii);
        for (int i = 0; i < radii.Length; i++) radii[i] += TwoToMinus53; // 0 < u <= 1
        Elementwise.Map(default(Apply<Log, double>), radii, radii);
        for (int i = 0; i < radii.Length; i++) radii[i] = Math.Sqrt(-2 * radii[i]);
        Shares(key, first, lane + 1, angles);
        for (int i = 0; i < angles.Length; i++) angles[i] *= TwoPi;
        Elementwise.Zip(default(ChainBy<Cos, double>), angles, radii, cosines);
        if (!sines.IsEmpty) Elementwise.Zip(default(ChainBy<Sin, double>), angles, radii, sines);
    }

    // The upper half of a 64 x 32-bit product, drawn again in the few cases that would favour some numbers.
    // (Lemire, "Fast random integer generation in an interval", 2019)
    private static int Integer(ulong bits, Key key, uint index, int bound)
    {
        for (uint attempt = 1; ; attempt++)
        {
            ulong number = Math.BigMul(bits, (ulong)bound, out ulong rest);
            if (rest >= (ulong)bound || rest >= unchecked(0UL - (ulong)bound) % (ulong)bound) return (int)number;
            bits = key.Bits(index, attempt);
        }
    }
}
