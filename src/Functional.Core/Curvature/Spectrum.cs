using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Core.Curvature;

/// <summary>An eigenvalue, its vector, and how well they fit.</summary>
/// <param name="Value">lambda.</param>
/// <param name="Vector">v, of length 1, in the operator's precision.</param>
/// <param name="Residual">|A v - lambda v|, worked out from v as it is: an eigenvalue of A lies no farther from
/// lambda. (Parlett, 1980, theorem 4.5.1)</param>
public sealed record Eigenpair<T>(double Value, Vec<T> Vector, double Residual)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Such as "0.51 ± 2.7e-16".</summary>
    public override string ToString() => $"{Forms.Numerals.Of(Value, 6)} ± {Forms.Numerals.Of(Residual, 2)}";
}

/// <summary>The eigenvalues at the ends of an operator's spectrum, as often as each is there.</summary>
/// <param name="Top">The largest, from the largest down.</param>
/// <param name="Bottom">The smallest, from the smallest up.</param>
/// <param name="Products">How many products with vectors it took.</param>
public sealed record Spectrum<T>(Items<Eigenpair<T>> Top, Items<Eigenpair<T>> Bottom, int Products)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest eigenvalue with its vector.</summary>
    public Eigenpair<T> Largest => Top[0];

    /// <summary>The smallest eigenvalue with its vector.</summary>
    public Eigenpair<T> Smallest => Bottom[0];
}

/// <summary>Eigenvalues of operators.</summary>
public static class Spectra
{
    private const int Every = 5; // steps between looks at what has converged

    extension<T>(LinearOperator<T> map) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>
        /// The largest and the smallest eigenvalues, by Lanczos' method with full reorthogonalisation. One start sees
        /// each eigenvalue once, however often it is there; so another start, orthogonal to all that was found, looks
        /// for more until it finds none that belongs among them.
        /// </summary>
        /// <param name="top">How many of the largest.</param>
        /// <param name="bottom">How many of the smallest.</param>
        /// <param name="key">Where the starts are drawn from.</param>
        /// <param name="tolerance">How large a residual may be, relative to the largest size of an eigenvalue; of float
        /// operators no less than their rounding.</param>
        /// <param name="mostSteps">Steps of a start at most. Where they do not suffice, the residuals say so.</param>
        public Spectrum<T> Spectrum(
            int top = 1, int bottom = 1, Key? key = null, double tolerance = 1e-11, int mostSteps = 2000)
        {
            ArgumentNullException.ThrowIfNull(map);
            ArgumentOutOfRangeException.ThrowIfNegative(top);
            ArgumentOutOfRangeException.ThrowIfNegative(bottom);
            ArgumentOutOfRangeException.ThrowIfLessThan(mostSteps, 1);
            var search = new Search<T>(
                map, Math.Min(top, map.Size), Math.Min(bottom, map.Size), key ?? Key.FromSeed(0).For(Purpose.Landscape),
                Math.Max(tolerance, typeof(T) == typeof(float) ? 1e-6 : 1e-15), mostSteps);
            return search.Found();
        }
    }

    // Looks from one start after the other.
    private sealed class Search<T>(
        LinearOperator<T> map, int top, int bottom, Key key, double tolerance, int mostSteps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly List<(double Value, double[] Vector)> found = []; // in increasing order
        private double size; // of the largest eigenvalue, in sign as it may be
        private int products;

        public Spectrum<T> Found()
        {
            for (uint start = 0; found.Count < map.Size && IsNews(Converged(start)); start++) { }
            return new(
                [.. found.TakeLast(top).Reverse().Select(Pair)], [.. found.Take(bottom).Select(Pair)], products);
        }

        // What a start finds, in increasing order.
        private List<(double Value, double[] Vector)> Converged(uint start)
        {
            double[] from = Draw.Normal<double>(key.At(start), map.Size).Span.ToArray();
            var space = new Krylov<T>(map, from, [.. found.Select(pair => pair.Vector)], size);
            // The first start is to find all that are wanted; one of each end is enough to see that some were missed.
            int low = Math.Min(bottom, start == 0 ? bottom : 1), high = Math.Min(top, start == 0 ? top : 1);
            while (!space.IsWhole && space.Steps < mostSteps)
            {
                for (int step = 0; step < Every && !space.IsWhole; step++, products++) space.Step();
                if (HasConverged(space, low, high)) break;
            }
            if (space.Steps == 0) return [];
            var (values, vectors) = space.Eigen();
            size = values.Aggregate(size, (largest, value) => Math.Max(largest, Math.Abs(value)));
            return
            [
                .. Ends(values.Length, low, high).Select(i => (values[i], space.Combined(row => vectors[row][i]))),
            ];
        }

        private bool HasConverged(Krylov<T> space, int low, int high)
        {
            var (values, _, last) = space.EigenEnds();
            if (values.Length < low + high) return false;
            double scale = Math.Max(size, Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])));
            return Ends(values.Length, low, high).All(i => space.Rest * Math.Abs(last[i]) <= tolerance * scale);
        }

        private static IEnumerable<int> Ends(int count, int low, int high) =>
            Enumerable.Range(0, count).Where(i => i < low || i >= count - high);

        // Whether any of them belongs among those wanted.
        private bool IsNews(List<(double Value, double[] Vector)> more)
        {
            double slack = tolerance * size;
            var news = more.Where(pair => found.Count < top + bottom
                || (bottom > 0 && pair.Value < found[bottom - 1].Value - slack)
                || (top > 0 && pair.Value > found[^top].Value + slack)).ToArray();
            found.AddRange(news);
            found.Sort((left, right) => left.Value.CompareTo(right.Value));
            return news.Length > 0;
        }

        private Eigenpair<T> Pair((double Value, double[] Vector) of)
        {
            double[] product = Krylov<T>.Product(map, of.Vector);
            products++;
            Doubles.Add(-of.Value, of.Vector, product);
            return new(of.Value, Doubles.To<T>(of.Vector), Doubles.Norm(product));
        }
    }
}
