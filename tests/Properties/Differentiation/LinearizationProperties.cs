using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Differentiation;

/// <summary>One forward pass serves every derivative, in any number, and chunks of a batch add up to it.</summary>
public sealed class LinearizationProperties
{
    private sealed record Case(
        Network<double> Network, Loss Loss, Mode Mode, Samples<double> Samples, Gradient<double>[] Along)
    {
        public Linearization<double> At(int threads = 0) => new(Network, Loss, Samples, Mode, threads);
    }

    private static Gen<Case> Cases(Gen<Loss> losses, int leastRows = 1) =>
        from network in Any.Network
        from loss in losses
        from mode in Any.Mode
        from rows in Gen.Int[leastRows, leastRows + 5]
        from samples in Any.Samples(network.Architecture, loss, rows)
        from along in Any.Direction(network).Array[0, 4]
        select new Case(network, loss, mode, samples, along);

    private static readonly Gen<Loss> Likelihoods = Any.Loss.Where(loss => loss.IsLikelihood);

    [Fact]
    public void Many_products_are_each_alone_whoever_helps() =>
        Gen.Select(Cases(Likelihoods), Gen.Int[1, 3]).Sample((c, threads) =>
            c.At(threads).HessianProducts(c.Along)
                .SequenceEqual(c.Along.Select(v => c.Network.HessianProduct(c.Loss, c.Samples, v, c.Mode)))
            && c.At(threads).GaussNewtonProducts(c.Along)
                .SequenceEqual(c.Along.Select(v => c.Network.GaussNewtonProduct(c.Loss, c.Samples, v, c.Mode)))
            && c.At(threads).FisherProducts(c.Along)
                .SequenceEqual(c.Along.Select(v => c.Network.FisherProduct(c.Loss, c.Samples, v, c.Mode))));

    [Fact]
    public void The_pass_that_is_kept_serves_all_derivatives() =>
        Cases(Any.Loss).Where(c => c.Along.Length > 0).Sample(c =>
    {
        var (at, v) = (c.At(), c.Along[0]);
        var (value, gradient, toInputs) = c.Network.LossGradient(c.Loss, c.Samples, c.Mode);
        return at.HessianProduct(v) == c.Network.HessianProduct(c.Loss, c.Samples, v, c.Mode)
            && at.Jvp(v) == c.Network.Jvp(c.Samples.Inputs, v, mode: c.Mode).Tangent
            && at.Vjp(at.Output) == (c.Network.Vjp(c.Samples.Inputs, at.Output, c.Mode) is var both
                ? (both.Gradient, both.ToInputs)
                : default)
            && at.Gradient() == (gradient, toInputs) && at.Value == value
            && at.HessianProduct(v) == c.Network.HessianProduct(c.Loss, c.Samples, v, c.Mode);
    });

    [Fact]
    public void One_chunk_is_the_batch() => Cases(Any.Loss).Sample(c =>
        Sum(c, 1, at => at.HessianProducts(c.Along)).SequenceEqual(c.At().HessianProducts(c.Along)));

    [Fact]
    public void Chunks_add_up_to_the_batch_where_samples_stand_alone() =>
        Gen.Select(
            Cases(Any.Loss, leastRows: 8).Where(c => c.Mode == Mode.Inference), Gen.Int[0, 3].Select(log => 1 << log))
            .Sample((c, chunks) =>
                Near(c.At().HessianProducts(c.Along), Sum(c, chunks, at => at.HessianProducts(c.Along)))
                && Near(c.At().GaussNewtonProducts(c.Along), Sum(c, chunks, at => at.GaussNewtonProducts(c.Along)))
                && Near([c.At().Gradient().Gradient], Sum(c, chunks, at => [at.Gradient().Gradient])));

