using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Training;

/// <summary>A step is made of parts that stand alone: whoever composes them, a fold, a cluster or an ensemble,
/// gets the same bits.</summary>
public sealed class StepPartsProperties
{
    [Fact]
    public void Shards_added_along_the_tree_and_an_update_are_a_step() => Any.Run.Sample(run =>
    {
        var state = run.Start;
        foreach (var batch in run.Batches)
        {
            var next = run.Learner.Step(state, batch);
            var here = ShardGradient<double>.Sum(ShardsOf(run.Learner, state, batch));
            var there = run.Learner.Ascent(state, here) is { } ascended
                ? ShardGradient<double>.Sum(
                    ShardsOf(run.Learner, state with { Network = ascended }, batch))
                : null;
            if (run.Learner.Update(state, here, there) != next) return false;
            if (there is null && run.Learner.Update(state, here) != next) return false;
            state = next;
        }
        return true;
    }, iter: 300);

    // Law 5 again, by halves: whoever has a half of the shards adds them up alone.
    [Fact]
    public void Halves_of_the_tree_are_trees() =>
        Any.Run.Where(run => run.Learner.Shards > 1 && run.Batches.Length > 0).Sample(run =>
    {
        var shards = ShardsOf(run.Learner, run.Start, run.Batches[0]);
        var halves = shards.Chunk(shards.Length / 2).Select(half => ShardGradient<double>.Sum(half)).ToArray();
        return ShardGradient<double>.Sum(halves) == ShardGradient<double>.Sum(shards);
    }, iter: 100);

    // The tree and the fold share their code: this one adds for itself.
    [Fact]
    public void The_loss_of_a_batch_is_the_sum_of_its_shards() =>
        Any.Run.Where(run => run.Batches.Length > 0).Sample(run =>
    {
        var shards = ShardsOf(run.Learner, run.Start, run.Batches[0]);
        double one = shards.Sum(shard => shard.Loss), size = shards.Sum(shard => Math.Abs(shard.Loss));
        return Math.Abs(ShardGradient<double>.Sum(shards).Loss - one) <= 1e-12 * size || !double.IsFinite(one);
    }, iter: 100);

    [Fact]
    public void Shards_are_cut_as_law_5_says() => Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 10]).Sample((rows, log) =>
    {
        int shards = 1 << log;
        var cut = Enumerable.Range(0, shards).Select(shard => Shards.Rows(rows, shard, shards)).ToArray();
        return cut.Select((of, shard) => of.First == (long)rows * shard / shards).All(isRight => isRight)
            && cut.Zip(cut.Skip(1), (one, next) => one.First + one.Count == next.First).All(isRight => isRight)
            && cut[^1].First + cut[^1].Count == rows
            && cut.Max(of => of.Count) - cut.Min(of => of.Count) <= 1;
    });

    private static ShardGradient<double>[] ShardsOf(Learner learner, TrainState<double> state, Batch<double> batch) =>
        [.. Enumerable.Range(0, learner.Shards)
            .Select(shard => learner.ShardGradient(state.Network, batch, shard, state.Step))];

    [Fact]
    public void Shards_of_another_network_are_refused()
    {
        var learner = new Learner(new MeanSquaredError(), new Sgd(), Shards: 2);
        Network<double> Net(int units) => Network<double>.Init(
            Architecture.Of(2, new Dense(units), new Dense(1)), new Initializer.GlorotUniform(), Key.FromSeed(1));
        var batch = Batches.From(
            new Samples<double>(Matrix<double>.Of([1, 2], [3, 4]), Matrix<double>.Of([1], [2])), 2, Key.FromSeed(1))
            .First();
        var (small, large) = (learner.ShardGradient(Net(2), batch, 0, 0), learner.ShardGradient(Net(3), batch, 0, 0));
        Assert.Throws<ArgumentException>(() => ShardGradient<double>.Sum([large, small]));
        Assert.Throws<ArgumentException>(() => ShardGradient<double>.Sum([]));
        Assert.Throws<ArgumentException>(() => learner.Update(learner.Begin(Net(3)), small));
        Assert.Throws<ArgumentException>(() => learner.Update(learner.Begin(Net(3)), large with { Shards = 0 }));
    }

    [Fact]
    public void A_shard_without_rows_gives_nothing()
    {
        var network = Network<double>.Init(
            Architecture.Of(2, new Dense(3, Activation.Tanh), new BatchNorm(), new Dense(1)),
            new Initializer.GlorotUniform(), Key.FromSeed(1));
        var samples = new Samples<double>(Matrix<double>.Of([1, 2]), Matrix<double>.Of([1]));
        var learner = new Learner(new MeanSquaredError(), new Adam(), Shards: 4);
        var batch = Batches.From(samples, 1, Key.FromSeed(1)).First();
        var shards = ShardsOf(learner, learner.Begin(network), batch);
        Assert.Equal([0, 0, 0, 1], shards.Select(shard => shard.Shards));
        Assert.All(shards[..3], shard =>
            Assert.True(shard.Loss == 0 && shard.Gradient.Norm() == 0 && shard.Running.Span.IndexOfAnyExcept(0.0) < 0));
    }
}
