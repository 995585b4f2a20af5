using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Functions;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Lecture;

/// <summary>A projection that is learned without labels: two views of a sample are to lie near each other, views of
/// others apart. (NT-Xent: Chen et al., 2020; InfoNCE: van den Oord et al., 2018)</summary>
internal static class Contrast
{
    private const int Half = 64;
    private const double Temperature = 0.2, Rate = 0.003;

    /// <summary>Loss of 2n projections, of which rows i and i + n are two views of sample i, and its derivative by
    /// each: the mean over rows of −log of e^(s(i, partner) / t) over the sum of e^(s(i, k) / t) over all k but i,
    /// where s is the cosine of the angle between two rows.</summary>
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

    /// <summary>Views of some rows, one after the other.</summary>
    public delegate double[] Views(Matrix<double> samples, int[] rows, Key key);

    /// <summary>Trains a net to project samples so.</summary>
    /// <param name="start">The net.</param>
    /// <param name="samples">A sample a row.</param>
    /// <param name="views">How they are seen.</param>
    /// <param name="key">The source of batches and views.</param>
    /// <param name="steps">How many.</param>
    /// <param name="areStrangers">Whether the two views are of different samples.</param>
    public static Network<float> Train(
        Network<float> start, Matrix<double> samples, Views views, Key key, int steps, bool areStrangers)
    {
        var learner = new Learner(new MeanSquaredError(), new Adam(Rate), key, Schedule: new CosineAnnealing(steps));
        var state = learner.Begin(start);
        for (int step = 0; step < steps; step++)
        {
            var (here, there) = key.At((uint)step).Split();
            int[] picked = Draw.Permutation(here.At(0), samples.Rows).ToArray()[..(2 * Half)];
            var (first, second) = (picked[..Half], areStrangers ? picked[Half..] : picked[..Half]);
            var seen = new Matrix<double>(2 * Half, samples.Columns,
                Vec<double>.Of([.. views(samples, first, here.At(1)), .. views(samples, second, there)])).To<float>();
            var (output, tape) = state.Network.Forward(seen, threads: 1);
            var (loss, delta) = Loss(output.To<double>());
            var gradient = state.Network.Backward(tape, delta.To<float>(), threads: 1).Gradient;
            state = learner.Update(state, new((float)loss, gradient, state.Network.Running, 1), threads: 1);
        }
        return state.Network;
    }

    /// <summary>Views of lines of MNIST-1D: moved along by up to 8 of 40 places, up to a fifth taller or flatter, with
    /// noise.</summary>
    public static double[] OfLines(Matrix<double> lines, int[] rows, Key key)
    {
        var (shifts, scales) =
            (Draw.Integers(key.At(0), rows.Length, 17), Draw.Uniform<double>(key.At(1), rows.Length, 0.8, 1.2));
        int length = lines.Columns;
        double[] views = Draw.Normal<double>(key.At(2), rows.Length * length, 0, 0.2).ToArray();
        for (int i = 0; i < rows.Length; i++)
            for (int j = 0; j < length; j++)
                views[i * length + j] += scales[i] * lines[rows[i], (j + shifts[i] + length - 8) % length];
        return views;
    }

    /// <summary>Views of digits of 8 x 8 pixels: moved by up to a pixel in both directions, a tenth of the pixels
    /// dark, with noise.</summary>
    public static double[] OfDigits(Matrix<double> images, int[] rows, Key key)
    {
        const int Side = 8;
        var moves = Draw.Integers(key.At(0), 2 * rows.Length, 3);
        var kept = Draw.Uniform<double>(key.At(1), rows.Length * Side * Side);
        double[] views = Draw.Normal<double>(key.At(2), rows.Length * Side * Side, 0, 0.1).ToArray();
        for (int cell = 0; cell < views.Length; cell++)
        {
            int i = cell / (Side * Side);
            int y = cell / Side % Side + moves[2 * i] - 1, x = cell % Side + moves[2 * i + 1] - 1;
            if (y is >= 0 and < Side && x is >= 0 and < Side && kept[cell] >= 0.1)
                views[cell] += images[rows[i], Side * y + x];
        }
        return views;
    }

    /// <summary>Share of rows whose nearest row of others, by the angle between them, is of their class.</summary>
    public static double NearestRight(Matrix<double> rows, Matrix<double> labels, Matrix<double> others,
        Matrix<double> theirs)
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
