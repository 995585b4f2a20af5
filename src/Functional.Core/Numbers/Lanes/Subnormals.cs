using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Core.Numbers.Lanes;

/// <summary>
/// Arithmetic on subnormal numbers, those below the least normal one, by way of normal ones. Processors leave a
/// product or quotient of a subnormal number to microcode (about 100 cycles a vector on Intel's), and a mean that
/// fades away ends there and stays: 0.9 times four of the smallest steps is four of them again. Here such a number
/// is the whole number of its steps, and every result is rounded once, as the processor would. </summary>
internal static class Subnormals<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Which lanes are subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Is<L, V>(V x) where L : struct, ILanes<V, T> where V : struct
    {
        V size = Size<L, V>(x);
        return L.And(L.Less(L.All(T.Zero), size), L.Less(size, L.All(LeastNormal)));
    }

    /// <summary>factor x, for a factor from 0 to 1 and lanes of x that are subnormal or zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Product<L, V>(V factor, V x) where L : struct, ILanes<V, T> where V : struct =>
        L.Or(Sign<L, V>(x), L.Xor(L.Fma(factor, Steps<L, V>(x), L.All(Whole)), L.All(Whole)));

    /// <summary>x / divisor; where x is faint, it is subnormal or zero, and the divisor 2^-30 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient<L, V>(V x, V divisor, V isFaint) where L : struct, ILanes<V, T> where V : struct
    {
        V zero = L.All(T.Zero), half = L.All(T.CreateTruncating(0.5)), one = L.All(Whole), steps = Steps<L, V>(x);
        V quotient = L.Divide(L.Select(isFaint, steps, x), divisor), isSmall = L.Less(quotient, one);

        // So many steps that they make a normal number: the quotient of steps is as exact as any.
        V normal = L.Multiply(L.Multiply(L.Select(isSmall, one, quotient), L.All(UpperStep)), L.All(LowerStep));

        // A whole number of steps. Where the quotient was rounded to a tie, what is left over tells
        // the side on which it lies.
        V small = L.Select(isSmall, quotient, zero), nearest = L.Subtract(L.Add(small, one), one),
            fraction = L.Subtract(small, nearest);
        V left = L.Fma(L.Subtract(zero, small), divisor, steps);
        V up = L.And(L.Less(zero, left), L.Equal(fraction, half)),
            down = L.And(L.Less(left, zero), L.Equal(fraction, L.Subtract(zero, half)));
        nearest = L.Add(nearest, L.Select(up, L.All(T.One), L.Select(down, L.All(-T.One), zero)));
        V faint = L.Or(Sign<L, V>(x), L.Select(isSmall, L.Xor(L.Add(nearest, one), one), normal));
        return L.Select(isFaint, faint, quotient);
    }

    /// <summary>|x|, by its bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Size<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => L.Xor(x, Sign<L, V>(x));

    // The smallest steps in |x|: the bits of a subnormal number, as those of a whole number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Steps<L, V>(V x) where L : struct, ILanes<V, T> where V : struct =>
        L.Subtract(L.Or(Size<L, V>(x), L.All(Whole)), L.All(Whole));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sign<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => L.And(x, L.All(T.NegativeZero));

    /// <summary>2^-126, 2^-1022</summary>
    public static T LeastNormal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.CreateTruncating(typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308);
    }

    private static T Whole // 2^23, 2^52: from there on, neighbours are whole numbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.CreateTruncating(typeof(T) == typeof(float) ? 8388608.0 : 4503599627370496.0);
    }

    private static T UpperStep // 2^-75, 2^-537: times the other, the smallest step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.CreateTruncating(typeof(T) == typeof(float) ? 2.6469779601696886e-23 : 2.2227587494850775e-162);
    }

    private static T LowerStep // 2^-74, 2^-537
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => T.CreateTruncating(typeof(T) == typeof(float) ? 5.293955920339377e-23 : 2.2227587494850775e-162);
    }
}
