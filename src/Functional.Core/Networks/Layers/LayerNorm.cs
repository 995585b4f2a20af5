using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>
/// Brings every sample to mean 0 and variance 1 over its features, then scales and shifts each feature:
/// y = gamma (x - mean) / sqrt(variance + epsilon) + beta. (Ba, Kiros and Hinton, 2016)
/// </summary>
/// <param name="Epsilon">Added to the variance; above 0.</param>
public sealed record LayerNorm(double Epsilon = 1e-5) : Layer
{
    internal override int Outputs(int inputs) => inputs;
    internal override long Parameters(int inputs) => 2L * inputs;
    internal override Stage<T> Stage<T>(int inputs) => new LayerNormStage<T>(Epsilon, inputs);
    internal override IEnumerable<Slice> Layout(int inputs) => Normalized.Layout(inputs);

    /// <inheritdoc/>
    protected internal override Layer Each(Fields fields) =>
        new LayerNorm(fields.Real("epsilon", Epsilon, Interval.Positive));

    private sealed class LayerNormStage<T>(double epsilon, int width) : Stage<T>(width, width, 2 * width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T count = T.CreateChecked(width), variancePlus = T.CreateTruncating(epsilon);

        public override long Tape(int rows) => rows * (Inputs + 1L); // x^, then 1 / deviation of each row
        public override long Scratch(int rows) => (long)rows * Inputs;

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) =>
            Normalized.Ones(parameters);

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
        {
            var normalized = into.Tape[..into.Output.Length];
            for (int row = 0; row < pass.Rows; row++)
            {
                var x = at.Input.Slice(row * Inputs, Inputs);
                var centred = normalized.Slice(row * Inputs, Inputs);
                Elementwise.Map(new Shift<T>(-(Reduce.Sum(x) / count)), x, centred);
                T inverse = T.One / T.Sqrt(Reduce.Dot<T>(centred, centred) / count + variancePlus);
                Elementwise.Map(new Scale<T>(inverse), centred, centred);
                into.Tape[into.Output.Length + row] = inverse;
            }
            Normalized.Affine<T>(normalized, at.Parameters, into.Output);
        }

        // With g = gamma delta: dx = (g - mean(g) - x^ mean(g x^)) / deviation.
        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            var normalized = at.Tape[..adjoint.FromOutput.Length];
            Normalized.AffineGradient(normalized, adjoint.FromOutput, adjoint.Gradient, scratch);
            if (adjoint.ToInput.IsEmpty) return;
            for (int row = 0; row < pass.Rows; row++)
            {
                var x = normalized.Slice(row * Inputs, Inputs);
                var g = adjoint.ToInput.Slice(row * Inputs, Inputs);
                Elementwise.Zip(
                    default(Multiply<T>), adjoint.FromOutput.Slice(row * Inputs, Inputs), at.Parameters[..Inputs], g);
                T mean = Reduce.Sum<T>(g) / count, slope = Reduce.Dot(g, x) / count;
                Elementwise.Map(new Shift<T>(-mean), g, g);
                Elementwise.Zip(new MultiplyAdd<T>(-slope), x, g, g);
                Elementwise.Map(new Scale<T>(at.Tape[adjoint.FromOutput.Length + row]), g, g);
            }
        }

        public override long TangentTape(int rows) => rows * (Inputs + 1L); // how x^ and 1 / deviation move

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into) =>
            Tangents(pass).Tangent(at, along, into);

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
            Span<T> scratch) =>
            Tangents(pass).BackwardTangent(at, along, adjoint, tangent);

        private NormTangents<T> Tangents(in Pass pass) =>
            new(groups: pass.Rows, members: Inputs, apart: Inputs, step: 1, isOwn: true);
    }
}
