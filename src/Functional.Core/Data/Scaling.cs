using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Data;

/// <summary>How inputs are brought to a common size: (x - shift) factor, feature by feature. Learned on the training part
/// alone and kept with the model.</summary>
/// <param name="Shift">What is taken away from each feature.</param>
/// <param name="Factor">What each difference is multiplied with.</param>
/// <param name="Fill">What takes the place of a missing number (NaN) first; none where nothing may be missing.</param>
public sealed record Scaling(Vec<double> Shift, Vec<double> Factor, Vec<double>? Fill = null)
{
    /// <summary>The scaled inputs.</summary>
    public Matrix<T> Apply<T>(Matrix<T> inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Shift.Length) throw new ArgumentException($"a scaling of {Shift.Length} features got samples of {inputs.Columns}");
        return new(inputs.Rows, inputs.Columns, Vec<T>.Create(inputs.Rows * inputs.Columns, inputs, (into, matrix) =>
        {
            var room = new T[matrix.Columns];
            ReadOnlySpan<double> shift = Shift.Span, factor = Factor.Span;
            for (int row = 0; row < matrix.Rows; row++)
            {
                var from = matrix.Row(row, room);
                var to = into.Slice(row * from.Length, from.Length);
                for (int i = 0; i < from.Length; i++)
                {
                    double x = double.CreateTruncating(from[i]);
                    if (Fill is not null && double.IsNaN(x)) x = Fill[i];
                    to[i] = T.CreateTruncating((x - shift[i]) * factor[i]);
                }
            }
        }));
    }
}

/// <summary>The way a scaling is learned.</summary>
public abstract record Scaler : Form<Scaler>
{
    /// <summary>Inputs as they are.</summary>
    public sealed record None : Scaler
    {
        private protected override (double, double) Feature(double[] column) => (0, 1);
    }

    /// <summary>Mean 0 and standard deviation 1; a constant feature becomes 0.</summary>
    public sealed record Standard : Scaler
    {
        private protected override (double, double) Feature(double[] column)
        {
            if (Array.TrueForAll(column, x => x == column[0])) return (column.FirstOrDefault(), 1); // the mean's own rounding is no deviation
            double mean = Reduce.Sum<double>(column) / column.Length;
            double[] centred = [.. column.Select(x => x - mean)];
            double deviation = Math.Sqrt(Reduce.Dot<double>(centred, centred) / column.Length);
            return (mean, deviation > 0 ? 1 / deviation : 1);
        }
    }

    /// <summary>From 0 to 1 between the smallest and the largest value; a constant feature becomes 0.</summary>
    public sealed record Range : Scaler
    {
        private protected override (double, double) Feature(double[] column)
        {
            double low = column.Min(), width = column.Max() - low;
            return (low, width > 0 ? 1 / width : 1);
        }
    }

    /// <summary>Every scaler, by the name it is written under.</summary>
    internal static Kinds<Scaler> Kinds { get; } = new("scaling", ("none", new None()), ("standard", new Standard()), ("range", new Range()));

    /// <summary>Learns the scaling of these inputs.</summary>
    /// <param name="inputs">Samples x features.</param>
    /// <param name="fill">What takes the place of missing numbers, if any may be missing.</param>
    public Scaling Learn<T>(Matrix<T> inputs, Vec<double>? fill = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var features = new (double Shift, double Factor)[inputs.Columns];
        double[][] columns = [.. Enumerable.Range(0, Math.Min(Together, inputs.Columns)).Select(_ => new double[inputs.Rows])];
        for (int first = 0; first < features.Length; first += Together)
        {
            int count = Math.Min(Together, features.Length - first);
            for (int row = 0; row < inputs.Rows; row++)
                for (int i = 0; i < count; i++)
                {
                    double x = double.CreateTruncating(inputs[row, first + i]);
                    columns[i][row] = double.IsNaN(x) && fill is not null ? fill[first + i] : x;
                }
            for (int i = 0; i < count; i++) features[first + i] = Feature(columns[i]);
        }
        return new(Vec<double>.Of([.. features.Select(f => f.Shift)]), Vec<double>.Of([.. features.Select(f => f.Factor)]), fill);
    }

    private const int Together = 8; // features looked at in one walk over the rows, which lie far apart

    private protected abstract (double Shift, double Factor) Feature(double[] column);

    internal override Scaler Each(Fields fields) => this;
}
