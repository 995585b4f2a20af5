using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>A function of numbers from -1 to 1, with normal noise on its values: regression.</summary>
/// <param name="Samples">How many points, 2 to a million.</param>
/// <param name="Noise">Standard deviation of the noise, 0 to a million.</param>
public abstract record Curve(int Samples, double Noise) : Toy
{
    private protected const double Pi = 3.141592653589793;

    private protected virtual int Dimensions => 1;

    /// <inheritdoc/>
    public override Problem? Problem => new Problem.Regression(1);

    /// <inheritdoc/>
    public override int? InputCount => Dimensions;

    /// <inheritdoc/>
    public override Dataset<double> Make(Key key)
    {
        var inputs = new Matrix<double>(
            Samples, Dimensions, Draw.Uniform<double>(key.At(0), Samples * Dimensions, -1, 1));
        var noise = Draw.Normal<double>(key.At(1), Samples, 0, Noise);
        var function = Function(key.At(2));
        var targets = new double[Samples];
        for (int i = 0; i < Samples; i++) targets[i] = function(inputs.Row(i)) + noise[i];
        return Dataset<double>.Of(Problem!, inputs, new(Samples, 1, Vec<double>.Freeze(targets)));
    }

    /// <summary>A function of one sample.</summary>
    internal delegate double Of(ReadOnlySpan<double> x);

    /// <summary>The function that a key means.</summary>
    internal abstract Of Function(Key key);

    private protected int EachSamples(Fields fields) =>
        fields.Whole("samples", Samples, Interval.Between(2, 1_000_000));
    private protected double EachNoise(Fields fields) => fields.Real("noise", Noise, Interval.Between(0, 1e6));
}

/// <summary>y = sin(pi frequency x)</summary>
/// <param name="Samples">How many points.</param>
/// <param name="Noise">Standard deviation of the noise.</param>
/// <param name="Frequency">Half waves on each side of zero, above 0 and at most 100.</param>
public sealed record Sine(int Samples = 1000, double Noise = 0.02, double Frequency = 1) : Curve(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "a sine wave (regression)";
    internal override Of Function(Key key) => x => Elementary.Of<Sin>(Pi * Frequency * x[0]);

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Sine(
        EachSamples(fields), EachNoise(fields),
        fields.Real("frequency", Frequency, new Interval(0, 100, LowOpen: true)));
}

/// <summary>A random function: y = sum over k of a_k cos(pi w_k . x + phase_k) / sqrt(terms),
/// with normal a and w.</summary>
/// <param name="Samples">How many points.</param>
/// <param name="Noise">Standard deviation of the noise.</param>
/// <param name="Inputs">Dimensions of x, 1 to 100.</param>
/// <param name="Terms">Waves in the sum, 1 to 1000.</param>
public sealed record Fourier(int Samples = 1000, double Noise = 0, int Inputs = 1, int Terms = 6)
    : Curve(Samples, Noise)
{
    /// <inheritdoc/>
    public override string Description => "a random sum of waves (regression)";
    private protected override int Dimensions => Inputs;

    internal override Of Function(Key key)
    {
        var (heights, phases) =
            (Draw.Normal<double>(key.At(0), Terms), Draw.Uniform<double>(key.At(1), Terms, 0, 2 * Pi));
        var waves = Draw.Normal<double>(key.At(2), Terms * Inputs);
        double scale = 1 / Math.Sqrt(Terms);
        return x =>
        {
            double sum = 0;
            for (int k = 0; k < Terms; k++)
                sum += heights[k] * Elementary.Of<Cos>(
                    Pi * Reduce.Dot(waves.Span.Slice(k * Inputs, Inputs), x) + phases[k]);
            return sum * scale;
        };
    }

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) => new Fourier(
        EachSamples(fields), EachNoise(fields),
        fields.Whole("inputs", Inputs, Interval.Between(1, 100)),
        fields.Whole("terms", Terms, Interval.Between(1, 1000)));
}
