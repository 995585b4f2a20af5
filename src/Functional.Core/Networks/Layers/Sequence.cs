using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>Layers one after the other: every network is one, and a network may stand where a layer may.</summary>
/// <param name="Layers">In the order of the forward pass; none means the identity.</param>
public sealed record Sequence(Items<Layer> Layers) : Layer
{
    internal override int Outputs(int inputs) => Layers.Aggregate(inputs, (width, layer) => layer.Outputs(width));

    internal override long Parameters(int inputs)
    {
        long sum = 0;
        foreach (var (layer, width) in Widths(Layers, inputs)) sum += layer.Parameters(width);
        return sum;
    }

    internal override long Products(int inputs) => Widths(Layers, inputs).Sum(at => at.Layer.Products(at.Inputs));

    internal override Stage<T> Stage<T>(int inputs) => new SequenceStage<T>(inputs, [.. Widths(Layers, inputs).Select(at => at.Layer.Stage<T>(at.Inputs))]);

    internal override IEnumerable<Slice> Layout(int inputs) =>
        Widths(Layers, inputs).SelectMany((at, index) => Slice.Within($"{index}", at.Layer.Layout(at.Inputs)));

    internal override IEnumerable<Slice> RunningLayout(int inputs) =>
        Widths(Layers, inputs).SelectMany((at, index) => Slice.Within($"{index}", at.Layer.RunningLayout(at.Inputs)));

    internal override Layer WithoutMemory => new Sequence([.. Layers.Select(layer => layer.WithoutMemory)]);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Sequence(fields.Many("layers", Layers, Kinds));

    internal override IEnumerable<Invalid> ShapeFaults(int inputs, string path) => ShapeFaults(Layers, inputs, path + ".layers");

    internal static IEnumerable<Invalid> ShapeFaults(Items<Layer> layers, int inputs, string path) =>
        Widths(layers, inputs).SelectMany((at, index) => at.Layer.ShapeFaults(at.Inputs, $"{path}[{index}]"));

    private static IEnumerable<(Layer Layer, int Inputs)> Widths(Items<Layer> layers, int inputs)
    {
        foreach (var layer in layers)
        {
            yield return (layer, inputs);
            inputs = layer.Outputs(inputs);
        }
    }

    // The tape holds, for each part but the last, its own tape and its output; for the last its tape.
    private sealed class SequenceStage<T>(int inputs, Stage<T>[] parts)
        : Stage<T>(inputs, parts.Length == 0 ? inputs : parts[^1].Outputs, parts.Sum(part => part.Parameters), parts.Sum(part => part.Running))
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int widest = parts.Select(part => part.Inputs).DefaultIfEmpty(0).Max();

        public override bool Draws { get; } = parts.Any(part => part.Draws);

        public override long Tape(int rows)
        {
            long sum = 0;
            for (int i = 0; i < parts.Length; i++) sum += parts[i].Tape(rows) + (i + 1 < parts.Length ? (long)rows * parts[i].Outputs : 0);
            return sum;
        }

