using System.Numerics;
using Functional.Core.Numbers;

namespace Functional;

/// <summary>How inputs are brought to a common size: (x - shift) factor, feature by feature. Learned on the training part
/// alone and kept with the model.</summary>
/// <param name="Shift">What is taken away from each feature.</param>
/// <param name="Factor">What each difference is multiplied with.</param>
/// <param name="Fill">What takes the place of a missing number (NaN) first; none where nothing may be missing.</param>
public sealed record Scaling(Vec<double> Shift, Vec<double> Factor, Vec<double>? Fill = null)
{
    /// <summary>The scaled inputs: computed in double, then rounded to the precision asked for.</summary>
    public Matrix<T> Apply<T>(Matrix<double> inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Shift.Length) throw new ArgumentException($"a scaling of {Shift.Length} features got samples of {inputs.Columns}");
        return new(inputs.Rows, inputs.Columns, Vec<T>.Create(inputs.Rows * inputs.Columns, inputs, (into, matrix) =>
        {
            var room = new double[matrix.Columns];
            ReadOnlySpan<double> shift = Shift.Span, factor = Factor.Span;
            for (int row = 0; row < matrix.Rows; row++)
            {
                var from = matrix.Row(row, room);
                var to = into.Slice(row * from.Length, from.Length);
                for (int i = 0; i < from.Length; i++)
                {
                    double x = Fill is not null && double.IsNaN(from[i]) ? Fill[i] : from[i];
                    to[i] = T.CreateTruncating((x - shift[i]) * factor[i]);
                }
            }
        }));
    }

    /// <summary>Scaled numbers as they were: x / factor + shift, in double; where all were one, that one.</summary>
    public Matrix<double> Undo(Matrix<double> scaled)
    {
        ArgumentNullException.ThrowIfNull(scaled);
        if (scaled.Columns != Shift.Length) throw new ArgumentException($"a scaling of {Shift.Length} numbers got rows of {scaled.Columns}");
        return scaled.MapRows((from, into) =>
        {
            for (int i = 0; i < into.Length; i++) into[i] = Factor[i] == 0 ? Shift[i] : from[i] / Factor[i] + Shift[i];
        });
    }
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
            double size = centred.Max(Math.Abs), unit = size is > 1e150 or < 1e-150 ? size : 1; // squares would overflow or vanish
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

    /// <summary>Every scaler, by the name it is written under.</summary>
    internal static Kinds<Scaler> Kinds { get; } = new("scaling", ("none", new None()), ("standard", new Standard()), ("range", new Range()));

    /// <summary>Learns the scaling of these inputs.</summary>
    /// <param name="inputs">Samples x features.</param>
    /// <param name="fill">What takes the place of missing numbers, if any may be missing.</param>
    /// <param name="weights">How much each sample counts, above 0; 1 each if none are given.</param>
    public Scaling Learn(Matrix<double> inputs, Vec<double>? fill = null, Vec<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var features = new (double Shift, double Factor)[inputs.Columns];
        double[]? counts = weights?.Span.ToArray();
        double[][] columns = [.. Enumerable.Range(0, Math.Min(Together, inputs.Columns)).Select(_ => new double[inputs.Rows])];
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
        return new(Vec<double>.Of([.. features.Select(f => f.Shift)]), Vec<double>.Of([.. features.Select(f => f.Factor)]), fill);
    }

    private const int Together = 8; // features looked at in one walk over the rows, which lie far apart
    // What differs by rounding alone is no difference: it is multiplied with 0.
    private protected static (double, double) Constant(double[] column) =>
        (column.FirstOrDefault(), Array.TrueForAll(column, x => x == column[0]) ? 1 : 0);

    private protected abstract (double Shift, double Factor) Feature(double[] column, double[]? weights);

    internal override Scaler Each(Fields fields) => this;
}
