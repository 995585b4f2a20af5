using System.Numerics;

namespace Functional;

/// <summary>Some neighbouring parameters, as a rule sees them: where they stand, the direction they are to move
/// against, and what the rule remembers of them.</summary>
public readonly ref struct Stretch<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> memory;
    private readonly int first, all;

    private readonly StepInfo step;

    private Stretch(
        Span<T> direction, ReadOnlySpan<T> parameters, Span<T> memory, int first, int all, StepInfo step = default)
    {
        Direction = direction;
        Parameters = parameters;
        this.memory = memory;
        (this.first, this.all, this.step) = (first, all, step);
    }

    /// <summary>All parameters, with the whole memory of a rule.</summary>
    internal Stretch(Span<T> direction, ReadOnlySpan<T> parameters, Span<T> memory)
        : this(direction, parameters, memory, 0, direction.Length)
    { }

    /// <summary>The direction, to be changed in place.</summary>
    public Span<T> Direction { get; }

    /// <summary>Where the parameters stand.</summary>
    public ReadOnlySpan<T> Parameters { get; }

    /// <summary>How many parameters there are, these and all others.</summary>
    public int All => all;

    /// <summary>What the rule remembers of these parameters: one number for each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rule does not have so many slots.</exception>
    public Span<T> Slot(int slot) => slot >= 0 && (long)slot * all + first + Direction.Length <= memory.Length
        ? memory.Slice(slot * all + first, Direction.Length)
        : throw new ArgumentOutOfRangeException(
            nameof(slot), slot, $"the rule has {memory.Length / Math.Max(1, all)} slots; override Slots for more");

    /// <summary>The number of this step to the rule, from 1; known to rules of a program's own.</summary>
    public long Step => step.Number;

    /// <summary>A learning rate at this step, as the schedule has it.</summary>
    public double Rate(double rate) => step.Rate(rate);

    /// <summary>All that the rule remembers.</summary>
    internal Span<T> Memory => memory;

    /// <summary>The same parameters at a step.</summary>
    internal Stretch<T> At(StepInfo at) => new(Direction, Parameters, memory, first, all, at);

    /// <summary>A single number that the rule remembers, after its slots.</summary>
    internal ref T Scalar(int slots) => ref memory[slots * all];

    /// <summary>Some of these parameters.</summary>
    internal Stretch<T> Part(int start, int length) =>
        new(Direction.Slice(start, length), Parameters.Slice(start, length), memory, first + start, all);

    /// <summary>The same parameters to a rule whose memory is so many numbers from a place on.</summary>
    internal Stretch<T> With(int start, int length) =>
        new(Direction, Parameters, memory.Slice(start, length), first, all);
}
