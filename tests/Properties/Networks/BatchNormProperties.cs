using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Networks;

/// <summary>Batch norm takes a batch's own statistics in training, and what it remembers of
/// them in inference.</summary>
public sealed class BatchNormProperties
{
    private static readonly Gen<(BatchNorm Layer, Network<double> Network, Matrix<double> Inputs)> Case =
        from momentum in Gen.Double[0.05, 1]
        from width in Gen.Int[1, 5]
        from rows in Gen.Int[2, 9]
        from inputs in Any.Matrix(rows, width)
        from network in Any.Networks(Gen.Const(Architecture.Of(width, new BatchNorm(momentum, 1e-12))))
        select (new BatchNorm(momentum, 1e-12), network, inputs);

    [Fact]
    public void Running_values_move_in_training_only() =>
        Gen.Select(Any.Network, Any.Key, Gen.Int[2, 5]).Sample((network, key, rows) =>
    {
        var inputs = new Matrix<double>(
            rows, network.Architecture.Inputs, Draw.Normal<double>(key, rows * network.Architecture.Inputs));
        return network.Forward(inputs).Tape.Running == network.Running
            && (network.Running.Length == 0
                || network.Forward(inputs, Mode.Training(key)).Tape.Running != network.Running);
    });

    [Fact]
    public void Running_values_move_by_momentum_towards_the_batch() => Case.Sample((layer, network, inputs) =>
        Near.Equal(
            network.Forward(inputs, Mode.Training(default)).Tape.Running,
            Vec<double>.Of([.. Moments(inputs)
                .Select((moment, i) => (1 - layer.Momentum) * network.Running[i] + layer.Momentum * moment)]),
            1e-13));

    [Fact]
    public void A_trained_batch_has_mean_beta_and_deviation_gamma() => Case.Sample((_, network, inputs) =>
    {
        int width = inputs.Columns, rows = inputs.Rows;
        double[] given = Moments(inputs), moments = Moments(network.Forward(inputs, Mode.Training(default)).Output),
            parameters = network.Parameters.Span.ToArray();
        return Enumerable.Range(0, width).All(i =>
            Math.Abs(moments[i] - parameters[width + i]) < 1e-9
            && Math.Abs(Spread(moments, i) - parameters[i] * parameters[i] * Kept(Spread(given, i))) < 1e-6);

        double Spread(double[] of, int i) => of[width + i] * (rows - 1) / rows;

        // Where samples are near each other, epsilon takes its share.
        static double Kept(double variance) => variance / (variance + 1e-12);
    });

    [Fact]
    public void Inference_uses_the_running_values() => Case.Sample((_, network, inputs) =>
    {
        int width = inputs.Columns;
        var (p, r) = (network.Parameters, network.Running);
        return Near.Equal(
            network.Predict(inputs).Cells,
            Vec<double>.Of([.. inputs.Cells.Span.ToArray().Select((x, at) => at % width is var i
                ? p[i] * (x - r[i]) / Math.Sqrt(r[width + i] + 1e-12) + p[width + i] : 0)]), 1e-13);
    });

    [Fact]
    public void A_step_in_shards_takes_the_mean_over_those_that_have_rows() =>
        Gen.Select(Case, Gen.OneOf(1, 2, 4, 8, 32)).Sample((c, shards) =>
    {
        int rows = c.Inputs.Rows, width = c.Inputs.Columns;
        var learner = new Learner(new MeanSquaredError(), new Sgd(), Shards: shards);
        var after = learner.Step(learner.Begin(c.Network), Batch<double>.All(new(c.Inputs, c.Inputs))).Network.Running;
        double[][] each =
        [
            .. from shard in Enumerable.Range(0, shards)
               let own = Enumerable.Range(0, rows).Where(row =>
                   row >= rows * shard / shards && row < rows * (shard + 1) / shards).ToArray()
               where own.Length > 0
               select Moments(c.Inputs.Select(own)),
        ];
        return Near.Equal(after, Vec<double>.Of([.. Enumerable.Range(0, 2 * width).Select(i =>
            (1 - c.Layer.Momentum) * c.Network.Running[i] + c.Layer.Momentum * each.Average(moments => moments[i]))]),
                1e-13);
    });

    // Means, then unbiased variances, feature by feature; that of one row is 0.
    private static double[] Moments(Matrix<double> inputs)
    {
        var columns = Enumerable.Range(0, inputs.Columns)
            .Select(i => Enumerable.Range(0, inputs.Rows).Select(row => inputs[row, i]).ToArray()).ToArray();
        return [.. columns.Select(x => x.Average()),
            .. columns.Select(x => x.Sum(cell => (cell - x.Average()) * (cell - x.Average())) / Math.Max(x.Length - 1,
                1))];
    }
}