        public override long Scratch(int rows)
        {
            long most = 0;
            foreach (var part in parts) most = Math.Max(most, part.Scratch(rows));
            return 2L * rows * widest + most;
        }

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i].Init(key.At((uint)i), initializer, parameters[..parts[i].Parameters], running[..parts[i].Running]);
                parameters = parameters[parts[i].Parameters..];
                running = running[parts[i].Running..];
            }
        }

        public override void Forward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, Span<T> nextRunning,
            ReadOnlySpan<T> input, Span<T> output, Span<T> tape)
        {
            if (parts.Length == 0) input.CopyTo(output);
            int all = parameters.Length;
            for (int i = 0; i < parts.Length; i++)
            {
                var part = parts[i];
                int own = (int)part.Tape(pass.Rows);
                var here = pass with { Passed = pass.Passed + all - parameters.Length };
                var result = i + 1 < parts.Length ? tape.Slice(own, pass.Rows * part.Outputs) : output;
                var next = nextRunning.IsEmpty ? nextRunning : nextRunning[..part.Running];
                part.Forward(part.Draws ? here.At(i) : here, parameters[..part.Parameters], running[..part.Running], next, input, result, tape[..own]);
                parameters = parameters[part.Parameters..];
                running = running[part.Running..];
                if (!nextRunning.IsEmpty) nextRunning = nextRunning[part.Running..];
                tape = i + 1 < parts.Length ? tape[(own + result.Length)..] : tape;
                input = result;
            }
        }

        public override void Backward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape,
            Span<T> fromOutput, Span<T> toInput, Span<T> gradient, Span<T> scratch)
        {
            if (parts.Length == 0 && !toInput.IsEmpty) fromOutput.CopyTo(toInput);
            // Deltas go back and forth between two halves of the scratch.
            var here = scratch[..(pass.Rows * widest)];
            var there = scratch.Slice(here.Length, here.Length);
            var rest = scratch[(2 * here.Length)..];
            for (int i = parts.Length - 1; i >= 0; i--)
            {
                var part = parts[i];
                int own = (int)part.Tape(pass.Rows), before = i > 0 ? pass.Rows * part.Inputs : 0;
                var partTape = tape[^own..];
                var partInput = i > 0 ? tape[^(own + before)..^own] : input;
                var to = i > 0 ? here[..before] : toInput;
                part.Backward(part.Draws ? pass.At(i) : pass, parameters[^part.Parameters..], running[^part.Running..], partInput, output, partTape,
                    fromOutput, to, gradient[^part.Parameters..], rest);
                parameters = parameters[..^part.Parameters];
                running = running[..^part.Running];
                gradient = gradient[..^part.Parameters];
                tape = tape[..^(own + before)];
                output = partInput;
                fromOutput = to;
                var swap = here;
                here = there;
                there = swap;
            }
        }

        // Kept holds, for each part but the last, its own notes and how its output moves; for the last its notes.
        public override long TangentTape(int rows)
        {
            long sum = 0;
            for (int i = 0; i < parts.Length; i++) sum += parts[i].TangentTape(rows) + (i + 1 < parts.Length ? (long)rows * parts[i].Outputs : 0);
            return sum;
        }

        public override long BackwardTangentScratch(int rows)
        {
            long most = 0;
            foreach (var part in parts) most = Math.Max(most, part.BackwardTangentScratch(rows));
            return 4L * rows * widest + most;
        }

        public override void Tangent(
            in Pass pass, in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept)
        {
            if (parts.Length == 0)
            {
                output.Clear();
                input.CopyTo(output);
            }
            ReadOnlySpan<T> all = at.Parameters, running = at.Running, tape = at.Tape, pointInput = at.Input;
            for (int i = 0; i < parts.Length; i++)
            {
                var part = parts[i];
                bool isLast = i + 1 == parts.Length;
                int own = (int)part.Tape(pass.Rows), notes = (int)part.TangentTape(pass.Rows), cells = pass.Rows * part.Outputs;
                var partOutput = isLast ? at.Output : tape.Slice(own, cells);
                var moving = isLast ? output : kept.Slice(notes, cells);
                part.Tangent(part.Draws ? pass.At(i) : pass, new(all[..part.Parameters], running[..part.Running], pointInput, partOutput, tape[..own]),
                    parameters[..part.Parameters], input, moving, kept[..notes]);
                if (isLast) return;
                all = all[part.Parameters..];
                parameters = parameters[part.Parameters..];
                running = running[part.Running..];
                tape = tape[(own + cells)..];
                kept = kept[(notes + cells)..];
                pointInput = partOutput;
                input = moving;
            }
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput,
            Span<T> toInput, Span<T> bentInput, Span<T> bentGradient, Span<T> scratch)
        {
            if (parts.Length == 0 && !toInput.IsEmpty)
            {
                fromOutput.CopyTo(toInput);
                bentOutput.CopyTo(bentInput);
            }
            int half = pass.Rows * widest;
            Span<T> here = scratch[..(2 * half)], there = scratch.Slice(2 * half, 2 * half), rest = scratch[(4 * half)..];
            ReadOnlySpan<T> parameters = at.Parameters, running = at.Running, output = at.Output, tape = at.Tape;
            ReadOnlySpan<T> along = moving.Parameters, outputMoving = moving.Output, kept = moving.Tape;
            for (int i = parts.Length - 1; i >= 0; i--)
            {
                var part = parts[i];
                int own = (int)part.Tape(pass.Rows), notes = (int)part.TangentTape(pass.Rows), before = i > 0 ? pass.Rows * part.Inputs : 0;
                var partInput = i > 0 ? tape[^(own + before)..^own] : at.Input;
                var inputMoving = i > 0 ? kept[^(notes + before)..^notes] : moving.Input;
                var to = i > 0 ? here[..before] : toInput;
                var bent = i > 0 ? here.Slice(half, before) : bentInput;
                part.BackwardTangent(part.Draws ? pass.At(i) : pass, new(parameters[^part.Parameters..], running[^part.Running..], partInput, output, tape[^own..]),
                    new(along[^part.Parameters..], inputMoving, outputMoving, kept[^notes..]),
                    fromOutput, bentOutput, to, bent, bentGradient[^part.Parameters..], rest);
                parameters = parameters[..^part.Parameters];
                running = running[..^part.Running];
                along = along[..^part.Parameters];
                bentGradient = bentGradient[..^part.Parameters];
                tape = tape[..^(own + before)];
                kept = kept[..^(notes + before)];
                output = partInput;
                outputMoving = inputMoving;
                fromOutput = to;
                bentOutput = bent;
                var swap = here;
                here = there;
                there = swap;
            }
        }
    }
}
