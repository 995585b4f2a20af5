using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;

namespace Functional.Core.Numbers.Streams;

/// <summary>The last thing that a step does to its parameters: x - factor direction.</summary>
/// <remarks>The last vector of a stream that is no whole number of them reaches back over cells already done; it
/// was loaded before they were overwritten. A stream shorter than a vector takes a narrower one.</remarks>
/// <param name="factor">The learning rate, as a rule.</param>
/// <param name="something">From <see cref="Descent.Something"/>.</param>
internal readonly struct Descent<C, T>(C factor, C something)
    where C : struct, IConstant<C, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly C factor = factor, something = something;
    private readonly T nothing = T.ScaleB(T.One, typeof(T) == typeof(float) ? -96 : -900);

    /// <summary>x = x - factor direction; false where a number is no longer finite.</summary>
    public bool Move(ReadOnlySpan<T> direction, Span<T> x)
    {
        Require(direction.Length, x.Length);
        var kernel = new Kernel(
            this, ref MemoryMarshal.GetReference(direction), ref MemoryMarshal.GetReference(x), (nuint)x.Length);
        Width.Run<Kernel, T>(ref kernel, Width.Fitting<T>(x.Length));
        return kernel.IsFinite;
    }

    /// <summary>The same for 16 networks side by side.</summary>
    /// <param name="direction">Number i of network l at 16 i + l.</param>
    /// <param name="x">The same.</param>
    /// <param name="marks">0 for each network whose numbers are all finite, NaN for the others.</param>
    public void MoveLanes(ReadOnlySpan<T> direction, Span<T> x, Span<T> marks)
    {
        Require(direction.Length, x.Length);
        var kernel = new LaneKernel(this, direction, x, marks);
        Width.Run<LaneKernel, T>(ref kernel, Width.Bits);
    }

    private static void Require(int direction, int x)
    {
        if (direction != x) throw new ArgumentException($"a move of {x} numbers along {direction}");
    }

    public Descent<C, T> From(int lane) => new(factor.From(lane), something.From(lane));

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
        L.Subtract(x, L.Multiply(factor.Of<L, V>(), along));

    /// <summary>Where a direction below 2^-96 (double: 2^-900) leaves x as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V IsDeaf<L, V>(V x) where L : struct, ILanes<V, T> where V : struct =>
        L.Less(something.Of<L, V>(), Subnormals<T>.Size<L, V>(x));

    /// <summary>Whether all numbers were finite that were added to marks as x 0: zero where x is finite and NaN
    /// elsewhere; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite<L, V>(V marks) where L : struct, ILanes<V, T> where V : struct =>
        !L.Any(L.Select(L.Equal(marks, marks), L.All(T.Zero), L.All(T.One)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Move<L, V>(Descent<C, T> descent, ref T d, ref T x, nuint length)
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

    private ref struct Kernel(Descent<C, T> descent, ref T d, ref T x, nuint length) : IKernel<T>
    {
        private readonly ref T d = ref d, x = ref x;

        public bool IsFinite { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            IsFinite = Move<L, V>(descent, ref d, ref x, length);
    }

    // One vector of networks after the other.
    private readonly ref struct LaneKernel(
        Descent<C, T> descent, ReadOnlySpan<T> direction, Span<T> x, Span<T> marks) : IKernel<T>
    {
        private readonly ReadOnlySpan<T> direction = direction;
        private readonly Span<T> x = x, marks = marks;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            for (int lane = 0; lane < Reduce.Lanes; lane += L.Count)
                L.Store(
                    MoveLanes<L, V>(
                        descent.From(lane), ref MemoryMarshal.GetReference(direction),
                        ref MemoryMarshal.GetReference(x), lane, x.Length),
                    ref marks[lane], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V MoveLanes<L, V>(Descent<C, T> descent, ref T d, ref T x, int lane, int length)
        where L : struct, ILanes<V, T> where V : struct
    {
        V zero = L.All(T.Zero), marks = zero;
        for (nuint i = (nuint)lane; i < (nuint)length; i += Reduce.Lanes)
        {
            V moved = descent.Exact<L, V>(L.Load(ref x, i), L.Load(ref d, i));
            marks = L.Fma(moved, zero, marks);
            L.Store(moved, ref x, i);
        }
        return marks;
    }
}

/// <summary>What a descent needs of its factor.</summary>
internal static class Descent
{
    private const int MostFactor = 1 << 20;

    /// <summary>The descent of one network.</summary>
    public static Descent<Same<T>, T> By<T>(T factor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new(factor), new(Something(factor)));

    /// <summary>The size above which a number does not hear of a direction that is next to nothing: 2^-50 (double:
    /// 2^-500), or none for a factor above 2^20.</summary>
    public static T Something<T>(T factor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.Abs(factor) <= T.CreateTruncating(MostFactor)
            ? T.ScaleB(T.One, typeof(T) == typeof(float) ? -50 : -500)
            : T.PositiveInfinity;
}
