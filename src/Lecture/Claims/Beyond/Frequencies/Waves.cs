using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional.Lecture;

/// <summary>A sum of ten sines of frequencies k = 5, 10, ..., 50 with random phases, at 200 points of [0, 1).
/// (Rahaman et
/// al., 2019, section 4.1)</summary>
/// <param name="Amplitudes">Of each frequency.</param>
/// <param name="Values">At each point.</param>
internal sealed record Waves(Items<double> Amplitudes, Vec<double> Values)
{
    /// <summary>How many points.</summary>
    public const int Points = 200;

    private const double TwoPi = 6.283185307179586;

    /// <summary>The frequencies, in waves from 0 to 1.</summary>
    public static Items<int> Frequencies { get; } = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50];

    // A row for each frequency. Over evenly spaced points of whole waves they are orthogonal.
    private static readonly double[][] Cosines = Table(angle => Elementary.Of<Cos>(angle)),
        Sines = Table(angle => Elementary.Of<Sin>(angle));

    /// <summary>The sum that a key means.</summary>
    public static Waves Of(Key key, Items<double> amplitudes)
    {
        var phases = Draw.Uniform<double>(key, Frequencies.Count, 0, TwoPi);
        var values = new double[Points];
        foreach (var (k, amplitude) in amplitudes.Index())
            for (int i = 0; i < Points; i++)
                values[i] += amplitude * (Elementary.Of<Cos>(phases[k]) * Sines[k][i]
                    + Elementary.Of<Sin>(phases[k]) * Cosines[k][i]);
        return new(amplitudes, Vec<double>.Freeze(values));
    }

    /// <summary>The points as inputs: x alone, or the cosine and the sine of every frequency there.</summary>
    public Samples<float> Samples(bool hasFeatures)
    {
        var inputs = hasFeatures
            ? Matrix<double>.Of([.. Enumerable.Range(0, Points).Select(i => Cosines.Concat(Sines)
                .Select(row => row[i]).ToArray())])
            : new Matrix<double>(Points, 1, [.. Enumerable.Range(0, Points).Select(i => (double)i / Points)]);
        return new(inputs.To<float>(), new Matrix<double>(Points, 1, Values).To<float>());
    }

    /// <summary>How much of each frequency a net has not learned: the amplitude that the error has there, over the
    /// amplitude of the sum.</summary>
    public double[] Missing(Vec<float> outputs)
    {
        double[] errors = [.. Enumerable.Range(0, Points).Select(i => Values[i] - outputs[i])];
        return [.. Amplitudes.Select((amplitude, k) =>
        {
            var (cosine, sine) = (Reduce.Dot<double>(errors, Cosines[k]), Reduce.Dot<double>(errors, Sines[k]));
            return 2 * Math.Sqrt(cosine * cosine + sine * sine) / (Points * amplitude);
        })];
    }

    /// <summary>First weights as the paper's: every weight and bias uniform within one over the root of a unit's
    /// inputs. Biases matter here: without them every kink of the first layer is at x = 0.</summary>
    public static Network<float> Start(Architecture architecture, Key key)
    {
        var cells = new List<float>();
        double limit = 0;
        foreach (var (i, slice) in architecture.Layout.Index())
        {
            if (slice.Shape.Count == 2) limit = 1 / Math.Sqrt(slice.Shape[0]);
            cells.AddRange(Draw.Uniform<float>(
                key.At((uint)i), slice.Shape.Aggregate(1, (count, side) => count * side), -limit, limit).ToArray());
        }
        return new(architecture, [.. cells]);
    }

    private static double[][] Table(Func<double, double> wave) =>
    [
        .. Frequencies.Select(k => Enumerable.Range(0, Points)
            .Select(i => wave(TwoPi * (k * i % Points) / Points)).ToArray()),
    ];
}
