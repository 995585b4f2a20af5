using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>The last thing that a step does to its parameters: x - factor direction.</summary>
/// <remarks>The last vector of a stream that is no whole number of them reaches back over cells already done; it was loaded before they were
/// overwritten. A stream shorter than a vector takes a narrower one.</remarks>
internal static class Descent
{
    /// <summary>x = x - factor direction; false where a number is no longer finite.</summary>
    public static bool Move<T>(T factor, ReadOnlySpan<T> direction, Span<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (direction.Length != x.Length) throw new ArgumentException($"a move of {x.Length} numbers along {direction.Length}");
        ref T d = ref MemoryMarshal.GetReference(direction), to = ref MemoryMarshal.GetReference(x);
        var move = new Moved<T>(factor);
        return Elementwise.Fitting<T>(x.Length) switch
        {
            512 => Move<Lanes512<T>, Vector512<T>, T>(move, ref d, ref to, (nuint)x.Length),
            256 => Move<Lanes256<T>, Vector256<T>, T>(move, ref d, ref to, (nuint)x.Length),
            128 => Move<Lanes128<T>, Vector128<T>, T>(move, ref d, ref to, (nuint)x.Length),
            _ => Move<Scalar<T>, T, T>(move, ref d, ref to, (nuint)x.Length),
        };
    }

    /// <summary>a[i], b[i], d = rule(a[i], b[i], direction[i]), and x[i] = x[i] - factor d at once: nothing is written that is read again. False where a number is no longer finite.</summary>
    public static bool Move<R, T>(R rule, Span<T> a, Span<T> b, T factor, ReadOnlySpan<T> direction, Span<T> x)
        where R : struct, IDescent<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Length != x.Length || b.Length != x.Length || direction.Length != x.Length)
            throw new ArgumentException($"a move of {x.Length} numbers along {direction.Length}, with memories of {a.Length} and {b.Length}");
        ref T first = ref MemoryMarshal.GetReference(a), second = ref MemoryMarshal.GetReference(b), d = ref MemoryMarshal.GetReference(direction), to = ref MemoryMarshal.GetReference(x);
        var move = new Moved<T>(factor);
        return Elementwise.Fitting<T>(x.Length) switch
        {
            512 => Move<Lanes512<T>, Vector512<T>, R, T>(rule, move, ref first, ref second, ref d, ref to, (nuint)x.Length),
            256 => Move<Lanes256<T>, Vector256<T>, R, T>(rule, move, ref first, ref second, ref d, ref to, (nuint)x.Length),
            128 => Move<Lanes128<T>, Vector128<T>, R, T>(rule, move, ref first, ref second, ref d, ref to, (nuint)x.Length),
            _ => Move<Scalar<T>, T, R, T>(rule, move, ref first, ref second, ref d, ref to, (nuint)x.Length),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Move<L, V, T>(Moved<T> move, ref T d, ref T x, nuint length) where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint count = (nuint)L.Count, i = 0;
        if (length < count) return true;
        V zero = L.All(T.Zero), marks = zero, last = L.Load(ref x, length - count);
        for (; i + count <= length; i += count)
        {
            V moved = move.At<L, V>(L.Load(ref x, i), L.Load(ref d, i));
            marks = L.Fma(moved, zero, marks);
            L.Store(moved, ref x, i);
        }
        if (i == length) return IsFinite<L, V, T>(marks);
        last = move.At<L, V>(last, L.Load(ref d, length - count));
        L.Store(last, ref x, length - count);
        return IsFinite<L, V, T>(L.Fma(last, zero, marks));
    }

    // The quick way as far as it goes, the long way over one vector, and so on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Move<L, V, R, T>(R rule, Moved<T> move, ref T a, ref T b, ref T d, ref T x, nuint length)
        where L : struct, ILanes<V, T> where V : struct where R : struct, IDescent<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nuint count = (nuint)L.Count;
        if (length < count) return true;
        nuint end = length - count, i = 0;
        V zero = L.All(T.Zero), marks = zero, lastA = L.Load(ref a, end), lastB = L.Load(ref b, end), last = L.Load(ref x, end);
        while (true)
        {
            i = Quickly<L, V, R, T>(ref rule, in move, ref a, ref b, ref d, ref x, i, length, ref marks);
            if (i > end) break;
            marks = L.Fma(Long(i, L.Load(ref a, i), L.Load(ref b, i), L.Load(ref x, i), ref a, ref b, ref d, ref x), zero, marks);
            i += count;
        }
        if (i < length) marks = L.Fma(Long(end, lastA, lastB, last, ref a, ref b, ref d, ref x), zero, marks);
        return IsFinite<L, V, T>(marks);

        V Long(nuint at, V oldA, V oldB, V old, ref T a, ref T b, ref T d, ref T x)
        {
            var (newA, newB, along) = rule.At<L, V>(oldA, oldB, L.Load(ref d, at));
            V moved = move.At<L, V>(old, along);
            L.Store(newA, ref a, at);
            L.Store(newB, ref b, at);
            L.Store(moved, ref x, at);
            return moved;
        }
    }

    // From a vector on to the first one that is not the quick way's, or to the last whole one. It calls nothing, so that what every vector needs stays in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nuint Quickly<L, V, R, T>(ref R rule, in Moved<T> move, ref T a, ref T b, ref T d, ref T x, nuint i, nuint length, ref V marks)
        where L : struct, ILanes<V, T> where V : struct where R : struct, IDescent<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = L.All(T.Zero), seen = marks;
        for (nuint count = (nuint)L.Count; i + count <= length; i += count)
        {
            if (!rule.TryMove<L, V>(move, L.Load(ref a, i), L.Load(ref b, i), L.Load(ref d, i), L.Load(ref x, i), out V newA, out V newB, out V moved)) break;
            L.Store(newA, ref a, i);
            L.Store(newB, ref b, i);
            seen = L.Fma(moved, zero, seen);
            L.Store(moved, ref x, i);
        }
        marks = seen;
        return i;
    }

    // Zero times a number is zero where the number is finite and NaN elsewhere; NaN stays.
    private static bool IsFinite<L, V, T>(V marks) where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        !L.Any(L.Select(L.Equal(marks, marks), L.All(T.Zero), L.All(T.One)));
}

