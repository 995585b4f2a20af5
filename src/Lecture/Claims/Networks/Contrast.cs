using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>A projection that is learned without labels: two views of a sample are to lie near each other, views of others
/// apart. (NT-Xent: Chen et al., 2020; InfoNCE: van den Oord et al., 2018)</summary>
internal static class Contrast
{
    private const int Lines = 64, Length = 40;
    private const double Temperature = 0.5, Rate = 0.003, Noise = 0.2;

    /// <summary>Loss of 2n projections, of which rows i and i + n are two views of sample i, and its derivative by each:
    /// the mean over rows of −log of e^(s(i, partner) / t) over the sum of e^(s(i, k) / t) over all k but i, where s is the
    /// cosine of the angle between two rows.</summary>
    public static (double Loss, Matrix<double> ToProjections) Loss(Matrix<double> projections)
    {
        int rows = projections.Rows, columns = projections.Columns;
        double[] norms = [.. Enumerable.Range(0, rows)
            .Select(row => Math.Sqrt(Reduce.Dot(projections.Row(row), projections.Row(row)) + 1e-12))];
        double[] unit = projections.Cells.ToArray();
        for (int i = 0; i < unit.Length; i++) unit[i] /= norms[i / columns];
        ReadOnlySpan<double> Row(int row) => unit.AsSpan(row * columns, columns);
        var weights = new double[rows * rows]; // dLoss/ds(i, k)
        double loss = 0;
        for (int i = 0; i < rows; i++)
        {
            int partner = (i + rows / 2) % rows;
            var shares = weights.AsSpan(i * rows, rows);
            double sum = 0, near = Reduce.Dot(Row(i), Row(partner)) / Temperature;
            for (int k = 0; k < rows; k++)
                if (k != i) sum += shares[k] = Elementary.Of<Exp>(Reduce.Dot(Row(i), Row(k)) / Temperature);
            loss += (Elementary.Of<Log>(sum) - near) / rows;
            for (int k = 0; k < rows; k++)
                shares[k] = (shares[k] / sum - (k == partner ? 1 : 0)) / Temperature / rows;
        }
        var to = new double[unit.Length];
        for (int i = 0; i < rows; i++)
        {
            var toUnit = to.AsSpan(i * columns, columns);
            for (int k = 0; k < rows; k++)
            {
                double weight = weights[i * rows + k] + weights[k * rows + i];
                for (int j = 0; j < columns; j++) toUnit[j] += weight * unit[k * columns + j];
            }
            double along = Reduce.Dot(Row(i), toUnit); // lost: the length of a row does not matter
            for (int j = 0; j < columns; j++) toUnit[j] = (toUnit[j] - along * unit[i * columns + j]) / norms[i];
        }
        return (loss, new(rows, columns, Vec<double>.Of(to)));
    }

    /// <summary>Trains a net to project lines so.</summary>
    /// <param name="start">The net.</param>
    /// <param name="lines">A line a row.</param>
    /// <param name="key">The source of batches and views.</param>
    /// <param name="steps">How many.</param>
    /// <param name="areStrangers">Whether the two views are of different lines.</param>
    public static Network<float> Train(Network<float> start, Matrix<double> lines, Key key, int steps, bool areStrangers)
    {
        var learner = new Learner(new MeanSquaredError(), new Adam(Rate), key, Schedule: new CosineAnnealing(steps));
        var state = learner.Begin(start);
        for (int step = 0; step < steps; step++)
        {
            var (here, there) = key.At((uint)step).Split();
            int[] picked = Draw.Permutation(here.At(0), lines.Rows).ToArray()[..(2 * Lines)];
            var (first, second) = (picked[..Lines], areStrangers ? picked[Lines..] : picked[..Lines]);
            var views = new Matrix<double>(2 * Lines, Length,
                Vec<double>.Of([.. Views(lines, first, here.At(1)), .. Views(lines, second, there)])).To<float>();
            var (output, tape) = state.Network.Forward(views, threads: 1);
            var (loss, delta) = Loss(output.To<double>());
            var gradient = state.Network.Backward(tape, delta.To<float>(), threads: 1).Gradient;
            state = learner.Update(state, new((float)loss, gradient, state.Network.Running, 1), threads: 1);
        }
        return state.Network;
    }

    // Moved along by up to 8 of 40 places, up to a fifth taller or flatter, with noise.
    private static double[] Views(Matrix<double> lines, int[] rows, Key key)
    {
        var (shifts, scales) = (Draw.Integers(key.At(0), rows.Length, 17), Draw.Uniform<double>(key.At(1), rows.Length, 0.8, 1.2));
        double[] views = Draw.Normal<double>(key.At(2), rows.Length * Length, 0, Noise).ToArray();
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j < Length; j++)
                views[i * Length + j] += scales[i] * lines[rows[i], (j + shifts[i] + Length - 8) % Length];
        return views;
    }

    /// <summary>Share of rows whose nearest row of others, by the angle between them, is of their class.</summary>
    public static double NearestRight(Matrix<double> rows, Matrix<double> labels, Matrix<double> others, Matrix<double> theirs)
    {
        int right = 0;
        double[] norms = [.. Enumerable.Range(0, others.Rows)
            .Select(row => Math.Sqrt(Reduce.Dot(others.Row(row), others.Row(row)) + 1e-12))];
        for (int row = 0; row < rows.Rows; row++)
        {
            int nearest = 0;
            double most = double.NegativeInfinity;
            for (int other = 0; other < others.Rows; other++)
                if (Reduce.Dot(rows.Row(row), others.Row(other)) / norms[other] is var cosine && cosine > most)
                    (nearest, most) = (other, cosine);
            if (theirs[nearest, 0] == labels[row, 0]) right++;
        }
        return (double)right / rows.Rows;
    }
}
