using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Functional.Core.Numbers.Kernels;

/// <summary>The last thing that a step does to its parameters.</summary>
internal static class Descent
{
    /// <summary>x = x - factor direction; false where a number is no longer finite.</summary>
    public static bool Move<T>(T factor, ReadOnlySpan<T> direction, Span<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (direction.Length != x.Length) throw new ArgumentException($"a move of {x.Length} numbers along {direction.Length}");
        int done = 0;
        bool isFinite = Width.Bits switch
        {
            512 => Move<Lanes512<T>, Vector512<T>, T>(factor, direction, x, ref done),
            256 => Move<Lanes256<T>, Vector256<T>, T>(factor, direction, x, ref done),
            128 => Move<Lanes128<T>, Vector128<T>, T>(factor, direction, x, ref done),
            _ => true,
        };
        return Move<Scalar<T>, T, T>(factor, direction, x, ref done) && isFinite;
    }

    // Zero times a number is zero where the number is finite and NaN elsewhere; NaN stays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Move<L, V, T>(T factor, ReadOnlySpan<T> direction, Span<T> x, ref int done)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T d = ref MemoryMarshal.GetReference(direction), to = ref MemoryMarshal.GetReference(x);
        V zero = L.All(T.Zero), marks = zero, scale = L.All(factor);
        V nothing = L.All(IsModest(factor) ? Nothing<T>() : T.Zero), something = L.All(Something<T>());
        int at = done;
        for (; at + L.Count <= x.Length; at += L.Count)
        {
            V old = L.Load(ref to, (nuint)at), along = L.Load(ref d, (nuint)at);
            V isLost = L.And(L.Less(Gradual<T>.Size<L, V>(along), nothing), L.Less(something, Gradual<T>.Size<L, V>(old))); // then old is left as it is
            V moved = L.Subtract(old, L.Multiply(scale, L.Select(isLost, zero, along)));
            marks = L.Fma(moved, zero, marks);
            L.Store(moved, ref to, (nuint)at);
        }
        done = at;
        return !L.Any(L.Select(L.Equal(marks, marks), zero, L.All(T.One)));
    }

    // A direction below nothing, times a factor of at most 2^20, is less than a quarter of the step between any number above something and the next. Taken
    // for zero, it costs no arithmetic on subnormal numbers.
    private static bool IsModest<T>(T factor) where T : IBinaryFloatingPointIeee754<T> => T.Abs(factor) <= T.CreateTruncating(1 << 20);

    private static T Nothing<T>() where T : IBinaryFloatingPointIeee754<T> => T.ScaleB(T.One, typeof(T) == typeof(float) ? -100 : -900);

    private static T Something<T>() where T : IBinaryFloatingPointIeee754<T> => T.ScaleB(T.One, typeof(T) == typeof(float) ? -50 : -500);
}
