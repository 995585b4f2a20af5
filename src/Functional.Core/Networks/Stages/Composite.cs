using System.Numerics;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>A stage made of stages. Their parameters and running values lie one after the other; so do their tapes,
/// each with the output that follows it where the whole's own output is another.</summary>
/// <param name="inputs">Numbers in a sample that comes in.</param>
/// <param name="outputs">Numbers in a sample that goes out.</param>
/// <param name="parts">In the order of the forward pass.</param>
internal abstract class Composite<T>(int inputs, int outputs, params Stage<T>[] parts)
    : Stage<T>(inputs, outputs, parts.Sum(part => part.Parameters), parts.Sum(part => part.Running))
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected ReadOnlySpan<Stage<T>> Parts => parts;

    public sealed override bool Draws { get; } = parts.Any(part => part.Draws);

    /// <summary>Whether a part's output is the whole's.</summary>
    private protected abstract bool IsOutput(int part);

    /// <summary>Whether a part reads the whole's input, and not the output of the part before it.</summary>
    private protected abstract bool IsInput(int part);

    public sealed override long Tape(int rows) => Kept(rows, part => part.Tape(rows));

    public sealed override long TangentTape(int rows) => Kept(rows, part => part.TangentTape(rows));

    public sealed override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i].Init(key.At((uint)i), initializer, parameters[..parts[i].Parameters], running[..parts[i].Running]);
            parameters = parameters[parts[i].Parameters..];
            running = running[parts[i].Running..];
        }
    }

    private protected sealed override Part[] PartsAfter(int parametersBefore, int rows)
    {
        var placed = new Part[parts.Length];
        int parameters = 0, running = 0, tape = 0, tangentTape = 0;
        Segment? output = null, tangentOutput = null;
        for (int i = 0; i < parts.Length; i++)
        {
            var frame = parts[i].FrameAfter(parametersBefore + parameters, rows);
            var (input, tangentInput) = IsInput(i) ? (null, null) : (output, tangentOutput);
            var (own, tangentOwn) = (Next(ref tape, frame.Tape), Next(ref tangentTape, frame.TangentTape));
            (output, tangentOutput) = IsOutput(i)
                ? (default(Segment?), default(Segment?))
                : (Next(ref tape, rows * parts[i].Outputs), Next(ref tangentTape, rows * parts[i].Outputs));
            placed[i] = new(
                i, parts[i].Draws, frame, Next(ref parameters, parts[i].Parameters),
                Next(ref running, parts[i].Running), own, tangentOwn,
                input, output, tangentInput, tangentOutput);
        }
        return placed;
    }

    /// <summary>The most that a part needs.</summary>
    private protected long Most(Func<Stage<T>, long> need) => parts.Select(need).DefaultIfEmpty(0).Max();

    private long Kept(int rows, Func<Stage<T>, long> own)
    {
        long sum = 0;
        for (int i = 0; i < parts.Length; i++) sum += own(parts[i]) + (IsOutput(i) ? 0 : (long)rows * parts[i].Outputs);
        return sum;
    }

    private static Segment Next(ref int end, int length)
    {
        var next = new Segment(end, length);
        end += length;
        return next;
    }
}
