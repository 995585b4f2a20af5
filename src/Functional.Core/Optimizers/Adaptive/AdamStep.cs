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
/// <param name="mean">Of the gradients.</param>
/// <param name="square">Of their squares.</param>
/// <param name="quotient">The direction.</param>
/// <param name="mayFade">Whether the mean has lost its first bias, vanishes beside epsilon where it is subnormal, and
/// is kept at all; of every network.</param>
internal readonly struct AdamStep<C, T>(
    Follow<C, T> mean, FollowSquare<C, T> square, Quotient<C, T> quotient, bool mayFade)
    where C : struct, IConstant<C, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Follow<C, T> mean = mean;
    private readonly FollowSquare<C, T> square = square;
    private readonly Quotient<C, T> quotient = quotient;

    // Below it, numbers are looked at more closely.
    private readonly T faint = mayFade ? Subnormals<T>.LeastNormal : T.Zero;

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
    public bool Move(Span<T> means, Span<T> squares, ReadOnlySpan<T> gradient, Descent<C, T> descent, Span<T> parameters)
    {
        Require(means.Length, squares.Length, gradient.Length, parameters.Length);
        var kernel = new Moving(
            this, descent, ref MemoryMarshal.GetReference(means), ref MemoryMarshal.GetReference(squares),
            ref MemoryMarshal.GetReference(gradient), ref MemoryMarshal.GetReference(parameters),
            (nuint)parameters.Length);
        Width.Run<Moving, T>(ref kernel, Width.Fitting<T>(parameters.Length));
        return kernel.IsFinite;
    }

    /// <summary><see cref="Update"/> for 16 networks side by side: number i of network l at 16 i + l.</summary>
    public void UpdateLanes(Span<T> means, Span<T> squares, Span<T> direction)
    {
        Require(means.Length, squares.Length, direction.Length, direction.Length);
        var kernel = new UpdatingLanes(this, means, squares, direction);
        Width.Run<UpdatingLanes, T>(ref kernel, Width.Bits);
    }

    /// <summary><see cref="Move"/> for 16 networks side by side.</summary>
    /// <param name="means">Number i of network l at 16 i + l, as in the other streams.</param>
    /// <param name="squares">Of the gradients.</param>
    /// <param name="gradient">Read only.</param>
    /// <param name="descent">Of each network.</param>
    /// <param name="parameters">Moved.</param>
    /// <param name="marks">0 for each network whose numbers are all finite, NaN for the others.</param>
    public void MoveLanes(
        Span<T> means, Span<T> squares, ReadOnlySpan<T> gradient, Descent<C, T> descent, Span<T> parameters,
        Span<T> marks)
    {
        Require(means.Length, squares.Length, gradient.Length, parameters.Length);
        var kernel = new MovingLanes(this, descent, means, squares, gradient, parameters, marks);
        Width.Run<MovingLanes, T>(ref kernel, Width.Bits);
    }

    private AdamStep<C, T> From(int lane) =>
        new(mean.From(lane), square.From(lane), quotient.From(lane), faint > T.Zero);

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
        Descent<C, T> descent, V oldMean, V oldSquare, V gradient, V x, out V newMean, out V newSquare, out V moved)
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
        Descent<C, T> descent, V oldMean, V oldSquare, V gradient, V x, out V newMean, out V newSquare, out V moved)
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

    private readonly ref struct Updating(AdamStep<C, T> step, ref T means, ref T squares, ref T direction, nuint length)
        : IKernel<T>
    {
        private readonly ref T means = ref means, squares = ref squares, direction = ref direction;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            Update<L, V>(step, ref means, ref squares, ref direction, length, 0, (nuint)L.Count);
    }

    // One vector of networks after the other.
    private readonly ref struct UpdatingLanes(AdamStep<C, T> step, Span<T> means, Span<T> squares, Span<T> direction)
        : IKernel<T>
    {
        private readonly Span<T> means = means, squares = squares, direction = direction;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            for (int lane = 0; lane < Reduce.Lanes; lane += L.Count)
                Update<L, V>(
                    step.From(lane), ref MemoryMarshal.GetReference(means), ref MemoryMarshal.GetReference(squares),
                    ref MemoryMarshal.GetReference(direction), (nuint)direction.Length, (nuint)lane, Reduce.Lanes);
        }
    }

    private ref struct Moving(
        AdamStep<C, T> step, Descent<C, T> descent, ref T means, ref T squares, ref T gradient, ref T x, nuint length)
        : IKernel<T>
    {
        private readonly ref T means = ref means, squares = ref squares, gradient = ref gradient, x = ref x;

        public bool IsFinite { get; private set; }

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct =>
            IsFinite = Descent<C, T>.IsFinite<L, V>(
                Move<L, V>(step, descent, ref means, ref squares, ref gradient, ref x, length, 0, (nuint)L.Count));
    }

    private readonly ref struct MovingLanes(
        AdamStep<C, T> step, Descent<C, T> descent, Span<T> means, Span<T> squares, ReadOnlySpan<T> gradient,
        Span<T> x, Span<T> marks) : IKernel<T>
    {
        private readonly Span<T> means = means, squares = squares, x = x, marks = marks;
        private readonly ReadOnlySpan<T> gradient = gradient;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            for (int lane = 0; lane < Reduce.Lanes; lane += L.Count)
                L.Store(
                    Move<L, V>(
                        step.From(lane), descent.From(lane), ref MemoryMarshal.GetReference(means),
                        ref MemoryMarshal.GetReference(squares), ref MemoryMarshal.GetReference(gradient),
                        ref MemoryMarshal.GetReference(x), (nuint)x.Length, (nuint)lane, Reduce.Lanes),
                    ref marks[lane], 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update<L, V>(
        AdamStep<C, T> step, ref T means, ref T squares, ref T direction, nuint length, nuint i, nuint stride)
        where L : struct, ILanes<V, T> where V : struct
    {
        nuint end = length - (nuint)L.Count;
        if (length < (nuint)L.Count) return;
        V lastMean = L.Load(ref means, end), lastSquare = L.Load(ref squares, end), last = L.Load(ref direction, end);
        for (; i <= end; i += stride)
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

    // The fast path as far as it goes, the exact one over one vector, and so on. Returns 0 in lanes where all are
    // finite.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Move<L, V>(
        AdamStep<C, T> step, Descent<C, T> descent, ref T means, ref T squares, ref T gradient, ref T x, nuint length,
        nuint i, nuint stride)
        where L : struct, ILanes<V, T> where V : struct
    {
        V zero = L.All(T.Zero), marks = zero;
        if (length < (nuint)L.Count) return marks;
        nuint end = length - (nuint)L.Count;
        V lastMean = L.Load(ref means, end), lastSquare = L.Load(ref squares, end), last = L.Load(ref x, end);
        while (true)
        {
            i = Fast<L, V>(in step, in descent, ref means, ref squares, ref gradient, ref x, i, length, stride, ref marks);
            if (i > end) break;
            marks = L.Fma(
                Exact(
                    i, L.Load(ref means, i), L.Load(ref squares, i), L.Load(ref x, i), ref means, ref squares,
                    ref gradient, ref x),
                zero, marks);
            i += stride;
        }
        if (i < length)
            marks = L.Fma(
                Exact(end, lastMean, lastSquare, last, ref means, ref squares, ref gradient, ref x), zero, marks);
        return marks;

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
        in AdamStep<C, T> step, in Descent<C, T> descent, ref T means, ref T squares, ref T gradient, ref T x, nuint i,
        nuint length, nuint stride, ref V marks)
        where L : struct, ILanes<V, T> where V : struct
    {
        V zero = L.All(T.Zero), seen = marks;
        for (; i + (nuint)L.Count <= length; i += stride)
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
