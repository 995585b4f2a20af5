using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Functions;

/// <summary>
/// The elementary functions of numeric law 1, written over lanes of doubles from exactly rounded operations alone, so
/// that scalar and vector code give the same bits on every processor. A float function is the double function rounded
/// once. The coefficients are those of the Taylor series, so there is nothing to look up (but for <see cref="Erf"/>).
/// </summary>
internal static class Elementary
{
    /// <summary>A function at one number: <c>Elementary.Of&lt;Exp&gt;(x)</c>.</summary>
    public static double Of<F>(double x) where F : struct, IFunction => F.At<Scalar<double>, double>(x);

    /// <summary>x^n by repeated squaring, each product kept to twice the digits: within 1 ulp.</summary>
    /// <param name="x">The base.</param>
    /// <param name="n">At least 0.</param>
    public static double Power(double x, long n)
    {
        var (power, square) = ((High: 1.0, Low: 0.0), (High: x, Low: 0.0));
        for (; n > 0; n >>= 1, square = Times(square, square))
            if ((n & 1) != 0) power = Times(power, square);
        return power.High;
    }

    /// <summary>The same to the bit, for a base that every step raises: its squares are kept.</summary>
    public static double PowerAgain(double x, long n)
    {
        var squares = LastTwo<SquaresOf, (double High, double Low)[]>.Of(x, Squares);
        var power = (High: 1.0, Low: 0.0);
        for (int bit = BitOperations.TrailingZeroCount(n); n > 0; n &= n - 1, bit = BitOperations.TrailingZeroCount(n))
            power = Times(power, squares[bit]);
        return power.High;
    }

    /// <summary>1 - x^n, for x from 0 to 1: the weight that a running mean has gathered after n steps.</summary>
    // x^n is at most e^-(n (1 - x)), below half a unit of the last place of 1
    public static double Gathered(double x, long n) => n * (1 - x) > 38 ? 1 : 1 - PowerAgain(x, n);

    /// <summary>x^y for positive x, as e^(y ln x): within about 2 + |y ln x| ulp.</summary>
    public static double RealPower(double x, double y) => Of<Exp>(y * Of<Log>(x));

    // x, x^2, x^4 ...: kept for the last two bases of a thread, since optimizers raise the same two in every step.
    private static (double High, double Low)[] Squares(double x)
    {
        var squares = new (double High, double Low)[63];
        squares[0] = (x, 0);
        for (int i = 1; i < squares.Length; i++) squares[i] = Times(squares[i - 1], squares[i - 1]);
        return squares;
    }

    private readonly struct SquaresOf;

    // (Dekker, 1971) High and low part of a product of two such sums.
    private static (double, double) Times((double High, double Low) a, (double High, double Low) b)
    {
        double high = a.High * b.High;
        if (!double.IsFinite(high)) return (high, 0);
        double low = Fused.MultiplyAdd(a.High, b.High, -high) + (a.High * b.Low + a.Low * b.High);
        double sum = high + low;
        return (sum, low - (sum - high));
    }
}

/// <summary>e^x = 2^n e^r with n = round(x / ln 2) and |r| at most ln 2 / 2.</summary>
internal readonly struct Exp : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        var (tail, scale) = Exponential.Reduce<L, V>(x);
        V one = L.All(1);
        return Exponential.Guard<L, V>(x, Exponential.Scale<L, V>(L.Add(one, tail), scale), L.All(0));
    }

    // Beyond -110 and 100 a float is 0 or infinite, and within no power of two leaves the range of a double.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtFloat<F, L, V>(V x)
        where F : struct, IFunction where L : struct, ILanes<V, double> where V : struct
    {
        var (tail, n) = Exponential.ReduceBounded<L, V>(Lane.Clamp<L, V>(x, -110, 100));
        return L.Multiply(L.Add(L.All(1), tail), Exponential.PowerOfTwo<L, V>(n));
    }
}

