using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Networks;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>A fully connected layer: A = phi(X W + b), W inputs x units.</summary>
/// <param name="Units">How many units, and so outputs; 1 to 2^20.</param>
/// <param name="Activation">phi; the identity if none is given.</param>
/// <param name="Bias">Whether there is a b.</param>
public sealed record Dense(int Units, Activation Activation, bool Bias = true) : Layer
{
    /// <summary>A dense layer without a non-linearity.</summary>
    public Dense(int units) : this(units, Activation.Identity) { }

    /// <summary>A layer with the activation of the first dense one among others, ReLU if there is none.</summary>
    internal static Dense Like(int units, Items<Layer> others) =>
        new(units, others.OfType<Dense>().FirstOrDefault()?.Activation ?? Activation.Relu);

    internal override int Outputs(int inputs) => Units;
    internal override long Parameters(int inputs) => (long)inputs * Units + (Bias ? Units : 0);
    internal override long Products(int inputs) => (long)inputs * Units;
    internal override Stage<T> Stage<T>(int inputs) => new DenseStage<OneProduct, T>(this, inputs);

    internal override Stage<T> Stage<T>(int inputs, LanePlace place) => Activation.IsElementwise
        ? new DenseStage<LaneProducts, T>(this, inputs)
        : base.Stage<T>(inputs, place);

    internal override IEnumerable<Slice> Layout(int inputs) =>
        Bias ? [new("weight", [inputs, Units]), new("bias", [Units])] : [new("weight", [inputs, Units])];

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new Dense(
        fields.Whole("units", Units, Interval.Between(1, Widest)),
        fields.One("activation", Activation, Activation.Kinds),
        fields.Flag("bias", Bias));

    private sealed class DenseStage<P, T>(Dense layer, int inputs)
        : Stage<T>(inputs * P.Networks, layer.Units * P.Networks, (int)layer.Parameters(inputs) * P.Networks)
        where P : struct, IProducts where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Halves of lines that are a power of two long fall on half of a cache's places, all the first
        // ones on one half: a thread that takes the first columns of one layer and the last ones of the
        // next keeps both in its cache.
        private const int TurnBytes = 1 << 20;

        private readonly int units = layer.Units, weights = inputs * layer.Units * P.Networks;
        private readonly bool keepsSums = layer.Activation.NeedsZ;

        public override long Tape(int rows) => keepsSums ? (long)rows * Outputs : 0; // z, where phi' needs it

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) =>
            initializer.Draw<T>(key, inputs, units).Span.CopyTo(parameters);

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            var sums = keepsSums ? into.Tape : into.Output;
            P.Multiply(
                at.Input, at.Parameters[..weights], at.Parameters[weights..], sums, pass.Rows, inputs, units,
                pass.Threads, isTurned: (long)pass.Frame.FirstParameter * Unsafe.SizeOf<T>() / TurnBytes % 2 == 1);
            layer.Activation.Apply<T>(sums, into.Output, Outputs, pass.Threads);
        }

        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            var delta = adjoint.FromOutput;
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, delta, Outputs, pass.Threads);
            P.MultiplyLeftTransposed(
                at.Input, delta, adjoint.Gradient[..weights], inputs, pass.Rows, units, pass.Threads);
            if (layer.Bias) Reduce.Columns(delta, adjoint.Gradient[weights..], pass.Threads);
            if (!adjoint.ToInput.IsEmpty)
                P.MultiplyRightTransposed(
                    delta, at.Parameters[..weights], adjoint.ToInput, pass.Rows, units, inputs, pass.Threads);
        }

        public override long TangentTape(int rows) => (long)rows * Outputs; // how z moves

        public override long BackwardTangentScratch(int rows) => (long)rows * Outputs;

        // dz = dX W + X dW + db
        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
        {
            P.Multiply(
                at.Input, along.Parameters[..weights], along.Parameters[weights..], into.Tape, pass.Rows, inputs,
                units, pass.Threads);
            if (!along.Input.IsEmpty)
                P.Multiply(
                    along.Input, at.Parameters[..weights], [], into.Tape, pass.Rows, inputs, units, pass.Threads,
                    onto: true);
            into.Tape.CopyTo(into.Output);
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, into.Output, Outputs, pass.Threads);
        }

        // With delta = dLoss/dz: d(delta) = phi'(z) d(fromOutput) + fromOutput phi''(z) dz; the gradient X' delta
        // and delta W' by the product rule.
        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch)
        {
            var chain = scratch[..tangent.FromOutput.Length];
            layer.Activation.TangentOfChain(
                at.Tape, at.Output, along.Tape, along.Output, adjoint.FromOutput, chain, Outputs);
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, tangent.FromOutput, Outputs, pass.Threads);
            Elementwise.Zip(default(Add<T>), tangent.FromOutput, chain, tangent.FromOutput);
            layer.Activation.MultiplyByDerivative(at.Tape, at.Output, adjoint.FromOutput, Outputs, pass.Threads);

            P.MultiplyLeftTransposed(
                at.Input, tangent.FromOutput, tangent.Gradient[..weights], inputs, pass.Rows, units, pass.Threads);
            if (!along.Input.IsEmpty)
                P.MultiplyLeftTransposed(
                    along.Input, adjoint.FromOutput, tangent.Gradient[..weights], inputs, pass.Rows, units,
                    pass.Threads, onto: true);
            if (layer.Bias) Reduce.Columns(tangent.FromOutput, tangent.Gradient[weights..], pass.Threads);
            if (adjoint.ToInput.IsEmpty) return;
            P.MultiplyRightTransposed(
                adjoint.FromOutput, at.Parameters[..weights], adjoint.ToInput, pass.Rows, units, inputs,
                pass.Threads);
            P.MultiplyRightTransposed(
                tangent.FromOutput, at.Parameters[..weights], tangent.ToInput, pass.Rows, units, inputs,
                pass.Threads);
            P.MultiplyRightTransposed(
                adjoint.FromOutput, along.Parameters[..weights], tangent.ToInput, pass.Rows, units, inputs,
                pass.Threads, onto: true);
        }
    }
}
