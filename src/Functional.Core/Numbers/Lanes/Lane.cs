using System.Runtime.CompilerServices;

namespace Functional.Core.Numbers.Lanes;

/// <summary>Small exact operations on lanes of doubles, made of those of <see cref="ILanes{V,T}"/>.</summary>
internal static class Lane
{
    private static readonly double AllButSign = BitConverter.Int64BitsToDouble(long.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs<L, V>(V x) where L : struct, ILanes<V, double> where V : struct => L.And(x, L.All(AllButSign));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Negate<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        L.Subtract(L.All(-0.0), x);

    /// <summary>The size of x, which must not be negative, with the sign of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V CopySign<L, V>(V x, V y) where L : struct, ILanes<V, double> where V : struct =>
        L.Or(x, L.And(y, L.All(-0.0)));

    /// <summary>The smaller; the second where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Min<L, V>(V x, V y) where L : struct, ILanes<V, double> where V : struct =>
        L.Select(L.Less(x, y), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<L, V>(V x, double low, double high) where L : struct, ILanes<V, double> where V : struct =>
        L.Select(L.Less(x, L.All(low)), L.All(low), L.Select(L.Less(L.All(high), x), L.All(high), x));

    /// <summary>The nearest whole number, ties to even, for |x| below 2^51: adding and taking away 1.5 2^52
    /// drops the fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Round<L, V>(V x) where L : struct, ILanes<V, double> where V : struct =>
        L.Subtract(L.Add(x, L.All(6755399441055744.0)), L.All(6755399441055744.0));

    /// <summary>above / (a + b) to little more than one rounding: what the sum and the quotient
    /// lost is put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Quotient<L, V>(V above, V a, V b) where L : struct, ILanes<V, double> where V : struct
    {
        V sum = L.Add(a, b), part = L.Subtract(sum, a);
        V lost = L.Add(L.Subtract(a, L.Subtract(sum, part)), L.Subtract(b, part)); // two-sum (Knuth)
        V inverse = L.Divide(L.All(1), sum), quotient = L.Multiply(above, inverse), minus = Negate<L, V>(quotient);
        V residue = L.Fma(minus, lost, L.Fma(minus, sum, above));
        return L.Fma(residue, inverse, quotient);
    }
}
