using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>A layer made of layers, with a way around them: y = body(x) + shortcut(x). (He, Zhang,
/// Ren and Sun, 2016)</summary>
/// <param name="Body">The layers that are gone round, in order.</param>
/// <param name="Shortcut">The layers on the way around; none means x itself, and then the body
/// must keep the width.</param>
public sealed record Residual(Items<Layer> Body, Items<Layer> Shortcut) : Layer
{
    /// <summary>A body that keeps the width, gone round by x itself.</summary>
    public Residual(params Items<Layer> body) : this(body, []) { }

    internal override int Outputs(int inputs) => new Sequence(Body).Outputs(inputs);
    internal override long Parameters(int inputs) =>
        new Sequence(Body).Parameters(inputs) + new Sequence(Shortcut).Parameters(inputs);
    internal override long Products(int inputs) =>
        new Sequence(Body).Products(inputs) + new Sequence(Shortcut).Products(inputs);
    internal override Stage<T> Stage<T>(int inputs) =>
        new ResidualStage<T>(new Sequence(Body).Stage<T>(inputs), new Sequence(Shortcut).Stage<T>(inputs));

    internal override Stage<T> Stage<T>(int inputs, LanePlace place) => new ResidualStage<T>(
        new Sequence(Body).Stage<T>(inputs, place.At(0)), new Sequence(Shortcut).Stage<T>(inputs, place.At(1)));

    internal override IEnumerable<double> DropoutRates =>
        [.. new Sequence(Body).DropoutRates, .. new Sequence(Shortcut).DropoutRates];

    internal override Layer WithoutRates => new Residual(
        [.. Body.Select(layer => layer.WithoutRates)], [.. Shortcut.Select(layer => layer.WithoutRates)]);

    internal override IEnumerable<Slice> Layout(int inputs) =>
        [.. Slice.Within("body", new Sequence(Body).Layout(inputs)),
            .. Slice.Within("shortcut", new Sequence(Shortcut).Layout(inputs))];

    internal override IEnumerable<Slice> RunningLayout(int inputs) =>
        [.. Slice.Within("body", new Sequence(Body).RunningLayout(inputs)),
            .. Slice.Within("shortcut", new Sequence(Shortcut).RunningLayout(inputs))];

    internal override Layer WithoutMemory => new Residual(
        [.. Body.Select(layer => layer.WithoutMemory)], [.. Shortcut.Select(layer => layer.WithoutMemory)]);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Residual(
        fields.Many("body", Body, Kinds),
        fields.Many("shortcut", Shortcut, Kinds));

    internal override IEnumerable<Invalid> ShapeFaults(int inputs, string path)
    {
        int body = Outputs(inputs), shortcut = new Sequence(Shortcut).Outputs(inputs);
        if (body != shortcut)
            yield return new($"{path} adds a body of {body} outputs to a shortcut of {shortcut}; they should be equal");
        foreach (var fault in Sequence.ShapeFaults(Body, inputs, path + ".body")) yield return fault;
        foreach (var fault in Sequence.ShapeFaults(Shortcut, inputs, path + ".shortcut")) yield return fault;
    }

    private sealed class ResidualStage<T>(Stage<T> body, Stage<T> shortcut)
        : Composite<T>(body.Inputs, body.Outputs, body, shortcut)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private protected override bool IsInput(int part) => true;

        private protected override bool IsOutput(int part) => false;

        // What goes back to the shortcut's output, and comes from its input.
        public override long Scratch(int rows) => (long)rows * (Inputs + Outputs) + Most(part => part.Scratch(rows));

        public override long BackwardTangentScratch(int rows) =>
            2L * rows * (Inputs + Outputs) + Most(part => part.BackwardTangentScratch(rows));

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            foreach (var part in pass.Frame.Parts) Parts[part.Index].Forward(pass.Of(part), at.Of(part), into.Of(part));
            Elementwise.Zip(
                default(Add<T>), Body(pass).Output!.Value.Of(at.Tape), Shortcut(pass).Output!.Value.Of(at.Tape),
                into.Output);
        }

        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            Part body = Body(pass), shortcut = Shortcut(pass);
            var fromShortcut = Copy(adjoint.FromOutput, ref scratch);
            var toShortcut = Take(adjoint.ToInput.Length, ref scratch);
            Parts[0]
                .Backward(pass.Of(body), at.Of(body), adjoint.Of(body, adjoint.FromOutput, adjoint.ToInput), scratch);
            Parts[1]
                .Backward(pass.Of(shortcut), at.Of(shortcut), adjoint.Of(shortcut, fromShortcut, toShortcut), scratch);
            Elementwise.Zip(default(Add<T>), adjoint.ToInput, toShortcut, adjoint.ToInput);
        }

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
        {
            foreach (var part in pass.Frame.Parts)
                Parts[part.Index].Tangent(pass.Of(part), at.Of(part), along.Of(part), into.TangentOf(part));
            Elementwise.Zip(
                default(Add<T>), Body(pass).TangentOutput!.Value.Of(along.Tape),
                Shortcut(pass).TangentOutput!.Value.Of(along.Tape), into.Output);
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch)
        {
            Part body = Body(pass), shortcut = Shortcut(pass);
            Span<T> fromShortcut = Copy(adjoint.FromOutput, ref scratch),
                fromShortcutTangent = Copy(tangent.FromOutput, ref scratch);
            Span<T> toShortcut = Take(adjoint.ToInput.Length, ref scratch),
                toShortcutTangent = Take(adjoint.ToInput.Length, ref scratch);
            Parts[0].BackwardTangent(
                pass.Of(body), at.Of(body), along.Of(body), adjoint.Of(body, adjoint.FromOutput, adjoint.ToInput),
                tangent.Of(body, tangent.FromOutput, tangent.ToInput), scratch);
            Parts[1].BackwardTangent(
                pass.Of(shortcut), at.Of(shortcut), along.Of(shortcut), adjoint.Of(shortcut, fromShortcut, toShortcut),
                tangent.Of(shortcut, fromShortcutTangent, toShortcutTangent), scratch);
            Elementwise.Zip(default(Add<T>), adjoint.ToInput, toShortcut, adjoint.ToInput);
            Elementwise.Zip(default(Add<T>), tangent.ToInput, toShortcutTangent, tangent.ToInput);
        }

        private static Part Body(in Pass pass) => pass.Frame.Parts[0];

        private static Part Shortcut(in Pass pass) => pass.Frame.Parts[1];

        private static Span<T> Take(int length, ref Span<T> scratch)
        {
            var taken = scratch[..length];
            scratch = scratch[length..];
            return taken;
        }

        private static Span<T> Copy(ReadOnlySpan<T> cells, ref Span<T> scratch)
        {
            var taken = Take(cells.Length, ref scratch);
            cells.CopyTo(taken);
            return taken;
        }
    }
}
