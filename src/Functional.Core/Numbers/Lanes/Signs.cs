using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Core.Numbers.Lanes;

/// <summary>Sizes and signs of lanes in either precision.</summary>
internal static class Signs
{
    /// <summary>|x|; NaN passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Size<L, V, T>(V x) where L : struct, ILanes<V, T> where V : struct where T : unmanaged =>
        L.Select(L.Less(x, L.All(default)), L.Subtract(L.All(default), x), x);

    /// <summary>-amount, 0 or amount, by the sign of x; NaN passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<L, V, T>(V x, T amount)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        L.Select(L.Less(x, L.All(T.Zero)), L.All(-amount), L.Select(L.Less(L.All(T.Zero), x), L.All(amount), x));
}
