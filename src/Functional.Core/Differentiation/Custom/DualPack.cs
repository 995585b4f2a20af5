using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Differentiation.Custom;

/// <summary>What <see cref="Dual{T}"/> of <see cref="Pack{L, V}"/> is, with the same bits: two vectors side by
/// side, which the JIT keeps in registers; a struct of structs it would not.</summary>
internal readonly struct DualPack<L, V>(V value, V tangent) : ILifted<DualPack<L, V>, Pack<L, V>>
    where L : struct, ILanes<V, double> where V : struct
{
    private readonly V value = value, tangent = tangent;

    public Pack<L, V> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(value);
    }

    public Pack<L, V> Tangent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(tangent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> Constant(Pack<L, V> value) => new(value.Lanes, L.All(0));

    /// <summary>Numbers that move at speed 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> Moving(Pack<L, V> value) => new(value.Lanes, L.All(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> Lift(DualPack<L, V> x, Pack<L, V> value, Pack<L, V> slope) =>
        new(value.Lanes, L.Multiply(slope.Lanes, x.tangent));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> Lift(
        DualPack<L, V> x, DualPack<L, V> y, Pack<L, V> value, Pack<L, V> slopeX, Pack<L, V> slopeY) =>
        new(value.Lanes, L.Add(L.Multiply(slopeX.Lanes, x.tangent), L.Multiply(slopeY.Lanes, y.tangent)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> Choose(
        DualPack<L, V> x, DualPack<L, V> y, DualPack<L, V> less, DualPack<L, V> otherwise)
    {
        V isLess = L.Less(x.value, y.value), isNot = L.LessOrEqual(y.value, x.value), none = L.All(double.NaN);
        return new(
            L.Select(isLess, less.value, L.Select(isNot, otherwise.value, none)),
            L.Select(isLess, less.tangent, L.Select(isNot, otherwise.tangent, none)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> operator +(DualPack<L, V> x, DualPack<L, V> y) =>
        new(L.Add(x.value, y.value), L.Add(x.tangent, y.tangent));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> operator -(DualPack<L, V> x, DualPack<L, V> y) =>
        new(L.Subtract(x.value, y.value), L.Subtract(x.tangent, y.tangent));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> operator *(DualPack<L, V> x, DualPack<L, V> y) =>
        new(L.Multiply(x.value, y.value), L.Add(L.Multiply(x.tangent, y.value), L.Multiply(x.value, y.tangent)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> operator /(DualPack<L, V> x, DualPack<L, V> y)
    {
        V quotient = L.Divide(x.value, y.value);
        return new(quotient, L.Divide(L.Subtract(x.tangent, L.Multiply(quotient, y.tangent)), y.value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DualPack<L, V> operator -(DualPack<L, V> x) =>
        new(Lane.Negate<L, V>(x.value), Lane.Negate<L, V>(x.tangent));

    public static bool operator <(DualPack<L, V> left, DualPack<L, V> right) => left.Value < right.Value;
    public static bool operator <=(DualPack<L, V> left, DualPack<L, V> right) => left.Value <= right.Value;
    public static bool operator >(DualPack<L, V> left, DualPack<L, V> right) => left.Value > right.Value;
    public static bool operator >=(DualPack<L, V> left, DualPack<L, V> right) => left.Value >= right.Value;
}
