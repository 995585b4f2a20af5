using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers.Products;

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

    internal override Stage<T> Stage<T>(int inputs) =>
        new SequenceStage<T>(inputs, [.. Widths(Layers, inputs).Select(at => at.Layer.Stage<T>(at.Inputs))]);

    internal override Stage<T> Stage<T>(int inputs, LanePlace place) => new SequenceStage<T>(
        inputs * LaneMatMul.Count,
        [.. Widths(Layers, inputs).Select((at, index) => at.Layer.Stage<T>(at.Inputs, place.At(index)))]);

    internal override IEnumerable<double> DropoutRates => Layers.SelectMany(layer => layer.DropoutRates);

    internal override Layer WithoutRates => new Sequence([.. Layers.Select(layer => layer.WithoutRates)]);

    internal override IEnumerable<Slice> Layout(int inputs) =>
        Widths(Layers, inputs).SelectMany((at, index) => Slice.Within($"{index}", at.Layer.Layout(at.Inputs)));

    internal override IEnumerable<Slice> RunningLayout(int inputs) =>
        Widths(Layers, inputs).SelectMany((at, index) => Slice.Within($"{index}", at.Layer.RunningLayout(at.Inputs)));

    internal override Layer WithoutMemory => new Sequence([.. Layers.Select(layer => layer.WithoutMemory)]);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Sequence(fields.Many("layers", Layers, Kinds));

    internal override IEnumerable<Invalid> ShapeFaults(int inputs, string path) =>
        ShapeFaults(Layers, inputs, path + ".layers");

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

    private sealed class SequenceStage<T>(int inputs, Stage<T>[] parts)
        : Composite<T>(inputs, parts.Length == 0 ? inputs : parts[^1].Outputs, parts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int widest = parts.Select(part => part.Inputs).DefaultIfEmpty(0).Max();

        private protected override bool IsInput(int part) => part == 0;

        private protected override bool IsOutput(int part) => part == Parts.Length - 1;

        // Adjoints go back and forth between two halves of the scratch.
        public override long Scratch(int rows) => 2L * rows * widest + Most(part => part.Scratch(rows));

        public override long BackwardTangentScratch(int rows) =>
            4L * rows * widest + Most(part => part.BackwardTangentScratch(rows));

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            if (Parts.IsEmpty) at.Input.CopyTo(into.Output);
            foreach (var part in pass.Frame.Parts) Parts[part.Index].Forward(pass.Of(part), at.Of(part), into.Of(part));
        }

        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            if (Parts.IsEmpty && !adjoint.ToInput.IsEmpty) adjoint.FromOutput.CopyTo(adjoint.ToInput);
            int half = pass.Rows * widest;
            Span<T> here = scratch[..half], there = scratch.Slice(half, half), rest = scratch[(2 * half)..],
                fromOutput = adjoint.FromOutput;
            var parts = pass.Frame.Parts;
            for (int i = parts.Length - 1; i >= 0; i--)
            {
                var part = parts[i];
                var toInput = i > 0 ? here[..(pass.Rows * Parts[i].Inputs)] : adjoint.ToInput;
                Parts[i].Backward(pass.Of(part), at.Of(part), adjoint.Of(part, fromOutput, toInput), rest);
                fromOutput = toInput;
                Swap(ref here, ref there);
            }
        }

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
        {
            if (Parts.IsEmpty)
            {
                into.Output.Clear();
                along.Input.CopyTo(into.Output);
            }
            foreach (var part in pass.Frame.Parts)
                Parts[part.Index].Tangent(pass.Of(part), at.Of(part), along.Of(part), into.TangentOf(part));
        }

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch)
        {
            if (Parts.IsEmpty && !adjoint.ToInput.IsEmpty)
            {
                adjoint.FromOutput.CopyTo(adjoint.ToInput);
                tangent.FromOutput.CopyTo(tangent.ToInput);
            }
            int half = pass.Rows * widest;
            Span<T> here = scratch[..(2 * half)], there = scratch.Slice(2 * half, 2 * half),
                rest = scratch[(4 * half)..];
            Span<T> fromOutput = adjoint.FromOutput, fromOutputTangent = tangent.FromOutput;
            var parts = pass.Frame.Parts;
            for (int i = parts.Length - 1; i >= 0; i--)
            {
                var part = parts[i];
                int cells = pass.Rows * Parts[i].Inputs;
                var toInput = i > 0 ? here[..cells] : adjoint.ToInput;
                var toInputTangent = i > 0 ? here.Slice(half, cells) : tangent.ToInput;
                Parts[i].BackwardTangent(
                    pass.Of(part), at.Of(part), along.Of(part), adjoint.Of(part, fromOutput, toInput),
                    tangent.Of(part, fromOutputTangent, toInputTangent), rest);
                fromOutput = toInput;
                fromOutputTangent = toInputTangent;
                Swap(ref here, ref there);
            }
        }

        private static void Swap(ref Span<T> here, ref Span<T> there)
        {
            var kept = here;
            here = there;
            there = kept;
        }
    }
}
