using System.Numerics;

namespace Functional;

/// <summary>Some neighbouring parameters, as a rule sees them: where they stand, the direction they are to move against, and what the rule remembers of them.</summary>
internal readonly ref struct Stretch<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> memory;
    private readonly int first, all;

    private Stretch(Span<T> direction, ReadOnlySpan<T> parameters, Span<T> memory, int first, int all)
    {
        Direction = direction;
        Parameters = parameters;
        this.memory = memory;
        (this.first, this.all) = (first, all);
    }

    /// <summary>All parameters, with the whole memory of a rule.</summary>
    public Stretch(Span<T> direction, ReadOnlySpan<T> parameters, Span<T> memory) : this(direction, parameters, memory, 0, direction.Length) { }

    /// <summary>The direction, to be changed in place.</summary>
    public Span<T> Direction { get; }

    /// <summary>Where the parameters stand.</summary>
    public ReadOnlySpan<T> Parameters { get; }

    /// <summary>How many parameters there are, these and all others.</summary>
    public int All => all;

    /// <summary>What the rule remembers of these parameters: one number for each.</summary>
    public Span<T> Slot(int slot) => memory.Slice(slot * all + first, Direction.Length);

    /// <summary>A single number that the rule remembers, after its slots.</summary>
    public ref T Scalar(int slots) => ref memory[slots * all];

    /// <summary>Some of these parameters.</summary>
    public Stretch<T> Part(int start, int length) => new(Direction.Slice(start, length), Parameters.Slice(start, length), memory, first + start, all);

    /// <summary>The same parameters to a rule whose memory is so many numbers from a place on.</summary>
    public Stretch<T> With(int start, int length) => new(Direction, Parameters, memory.Slice(start, length), first, all);
}
