using System.Numerics;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>How numbers are brought to a common size: z = (x - shift) factor, column by column; then, where
/// they are clipped, z / sqrt(1 + (z/3)^2), which lies between -3 and 3. Learned on the training part alone and
/// kept with the model.</summary>
/// <param name="Shift">What is taken away from each column.</param>
/// <param name="Factor">What each difference is multiplied with.</param>
/// <param name="IsClipped">Whether numbers far away are drawn in smoothly.</param>
public sealed record Scaling(Vec<double> Shift, Vec<double> Factor, bool IsClipped = false)
{
    /// <summary>Whether it leaves every number as it is.</summary>
    internal bool IsIdentity =>
        !IsClipped && Shift.Span.IndexOfAnyExcept(0.0) < 0 && Factor.Span.IndexOfAnyExcept(1.0) < 0;

    /// <summary>The scaled numbers: computed in double, then rounded to the precision asked for.</summary>
    /// <param name="inputs">Rows x columns.</param>
    /// <param name="fill">What takes the place of a missing number (NaN) first; none where
    /// nothing may be missing.</param>
    public Matrix<T> Apply<T>(Matrix<double> inputs, Vec<double>? fill = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Shift.Length)
            throw new ArgumentException($"a scaling of {Shift.Length} features got samples of {inputs.Columns}");
        return new(inputs.Rows, inputs.Columns, Vec<T>.Create(inputs.Rows * inputs.Columns, inputs, (into, matrix) =>
        {
            var room = new double[matrix.Columns];
            for (int row = 0; row < matrix.Rows; row++)
                Apply(
                    matrix.Row(row, room), into.Slice(row * matrix.Columns, matrix.Columns),
                    fill is null ? [] : fill.Span);
        }));
    }

    /// <summary>The same of one row.</summary>
    internal void Apply<T>(ReadOnlySpan<double> from, Span<T> to, ReadOnlySpan<double> fill)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> shift = Shift.Span, factor = Factor.Span;
        for (int i = 0; i < from.Length; i++)
        {
            double x = !fill.IsEmpty && double.IsNaN(from[i]) ? fill[i] : from[i];
            double z = (x - shift[i]) * factor[i];
            to[i] = T.CreateTruncating(IsClipped ? Clipped(z) : z);
        }
    }

    /// <summary>Scaled numbers as they were: x / factor + shift, in double; where all were one, that one. Not
    /// for clipped ones.</summary>
    public Matrix<double> Undo(Matrix<double> scaled)
    {
        ArgumentNullException.ThrowIfNull(scaled);
        if (scaled.Columns != Shift.Length)
            throw new ArgumentException($"a scaling of {Shift.Length} numbers got rows of {scaled.Columns}");
        return scaled.MapRows((from, into) =>
        {
            from.CopyTo(into);
            Undo(into);
        });
    }

    /// <summary>The same of one row, in place.</summary>
    internal void Undo(Span<double> row)
    {
        for (int i = 0; i < row.Length; i++) row[i] = Factor[i] == 0 ? Shift[i] : row[i] / Factor[i] + Shift[i];
    }

    // t / sqrt(1 + t^2) of t = z / 3; from 10^9 on it is 1, to the bit, and the square might overflow.
    private static double Clipped(double z)
    {
        double t = z / Bound;
        return Math.Abs(t) > 1e9 ? Math.CopySign(Bound, t) : Bound * (t / Math.Sqrt(1 + t * t));
    }

    private const double Bound = 3;
}

/// <summary>The way a scaling is learned.</summary>
public abstract record Scaler : Form<Scaler>
{
    /// <summary>Inputs as they are.</summary>
    public sealed record None : Scaler
    {
        private protected override (double, double) Feature(double[] column, double[]? weights) => (0, 1);
    }

    /// <summary>Mean 0 and standard deviation 1; a constant feature becomes 0.</summary>
    public sealed record Standard : Scaler
    {
        private protected override (double, double) Feature(double[] column, double[]? weights)
        {
            if (Average.AreOne(column)) return Constant(column);
            double mean = Average.Of(column, weights);
            double[] centred = [.. column.Select(x => x - mean)];
            // Squares would overflow or vanish.
            double size = centred.Max(Math.Abs), unit = size is > 1e150 or < 1e-150 ? size : 1;
            if (unit != 1) centred = [.. centred.Select(x => x / unit)];
            return (mean, 1 / (unit * Math.Sqrt(Average.OfSquares(centred, weights))));
        }
    }

    /// <summary>From 0 to 1 between the smallest and the largest value; a constant feature becomes 0.</summary>
    public sealed record Range : Scaler
    {
        private protected override (double, double) Feature(double[] column, double[]? weights)
        {
            if (Average.AreOne(column)) return Constant(column);
            double low = column.Min();
            return (low, 1 / (column.Max() - low));
        }
    }

    /// <summary>Median 0 and quartiles 1 apart, and what is far away drawn in smoothly to between -3 and 3, so that
    /// no outlier rules: (x - median) / (q3 - q1); where the quartiles are one, 2 (x - median) / (max - min). A
    /// constant feature becomes 0. (Holzmüller, Grinsztajn and Steinwart, 2024)</summary>
    public sealed record Robust : Scaler
    {
        internal override bool Clips => true;

        private protected override (double, double) Feature(double[] column, double[]? weights)
        {
            if (Average.AreOne(column)) return Constant(column);
            double width = Average.Quantile(column, 0.75, weights) - Average.Quantile(column, 0.25, weights);
            return (Average.Median(column, weights), width > 0 ? 1 / width : 2 / (column.Max() - column.Min()));
        }
    }

    /// <summary>Every scaler, by the name it is written under.</summary>
    public static Kinds<Scaler> Kinds { get; } = new(
        "scaling", ("none", new None()), ("standard", new Standard()), ("range", new Range()),
        ("robust", new Robust()));

    /// <summary>Whether numbers far away are drawn in: then there is no way back to them.</summary>
    internal virtual bool Clips => false;

    /// <summary>Learns the scaling of these inputs.</summary>
    /// <param name="inputs">Samples x features.</param>
    /// <param name="fill">What takes the place of missing numbers, if any may be missing.</param>
    /// <param name="weights">How much each sample counts, above 0; 1 each if none are given.</param>
    public Scaling Learn(Matrix<double> inputs, Vec<double>? fill = null, Vec<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var features = new (double Shift, double Factor)[inputs.Columns];
        double[]? counts = weights?.Span.ToArray();
        double[][] columns =
            [.. Enumerable.Range(0, Math.Min(Together, inputs.Columns)).Select(_ => new double[inputs.Rows])];
        for (int first = 0; first < features.Length; first += Together)
        {
            int count = Math.Min(Together, features.Length - first);
            for (int row = 0; row < inputs.Rows; row++)
                for (int i = 0; i < count; i++)
                {
                    double x = inputs[row, first + i];
                    columns[i][row] = double.IsNaN(x) && fill is not null ? fill[first + i] : x;
                }
            for (int i = 0; i < count; i++) features[first + i] = Feature(columns[i], counts);
        }
        return new(
            Vec<double>.Of([.. features.Select(f => f.Shift)]),
            Vec<double>.Of([.. features.Select(f => f.Factor)]), Clips);
    }

    private const int Together = 8; // features looked at in one walk over the rows, which lie far apart

    // What differs by rounding alone is no difference: it is multiplied with 0.
    private protected static (double, double) Constant(double[] column) =>
        (column.FirstOrDefault(), Array.TrueForAll(column, x => x == column[0]) ? 1 : 0);

    private protected abstract (double Shift, double Factor) Feature(double[] column, double[]? weights);
}