    [Fact]
    public void Chunks_of_a_gradient_are_the_shards_of_a_step() =>
        Any.Run.Where(run => run.Batches.Length > 0 && run.Batches[0].Count >= run.Learner.Shards
            && run.Start.Network.Running.Length == 0)
            .Sample(run =>
            {
                var (batch, network) = (run.Batches[0], run.Start.Network);
                var samples = batch.Samples.Select(batch.Order.Span.Slice(batch.Start, batch.Count));
                var sum = Linearization<double>.Sum(
                    network, run.Learner.Loss, samples, run.Learner.Shards, at => [at.Gradient().Gradient],
                    Mode.Training(run.Learner.Key.For(Purpose.Dropout).AtStep(run.Start.Step)));
                var shards = Enumerable.Range(0, run.Learner.Shards)
                    .Select(shard => run.Learner.ShardGradient(network, batch, shard, run.Start.Step));
                return sum[0] == ShardGradient<double>.Sum([.. shards]).Gradient;
            }, iter: 60);

    [Fact]
    public void The_Fisher_information_does_not_ask_for_the_targets() =>
        (from c in Cases(Likelihoods)
         from others in Any.Samples(c.Network.Architecture, c.Loss, c.Samples.Inputs.Rows)
         select (c, others)).Sample(at =>
            new Linearization<double>(
                at.c.Network, at.c.Loss, at.c.Samples with { Targets = at.others.Targets }, at.c.Mode)
                .FisherProducts(at.c.Along).SequenceEqual(at.c.At().FisherProducts(at.c.Along)));

    [Fact]
    public void A_traces_error_is_the_sample_deviation_over_the_root_of_the_probes() =>
        Gen.Select(
            Cases(Any.Loss).Where(c => c.Network.Parameters.Length > 0), Gen.Int[2, 9],
            Any.Key).Sample((c, probes, key) =>
        {
            var (trace, error) = c.Network.HessianTrace(c.Loss, c.Samples, key, probes, c.Mode);
            double[] found = [.. Enumerable.Range(0, probes).Select(probe =>
            {
                var signs = Draw.Integers(key.At((uint)probe), c.Network.Parameters.Length, 2).Span.ToArray()
                    .Select(bit => 2.0 * bit - 1);
                var v = new Gradient<double>(Vec<double>.Of([.. signs]));
                return v.Dot(c.Network.HessianProduct(c.Loss, c.Samples, v, c.Mode));
            })];
            double mean = found.Average(),
                deviation = Math.Sqrt(found.Sum(value => (value - mean) * (value - mean)) / (probes - 1));
            double size = found.Max(Math.Abs);
            return Math.Abs(trace - mean) <= 1e-12 * size
                && Math.Abs(error - deviation / Math.Sqrt(probes)) <= 1e-7 * size;
        });

    [Fact]
    public void More_chunks_than_samples_or_a_count_that_is_no_power_of_two_are_refused()
    {
        var network = Network<double>.Init(
            Architecture.Of(1, new Functional.Dense(1)), new Initializer.Zeros(), default);
        var samples = new Samples<double>(new(2, 1, Vec<double>.Of(1, 2)), new(2, 1, Vec<double>.Of(1, 2)));
        Assert.Contains("2 samples are cut into 4 chunks", Refused(4), StringComparison.Ordinal);
        Assert.Contains("a power of two, 1 to 1024", Refused(3), StringComparison.Ordinal);

        string Refused(int chunks) => Assert.Throws<ArgumentException>(() =>
            Linearization<double>.Sum(
                network, new MeanSquaredError(), samples, chunks, at => [at.Gradient().Gradient])).Message;
    }

    private static IReadOnlyList<Gradient<double>> Sum(
        Case c, int chunks, Func<Linearization<double>, IReadOnlyList<Gradient<double>>> products) =>
        Linearization<double>.Sum(c.Network, c.Loss, c.Samples, chunks, products, c.Mode);

    private static bool Near(IReadOnlyList<Gradient<double>> one, IReadOnlyList<Gradient<double>> other) =>
        one.Count == other.Count
        && one.Zip(other).All(pair => Laws.Near.Equal(pair.Item1.Direction, pair.Item2.Direction, 1e-10));
}
