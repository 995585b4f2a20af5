using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>The last thing that a step does to its parameters: x - factor direction.</summary>
/// <remarks>The last vector of a stream that is no whole number of them reaches back over cells already done; it
/// was loaded before they were overwritten. A stream shorter than a vector takes a narrower one.</remarks>
/// <param name="factor">The learning rate, as a rule.</param>
internal readonly struct Descent<T>(T factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostFactor = 1 << 20;
    private readonly T factor = factor;
    private readonly T nothing = T.ScaleB(T.One, typeof(T) == typeof(float) ? -96 : -900);
    private readonly T something = T.Abs(factor) <= T.CreateTruncating(MostFactor)
        ? T.ScaleB(T.One, typeof(T) == typeof(float) ? -50 : -500)
        : T.PositiveInfinity;

    /// <summary>x = x - factor direction; false where a number is no longer finite.</summary>
    public bool Move(ReadOnlySpan<T> direction, Span<T> x)
    {
        if (direction.Length != x.Length)
            throw new ArgumentException($"a move of {x.Length} numbers along {direction.Length}");
        var kernel = new Kernel(
            this, ref MemoryMarshal.GetReference(direction), ref MemoryMarshal.GetReference(x), (nuint)x.Length);
        Width.Run<Kernel, T>(ref kernel, Width.Fitting<T>(x.Length));
        return kernel.IsFinite;
    }

    /// <summary>x - factor along. A direction below nothing (2^-96), times a factor of at most 2^20, is less than a
    /// quarter of the step between any number above something (2^-50) and the next (2^-73): taken for zero, it
    /// costs no arithmetic on subnormal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Exact<L, V>(V x, V along) where L : struct, ILanes<V, T> where V : struct
    {
        V isLost = L.And(L.Less(Subnormals<T>.Size<L, V>(along), L.All(nothing)), IsDeaf<L, V>(x));
        return Fast<L, V>(x, L.Select(isLost, L.All(T.Zero), along));
    }

    /// <summary>x - factor along, to the same bits, whatever it costs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Fast<L, V>(V x, V along) where L : struct, ILanes<V, T> where V : struct =>
        L.Subtract(x, L.Multiply(L.All(factor), along));

    /// <summary>Where a direction below 2^-96 (double: 2^-900) leaves x as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V IsDeaf<L, V>(V x) where L : struct, ILanes<V, T> where V : struct =>
        L.Less(L.All(something), Subnormals<T>.Size<L, V>(x));

    /// <summary>Whether all numbers were finite that were added to marks as x 0: zero where x is finite and NaN
    /// elsewhere; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite<L, V>(V marks) where L : struct, ILanes<V, T> where V : struct =>
        !L.Any(L.Select(L.Equal(marks, marks), L.All(T.Zero), L.All(T.One)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Move<L, V>(Descent<T> descent, ref T d, ref T x, nuint length)
        where L : struct, ILanes<V, T> where V : struct
    {
        nuint count = (nuint)L.Count, i = 0;
        if (length < count) return true;
        V zero = L.All(T.Zero), marks = zero, last = L.Load(ref x, length - count);
        for (; i + count <= length; i += count)
        {
            V moved = descent.Exact<L, V>(L.Load(ref x, i), L.Load(ref d, i));
            marks = L.Fma(moved, zero, marks);
            L.Store(moved, ref x, i);
        }
        if (i == length) return IsFinite<L, V>(marks);
        last = descent.Exact<L, V>(last, L.Load(ref d, length - count));
        L.Store(last, ref x, length - count);
        return IsFinite<L, V>(L.Fma(last, zero, marks));
    }

    private ref struct Kernel(Descent<T> descent, ref T d, ref T x, nuint length) : IKernel<T>
    {
        private readonly ref T d = ref d, x = ref x;

        public bool IsFinite { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            IsFinite = Move<L, V>(descent, ref d, ref x, length);
    }
}
