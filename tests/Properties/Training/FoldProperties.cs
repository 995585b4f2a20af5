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
using Run = Properties.Generators.Run;

namespace Properties.Training;

/// <summary>Training is a fold over batches, and nothing else.</summary>
public sealed class FoldProperties
{
    [Fact]
    public void Training_in_two_parts_is_training() => Gen.Select(Any.Run, Gen.Int[0, 6]).Sample((run, cut) =>
        run.Learner.Fold(run.Learner.Fold(run.Start, run.Batches.Take(cut)), run.Batches.Skip(cut)) == Fold(run),
        iter: 300);

    [Fact]
    public void A_fold_is_its_steps() => Any.Run.Sample(run =>
        run.Batches.Aggregate(run.Start, (state, batch) => run.Learner.Step(state, batch)) == Fold(run), iter: 200);

    [Fact]
    public void The_last_of_a_scan_is_the_fold() => Gen.Select(Any.Run, Gen.Int[1, 7]).Sample((run, every) =>
        (run.Learner.Scan(run.Start, run.Batches, every).LastOrDefault()?.State ?? run.Start) == Fold(run), iter: 200);

    [Fact]
    public void A_scan_shows_every_state_on_the_way() => Any.Run.Sample(run =>
        run.Learner.Scan(run.Start, run.Batches)
            .Select((snapshot, index) => snapshot.State == run.Learner.Fold(run.Start, run.Batches.Take(index + 1)))
            .All(same => same),
        iter: 100);

    [Fact]
    public void A_scan_reads_no_further_than_its_reader() => Any.Run.Where(run => run.Batches.Length > 1).Sample(run =>
        run.Learner.Scan(run.Start, Unreadable().Prepend(run.Batches[0])).First().State
        == run.Learner.Step(run.Start, run.Batches[0]),
        iter: 50);

    // The pure way: forward, loss, backward and update as four functions.
    [Fact]
    public void A_step_is_forward_backward_and_update() =>
        Any.Run.Where(run => run.Learner.Shards == 1 && run.Batches.Length > 0).Sample(run =>
    {
        var start = run.Learner.Fold(run.Start, run.Batches.SkipLast(1));
        var (learner, network, batch) = (run.Learner, start.Network, run.Batches[^1]);
        var samples = batch.Samples.Select(batch.Order.Span.Slice(batch.Start, batch.Count));
        (double Loss, Gradient<double> Gradient, Vec<double> Running) At(Network<double> where)
        {
            var (output, tape) = where.Forward(
                samples.Inputs, Mode.Training(learner.Key.For(Purpose.Dropout).AtStep(start.Step)));
            var (loss, delta) = learner.Loss.ValueAndDelta(output, samples.Targets, samples.Weights);
            return (loss, where.Backward(tape, delta).Gradient, tape.Running);
        }
        var (loss, slope, running) = At(network);
        double there = loss;
        if (learner.Ascent(start, new(loss, slope, running, 1)) is { } ascended) (there, slope, _) = At(ascended);
        var (extra, gradient) = learner.Penalty!.Onto(slope, network);
        if (learner.Penalty is not Penalty.None) loss += extra;
        var (update, optimizer) = learner.Optimizer.Apply(gradient, start.Optimizer, network, learner.Schedule);
        var next = new Network<double>(network.Architecture, (network - update).Parameters, running);
        var step = learner.Step(start, batch);
        return start.Outcome is Outcome.Diverged || (step.Outcome is Outcome.Diverged
            ? !double.IsFinite(loss + there)
                || next.Parameters.Span.ContainsAnyExceptInRange(double.MinValue, double.MaxValue)
            : step == new TrainState<double>(next, optimizer, new Outcome.Trained(loss)));
    }, iter: 200);

    [Fact]
    public void Threads_do_not_change_a_bit() => Any.Run.Sample(run =>
        Enumerable.Range(2, 6).All(threads =>
            run.Learner.Fold(run.Start, run.Batches, threads) == run.Learner.Fold(run.Start, run.Batches, threads: 1)),
        iter: 100);

