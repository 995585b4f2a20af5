using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Functions;

/// <summary>The angle of a large number, modulo pi/2, by multiplying it with as many bits of 2/pi as matter.
/// (Payne and Hanek, "Radian reduction for trigonometric functions", 1983.)</summary>
internal static class PayneHanek
{
    // The first 1280 bits of 2/pi.
    private static readonly ulong[] TwoOverPi =
    [
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0,
        0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4,
        0x9C845F8BBDF9283B, 0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D,
        0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>x = n pi/2 + r + lost, n modulo 4, for finite |x| above 1.</summary>
    public static (double N, double R, double Lost) Reduce(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1075;
        ulong mantissa = ((ulong)bits & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000;

        // x = mantissa 2^exponent. Bits of 2/pi above weight 2^(1 - exponent) only add multiples of four.
        int first = exponent - 2; // index of the first bit that counts; bit k weighs 2^-(k+1)
        var (top, middle, bottom) = (Word(first), Word(first + 64), Word(first + 128));
        // mantissa times the 192 bits, modulo 2^192: two bits of n, then 190 of the fraction.
        var p0 = (UInt128)mantissa * bottom;
        var p1 = (UInt128)mantissa * middle + (ulong)(p0 >> 64);
        ulong p2 = mantissa * top + (ulong)(p1 >> 64);
        var fraction = new UInt128(p2, (ulong)p1); // its lowest 64 bits are below any use
        int n = (int)(p2 >> 62);
        fraction <<= 2;
        bool above = fraction >> 127 != 0; // from a half on, count from the next quadrant down
        if (above)
        {
            n++;
            fraction = UInt128.Zero - fraction;
        }
        var (high, low) = ToDoubles(fraction);
        if (above) (high, low) = (-high, -low);
        // Times pi/2 in two parts.
        double r = high * HalfPi;
        double lost = Fused.MultiplyAdd(high, HalfPi, -r) + (high * HalfPiLow + low * HalfPi);
        double sum = r + lost;
        lost -= sum - r;
        return x < 0 ? ((4 - (n & 3)) & 3, -sum, -lost) : (n & 3, sum, lost);
    }

    /// <summary>64 bits of 2/pi from bit <paramref name="first"/> on; bits before the point are zero.</summary>
    private static ulong Word(int first)
    {
        if (first <= -64) return 0;
        if (first < 0) return TwoOverPi[0] >> -first;
        var (word, shift) = (first >> 6, first & 63);
        ulong next = word + 1 < TwoOverPi.Length ? TwoOverPi[word + 1] : 0;
        return shift == 0 ? TwoOverPi[word] : (TwoOverPi[word] << shift) | (next >> (64 - shift));
    }

    /// <summary>fraction / 2^128 as a sum of two doubles.</summary>
    private static (double High, double Low) ToDoubles(UInt128 fraction)
    {
        if (fraction == 0) return (0, 0);
        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        fraction <<= zeros;
        double scale = BitConverter.Int64BitsToDouble((long)(1023 - 53 - zeros) << 52);
        double high = (ulong)(fraction >> 75) * scale;
        double low = (ulong)((fraction >> 22) & ((1UL << 53) - 1)) * (scale * 1.1102230246251565E-16);
        return (high, low);
    }

    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiLow = 6.123233995736766e-17;
}
