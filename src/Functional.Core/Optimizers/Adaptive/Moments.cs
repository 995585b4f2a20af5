using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>keep old + (1 - keep) new</summary>
internal readonly struct Follow<T>(double keep) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T kept = T.CreateTruncating(keep), taken = T.CreateTruncating(1 - keep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct =>
        L.Fma(L.All(kept), old, L.Multiply(L.All(taken), fresh));

    /// <summary>Whether keep is more than zero.</summary>
    public bool Keeps => kept > T.Zero;

    /// <summary>keep, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Kept<L, V>() where L : struct, ILanes<V, T> where V : struct => L.All(kept);
}

/// <summary>keep old + (1 - keep) new^2</summary>
internal readonly struct FollowSquare<T>(double keep) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T kept = T.CreateTruncating(keep), taken = T.CreateTruncating(1 - keep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct =>
        L.Fma(L.All(kept), old, L.Multiply(L.All(taken), L.Multiply(fresh, fresh)));

    /// <summary>keep, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Kept<L, V>() where L : struct, ILanes<V, T> where V : struct => L.All(kept);
}

/// <summary>(a m) / (b sqrt(v) + epsilon)</summary>
internal readonly struct Quotient<T>(double a, double b, double epsilon) : IZip<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T meanFactor = T.CreateTruncating(a), rootFactor = T.CreateTruncating(b),
        least = T.CreateTruncating(epsilon);

    /// <summary>Whether a is 1, and b sqrt(v) + epsilon is epsilon for every subnormal v.</summary>
    public readonly bool IsSettled = T.CreateTruncating(a) == T.One && b <= 1 << 5 && epsilon >= 1.0 / (1 << 30);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V mean, V square) where L : struct, ILanes<V, T> where V : struct =>
        L.Divide(L.Multiply(L.All(meanFactor), mean), Root<L, V>(square));

    /// <summary>b sqrt(v) + epsilon</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Root<L, V>(V square) where L : struct, ILanes<V, T> where V : struct =>
        L.Fma(L.All(rootFactor), L.Sqrt(square), L.All(least));
}

/// <summary>The larger one; NaN of the second passes.</summary>
internal readonly struct Larger<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct => L.Select(L.Less(y, x), x, y);
}

/// <summary>x / (sqrt(y) + least)</summary>
internal readonly struct OverRoot<T>(double least) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T smallest = T.CreateTruncating(least);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct =>
        L.Divide(x, L.Add(L.Sqrt(y), L.All(smallest)));
}

/// <summary>-1, 0 or 1: the sign; NaN passes.</summary>
internal readonly struct SignOf<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => Signs.Of<L, V, T>(x, T.One);
}