    [Fact]
    public void Threads_do_not_change_a_bit_of_wide_layers() => Gen.OneOf(1, 2, 4).Sample(shards =>
    {
        var learner = new Learner(new SoftmaxCrossEntropy(), new Adam(), Key.FromSeed(1), shards);
        var start = learner.Begin(Network<float>.Init(Wide, new Initializer.HeNormal(), Key.FromSeed(2)));
        var samples = new Samples<float>(
            new(300, 100, Draw.Normal<float>(Key.FromSeed(3), 30_000)),
            new Matrix<int>(300, 1, Draw.Integers(Key.FromSeed(4), 300, 10)).To<float>());
        var batches = Batches.From(samples, 128, Key.FromSeed(5)).Take(4).ToArray();
        return Enumerable.Range(2, 6)
            .All(threads => learner.Fold(start, batches, threads) == learner.Fold(start, batches, threads: 1));
    }, iter: 3);

    [Fact]
    public void The_gradient_of_shards_is_that_of_the_whole_batch() =>
        Any.Runs(
            Any.Learner.Select(learner => learner with { Optimizer = Optimizer.Identity, Shards = 1 }),
            Any.Networks(Any.Architecture.Where(HasNoBatchNorm)))
            .Where(run => run.Batches.Length > 0)
            .Sample(run => Enumerable.Range(1, 3).Select(power => 1 << power).All(shards =>
                Near.Equal(
                    (run.Learner with { Shards = shards }).Step(run.Start, run.Batches[0]).Network.Parameters,
                    run.Learner.Step(run.Start, run.Batches[0]).Network.Parameters, 1e-12)), iter: 200);

    [Fact]
    public void Looking_does_not_disturb_training() => Any.Run.Sample(run =>
    {
        var state = run.Start;
        foreach (var batch in run.Batches)
        {
            state = run.Learner.Step(state, batch);
            _ = state.Network.Predict(batch.Samples.Inputs);
            _ = run.Learner.Loss.Value(
                state.Network.Forward(batch.Samples.Inputs).Output, batch.Samples.Targets, batch.Samples.Weights);
            _ = run.Learner.Step(state, batch);
        }
        return state == Fold(run);
    }, iter: 100);

    [Fact]
    public void Evaluating_leaves_the_course_of_an_experiment_as_it_was() => Gen.Double[0.1, 0.5].Sample(validation =>
    {
        var experiment = Experiment.Check(new Settings
        {
            Data = new Moons(40),
            Hidden = [new Dense(4), new BatchNorm(), new Dropout(0.3)],
            Epochs = 3,
            Validation = validation
        })
            .IfFail(_ => throw new InvalidOperationException());
        var data = experiment.Prepare<double>(new Moons(40).Make(Key.FromSeed(1)));
        var blind = data with { Parts = data.Parts with { Validation = data.Parts.Validation.Select([]) } };
        var (seen, unseen) = (experiment.Course(data).ToArray(), experiment.Course(blind).ToArray());
        return seen.All(epoch => epoch.Validation is ClassificationReport)
            && unseen.All(epoch => epoch.Validation is null)
            && seen.Select(epoch => epoch.State).SequenceEqual(unseen.Select(epoch => epoch.State));
    }, iter: 5);

    private static TrainState<double> Fold(Run run) => run.Learner.Fold(run.Start, run.Batches);
    private static Architecture Wide => Architecture.Of(
        100, new Dense(200, Activation.Relu), new Dropout(0.2), new Dense(100, Activation.Tanh), new Dense(10));
    private static bool HasNoBatchNorm(Architecture architecture) => !architecture.RunningLayout.Any();

    private static IEnumerable<Batch<double>> Unreadable()
    {
        Assert.Fail("read too far");
        yield break;
    }
}
