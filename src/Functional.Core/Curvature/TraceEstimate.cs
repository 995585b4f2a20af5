using System.Numerics;
using Functional.Core.Inspection;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;

namespace Functional.Core.Curvature;

/// <summary>A trace that was estimated from random probes.</summary>
/// <param name="Value">The estimate; its expectation is the trace.</param>
/// <param name="Low">Where its 95 % interval begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Probes">How many probes the interval is of.</param>
/// <remarks>The interval is Student's t, moved for the skewness of the probes (Johnson, 1978), with a third as many
/// degrees of freedom as probes: where a few large eigenvalues rule, probes are spread as the square of a normal
/// number, and their variance is known no better than from a third as many normal ones. With the usual degrees the
/// interval covered the trace in 92 to 94 of 100 keys.</remarks>
public sealed record TraceEstimate(double Value, double Low, double High, int Probes)
{
    /// <summary>Whether the 95 % interval has a number in it.</summary>
    public bool Covers(double trace) => Low <= trace && trace <= High;

    /// <summary>Such as "12.31 (11.97 to 12.81, 95 %)".</summary>
    public override string ToString() =>
        $"{Forms.Numerals.Of(Value, 6)} ({Forms.Numerals.Of(Low, 6)} to {Forms.Numerals.Of(High, 6)}, 95 %)";
}

/// <summary>Traces of operators.</summary>
public static class Traces
{
    extension<T>(LinearOperator<T> map) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>The mean of v' A v over random signs v. (Hutchinson, 1990)</summary>
        /// <param name="key">Where the signs are drawn from.</param>
        /// <param name="probes">How many v, at least 2.</param>
        public TraceEstimate Hutchinson(Key key, int probes)
        {
            ArgumentNullException.ThrowIfNull(map);
            ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
            return Of(0, map, key, probes, []);
        }

        /// <summary>The trace of A on the space that a third of the probes leads to, exactly, and Hutchinson's estimate
        /// of what is left: its error falls as 1 / probes, not as their root. (Hutch++: Meyer, Musco, Musco and
        /// Woodruff, 2021)</summary>
        /// <param name="key">Where the probes are drawn from.</param>
        /// <param name="probes">Products with A, at least 6; a third of them each to find the space, for its trace, and
        /// for the rest.</param>
        public TraceEstimate HutchPlusPlus(Key key, int probes)
        {
            ArgumentNullException.ThrowIfNull(map);
            ArgumentOutOfRangeException.ThrowIfLessThan(probes, 6);
            int third = probes / 3;
            double[][] space = Orthonormal(
                Enumerable.Range(0, Math.Min(third, map.Size))
                    .Select(i => Krylov<T>.Product(map, Signs(key.At(0).At((uint)i), map.Size))));
            double exact = 0;
            foreach (double[] axis in space) exact += Reduce.Dot<double>(axis, Krylov<T>.Product(map, axis));
            return Of(exact, map, key.At(1), probes - 2 * third, space);
        }

        /// <summary>The trace itself, a product for each dimension; for small operators.</summary>
        public double Trace()
        {
            ArgumentNullException.ThrowIfNull(map);
            var diagonal = new double[map.Size];
            var axis = new double[map.Size];
            for (int i = 0; i < diagonal.Length; i++)
            {
                axis[i] = 1;
                diagonal[i] = double.CreateTruncating(map.Apply(Doubles.To<T>(axis))[i]);
                axis[i] = 0;
            }
            return Reduce.Sum<double>(diagonal);
        }
    }

    // What is known, and Hutchinson's estimate outside a space.
    private static TraceEstimate Of<T>(
        double known, LinearOperator<T> map, Key key, int probes, double[][] apart)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var found = new double[probes];
        for (int probe = 0; probe < probes; probe++)
        {
            double[] vector = Signs(key.At((uint)probe), map.Size);
            foreach (double[] axis in apart) Doubles.Add(-Reduce.Dot<double>(axis, vector), axis, vector);
            found[probe] = Reduce.Dot<double>(vector, Krylov<T>.Product(map, vector));
        }
        double mean = Reduce.Sum<double>(found) / probes;
        double[] off = [.. found.Select(value => value - mean)];
        double variance = Reduce.Sum<double>(off.Select(x => x * x).ToArray()) / (probes - 1);
        double third = Reduce.Sum<double>(off.Select(x => x * x * x).ToArray()) / probes;
        double half = StudentT.Quantile(Math.Max(1, probes / 3)) * Math.Sqrt(variance / probes);
        double center = known + mean + (variance > 0 ? third / (6 * variance * probes) : 0);
        return new(known + mean, center - half, center + half, probes);
    }

    private static double[] Signs(Key key, int length) =>
        [.. Draw.Integers(key, length, 2).Span.ToArray().Select(bit => 2.0 * bit - 1)];

    // Vectors that others span are left out.
    private static double[][] Orthonormal(IEnumerable<double[]> vectors)
    {
        const double Nothing = 1e-12;
        var basis = new List<double[]>();
        foreach (double[] vector in vectors)
        {
            double before = Doubles.Norm(vector);
            for (int pass = 0; pass < 2; pass++)
                foreach (double[] axis in basis) Doubles.Add(-Reduce.Dot<double>(axis, vector), axis, vector);
            double norm = Doubles.Norm(vector);
            if (norm <= Nothing * before) continue;
            Elementwise.Map(new Scale<double>(1 / norm), vector, vector);
            basis.Add(vector);
        }
        return [.. basis];
    }
}