/// <summary>x - factor along. A direction below nothing (2^-96), times a factor of at most 2^20, is less than a quarter of the step between any number above something (2^-50) and the next
/// (2^-73): taken for zero, it costs no arithmetic on subnormal numbers.</summary>
internal readonly struct Moved<T>(T factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T factor = factor;
    private readonly T nothing = T.ScaleB(T.One, typeof(T) == typeof(float) ? -96 : -900);
    private readonly T something = T.Abs(factor) <= T.CreateTruncating(1 << 20) ? T.ScaleB(T.One, typeof(T) == typeof(float) ? -50 : -500) : T.PositiveInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<L, V>(V x, V along) where L : struct, ILanes<V, T> where V : struct
    {
        V isLost = L.And(L.Less(Subnormals<T>.Size<L, V>(along), L.All(nothing)), IsLost<L, V>(x));
        return Plainly<L, V>(x, L.Select(isLost, L.All(T.Zero), along));
    }

    /// <summary>x - factor along, whatever it costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Plainly<L, V>(V x, V along) where L : struct, ILanes<V, T> where V : struct => L.Subtract(x, L.Multiply(L.All(factor), along));

    /// <summary>Where a direction below 2^-96 (double: 2^-900) leaves x as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V IsLost<L, V>(V x) where L : struct, ILanes<V, T> where V : struct => L.Less(L.All(something), Subnormals<T>.Size<L, V>(x));
}

/// <summary>A rule with two memories of each parameter, which moves it at once.</summary>
internal interface IDescent<T> : ITriple<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The memories that follow, and x moved, to the bits of the long way (<see cref="ITriple{T}.At"/>, then <see cref="Moved{T}.At"/>); false where only that one will do.</summary>
    bool TryMove<L, V>(Moved<T> move, V a, V b, V direction, V x, out V newA, out V newB, out V moved) where L : struct, ILanes<V, T> where V : struct;
}
