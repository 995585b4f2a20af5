using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Functional.Core.Optimizers;

namespace Functional.Core.Training;

/// <summary>A train state that a fold writes to: one call's own copy, which never leaves it. A step
/// allocates nothing.</summary>
internal sealed class FoldState<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Learner learner;
    private readonly Network<T> origin;
    private readonly ShardPass<T> pass;
    private readonly SumTree<ShardSum<T>> tree;
    private readonly SumTree<ShardSum<T>>? second; // for an optimizer whose gradient is that of a second point
    private readonly UpdateSweep sweep;
    private readonly Range[] penalized;
    private readonly Aligned<T> parameters, running, moments;
    private readonly int threads;
    private Outcome outcome;
    private long step;
    private bool hasMoved;
    private T[]? measured; // where a step began whose size is taken

    public FoldState(Learner learner, TrainState<T> start, int threads)
    {
        Require(learner, start);
        (this.learner, this.threads, origin, outcome, step) =
            (learner, threads, start.Network, start.Outcome, start.Step);
        parameters = new(origin.Parameters.Span);
        running = new(origin.Running.Span);
        moments = new(start.Optimizer.Moments.Span);
        penalized = learner.Penalty is null or Penalty.None ? [] : Penalty.Weights(origin.Architecture);
        pass = new(learner, origin.Stage, threads);
        tree = ShardSum<T>.Tree(learner.Shards, origin.Parameters.Length, origin.Running.Length);
        if (learner.Optimizer.Ascends)
            second = ShardSum<T>.Tree(learner.Shards, origin.Parameters.Length, origin.Running.Length);
        sweep = new(learner.Optimizer, origin.Parameters.Length, origin.Architecture.Layout);
    }

    /// <summary>Refuses a learner that no step can be done with, and a state that is not one of it.</summary>
    public static void Require(Learner learner, TrainState<T> start)
    {
        Shards.Require(learner.Shards);
        if (Suitability.Misplaced(learner.Optimizer, "optimizer").FirstOrDefault() is { } fault)
            throw new ArgumentException(fault.Message);
        if (learner.Optimizer.Memory(start.Network.Parameters.Length) is var memory
            && memory != start.Optimizer.Moments.Length)
            throw new ArgumentException(
                $"the optimizer's state has {start.Optimizer.Moments.Length} numbers; for this optimizer and network "
                    + $"it should have {memory}");
    }

    /// <summary>The loss of the last batch.</summary>
    public double Loss { get; private set; }

    /// <summary>What the samples of the last batch weighed together.</summary>
    public double Weight { get; private set; }

    /// <summary>The size of the last step that was measured.</summary>
    public StepMeasures? Measures { get; private set; }

    /// <summary>One step, whose size is taken; false where it diverged.</summary>
    public bool MeasuredStep(in Batch<T> batch)
    {
        measured = parameters.Span.ToArray();
        bool goesOn = Step(batch);
        measured = null;
        return goesOn;
    }

    /// <summary>One step; false where it diverged.</summary>
    public bool Step(in Batch<T> batch)
    {
        var rows = pass.Gather(batch);
        Weight = rows.Weight;
        var batchHere = Sum(tree, parameters.Span, rows);
        if (second is null || !T.IsFinite(batchHere.Loss)) return Update(batchHere, batchHere);
        learner.Optimizer.Ascend<T>(parameters.Span, batchHere.Gradient);
        return Update(batchHere, Sum(second, batchHere.Gradient, rows));
    }

    /// <summary>The end of a step, from sums of all shards, which are garbage afterwards; false
    /// where it diverged.</summary>
    /// <param name="batch">At the parameters: the loss and the running values.</param>
    /// <param name="there">The same one, or that at the point which the optimizer ascends to: the gradient.</param>
    public bool Update(ShardSum<T> batch, ShardSum<T> there)
    {
        T loss = batch.Loss;
        if (penalized.Length > 0) loss += learner.Penalty!.AddTo<T>(parameters.Span, there.Gradient, penalized);
        Loss = double.CreateTruncating(loss);
        step++;
        hasMoved = true;
        var info = new StepInfo(step, step - 1, learner.Schedule);
        double gradient = measured is null ? 0 : Length(there.Gradient);
        bool isFinite = T.IsFinite(loss) && T.IsFinite(there.Loss)
            && sweep.Step<T>(there.Gradient, parameters.Span, moments.Span, info, threads);
        if (measured is not null) Measures = new(learner.Optimizer.RateAt(info), gradient, Moved(measured));
        if (T.IsFinite(loss)) batch.MeanRunning(running.Span);
        if (!isFinite) outcome = new Outcome.Diverged(step, Loss);
        return isFinite;
    }

    private double Moved(T[] before)
    {
        for (int i = 0; i < before.Length; i++) before[i] -= parameters.Span[i];
        return Length(before);
    }

    private static double Length(ReadOnlySpan<T> direction) =>
        double.CreateTruncating(T.Sqrt(Reduce.Dot(direction, direction)));

    // Of all shards, at some parameters. What layers draw follows from the step, so it is the same at both points.
    private ShardSum<T> Sum(SumTree<ShardSum<T>> into, ReadOnlySpan<T> at, in BatchRows<T> rows)
    {
        into.Clear();
        for (int shard = 0; shard < learner.Shards; shard++)
        {
            pass.Gradient(at, running.Span, rows, shard, step, into.Next);
            into.Join();
        }
        return into.Total;
    }

    /// <summary>The running values that a batch leaves, without a step; the next batch is that
    /// of the next step.</summary>
    public void Observe(in Batch<T> batch, Span<T> into)
    {
        var rows = pass.Gather(batch);
        tree.Clear();
        for (int shard = 0; shard < learner.Shards; shard++)
        {
            pass.Forward(parameters.Span, running.Span, rows, shard, step, tree.Next);
            tree.Join();
        }
        step++;
        tree.Total.MeanRunning(into);
    }

    public TrainState<T> Freeze() => new(
        new(origin.Architecture, Vec<T>.Of(parameters.Span), Vec<T>.Of(running.Span)),
        new(step, Vec<T>.Of(moments.Span)),
        outcome is Outcome.Diverged || !hasMoved ? outcome : new Outcome.Trained(Loss));
}
