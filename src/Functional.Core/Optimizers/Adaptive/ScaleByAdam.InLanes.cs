using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Optimizers;

namespace Functional;

/// <summary>The same for networks side by side, each with its own numbers and steps.</summary>
public sealed partial record ScaleByAdam
{
    internal override bool TryUpdateInLanes<T>(in LaneStretch<T> at)
    {
        if (HasAmsgrad(at.Rules)) return false;
        StepInLanes(at).UpdateLanes(at.All.Slot(0), at.All.Slot(1), at.All.Direction);
        return true;
    }

    internal override bool TryMoveInLanes<T>(
        in LaneStretch<T> at, Descent<PerLane<T>, T> descent, Span<T> parameters, Span<T> marks)
    {
        if (HasAmsgrad(at.Rules)) return false;
        StepInLanes(at).MoveLanes(
            at.All.Slot(0), at.All.Slot(1), at.All.Direction, descent, parameters, marks);
        return true;
    }

    private static bool HasAmsgrad(ReadOnlySpan<Optimizer?> rules)
    {
        foreach (var rule in rules)
            if (rule is ScaleByAdam { Amsgrad: true })
                return true;
        return false;
    }

    // Networks that are equally far, with equal shares, have equal factors.
    private static AdamStep<PerLane<T>, T> StepInLanes<T>(in LaneStretch<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Span<T> keptMean = at.Room(0), takenMean = at.Room(1), keptSquare = at.Room(2), takenSquare = at.Room(3),
            meanFactor = at.Room(4), rootFactor = at.Room(5), least = at.Room(6);
        var (before, number, mean, root, mayFade) = ((ScaleByAdam?)null, 0L, 0.0, 0.0, true);
        for (int lane = 0; lane < at.Rules.Length; lane++)
        {
            if (at.Rules[lane] is not ScaleByAdam rule)
            {
                // Zero over one: a lane that is free stays where it is.
                (keptMean[lane], takenMean[lane], keptSquare[lane], takenSquare[lane]) =
                    (T.Zero, T.Zero, T.Zero, T.Zero);
                (meanFactor[lane], rootFactor[lane], least[lane]) = (T.Zero, T.Zero, T.One);
                continue;
            }
            if (number != at.Steps[lane].Number || before?.Beta1 != rule.Beta1 || before.Beta2 != rule.Beta2)
                (mean, root) = rule.Factors(at.Steps[lane]);
            (before, number) = (rule, at.Steps[lane].Number);
            mayFade &= rule.MayFade<T>(mean, root);
            keptMean[lane] = T.CreateTruncating(rule.Beta1);
            takenMean[lane] = T.CreateTruncating(1 - rule.Beta1);
            keptSquare[lane] = T.CreateTruncating(rule.Beta2);
            takenSquare[lane] = T.CreateTruncating(1 - rule.Beta2);
            meanFactor[lane] = T.CreateTruncating(mean);
            rootFactor[lane] = T.CreateTruncating(root);
            least[lane] = T.CreateTruncating(rule.Epsilon);
        }
        return new(
            new(at.At(0), at.At(1)), new(at.At(2), at.At(3)), new(at.At(4), at.At(5), at.At(6)), mayFade);
    }
}
