using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>A wave cos(w . x + phase) / |w|, of Barron's constant C = 1: frequency |w| times height is 1.</summary>
internal readonly record struct ScaledWave(double[] Frequency, double Phase)
{
    private const double Pi = 3.141592653589793;

    /// <summary>The length of the frequency w.</summary>
    public double Length => Math.Sqrt(Reduce.Dot<double>(Frequency, Frequency));

    /// <summary>A wave of every direction alike and of a length from 1 to 200, each factor alike.</summary>
    /// <param name="inputs">The dimensions.</param>
    /// <param name="key">The source.</param>
    /// <param name="isAlongAxis">Whether all run along the first axis.</param>
    public static ScaledWave Of(int inputs, Key key, bool isAlongAxis)
    {
        double[] direction = Draw.Normal<double>(key.At(0), inputs).ToArray();
        double norm = Math.Sqrt(Reduce.Dot<double>(direction, direction));
        double length = Elementary.Of<Exp>(
            Draw.Uniform<double>(key.At(1), 1, 0, Elementary.Of<Log>(RandomWaves.Fastest))[0]);
        return new(
            [.. direction.Select((cell, i) => isAlongAxis ? (i == 0 ? length : 0) : length * cell / norm)],
            Draw.Uniform<double>(key.At(2), 1, 0, 2 * Pi)[0]);
    }

    /// <summary>The wave at a point.</summary>
    public double At(ReadOnlySpan<double> x) => Along(Reduce.Dot<double>(Frequency, x));

    /// <summary>The wave at all points x with w . x = t.</summary>
    public double Along(double t) => Elementary.Of<Cos>(t + Phase) / Length;

    /// <summary>The mean squared error, over the cube from -1 to 1, of the best sum (least squares) of all products of
    /// the harmonics cos(pi k (x + 1) / 2), k = 0 to <paramref name="count"/> - 1, of each input.</summary>
    /// <remarks>
    /// The products are orthogonal, so the error is the mean square less the sum of n_k c_k², where n_k is 2 to the
    /// number of inputs with k above 0. With s(u) = sin(u)/u and the phase b, c_k is the real part of exp(i b) times
    /// the product over the inputs of i^k e_k, e_k = (s(w + pi k / 2) + (-1)^k s(w - pi k / 2)) / 2; and a sum over all
    /// k of products is a product of sums.
    /// </remarks>
    public double ErrorOfHarmonics(int count)
    {
        double twice = Elementary.Of<Cos>(2 * Phase), all = 1, sizes = 1, signed = 1;
        foreach (double w in Frequency)
        {
            double squares = 0, alternating = 0;
            for (int k = 0; k < count; k++)
            {
                double sign = k % 2 == 0 ? 1 : -1, e = (Sinc(w + Pi * k / 2) + sign * Sinc(w - Pi * k / 2)) / 2;
                double square = (k == 0 ? 1 : 2) * e * e;
                squares += square;
                alternating += sign * square;
            }
            (all, sizes, signed) = (all * Sinc(2 * w), sizes * squares, signed * alternating);
        }
        return Math.Max(0, (1 + twice * all - sizes - twice * signed) / 2) / (Length * Length);
    }

    private static double Sinc(double u) => Math.Abs(u) < 1e-8 ? 1 : Elementary.Of<Sin>(u) / u;
}

/// <summary>Random waves of C = 1 in some number of dimensions, and how far off the worst of them is.</summary>
internal static class RandomWaves
{
    /// <summary>The largest length of a frequency.</summary>
    public const double Fastest = 200;

    /// <summary>How many waves a seed draws.</summary>
    public const int Count = 256;

    private const int Points = 500;

    /// <summary>Harmonics of each input in the fixed bases.</summary>
    public static readonly int[] Harmonics = [2, 4, 8, 16, 32];

    /// <summary>Units of the nets that are built.</summary>
    public static readonly int[] Units = [4, 8, 16, 32, 64, 128, 256, 512, 1024];

    /// <summary>How many functions a fixed basis has: all products of the harmonics of each input.</summary>
    public static double Functions(int count, int inputs) => Elementary.Power(count, inputs);

    /// <summary>The waves of a seed.</summary>
    public static ScaledWave[] Of(Key key, int inputs, bool isAlongAxis) =>
        [.. Enumerable.Range(0, Count).Select(i => ScaledWave.Of(
            inputs, key.For(Purpose.Data).At(5).At((uint)inputs).At((uint)i), isAlongAxis))];

    /// <summary>The largest mean squared error over waves: of each fixed basis, and then of nets of so many
    /// units.</summary>
    public static double[] Worst(Key key, int inputs, UnitKind kind, bool isAlongAxis)
    {
        var waves = Of(key, inputs, isAlongAxis);
        var points = new Matrix<double>(
            Points, inputs, Draw.Uniform<double>(key.For(Purpose.Data).At(6).At((uint)inputs), Points * inputs, -1, 1));
        // The basis has only to hold the one axis that there is.
        var held = isAlongAxis ? [.. waves.Select(wave => wave with { Frequency = wave.Frequency[..1] })] : waves;
        double[][] built = [.. waves.Select(wave => Built(wave, points, kind))];
        return
        [
            .. Harmonics.Select(count => held.Max(wave => wave.ErrorOfHarmonics(count))),
            .. Units.Select((_, i) => built.Max(errors => errors[i])),
        ];
    }

    /// <summary>The mean squared error at points of nets built for a wave, of so many units each: steps along the wave,
    /// or none where a constant is nearer. Units that are no steps are as near as a net of them can be.</summary>
    public static double[] Built(ScaledWave wave, Matrix<double> points, UnitKind kind)
    {
        double[] along = [.. Enumerable.Range(0, points.Rows)
            .Select(row => Reduce.Dot<double>(wave.Frequency, points.Row(row)))];
        double[] values = [.. along.Select(wave.Along)];
        if (kind != UnitKind.Steps)
        {
            double floor = ApproximationTrials.Floor(
                points, new(points.Rows, 1, Vec<double>.Of(values)), kind == UnitKind.Linear ? 1 : 2);
            return [.. Units.Select(_ => floor)];
        }
        double mean = Reduce.Sum<double>(values) / values.Length, reach = wave.Frequency.Sum(Math.Abs);
        double[] flat = [.. values.Select(value => value - mean)];
        double constant = Reduce.Dot<double>(flat, flat) / flat.Length;
        return [.. Units.Select(units =>
        {
            double[] off = [.. along.Select((t, row) =>
            {
                double stair = Math.Min(Math.Floor((t + reach) / (2 * reach) * units), units - 1);
                return wave.Along(-reach + (stair + 0.5) * 2 * reach / units) - values[row];
            })];
            return Math.Min(constant, Reduce.Dot<double>(off, off) / off.Length);
        })];
    }
}

/// <summary>What the hidden units of a built net are.</summary>
internal enum UnitKind { Steps, Linear, Squares }
