using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional;

/// <summary>The same for networks side by side: few classes go through the lanes as they lie, the exponentials and
/// logarithms of all rows one after the other.</summary>
public sealed partial record SoftmaxCrossEntropy
{
    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, ReadOnlySpan<bool> isDue, Span<T> delta,
        Span<T> perRow)
    {
        int classes = outputs.Length / rows / Lanes;
        if (classes > SoftmaxLanes.MostWidth || LabelSmoothing > 0)
        {
            base.RowsInLanes(outputs, targets, rows, isDue, delta, perRow);
            return;
        }
        var room = ThreadCache<T>.Take(2 * perRow.Length);
        Span<T> chosen = room.Span[..perRow.Length], sums = room.Span.Slice(perRow.Length, perRow.Length);
        var kernel = new LaneKernel<T>(outputs, targets, delta, chosen, sums, perRow, classes);
        Width.Run<LaneKernel<T>, T>(ref kernel, Width.Bits);
        if (!kernel.HasClasses) // the first that is none says so
            foreach (T target in targets)
                Class(target, classes);
        ThreadCache<T>.Return(room);
    }

    private ref struct LaneKernel<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta, Span<T> chosen, Span<T> sums, Span<T> perRow,
        int classes) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> outputs = outputs, targets = targets;
        private readonly Span<T> delta = delta, chosen = chosen, sums = sums, perRow = perRow;

        /// <summary>Whether every target was the number of a class.</summary>
        public bool HasClasses { get; private set; }

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            HasClasses = true;
            for (int lane = 0; lane < Lanes; lane += L.Count)
                HasClasses &= BelowTop<L, V, T>(outputs, targets, delta, chosen, lane, classes);
            Elementwise.Map(default(Apply<Exp, T>), delta, delta);
            for (int lane = 0; lane < Lanes; lane += L.Count) Sums<L, V, T>(delta, sums, lane, classes);
            Elementwise.Map(default(Apply<Log, T>), sums, perRow);
            Elementwise.Zip(default(Subtract<T>), perRow, chosen, perRow);
            for (int lane = 0; lane < Lanes; lane += L.Count) Deltas<L, V, T>(targets, sums, delta, lane, classes);
        }
    }

    // delta = o - top and chosen = o_y - top, for one vector of networks; false where a target is no class.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool BelowTop<L, V, T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta, Span<T> chosen, int lane, int classes)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T output = ref MemoryMarshal.GetReference(outputs), target = ref MemoryMarshal.GetReference(targets),
            below = ref MemoryMarshal.GetReference(delta), ofClass = ref MemoryMarshal.GetReference(chosen);
        V none = L.All(T.Zero);
        for (nuint row = (nuint)lane, at = row; row < (nuint)targets.Length; row += Lanes)
        {
            nuint end = at + (nuint)(classes * Lanes);
            V top = L.Load(ref output, at);
            for (nuint k = at + Lanes; k < end; k += Lanes)
            {
                V x = L.Load(ref output, k);
                top = L.Select(L.LessOrEqual(x, top), top, x);
            }
            V own = L.Load(ref target, row), found = L.All(T.Zero), missing = L.All(T.One);
            T number = T.Zero;
            for (; at < end; at += Lanes, number += T.One)
            {
                V x = L.Subtract(L.Load(ref output, at), top), isClass = L.Equal(own, L.All(number));
                L.Store(x, ref below, at);
                found = L.Select(isClass, x, found);
                missing = L.Select(isClass, L.All(T.Zero), missing);
            }
            L.Store(found, ref ofClass, row);
            none = L.Add(none, missing);
        }
        return !L.Any(L.Less(L.All(T.Zero), none));
    }

    // The sum over the classes of each row, along the tree of law 2; at most as many as it has chains.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sums<L, V, T>(ReadOnlySpan<T> shares, Span<T> sums, int lane, int classes)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T share = ref MemoryMarshal.GetReference(shares), sum = ref MemoryMarshal.GetReference(sums);
        Span<T> buffer = stackalloc T[Lanes * Lanes];
        ref T chains = ref MemoryMarshal.GetReference(buffer);
        for (nuint row = (nuint)lane, at = row; row < (nuint)sums.Length; row += Lanes, at += (nuint)(classes * Lanes))
        {
            if (classes == 1)
            {
                L.Store(L.Load(ref share, at), ref sum, row);
                continue;
            }
            if (classes == 2)
            {
                L.Store(L.Add(L.Load(ref share, at), L.Load(ref share, at + Lanes)), ref sum, row);
                continue;
            }
            for (int k = 0; k < classes; k++)
                L.Store(L.Load(ref share, at + (nuint)(k * Lanes)), ref chains, (nuint)(k * Lanes));
            int used = classes;
            for (int half = Lanes / 2; half > 0; used = Math.Min(used, half), half /= 2)
                for (int k = 0; k < half && k + half < used; k++) // no exponential is -0: zeros add nothing
                    L.Store(
                        L.Add(
                            L.Load(ref chains, (nuint)(k * Lanes)), L.Load(ref chains, (nuint)((k + half) * Lanes))),
                        ref chains, (nuint)(k * Lanes));
            L.Store(L.Load(ref chains, 0), ref sum, row);
        }
    }

    // delta = p - 1 at the class, p elsewhere.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Deltas<L, V, T>(
        ReadOnlySpan<T> targets, ReadOnlySpan<T> sums, Span<T> delta, int lane, int classes)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T target = ref MemoryMarshal.GetReference(targets), sum = ref MemoryMarshal.GetReference(sums),
            share = ref MemoryMarshal.GetReference(delta);
        for (nuint row = (nuint)lane, at = row; row < (nuint)targets.Length; row += Lanes)
        {
            V own = L.Load(ref target, row), inverse = L.Divide(L.All(T.One), L.Load(ref sum, row));
            T number = T.Zero;
            for (nuint end = at + (nuint)(classes * Lanes); at < end; at += Lanes, number += T.One)
            {
                V one = L.And(L.Equal(own, L.All(number)), L.All(T.One));
                L.Store(L.Subtract(L.Multiply(inverse, L.Load(ref share, at)), one), ref share, at);
            }
        }
    }
}
