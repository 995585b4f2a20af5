using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>The means of adaptive rules, with constants for one network.</summary>
internal static class Means
{
    /// <summary>keep old + (1 - keep) new</summary>
    public static Follow<Same<T>, T> Follow<T>(double keep) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new(T.CreateTruncating(keep)), new(T.CreateTruncating(1 - keep)));

    /// <summary>keep old + (1 - keep) new^2</summary>
    public static FollowSquare<Same<T>, T> FollowSquare<T>(double keep)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new(T.CreateTruncating(keep)), new(T.CreateTruncating(1 - keep)));

    /// <summary>(a m) / (b sqrt(v) + epsilon)</summary>
    public static Quotient<Same<T>, T> Quotient<T>(double a, double b, double epsilon)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new(T.CreateTruncating(a)), new(T.CreateTruncating(b)), new(T.CreateTruncating(epsilon)));
}

/// <summary>keep old + (1 - keep) new</summary>
/// <param name="kept">keep</param>
/// <param name="taken">1 - keep</param>
internal readonly struct Follow<C, T>(C kept, C taken) : IZip<T> where C : struct, IConstant<C, T> where T : unmanaged
{
    private readonly C kept = kept, taken = taken;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct =>
        L.Fma(kept.Of<L, V>(), old, L.Multiply(taken.Of<L, V>(), fresh));

    /// <summary>keep</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Kept<L, V>() where L : struct, ILanes<V, T> where V : struct => kept.Of<L, V>();

    public Follow<C, T> From(int lane) => new(kept.From(lane), taken.From(lane));
}

/// <summary>keep old + (1 - keep) new^2</summary>
/// <param name="kept">keep</param>
/// <param name="taken">1 - keep</param>
internal readonly struct FollowSquare<C, T>(C kept, C taken) : IZip<T>
    where C : struct, IConstant<C, T> where T : unmanaged
{
    private readonly C kept = kept, taken = taken;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V old, V fresh) where L : struct, ILanes<V, T> where V : struct =>
        L.Fma(kept.Of<L, V>(), old, L.Multiply(taken.Of<L, V>(), L.Multiply(fresh, fresh)));

    /// <summary>keep</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Kept<L, V>() where L : struct, ILanes<V, T> where V : struct => kept.Of<L, V>();

    public FollowSquare<C, T> From(int lane) => new(kept.From(lane), taken.From(lane));
}

/// <summary>(a m) / (b sqrt(v) + epsilon)</summary>
/// <param name="meanFactor">a</param>
/// <param name="rootFactor">b</param>
/// <param name="least">epsilon</param>
internal readonly struct Quotient<C, T>(C meanFactor, C rootFactor, C least) : IZip<T>
    where C : struct, IConstant<C, T> where T : unmanaged
{
    private readonly C meanFactor = meanFactor, rootFactor = rootFactor, least = least;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V mean, V square) where L : struct, ILanes<V, T> where V : struct =>
        L.Divide(L.Multiply(meanFactor.Of<L, V>(), mean), Root<L, V>(square));

    /// <summary>b sqrt(v) + epsilon</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Root<L, V>(V square) where L : struct, ILanes<V, T> where V : struct =>
        L.Fma(rootFactor.Of<L, V>(), L.Sqrt(square), least.Of<L, V>());

    public Quotient<C, T> From(int lane) => new(meanFactor.From(lane), rootFactor.From(lane), least.From(lane));
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
