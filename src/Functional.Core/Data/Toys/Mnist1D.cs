using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>MNIST-1D: ten lines drawn like digits, each stretched, moved, sheared and buried in smooth noise; 40
/// numbers a sample.</summary>
/// <param name="Samples">How many, 10 to 100,000; spread evenly over the classes.</param>
/// <remarks>The generator of Greydanus and Kobak ("Scaling down deep learning with MNIST-1D", 2020, 2024; Apache-2.0)
/// with its settings and templates, over keys in place of NumPy's stream. The whole set has mean 0 and deviation
/// 1.</remarks>
public sealed record Mnist1D(int Samples = 4000) : Toy
{
    private const int Classes = 10, TemplateLength = 12, LeastPadding = 36, MostPadding = 60, MostShift = 48;
    private const int Long = TemplateLength + MostPadding, Short = 40;
    private const double Stretch = 0.4, SmoothNoise = 0.25, Noise = 0.02, Shear = 0.75, Smoothness = 2;
    private const int Reach = 8; // of the filter: four of its deviations

    // A digit's line from top to bottom, as a pen would draw it.
    private static readonly double[][] Digits =
    [
        [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5],
        [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
        [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5],
        [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
        [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5],
        [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
        [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5],
        [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
        [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5],
        [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
    ];

    private static readonly double[][] Templates = [.. Digits.Select(Template)];
    private static readonly double[] Filter = Gaussian();

    /// <inheritdoc/>
    public override Problem? Problem => new Problem.Classification(Classes);

    /// <inheritdoc/>
    public override int? InputCount => Short;

    /// <inheritdoc/>
    public override string Description => "lines of 40 numbers drawn like digits (Greydanus and Kobak 2024)";

    /// <inheritdoc/>
    public override Dataset<double> Make(Key key)
    {
        var (inputs, targets) = (new double[Samples * Short], new double[Samples]);
        for (int row = 0; row < Samples; row++)
        {
            targets[row] = row % Classes;
            Line(Templates[row % Classes], key.At((uint)row)).CopyTo(inputs, row * Short);
        }
        Standardize(inputs);
        return Dataset<double>.Of(
            Problem!, new(Samples, Short, Vec<double>.Freeze(inputs)), new(Samples, 1, Vec<double>.Freeze(targets)));
    }

    /// <inheritdoc/>
    protected internal override DataSource Each(Fields fields) =>
        new Mnist1D(fields.Whole("samples", Samples, Interval.Between(Classes, 100_000)));

    private static double[] Line(double[] template, Key key)
    {
        int padding = LeastPadding + Draw.Integers(key.At(0), 1, MostPadding - LeastPadding + 1)[0];
        var shares = Draw.Uniform<double>(key.At(1), 2, -0.5, 0.5);
        int shift = Draw.Integers(key.At(2), 1, MostShift)[0];
        var smooth = Smoothed(Draw.Normal<double>(key.At(3), Long, 0, SmoothNoise));
        var noise = Draw.Normal<double>(key.At(4), Long, 0, Noise);
        double[] stretched = Resampled([.. template, .. new double[padding]], Long);
        var line = new double[Long];
        for (int i = 0; i < Long; i++)
        {
            double signal = stretched[(i + Long - shift) % Long] * (1 + Stretch * shares[0]);
            double tilt = Shear * shares[1] * ((double)i / (Long - 1) - 0.5);
            line[i] = (signal != 0 ? signal : smooth[i]) + noise[i] - tilt;
        }
        return Resampled(line, Short);
    }

    // Deviation 1/6, from 0 on; a trace above it, so that what belongs to the line is told from what lies beside it.
    private static double[] Template(double[] digit)
    {
        double mean = digit.Sum() / digit.Length, squares = 0;
        foreach (double y in digit) squares += (y - mean) * (y - mean);
        double deviation = Math.Sqrt(squares / digit.Length);
        return [.. digit.Select(y => (y - digit[0]) / deviation / 6 + 1e-8)];
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(-Reach, 2 * Reach + 1)
            .Select(i => Elementary.Of<Exp>(-i * i / (2 * Smoothness * Smoothness)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    // Beyond the ends, the numbers come again in the other direction.
    private static double[] Smoothed(Vec<double> noise)
    {
        var smooth = new double[noise.Length];
        for (int i = 0; i < smooth.Length; i++)
            for (int j = 0; j < Filter.Length; j++)
            {
                int from = i + j - Reach;
                from = from < 0 ? -1 - from : from < smooth.Length ? from : 2 * smooth.Length - 1 - from;
                smooth[i] += Filter[j] * noise[from];
            }
        return smooth;
    }

    // On straight lines between neighbours, from end to end.
    private static double[] Resampled(double[] line, int count)
    {
        var resampled = new double[count];
        for (int i = 0; i < count; i++)
        {
            double at = (double)(i * (line.Length - 1)) / (count - 1);
            int left = Math.Min((int)at, line.Length - 2);
            resampled[i] = line[left] + (at - left) * (line[left + 1] - line[left]);
        }
        return resampled;
    }

    private static void Standardize(double[] cells)
    {
        double mean = Reduce.Sum<double>(cells) / cells.Length;
        for (int i = 0; i < cells.Length; i++) cells[i] -= mean;
        double deviation = Math.Sqrt(Reduce.Dot<double>(cells, cells) / cells.Length);
        for (int i = 0; i < cells.Length; i++) cells[i] /= deviation;
    }
}
