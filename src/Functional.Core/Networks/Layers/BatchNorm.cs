using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>
/// Brings every feature to mean 0 and variance 1 over the batch, then scales and shifts it:
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta. Training keeps running means and (unbiased) variances, which
/// inference uses instead. (Ioffe and Szegedy, 2015) In a sharded batch the statistics are each shard's own.
/// </summary>
/// <param name="Momentum">Weight of the newest batch in the running values, 0 &lt; momentum &lt;= 1.</param>
/// <param name="Epsilon">Added to the variance; above 0.</param>
public sealed record BatchNorm(double Momentum = 0.1, double Epsilon = 1e-5) : Layer
{
    internal override int Outputs(int inputs) => inputs;
    internal override long Parameters(int inputs) => 2L * inputs;
    internal override Stage<T> Stage<T>(int inputs) => new BatchNormStage<T>(this, inputs);

    // All that it does goes down the rows.
    internal override Stage<T> Stage<T>(int inputs, LanePlace place) =>
        new BatchNormStage<T>(this, inputs * LaneMatMul.Count);

    internal override IEnumerable<Slice> Layout(int inputs) => Normalized.Layout(inputs);
    internal override IEnumerable<Slice> RunningLayout(int inputs) =>
        [new("running_mean", [inputs]), new("running_variance", [inputs])];

    internal override Layer WithoutMemory => this with { Momentum = 1 };

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) => new BatchNorm(
        fields.Real("momentum", Momentum, new Interval(0, 1, LowOpen: true)),
        fields.Real("epsilon", Epsilon, Interval.Positive));

    private sealed class BatchNormStage<T>(BatchNorm layer, int width)
        : Stage<T>(width, width, 2 * width, running: 2 * width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T momentum = T.CreateTruncating(layer.Momentum),
            variancePlus = T.CreateTruncating(layer.Epsilon);

        public override long Tape(int rows) => (rows + 1L) * Inputs; // x^, then 1 / deviation of each feature
        public override long Scratch(int rows) => (long)rows * Inputs;

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running)
        {
            Normalized.Ones(parameters);
            running[Inputs..].Fill(T.One); // mean 0, variance 1
        }

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            var normalized = into.Tape[..into.Output.Length];
            var inverse = into.Tape[into.Output.Length..];
            if (pass.Mode.IsTraining) NormalizeByBatch(pass.Rows, into.Running, at.Input, normalized, inverse);
            else
            {
                Rowwise(default(Subtract<T>), at.Input, at.Running[..Inputs], normalized);
                Inverse(at.Running[Inputs..], inverse);
            }
            Rowwise(default(Multiply<T>), normalized, inverse, normalized);
            Normalized.Affine<T>(normalized, at.Parameters, into.Output);
        }

        private void NormalizeByBatch(
            int rows, Span<T> nextRunning, ReadOnlySpan<T> input, Span<T> centred, Span<T> inverse)
        {
            T count = T.CreateChecked(rows);
            Reduce.Columns(input, inverse); // for the moment, the mean
            Elementwise.Map(new Scale<T>(T.One / count), inverse, inverse);
            Rowwise(default(Subtract<T>), input, inverse, centred);
            var variances = nextRunning[Inputs..];
            Follow(nextRunning[..Inputs], inverse, momentum);
            inverse.Clear();
            for (int at = 0; at < centred.Length; at += Inputs)
                Elementwise.Zip(default(AddSquare<T>), centred.Slice(at, Inputs), inverse, inverse);
            Elementwise.Map(new Scale<T>(T.One / count), inverse, inverse); // the biased variance
            T unbiased = count / T.CreateChecked(Math.Max(rows - 1, 1));
            for (int i = 0; i < Inputs; i++) variances[i] = Followed(variances[i], inverse[i] * unbiased, momentum);
            Inverse(inverse, inverse);
        }

        // dx = gamma / deviation (delta - mean(delta) - x^ mean(delta x^)); in inference the means do not depend on x.
        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            var normalized = at.Tape[..adjoint.FromOutput.Length];
            var inverse = at.Tape[adjoint.FromOutput.Length..];
            Normalized.AffineGradient(normalized, adjoint.FromOutput, adjoint.Gradient, scratch);
            if (adjoint.ToInput.IsEmpty) return;
            T share = pass.Mode.IsTraining ? T.One / T.CreateChecked(pass.Rows) : T.Zero;
            ReadOnlySpan<T> fromOutput = adjoint.FromOutput, gamma = at.Parameters[..Inputs];
            ReadOnlySpan<T> toGamma = adjoint.Gradient[..Inputs], toBeta = adjoint.Gradient[Inputs..];
            for (int row = 0; row < fromOutput.Length; row += Inputs)
                for (int i = 0; i < Inputs; i++)
                {
                    T centred = fromOutput[row + i] - share * toBeta[i] - share * toGamma[i] * normalized[row + i];
                    adjoint.ToInput[row + i] = gamma[i] * inverse[i] * centred;
                }
        }

        private void Inverse(ReadOnlySpan<T> variance, Span<T> into)
        {
            for (int i = 0; i < Inputs; i++) into[i] = T.One / T.Sqrt(variance[i] + variancePlus);
        }

        private void Rowwise<F>(F f, ReadOnlySpan<T> matrix, ReadOnlySpan<T> row, Span<T> into)
            where F : struct, IZip<T>
        {
            for (int at = 0; at < into.Length; at += Inputs)
                Elementwise.Zip(f, matrix.Slice(at, Inputs), row, into.Slice(at, Inputs));
        }

        private static void Follow(Span<T> running, ReadOnlySpan<T> newest, T momentum)
        {
            for (int i = 0; i < running.Length; i++) running[i] = Followed(running[i], newest[i], momentum);
        }

        private static T Followed(T running, T newest, T momentum) => (T.One - momentum) * running + momentum * newest;

        public override long TangentTape(int rows) => (rows + 1L) * Inputs; // how x^ and 1 / deviation move

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into) =>
            Tangents(pass).Tangent(at, along, into);

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch) =>
            Tangents(pass).BackwardTangent(at, along, adjoint, tangent);

        private NormTangents<T> Tangents(in Pass pass) =>
            new(groups: Inputs, members: pass.Rows, apart: 1, step: Inputs, isOwn: pass.Mode.IsTraining);
    }
}
