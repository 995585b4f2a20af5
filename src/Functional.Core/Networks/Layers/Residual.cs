using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>A layer made of layers, with a way around them: y = body(x) + shortcut(x). (He, Zhang, Ren and Sun, 2016)</summary>
/// <param name="Body">The layers that are gone round, in order.</param>
/// <param name="Shortcut">The layers on the way around; none means x itself, and then the body must keep the width.</param>
public sealed record Residual(Items<Layer> Body, Items<Layer> Shortcut) : Layer
{
    /// <summary>A body that keeps the width, gone round by x itself.</summary>
    public Residual(params Items<Layer> body) : this(body, []) { }

    internal override int Outputs(int inputs) => new Sequence(Body).Outputs(inputs);
    internal override long Parameters(int inputs) => new Sequence(Body).Parameters(inputs) + new Sequence(Shortcut).Parameters(inputs);
    internal override long Products(int inputs) => new Sequence(Body).Products(inputs) + new Sequence(Shortcut).Products(inputs);
    internal override Stage<T> Stage<T>(int inputs) => new ResidualStage<T>(new Sequence(Body).Stage<T>(inputs), new Sequence(Shortcut).Stage<T>(inputs));

    internal override IEnumerable<Slice> Layout(int inputs) =>
        [.. Slice.Within("body", new Sequence(Body).Layout(inputs)), .. Slice.Within("shortcut", new Sequence(Shortcut).Layout(inputs))];

    internal override IEnumerable<Slice> RunningLayout(int inputs) =>
        [.. Slice.Within("body", new Sequence(Body).RunningLayout(inputs)), .. Slice.Within("shortcut", new Sequence(Shortcut).RunningLayout(inputs))];

    internal override Layer WithoutMemory => new Residual([.. Body.Select(layer => layer.WithoutMemory)], [.. Shortcut.Select(layer => layer.WithoutMemory)]);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Residual(
        fields.Many("body", Body, Kinds),
        fields.Many("shortcut", Shortcut, Kinds));

    internal override IEnumerable<Invalid> ShapeFaults(int inputs, string path)
    {
        int body = Outputs(inputs), shortcut = new Sequence(Shortcut).Outputs(inputs);
        if (body != shortcut) yield return new($"{path} adds a body of {body} outputs to a shortcut of {shortcut}; they should be equal");
        foreach (var fault in Sequence.ShapeFaults(Body, inputs, path + ".body")) yield return fault;
        foreach (var fault in Sequence.ShapeFaults(Shortcut, inputs, path + ".shortcut")) yield return fault;
    }

