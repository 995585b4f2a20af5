using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Nets of one hidden layer on random functions of variance 1, so that an error is a share of the
/// variance.</summary>
internal static class ApproximationTrials
{
    /// <summary>Units of the trained nets.</summary>
    public static readonly int[] Widths = [2, 4, 8, 16, 32, 64];

    /// <summary>Stairs for each ridge of the nets that are not trained.</summary>
    public static readonly int[] Stairs = [4, 8, 16, 32, 64];

    private const int Steps = 2000;
    private const double Rate = 0.02;

    /// <summary>The function of a kind that a seed stands for.</summary>
    public static RidgeSum Function(Key key, int family, int inputs) =>
        RidgeSum.Of(family, inputs, key.For(Purpose.Data).At((uint)family).At((uint)inputs));

    /// <summary>Of every seed: test errors of trained nets, family by family.</summary>
    public static IReadOnlyList<double[]> Trained(ClaimTrials trials, Activation hidden, int inputs, int width) =>
        trials.EachSeed($"{inputs} inputs, {width} units", keys =>
        {
            RidgeSum[] functions = [.. from key in keys
                from family in Enumerable.Range(0, RidgeSum.Families)
                select Function(key, family, inputs)];
            Key[] starts = [.. from key in keys
                from family in Enumerable.Range(0, RidgeSum.Families)
                select key.For(Purpose.Init).At((uint)family).At((uint)inputs).At((uint)width)];
            var test = RidgeSum.Grid(inputs);
            return Train<float>(functions, starts, hidden, inputs, width)
                .Select((network, i) =>
                    MeanSquare(network.Predict(test.To<float>()).To<double>(), functions[i].At(test)))
                .Chunk(RidgeSum.Families);
        });

    /// <summary>Of every seed and family: the error on the training points of a net of squares, over that of the best
    /// polynomial of degree 2 there.</summary>
    public static IReadOnlyList<double[]> Squares(ClaimTrials trials, int inputs, int width) =>
        trials.EachSeed($"{inputs} inputs, {width} squares", keys =>
        {
            RidgeSum[] functions = [.. from key in keys
                from family in Enumerable.Range(0, RidgeSum.Families)
                select Function(key, family, inputs)];
            Key[] starts = [.. functions.Select((_, i) =>
                keys[i / RidgeSum.Families].For(Purpose.Init).At((uint)i).At((uint)width))];
            var points = Points(inputs);
            return Train<double>(functions, starts, new Square(), inputs, width).Select((network, i) =>
            {
                var targets = functions[i].At(points);
                return MeanSquare(network.Predict(points), targets) / Floor(points, targets, degree: 2);
            }).Chunk(RidgeSum.Families);
        });

    /// <summary>Of every seed, with and without training's luck left out: for each family the largest error of a
    /// staircase over its bound, then its mean squared error for each number of stairs.</summary>
    public static IReadOnlyList<double[]> Constructed(ClaimTrials trials, int inputs) =>
        trials.Each($"{inputs} inputs, stairs", trials.Seeds, seed =>
        {
            var grid = RidgeSum.Grid(inputs);
            return
            [.. Enumerable.Range(0, RidgeSum.Families).SelectMany(family =>
            {
                var function = Function(trials.KeyOf(seed), family, inputs);
                var values = function.At(grid);
                var outputs = Stairs.Select(stairs => SteepUnits.Of(function, inputs, stairs).Predict(grid, threads: 1))
                    .ToArray();
                double ratio = outputs.Select((output, i) =>
                    Largest(output, values) / SteepUnits.Bound(function, Stairs[i]))
                    .Max();
                return outputs.Select(output => MeanSquare(output, values)).Prepend(ratio);
            })];
        });

    /// <summary>The mean squared error that no polynomial of degree 1 or 2 is below, at these points: what is left of
    /// the targets when 1, every input and, for degree 2, every product of two are taken out of them.</summary>
    public static double Floor(Matrix<double> points, Matrix<double> targets, int degree)
    {
        var basis = new List<double[]>();
        double[] Column(Func<int, double> cell) => [.. Enumerable.Range(0, points.Rows).Select(cell)];
        double[][] terms = [Column(_ => 1),
            .. Enumerable.Range(0, points.Columns).Select(i => Column(row => points[row, i])),
            .. from i in Enumerable.Range(0, degree == 2 ? points.Columns : 0)
            from j in Enumerable.Range(i, points.Columns - i)
            select Column(row => points[row, i] * points[row, j])];
        foreach (double[] term in terms)
        {
            TakeOut(basis, term);
            double norm = Math.Sqrt(Reduce.Dot<double>(term, term));
            basis.Add([.. term.Select(cell => cell / norm)]);
        }
        double[] left = targets.Cells.ToArray();
        TakeOut(basis, left);
        return Reduce.Dot<double>(left, left) / left.Length;
    }

    // Twice, so that rounding leaves nothing. (Gram and Schmidt)
    private static void TakeOut(List<double[]> basis, double[] from)
    {
        foreach (double[] direction in (IEnumerable<double[]>)[.. basis, .. basis])
        {
            double share = Reduce.Dot<double>(direction, from);
            for (int i = 0; i < from.Length; i++) from[i] -= share * direction[i];
        }
    }

    private static IEnumerable<Network<T>> Train<T>(
        RidgeSum[] functions, Key[] starts, Activation hidden, int inputs, int width)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var architecture = Architecture.Of(inputs, new Dense(width, hidden), new Dense(1));
        var learner = new Learner(new MeanSquaredError(), new Adam(Rate), Schedule: new CosineAnnealing(Steps));
        var points = Points(inputs);
        Batch<T>[] batches = [.. functions.Select(function =>
            Batch<T>.All(new(points.To<T>(), function.At(points).To<T>())))];
        return Ensemble<T>.Begin(starts.Select(key => (learner, First<T>(architecture, inputs, width, key))))
            .Fold(member => Enumerable.Repeat(batches[member], Steps), threads: 1)
            .States.Select(state => state.Network);
    }

    // Units that bend all over the square, so that none has to travel there.
    private static Network<T> First<T>(Architecture architecture, int inputs, int width, Key key)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => new(architecture, Vec<T>.Of(
            [.. Draw.Normal<T>(key.At(0), inputs * width, 0, 2), .. Draw.Uniform<T>(key.At(1), width, -2, 2),
                .. Draw.Normal<T>(key.At(2), width, 0, 1 / Math.Sqrt(width)), T.Zero]));

    // Of a line 128 at equal distances, of the square 512 at random.
    private static Matrix<double> Points(int inputs) => inputs == 1
        ? new(128, 1, [.. Enumerable.Range(0, 128).Select(i => -1 + 2.0 * i / 127)])
        : new(512, inputs, Draw.Uniform<double>(Key.FromSeed(0).For(Purpose.Data), 512 * inputs, -1, 1));

    private static double MeanSquare(Matrix<double> outputs, Matrix<double> targets)
    {
        double[] errors = Errors(outputs, targets);
        return Reduce.Dot<double>(errors, errors) / errors.Length;
    }

    private static double Largest(Matrix<double> outputs, Matrix<double> targets) =>
        Errors(outputs, targets).Max(Math.Abs);

    private static double[] Errors(Matrix<double> outputs, Matrix<double> targets)
    {
        double[] errors = outputs.Cells.ToArray();
        for (int i = 0; i < errors.Length; i++) errors[i] -= targets.Cells[i];
        return errors;
    }
}
