using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Optimizers;

/// <summary>
/// A step of 16 networks' optimizers over numbers that lie side by side, each with the bits of <see cref="UpdateSweep"/>. The
/// optimizers are of one kind; their numbers, and how far they are, may differ.
/// </summary>
/// <remarks>A rule that looks at each parameter alone does what it always does, where all networks have the same one at
/// the same step; else it goes with a constant for each lane, or takes the networks out of their lanes, one after the
/// other.</remarks>
internal sealed unsafe class LaneSweep<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = Reduce.Lanes, Factors = LaneStretch<T>.MostConstants, Somethings = Factors + 1,
        Marks = Factors + 2;

    private readonly Aligned<T> constants = new((Marks + 1) * Lanes);
    private readonly Optimizer?[][] rules; // rule by rule, the network of each lane
    private readonly bool[] isSame;        // whether all networks have the same rule, which is one of ours
    private readonly int[] memories;       // of one network, rule by rule
    private readonly int parameters;
    private readonly bool hasFactor;       // the last rule is a factor, and done while the parameters move

    /// <param name="like">An optimizer of the kind that all networks have.</param>
    /// <param name="parameters">How many parameters a network has.</param>
    public LaneSweep(Optimizer like, int parameters)
    {
        var parts = like.Expanded.Parts;
        this.parameters = parameters;
        rules = [.. parts.Select(_ => new Optimizer?[Lanes])];
        memories = [.. parts.Select(rule => rule.Memory(parameters))];
        isSame = new bool[parts.Count];
        hasFactor = parts.Count > 0 && parts[^1].Factor(default) is not null;
    }

    /// <summary>Gives a lane its optimizer; none frees it.</summary>
    public void Seat(int lane, Optimizer? optimizer)
    {
        var parts = optimizer?.Expanded.Parts;
        for (int i = 0; i < rules.Length; i++)
        {
            rules[i][lane] = parts?[i];
            var taken = rules[i].OfType<Optimizer>();
            isSame[i] = taken.Distinct().Take(2).Count() < 2 && taken.All(IsOurs);
        }
    }

    // A rule of a program's own sees one network, as it does alone.
    private static bool IsOurs(Optimizer rule) =>
        rule.GetType().Assembly == typeof(Optimizer).Assembly && rule.Within.All(within => IsOurs(within.Rule));

    /// <summary>One step of every network.</summary>
    /// <param name="direction">Their gradients; garbage afterwards.</param>
    /// <param name="moved">Their parameters.</param>
    /// <param name="memory">Their optimizers' memories.</param>
    /// <param name="steps">Where each of them stands.</param>
    /// <param name="isWanted">Whose step counts: what becomes of the others' numbers is garbage, and rules that take
    /// networks out of their lanes never see them.</param>
    /// <returns>0 for each network whose parameters are all finite, NaN for the others.</returns>
    public ReadOnlySpan<T> Step(
        Span<T> direction, Span<T> moved, Span<T> memory, ReadOnlySpan<StepInfo> steps, ReadOnlySpan<bool> isWanted)
    {
        var all = new Stretch<T>(direction, moved, memory);
        int before = rules.Length - (hasFactor ? 1 : 0), start = 0;
        FillFactors(steps);
        var descent = new Descent<PerLane<T>, T>(At(Factors), At(Somethings));
        for (int i = 0; i < before; i++)
        {
            var at = all.With(start * Lanes, memories[i] * Lanes);
            start += memories[i];
            var inLanes = new LaneStretch<T>(at, rules[i], steps, constants);
            var first = Array.Find(rules[i], own => own is not null);
            if (i == before - 1 && first?.TryMoveInLanes(inLanes, descent, moved, Room(Marks)) == true)
                return Room(Marks);
            if (TheOne(i, steps, out int lane) is { } rule) rule.Update(at, steps[lane]);
            else if (first?.TryUpdateInLanes(inLanes) != true) OneByOne(i, at, steps, isWanted);
        }
        descent.MoveLanes(direction, moved, Room(Marks));
        return Room(Marks);
    }

    // The rule of all networks at the step of all networks, if there is one and it looks at each parameter alone.
    private Optimizer? TheOne(int rule, ReadOnlySpan<StepInfo> steps, out int first)
    {
        first = Array.FindIndex(rules[rule], own => own is not null);
        if (first < 0 || !isSame[rule] || !rules[rule][first]!.IsElementwise) return null;
        for (int lane = first + 1; lane < Lanes; lane++)
            if (rules[rule][lane] is not null && steps[lane] != steps[first])
                return null;
        return rules[rule][first];
    }

    // Network after network, out of their lanes and back.
    private void OneByOne(int rule, in Stretch<T> at, ReadOnlySpan<StepInfo> steps, ReadOnlySpan<bool> isWanted)
    {
        var room = ThreadCache<T>.Take(2 * parameters + memories[rule]);
        Span<T> direction = room.Span[..parameters], own = room.Span.Slice(parameters, parameters),
            memory = room.Span.Slice(2 * parameters, memories[rule]);
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isWanted[lane] || rules[rule][lane] is not { } alone) continue;
            Interleaved.Read<T>(at.Direction, lane, direction);
            Interleaved.Read(at.Parameters, lane, own);
            Interleaved.Read<T>(at.Memory, lane, memory);
            alone.Update(new Stretch<T>(direction, own, memory), steps[lane]);
            Interleaved.Write<T>(direction, lane, at.Direction);
            Interleaved.Write<T>(memory, lane, at.Memory);
        }
        ThreadCache<T>.Return(room);
    }

    private void FillFactors(ReadOnlySpan<StepInfo> steps)
    {
        Span<T> factors = Room(Factors), somethings = Room(Somethings);
        for (int lane = 0; lane < Lanes; lane++)
        {
            factors[lane] = !hasFactor ? T.One
                : rules[^1][lane] is { } last ? T.CreateTruncating(last.Factor(steps[lane])!.Value) : T.Zero;
            somethings[lane] = Descent.Something(factors[lane]);
        }
    }

    private Span<T> Room(int place) => constants.Span.Slice(place * Lanes, Lanes);

    private PerLane<T> At(int place) =>
        new((T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Room(place))));
}
