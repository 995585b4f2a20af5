using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Optimizers;

/// <summary>The parameters of 16 networks side by side as rules of one kind see them, one rule for each
/// network.</summary>
/// <param name="all">Their numbers: number i of network l at 16 i + l, in memories as well.</param>
/// <param name="rules">The rule of each network; none where a lane is free.</param>
/// <param name="steps">The step of each network.</param>
/// <param name="room">For the numbers of the rules.</param>
internal readonly unsafe ref struct LaneStretch<T>(
    Stretch<T> all, ReadOnlySpan<Optimizer?> rules, ReadOnlySpan<StepInfo> steps, Aligned<T> room)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers of its own a rule may have at once.</summary>
    public const int MostConstants = 8;

    private const int Lanes = Reduce.Lanes;

    public Stretch<T> All { get; } = all;
    public ReadOnlySpan<Optimizer?> Rules { get; } = rules;
    public ReadOnlySpan<StepInfo> Steps { get; } = steps;

    /// <summary>A number of each rule, rounded to the precision; 0 where a lane is free.</summary>
    /// <param name="place">Where it is kept until the step is done: another place for each number.</param>
    /// <param name="of">Takes it from the rule and its step.</param>
    public Span<T> Constants<R>(int place, Func<R, StepInfo, double> of) where R : Optimizer
    {
        var constants = Room(place);
        for (int lane = 0; lane < Lanes; lane++)
            constants[lane] = Rules[lane] is R rule ? T.CreateTruncating(of(rule, Steps[lane])) : T.Zero;
        return constants;
    }

    /// <summary>Room for a number of each rule.</summary>
    public Span<T> Room(int place) => room.Span.Slice(place * Lanes, Lanes);

    /// <summary>The numbers at a place, as kernels take them.</summary>
    public PerLane<T> At(int place) => new((T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Room(place))));
}
