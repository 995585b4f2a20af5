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
    protected internal override Layer Each(Fields fields) => new LayerNorm(fields.Real("epsilon", Epsilon, Interval.Positive));

    private sealed class LayerNormStage<T>(double epsilon, int width) : Stage<T>(width, width, 2 * width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T count = T.CreateChecked(width), variancePlus = T.CreateTruncating(epsilon);

        public override long Tape(int rows) => rows * (Inputs + 1L); // x^, then 1 / deviation of each row
        public override long Scratch(int rows) => (long)rows * Inputs;

        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) => Normalized.Ones(parameters);

        public override void Forward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, Span<T> nextRunning,
            ReadOnlySpan<T> input, Span<T> output, Span<T> tape)
        {
            var normalized = tape[..output.Length];
            for (int row = 0; row < pass.Rows; row++)
            {
                var x = input.Slice(row * Inputs, Inputs);
                var centred = normalized.Slice(row * Inputs, Inputs);
                Elementwise.Map(new Shift<T>(-(Reduce.Sum(x) / count)), x, centred);
                T inverse = T.One / T.Sqrt(Reduce.Dot<T>(centred, centred) / count + variancePlus);
                Elementwise.Map(new Scale<T>(inverse), centred, centred);
                tape[output.Length + row] = inverse;
            }
            Normalized.Affine<T>(normalized, parameters, output);
        }

        // With g = gamma delta: dx = (g - mean(g) - x^ mean(g x^)) / deviation.
        public override void Backward(
            in Pass pass, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, ReadOnlySpan<T> input, ReadOnlySpan<T> output, ReadOnlySpan<T> tape,
            Span<T> fromOutput, Span<T> toInput, Span<T> gradient, Span<T> scratch)
        {
            var normalized = tape[..fromOutput.Length];
            Normalized.AffineGradient(normalized, fromOutput, gradient, scratch);
            if (toInput.IsEmpty) return;
            for (int row = 0; row < pass.Rows; row++)
            {
                var x = normalized.Slice(row * Inputs, Inputs);
                var g = toInput.Slice(row * Inputs, Inputs);
                Elementwise.Zip(default(Multiply<T>), fromOutput.Slice(row * Inputs, Inputs), parameters[..Inputs], g);
                T mean = Reduce.Sum<T>(g) / count, slope = Reduce.Dot(g, x) / count;
                Elementwise.Map(new Shift<T>(-mean), g, g);
                Elementwise.Zip(new MultiplyAdd<T>(-slope), x, g, g);
                Elementwise.Map(new Scale<T>(tape[fromOutput.Length + row]), g, g);
            }
        }

        public override long TangentTape(int rows) => rows * (Inputs + 1L); // how x^ and 1 / deviation move

        public override void Tangent(
            in Pass pass, in Point<T> at, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, Span<T> output, Span<T> kept) =>
            Moving(pass).Tangent(at, parameters, input, output, kept);

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput,
            Span<T> toInput, Span<T> bentInput, Span<T> bentGradient, Span<T> scratch) =>
            Moving(pass).Second(at, moving, fromOutput, bentOutput, toInput, bentInput, bentGradient);

        private NormTangents<T> Moving(in Pass pass) => new(groups: pass.Rows, members: Inputs, apart: Inputs, step: 1, isOwn: true);
    }
}
