using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;
using Run = Properties.Generators.Run;

namespace Properties.Training;

/// <summary>What a step costs, and how training ends when it goes wrong.</summary>
public sealed class StepProperties
{
    private static readonly Gen<Run> Wild = Any.Runs(
        Any.Key.Select(key => new Learner(new HalfSumSquaredError(), new Sgd(1e200), key)),
        // A batch that weighs nothing moves nothing.
        Any.Networks(Gen.Const(Architecture.Of(2, new Dense(3, Activation.Softplus), new Dense(1))))).Where(
            run => run.Batches.Length > 3 && run.Batches.All(batch => batch.Samples.Weights is null));

    [Fact]
    public void Divergence_is_a_value() => Wild.Sample(run =>
        run.Learner.Fold(run.Start, run.Batches).Outcome is Outcome.Diverged diverged && diverged.Step >= 1
        && diverged.Step <= 3,
        iter: 50);

    [Fact]
    public void What_has_diverged_stays_as_it_is() => Wild.Sample(run =>
        run.Learner.Fold(run.Start, run.Batches) is var state && run.Learner.Fold(state, run.Batches) == state
        && !run.Learner.Scan(state, run.Batches).Any() && state.Step == ((Outcome.Diverged)state.Outcome).Step,
        iter: 50);

    [Fact]
    public void An_infinite_sample_diverges_at_its_step() =>
        Gen.OneOf(double.NaN, double.PositiveInfinity).Sample(bad =>
    {
        var learner = new Learner(new MeanSquaredError(), new Adam());
        var samples = new Samples<double>(new(1, 1, Vec<double>.Of(bad)), new(1, 1, Vec<double>.Of(0)));
        var start = learner.Begin(
            Network<double>.Init(Architecture.Of(1, new Dense(1)), new Initializer.GlorotUniform(), Key.FromSeed(1)));
        var state = learner.Step(start, Batch<double>.All(samples));
        return state.Outcome is Outcome.Diverged(1, var loss) && !double.IsFinite(loss)
            && state.Network == start.Network;
    }, iter: 4);

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    public void A_fold_allocates_nothing_per_step(int shards, bool hasTwoGradients)
    {
        var rule = new ClipNorm(1).Then(new AdamW()).Then(new Sgd(0.1, 0.9));
        var learner = new Learner(
            new SoftmaxCrossEntropy(), hasTwoGradients ? new Sam(0.5, Adaptive: true, rule) : rule, Key.FromSeed(1),
            shards, Penalty: new Penalty.L2(0.001));
        var layers = Architecture.Of(
            6, new Dense(16, Activation.Tanh), new BatchNorm(), new Dropout(0.1),
            new Residual([new LayerNorm(), new Dense(16, Activation.Relu)]), new Dense(3, Activation.Sigmoid));
        var start = learner.Begin(Network<float>.Init(layers, new Initializer.HeNormal(), Key.FromSeed(2)));
        var samples = new Samples<float>(
            new(64, 6, Draw.Normal<float>(Key.FromSeed(3), 384)),
            new Matrix<int>(64, 1, Draw.Integers(Key.FromSeed(4), 64, 3)).To<float>());
        var batches = Batches.From(samples, 16, Key.FromSeed(5)).Take(1200).ToList();
        List<Batch<float>> few = batches[..200];
        long Bytes(List<Batch<float>> some)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            learner.Fold(start, some, threads: 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Bytes(batches);
        Assert.InRange(Bytes(batches) - Bytes(few), 0, 999); // less than a byte for each of 1000 steps
    }
}
