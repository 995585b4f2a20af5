using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Optimizers;

/// <summary>
/// Adam's step over flat memory: mean, mean square, direction and parameter in one go. Two paths lead to the same
/// bits: the fast one, and the exact one for a vector in which the fast one would leave arithmetic on subnormal
/// numbers to the processor's microcode. </summary>
/// <remarks>
/// The means of weights that no gradient reaches any more fade, end below the least normal number and
/// stay there. What a lane needs:
/// <code>
/// mean, mean square      gradient   parameter         how
/// ---------------------  ---------  ----------------  ------------------------------------------------------------
/// normal or zero         any        any               fast: as written in the equations
/// one of them subnormal  zero       above 2^-50       fast: it fades in steps of whole numbers; its direction is below
///                                                     2^-96, which the parameter does not hear
/// mean subnormal         zero       2^-50 or below    exact: the quotient, too, is one of subnormal numbers
/// one of them subnormal  not zero   any               exact: as written in the equations
/// </code>
/// (double: 2^-500, 2^-900.) Nothing is looked at where that could not hold: while 1 - beta1^t is not yet 1, with
/// an epsilon below 2^-30, and with beta1 = 0, which keeps nothing.
/// </remarks>
internal readonly struct AdamStep<T>(Follow<T> mean, FollowSquare<T> square, Quotient<T> quotient)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below it, numbers are looked at more closely.
    private readonly T faint = quotient.IsSettled && mean.Keeps ? Subnormals<T>.LeastNormal : T.Zero;

    /// <summary>The means that follow, and in place of the gradient the direction.</summary>
    public void Update(Span<T> means, Span<T> squares, Span<T> direction)
    {
        Require(means.Length, squares.Length, direction.Length, direction.Length);
        var kernel = new Updating(
            this, ref MemoryMarshal.GetReference(means), ref MemoryMarshal.GetReference(squares),
            ref MemoryMarshal.GetReference(direction), (nuint)direction.Length);
        Width.Run<Updating, T>(ref kernel, Width.Fitting<T>(direction.Length));
    }

    /// <summary>The means that follow, and the parameters moved against the direction at once: nothing is written
    /// that is read again. False where a parameter is no longer finite.</summary>
    public bool Move(Span<T> means, Span<T> squares, ReadOnlySpan<T> gradient, Descent<T> descent, Span<T> parameters)
    {
        Require(means.Length, squares.Length, gradient.Length, parameters.Length);
        var kernel = new Moving(
            this, descent, ref MemoryMarshal.GetReference(means), ref MemoryMarshal.GetReference(squares),
            ref MemoryMarshal.GetReference(gradient), ref MemoryMarshal.GetReference(parameters),
            (nuint)parameters.Length);
        Width.Run<Moving, T>(ref kernel, Width.Fitting<T>(parameters.Length));
        return kernel.IsFinite;
    }

    private static void Require(int means, int squares, int gradient, int parameters)
    {
        if (means != parameters || squares != parameters || gradient != parameters)
            throw new ArgumentException(
                $"Adam moves {parameters} parameters along {gradient}, with means of {means} and {squares}");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (V Mean, V Square, V Direction) Exact<L, V>(V oldMean, V oldSquare, V gradient)
        where L : struct, ILanes<V, T> where V : struct
    {
        if (faint > T.Zero && L.Any(L.Or(Subnormals<T>.Is<L, V>(oldMean), Subnormals<T>.Is<L, V>(oldSquare))))
            return ExactFading<L, V>(oldMean, oldSquare, gradient);
        V newMean = mean.At<L, V>(oldMean, gradient), newSquare = square.At<L, V>(oldSquare, gradient);
        return (newMean, newSquare, quotient.At<L, V>(newMean, newSquare));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private (V Mean, V Square, V Direction) ExactFading<L, V>(V oldMean, V oldSquare, V gradient)
        where L : struct, ILanes<V, T> where V : struct
    {
        V zero = L.All(T.Zero), isStill = L.Equal(gradient, zero);
        V meanFades = L.And(Subnormals<T>.Is<L, V>(oldMean), isStill),
            squareFades = L.And(Subnormals<T>.Is<L, V>(oldSquare), isStill);
        V newMean = mean.At<L, V>(L.Select(meanFades, zero, oldMean), gradient);
        V newSquare = square.At<L, V>(L.Select(squareFades, zero, oldSquare), gradient);
        newMean = L.Select(
            meanFades, Subnormals<T>.Product<L, V>(mean.Kept<L, V>(), L.And(meanFades, oldMean)), newMean);
        V root = quotient.Root<L, V>(L.Select(Subnormals<T>.Is<L, V>(newSquare), zero, newSquare));
        newSquare = L.Select(
            squareFades, Subnormals<T>.Product<L, V>(square.Kept<L, V>(), L.And(squareFades, oldSquare)), newSquare);
        return (newMean, newSquare, Subnormals<T>.Quotient<L, V>(newMean, root, meanFades));
    }

    /// <summary>The means that follow, and x moved; false where only the exact path will do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFast<L, V>(
        Descent<T> descent, V oldMean, V oldSquare, V gradient, V x, out V newMean, out V newSquare, out V moved)
        where L : struct, ILanes<V, T> where V : struct
    {
        V isFaint = L.Or(L.Less(Subnormals<T>.Size<L, V>(oldMean), L.All(faint)), L.Less(oldSquare, L.All(faint)));
        if (L.Any(isFaint))
            return TryFastFading<L, V>(descent, oldMean, oldSquare, gradient, x, out newMean, out newSquare, out moved);
        (newMean, newSquare) = (mean.At<L, V>(oldMean, gradient), square.At<L, V>(oldSquare, gradient));
        moved = descent.Fast<L, V>(x, quotient.At<L, V>(newMean, newSquare));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFastFading<L, V>(
        Descent<T> descent, V oldMean, V oldSquare, V gradient, V x, out V newMean, out V newSquare, out V moved)
        where L : struct, ILanes<V, T> where V : struct
    {
        V isStill = L.Equal(gradient, L.All(T.Zero));
        V fadingMean = L.And(oldMean, Subnormals<T>.Is<L, V>(oldMean)),
            fadingSquare = L.And(oldSquare, Subnormals<T>.Is<L, V>(oldSquare));
        // A faint mean over 2^-30 or more is a direction below 2^-96.
        V isLost = L.And(isStill, descent.IsDeaf<L, V>(x));
        V others = L.Or(
            L.Xor(fadingMean, L.And(fadingMean, isLost)), L.Xor(fadingSquare, L.And(fadingSquare, isStill)));
        newMean = mean.At<L, V>(L.Xor(oldMean, fadingMean), gradient);
        newSquare = square.At<L, V>(L.Xor(oldSquare, fadingSquare), gradient);
        moved = descent.Fast<L, V>(x, quotient.At<L, V>(newMean, newSquare));
        newMean = L.Or(newMean, Subnormals<T>.Product<L, V>(mean.Kept<L, V>(), fadingMean));
        newSquare = L.Or(newSquare, Subnormals<T>.Product<L, V>(square.Kept<L, V>(), fadingSquare));
        return !L.Any(others);
    }

    private readonly ref struct Updating(AdamStep<T> step, ref T means, ref T squares, ref T direction, nuint length)
        : IKernel<T>
    {
        private readonly ref T means = ref means, squares = ref squares, direction = ref direction;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Update<L, V>(step, ref means, ref squares, ref direction, length);
    }

    private ref struct Moving(
        AdamStep<T> step, Descent<T> descent, ref T means, ref T squares, ref T gradient, ref T x, nuint length)
        : IKernel<T>
    {
        private readonly ref T means = ref means, squares = ref squares, gradient = ref gradient, x = ref x;

        public bool IsFinite { get; private set; }

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            IsFinite = Move<L, V>(step, descent, ref means, ref squares, ref gradient, ref x, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update<L, V>(AdamStep<T> step, ref T means, ref T squares, ref T direction, nuint length)
        where L : struct, ILanes<V, T> where V : struct
    {
        nuint count = (nuint)L.Count, i = 0, end = length - count;
        if (length < count) return;
        V lastMean = L.Load(ref means, end), lastSquare = L.Load(ref squares, end), last = L.Load(ref direction, end);
        for (; i <= end; i += count)
            Store(
                i, L.Load(ref means, i), L.Load(ref squares, i), L.Load(ref direction, i), ref means, ref squares,
                ref direction);
        if (i < length) Store(end, lastMean, lastSquare, last, ref means, ref squares, ref direction);

        void Store(nuint at, V oldMean, V oldSquare, V gradient, ref T means, ref T squares, ref T direction)
        {
            var (newMean, newSquare, along) = step.Exact<L, V>(oldMean, oldSquare, gradient);
            L.Store(newMean, ref means, at);
            L.Store(newSquare, ref squares, at);
            L.Store(along, ref direction, at);
        }
    }

    // The fast path as far as it goes, the exact one over one vector, and so on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Move<L, V>(
        AdamStep<T> step, Descent<T> descent, ref T means, ref T squares, ref T gradient, ref T x, nuint length)
        where L : struct, ILanes<V, T> where V : struct
    {
        nuint count = (nuint)L.Count;
        if (length < count) return true;
        nuint end = length - count, i = 0;
        V zero = L.All(T.Zero), marks = zero;
        V lastMean = L.Load(ref means, end), lastSquare = L.Load(ref squares, end), last = L.Load(ref x, end);
        while (true)
        {
            i = Fast<L, V>(in step, in descent, ref means, ref squares, ref gradient, ref x, i, length, ref marks);
            if (i > end) break;
            marks = L.Fma(
                Exact(
                    i, L.Load(ref means, i), L.Load(ref squares, i), L.Load(ref x, i), ref means, ref squares,
                    ref gradient, ref x),
                zero, marks);
            i += count;
        }
        if (i < length)
            marks = L.Fma(
                Exact(end, lastMean, lastSquare, last, ref means, ref squares, ref gradient, ref x), zero, marks);
        return Descent<T>.IsFinite<L, V>(marks);

        V Exact(nuint at, V oldMean, V oldSquare, V old, ref T means, ref T squares, ref T gradient, ref T x)
        {
            var (newMean, newSquare, along) = step.Exact<L, V>(oldMean, oldSquare, L.Load(ref gradient, at));
            V moved = descent.Exact<L, V>(old, along);
            L.Store(newMean, ref means, at);
            L.Store(newSquare, ref squares, at);
            L.Store(moved, ref x, at);
            return moved;
        }
    }

    // From a vector on to the first one that needs the exact path, or to the last whole one. It calls nothing, so
    // that what every vector needs stays in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nuint Fast<L, V>(
        in AdamStep<T> step, in Descent<T> descent, ref T means, ref T squares, ref T gradient, ref T x, nuint i,
        nuint length, ref V marks)
        where L : struct, ILanes<V, T> where V : struct
    {
        V zero = L.All(T.Zero), seen = marks;
        for (nuint count = (nuint)L.Count; i + count <= length; i += count)
        {
            bool isFast = step.TryFast<L, V>(
                descent, L.Load(ref means, i), L.Load(ref squares, i), L.Load(ref gradient, i), L.Load(ref x, i),
                out V newMean, out V newSquare, out V moved);
            if (!isFast) break;
            L.Store(newMean, ref means, i);
            L.Store(newSquare, ref squares, i);
            seen = L.Fma(moved, zero, seen);
            L.Store(moved, ref x, i);
        }
        marks = seen;
        return i;
    }
}