/// <summary>e^x - 1 = 2^n (e^r - 1) + (2^n - 1): no digit is lost near zero.</summary>
internal readonly struct Expm1 : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V one = L.All(1);
        var (tail, scale) = Exponential.Reduce<L, V>(x);
        // Where 2^n is beyond 2^57 the one is below half a unit of the last place: e^x - 1 rounds as e^x does.
        V large = Exponential.Scale<L, V>(L.Add(one, tail), scale);
        V power = Exponential.PowerOfTwo<L, V>(Lane.Clamp<L, V>(scale, -1000, 1000));
        V small = L.Fma(tail, power, L.Subtract(power, one));
        V value = L.Select(L.Less(L.All(57), scale), large, small);
        value = L.Select(L.Equal(x, L.All(0)), x, value);
        return Exponential.Guard<L, V>(x, value, L.All(-1));
    }
}

/// <summary>ln x = k ln 2 + 2 artanh(f / (2 + f)) with x = 2^k (1 + f) and 1 + f between
/// sqrt(1/2) and sqrt 2.</summary>
internal readonly struct Log : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        Logarithm.Guard<L, V>(x, Logarithm.Of<L, V>(x, L.All(0)), x);
}

/// <summary>ln(1 + x), exact near zero: the rounding of 1 + x is carried along as a correction.</summary>
internal readonly struct Log1p : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V sum = L.Add(L.All(1), x);
        // Two-sum (Knuth): sum + error = 1 + x exactly.
        V part = L.Subtract(sum, L.All(1));
        V error = L.Add(L.Subtract(L.All(1), L.Subtract(sum, part)), L.Subtract(x, part));
        V value = Logarithm.Of<L, V>(sum, error);
        // Below 2^-53 the sum is 1 and the error is x itself: that keeps denormals and the sign of zero.
        value = L.Select(L.Less(Lane.Abs<L, V>(x), L.All(1.1102230246251565E-16)), x, value);
        return Logarithm.Guard<L, V>(sum, value, sum);
    }
}

/// <summary>tanh x = e / (e + 2) with e = e^2|x| - 1, and the sign of x.</summary>
internal readonly struct HyperbolicTangent : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V size = Lane.Min<L, V>(Lane.Abs<L, V>(x), L.All(20)); // from 19.1 on tanh rounds to one
        V e = Expm1.At<L, V>(L.Add(size, size));
        V value = Lane.CopySign<L, V>(Lane.Quotient<L, V>(e, e, L.All(2)), x);
        value = L.Select(L.Less(Lane.Abs<L, V>(x), L.All(1e-8)), x, value); // tanh x = x (1 - x^2/3)
        return L.Select(L.Equal(x, x), value, x);
    }

    // Where e^2|x| - 1 is e^2|x|, tanh is 1 to a float.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtFloat<F, L, V>(V x)
        where F : struct, IFunction where L : struct, ILanes<V, double> where V : struct
    {
        V size = Lane.Abs<L, V>(x), bounded = Lane.Min<L, V>(size, L.All(20));
        var (tail, n) = Exponential.ReduceBounded<L, V>(L.Add(bounded, bounded));
        V power = Exponential.PowerOfTwo<L, V>(n);
        V e = L.Fma(tail, power, L.Subtract(power, L.All(1)));
        V value = Lane.CopySign<L, V>(Lane.Quotient<L, V>(e, e, L.All(2)), x);
        return L.Select(L.LessOrEqual(L.All(1e-8), size), value, x); // NaN, too, is itself
    }
}

/// <summary>1 / (1 + e^-x), as e^x / (1 + e^x) for negative x.</summary>
internal readonly struct Logistic : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V e = Exp.At<L, V>(Lane.Negate<L, V>(Lane.Abs<L, V>(x)));
        V above = L.Select(L.Less(x, L.All(0)), e, L.All(1));
        return Lane.Quotient<L, V>(above, e, L.All(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtFloat<F, L, V>(V x)
        where F : struct, IFunction where L : struct, ILanes<V, double> where V : struct
    {
        V e = Exp.AtFloat<Exp, L, V>(Lane.Negate<L, V>(Lane.Abs<L, V>(x)));
        return Lane.Quotient<L, V>(L.Select(L.Less(x, L.All(0)), e, L.All(1)), e, L.All(1));
    }
}

/// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).</summary>
internal readonly struct Log1pExp : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        V rest = Log1p.At<L, V>(Exp.At<L, V>(Lane.Negate<L, V>(Lane.Abs<L, V>(x))));
        return L.Select(L.Less(L.All(0), x), L.Add(x, rest), rest);
    }
}
