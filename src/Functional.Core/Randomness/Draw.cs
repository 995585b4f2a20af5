using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Randomness;

/// <summary>
/// Random numbers as functions of a key. Cell i of a draw depends on the key and i alone, so a draw may be cut into
/// pieces, and a longer draw begins with the shorter one. (But for permutations, which need all of their cells.)
/// </summary>
public static class Draw
{
    private const double TwoPi = 6.283185307179586;
    private const double TwoToMinus53 = 1.1102230246251565E-16;

    /// <summary>Numbers spread evenly over low &lt;= x &lt; high.</summary>
    public static Vec<T> Uniform<T>(Key key, int length, double low = 0, double high = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec<T>.Create(length, (key, low, high), static (into, arg) =>
        {
            T top = T.CreateTruncating(arg.high);
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = T.CreateTruncating(arg.low + (arg.high - arg.low) * UniformAt(arg.key, (uint)i));
                if (into[i] >= top) into[i] = T.BitDecrement(top); // rounding must not reach the open end
            }
        });

    /// <summary>Numbers from the bell curve with the given mean and standard deviation, by the method of Box and Muller.</summary>
    public static Vec<T> Normal<T>(Key key, int length, double mean = 0, double deviation = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Cells<T>(length, i => mean + deviation * NormalAt(key, i));

    /// <summary>Normal numbers of which those further than <paramref name="bound"/> deviations from the mean are drawn again.</summary>
    /// <param name="key">The source.</param>
    /// <param name="length">How many.</param>
    /// <param name="bound">In standard deviations, above 0.</param>
    /// <param name="mean">The middle.</param>
    /// <param name="deviation">The standard deviation before the cut.</param>
    public static Vec<T> TruncatedNormal<T>(Key key, int length, double bound = 2, double mean = 0, double deviation = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return Cells<T>(length, i =>
        {
            for (uint attempt = 0; ; attempt++)
            {
                var (cosine, _) = BoxMuller(key, i, 2 * attempt);
                if (cosine >= -bound && cosine <= bound) return mean + deviation * cosine;
            }
        });
    }

    /// <summary>Whole numbers 0 &lt;= n &lt; bound, each exactly as likely as the others.</summary>
    public static Vec<int> Integers(Key key, int length, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return Vec<int>.Create(length, (key, bound), static (into, arg) =>
        {
            for (int i = 0; i < into.Length; i++) into[i] = IntegerAt(arg.key, (uint)i, arg.bound);
        });
    }

    /// <summary>The numbers 0..length-1 in random order, every order as likely as any other. (Fisher and Yates)</summary>
    public static Vec<int> Permutation(Key key, int length) => Vec<int>.Create(length, key, static (into, key) =>
    {
        for (int i = 0; i < into.Length; i++) into[i] = i;
        for (int i = into.Length - 1; i > 0; i--)
        {
            int other = IntegerAt(key, (uint)i, i + 1);
            (into[i], into[other]) = (into[other], into[i]);
        }
    });

    /// <summary>0 &lt;= x &lt; 1 on the grid of 2^-53.</summary>
    internal static double UniformAt(Key key, uint index) => (key.Bits(index, 0) >> 11) * TwoToMinus53;

    /// <summary>Cells 2j and 2j + 1 are the two numbers that one pair of uniform ones makes.</summary>
    internal static double NormalAt(Key key, uint index)
    {
        var (cosine, sine) = BoxMuller(key, index >> 1, 0);
        return (index & 1) == 0 ? cosine : sine;
    }

    private static (double Cosine, double Sine) BoxMuller(Key key, uint index, uint lane)
    {
        double above = ((key.Bits(index, lane) >> 11) + 1) * TwoToMinus53; // 0 < u <= 1
        double angle = TwoPi * ((key.Bits(index, lane + 1) >> 11) * TwoToMinus53);
        double radius = Math.Sqrt(-2 * Elementary.Of<Log>(above));
        return (radius * Elementary.Of<Cos>(angle), radius * Elementary.Of<Sin>(angle));
    }

    // The upper half of a 64 x 32-bit product, drawn again in the few cases that would favour some numbers.
    // (Lemire, "Fast random integer generation in an interval", 2019)
    private static int IntegerAt(Key key, uint index, int bound)
    {
        for (uint attempt = 0; ; attempt++)
        {
            var product = (UInt128)key.Bits(index, attempt) * (uint)bound;
            ulong rest = (ulong)product;
            if (rest >= (ulong)bound || rest >= unchecked(0UL - (ulong)bound) % (ulong)bound) return (int)(product >> 64);
        }
    }

    private static Vec<T> Cells<T>(int length, Func<uint, double> cell) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vec<T>.Create(length, cell, static (into, cell) =>
        {
            for (int i = 0; i < into.Length; i++) into[i] = T.CreateTruncating(cell((uint)i));
        });
}
