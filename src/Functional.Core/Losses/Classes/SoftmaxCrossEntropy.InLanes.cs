using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Lanes;

namespace Functional;

/// <summary>The same for networks side by side: few classes go through the lanes as they lie.</summary>
public sealed partial record SoftmaxCrossEntropy
{
    internal override void RowsInLanes<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
    {
        int classes = outputs.Length / rows / SoftmaxLanes.Rows;
        if (classes > SoftmaxLanes.MostWidth || LabelSmoothing > 0)
        {
            base.RowsInLanes(outputs, targets, rows, delta, perRow);
            return;
        }
        foreach (T target in targets) Class(target, classes);
        var kernel = new LaneKernel<T>(outputs, targets, delta, perRow);
        Width.Run<LaneKernel<T>, T>(ref kernel, Width.Bits);
    }

    private readonly ref struct LaneKernel<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta, Span<T> perRow) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> outputs = outputs, targets = targets;
        private readonly Span<T> delta = delta, perRow = perRow;

        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            int cells = outputs.Length / (perRow.Length / SoftmaxLanes.Rows);
            for (int at = 0, row = 0; at < outputs.Length; at += cells, row += SoftmaxLanes.Rows)
                Row<L, V, T>(
                    outputs.Slice(at, cells), targets.Slice(row, SoftmaxLanes.Rows), delta.Slice(at, cells),
                    perRow.Slice(row, SoftmaxLanes.Rows));
        }
    }

    // delta = p - 1 at the class, p elsewhere; the loss is ln(sum of e^(o - top)) - (o_y - top).
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<L, V, T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> delta, Span<T> perRow)
        where L : struct, ILanes<V, T> where V : struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> tops = stackalloc T[SoftmaxLanes.Rows], logarithms = stackalloc T[SoftmaxLanes.Rows];
        SoftmaxLanes.OfRow<L, V, T>(outputs, delta, tops, logarithms);
        ref T output = ref MemoryMarshal.GetReference(outputs), share = ref MemoryMarshal.GetReference(delta);
        for (int lane = 0; lane < SoftmaxLanes.Rows; lane += L.Count)
        {
            nuint first = (nuint)lane;
            V target = L.Load(ref MemoryMarshal.GetReference(targets), first), zero = L.All(T.Zero), chosen = zero;
            T number = T.Zero;
            for (int at = lane; at < outputs.Length; at += SoftmaxLanes.Rows, number += T.One)
            {
                V isClass = L.Equal(target, L.All(number));
                V one = L.And(isClass, L.All(T.One));
                L.Store(L.Subtract(L.Load(ref share, (nuint)at), one), ref share, (nuint)at);
                chosen = L.Select(isClass, L.Load(ref output, (nuint)at), chosen);
            }
            V top = L.Load(ref MemoryMarshal.GetReference(tops), first),
                logarithm = L.Load(ref MemoryMarshal.GetReference(logarithms), first);
            L.Store(
                L.Subtract(logarithm, L.Subtract(chosen, top)), ref MemoryMarshal.GetReference(perRow), first);
        }
    }
}