    // Parameters, running values and tape are the body's, then the shortcut's; then the tape holds both outputs.
    private sealed class ResidualStage<T>(Stage<T> body, Stage<T> shortcut)
        : Stage<T>(body.Inputs, body.Outputs, body.Parameters + shortcut.Parameters, body.Running + shortcut.Running)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool Draws => body.Draws || shortcut.Draws;
        public override long Tape(int rows) => body.Tape(rows) + shortcut.Tape(rows) + 2L * rows * Outputs;
        public override long Scratch(int rows) => Math.Max(body.Scratch(rows), shortcut.Scratch(rows)) + (long)rows * (Inputs + Outputs);

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running)
        {
            body.Init(key.At(0), initializer, parameters[..body.Parameters], running[..body.Running]);
            shortcut.Init(key.At(1), initializer, parameters[body.Parameters..], running[body.Running..]);
        }

        public override void Forward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, Span<T> nextRunning,
            ReadOnlySpan<T> input, Span<T> output, Span<T> tape)
        {
            var bodyTape = tape[..(int)body.Tape(pass.Rows)];
            var shortcutTape = tape.Slice(bodyTape.Length, (int)shortcut.Tape(pass.Rows));
            var outputs = tape[(bodyTape.Length + shortcutTape.Length)..];
            body.Forward(pass.At(0), parameters[..body.Parameters], running[..body.Running], Front(nextRunning), input, outputs[..output.Length], bodyTape);
            shortcut.Forward(pass.At(1), parameters[body.Parameters..], running[body.Running..], Back(nextRunning), input, outputs[output.Length..], shortcutTape);
            Elementwise.Zip(default(Add<T>), outputs[..output.Length], outputs[output.Length..], output);
        }

        public override void Backward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape,
            Span<T> fromOutput, Span<T> toInput, Span<T> gradient, Span<T> scratch)
        {
            var bodyTape = tape[..(int)body.Tape(pass.Rows)];
            var shortcutTape = tape.Slice(bodyTape.Length, (int)shortcut.Tape(pass.Rows));
            var outputs = tape[(bodyTape.Length + shortcutTape.Length)..];
            var toShortcut = scratch[..(pass.Rows * Outputs)];
            var round = scratch.Slice(toShortcut.Length, toInput.IsEmpty ? 0 : pass.Rows * Inputs);
            var rest = scratch[(pass.Rows * (Inputs + Outputs))..];
            fromOutput.CopyTo(toShortcut);
            body.Backward(pass.At(0), parameters[..body.Parameters], running[..body.Running], input, outputs[..output.Length], bodyTape,
                fromOutput, toInput, gradient[..body.Parameters], rest);
            shortcut.Backward(pass.At(1), parameters[body.Parameters..], running[body.Running..], input, outputs[output.Length..], shortcutTape,
                toShortcut, round, gradient[body.Parameters..], rest);
            if (!toInput.IsEmpty) Elementwise.Zip(default(Add<T>), toInput, round, toInput);
        }

        private Span<T> Front(Span<T> nextRunning) => nextRunning.IsEmpty ? nextRunning : nextRunning[..body.Running];
        private Span<T> Back(Span<T> nextRunning) => nextRunning.IsEmpty ? nextRunning : nextRunning[body.Running..];

        public override long TangentTape(int rows) => body.TangentTape(rows) + shortcut.TangentTape(rows) + 2L * rows * Outputs;
        public override long BackwardTangentScratch(int rows) => Math.Max(body.BackwardTangentScratch(rows), shortcut.BackwardTangentScratch(rows)) + 2L * rows * (Inputs + Outputs);

        public override void Tangent(
            in Pass pass, in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept)
        {
            var bodyKept = kept[..(int)body.TangentTape(pass.Rows)];
            var shortcutKept = kept.Slice(bodyKept.Length, (int)shortcut.TangentTape(pass.Rows));
            var outputs = kept[(bodyKept.Length + shortcutKept.Length)..];
            body.Tangent(pass.At(0), Body(at, pass.Rows), parameters[..body.Parameters], input, outputs[..output.Length], bodyKept);
            shortcut.Tangent(pass.At(1), Shortcut(at, pass.Rows), parameters[body.Parameters..], input, outputs[output.Length..], shortcutKept);
            Elementwise.Zip(default(Add<T>), outputs[..output.Length], outputs[output.Length..], output);
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput,
            Span<T> toInput, Span<T> bentInput, Span<T> bentGradient, Span<T> scratch)
        {
            int cells = pass.Rows * Outputs, inputs = toInput.Length;
            var bodyKept = moving.Tape[..(int)body.TangentTape(pass.Rows)];
            var shortcutKept = moving.Tape.Slice(bodyKept.Length, (int)shortcut.TangentTape(pass.Rows));
            var outputs = moving.Tape[(bodyKept.Length + shortcutKept.Length)..];
            Span<T> toShortcut = scratch[..cells], bentShortcut = scratch.Slice(cells, cells), round = scratch.Slice(2 * cells, inputs), bentRound = scratch.Slice(2 * cells + inputs, inputs);
            var rest = scratch[(2 * cells + 2 * inputs)..];
            fromOutput.CopyTo(toShortcut);
            bentOutput.CopyTo(bentShortcut);
            body.BackwardTangent(pass.At(0), Body(at, pass.Rows), new(moving.Parameters[..body.Parameters], moving.Input, outputs[..cells], bodyKept),
                fromOutput, bentOutput, toInput, bentInput, bentGradient[..body.Parameters], rest);
            shortcut.BackwardTangent(pass.At(1), Shortcut(at, pass.Rows), new(moving.Parameters[body.Parameters..], moving.Input, outputs[cells..], shortcutKept),
                toShortcut, bentShortcut, round, bentRound, bentGradient[body.Parameters..], rest);
            if (toInput.IsEmpty) return;
            Elementwise.Zip(default(Add<T>), toInput, round, toInput);
            Elementwise.Zip(default(Add<T>), bentInput, bentRound, bentInput);
        }

        private Point<T> Body(in Point<T> at, int rows)
        {
            int own = (int)body.Tape(rows);
            return new(at.Parameters[..body.Parameters], at.Running[..body.Running], at.Input, Outcomes(at, rows)[..(rows * Outputs)], at.Tape[..own]);
        }

        private Point<T> Shortcut(in Point<T> at, int rows) => new(
            at.Parameters[body.Parameters..], at.Running[body.Running..], at.Input, Outcomes(at, rows)[(rows * Outputs)..], at.Tape.Slice((int)body.Tape(rows), (int)shortcut.Tape(rows)));

        private ReadOnlySpan<T> Outcomes(in Point<T> at, int rows) => at.Tape[(int)(body.Tape(rows) + shortcut.Tape(rows))..];
    }
}
