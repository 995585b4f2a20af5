using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Threads;
using Functional.Core.Optimizers;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>The inside of a fold: one thread's mutable copy of a train state and the room to work in. It never leaves the
/// fold, and nothing in it is allocated by a step (but for a batch larger than all before it).</summary>
internal sealed class Engine<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Learner learner;
    private readonly Sweep sweep;
    private readonly Network<T> origin;
    private readonly Stage<T> stage;
    private readonly Key dropout;
    private readonly Aligned<T> parameters, running, moments;
    private readonly Range[] weights;
    private readonly int threads;
    private readonly ShardTree<T> tree;
    private Room<T>? room;
    private Outcome outcome;
    private long step;
    private bool moved;

    public Engine(Learner learner, TrainState<T> start, int threads)
    {
        if (learner.Shards is < 1 or > 1024 || !BitOperations.IsPow2(learner.Shards))
            throw new ArgumentException($"a learner has {learner.Shards} shards; it should have a power of two, 1 to 1024");
        if (learner.Optimizer.Memory(start.Network.Parameters.Length) is var memory && memory != start.Optimizer.Moments.Length)
            throw new ArgumentException($"the optimizer's state has {start.Optimizer.Moments.Length} numbers; for this optimizer and network it should have {memory}");
        (this.learner, this.threads, outcome, step) = (learner, threads, start.Outcome, start.Step);
        (origin, stage) = (start.Network, start.Network.Stage);
        parameters = new(start.Network.Parameters.Span);
        running = new(start.Network.Running.Span);
        moments = new(start.Optimizer.Moments.Span);
        weights = learner.Penalty is null or Penalty.None ? [] : Penalty.Weights(origin.Architecture);
        dropout = learner.Key.For(Purpose.Dropout);
        sweep = new(learner.Optimizer, start.Network.Parameters.Length, origin.Architecture.Layout);
        tree = new(learner.Shards, stage.Parameters, stage.Running);
    }

    /// <summary>The loss of the last batch.</summary>
    public double Loss { get; private set; }

    /// <summary>What the samples of the last batch weighed together; as many as they were, unless they have weights.</summary>
    public double Weight { get; private set; }

    /// <summary>One step; false where it diverged.</summary>
    public bool Step(in Batch<T> batch)
    {
        var rows = Gather(batch);
        var mode = Mode.Training(stage.Draws ? dropout.AtStep(step) : default);
        tree.Clear();
        for (int shard = 0; shard < learner.Shards; shard++) Shard(rows, shard, mode);
        T loss = tree.Total.Loss;
        if (weights.Length > 0) loss += learner.Penalty!.AddTo<T>(parameters.Span, tree.Total.Gradient, weights);
        Loss = double.CreateTruncating(loss);
        step++;
        bool finite = T.IsFinite(loss) && sweep.Step<T>(tree.Total.Gradient, parameters.Span, moments.Span, new(step, step - 1, learner.Schedule), threads);
        if (T.IsFinite(loss)) tree.MeanRunning(running.Span);
        if (!finite) outcome = new Outcome.Diverged(step, Loss);
        moved = true;
        return finite;
    }

    /// <summary>The running values that a batch leaves, without a step; the next batch is that of the next
    /// step.</summary>
    public void Observe(in Batch<T> batch, Span<T> into)
    {
        var rows = Gather(batch);
        var mode = Mode.Training(stage.Draws ? dropout.AtStep(step++) : default);
        tree.Clear();
        for (int shard = 0; shard < learner.Shards; shard++)
        {
            var (first, count) = RowParts.Of(rows.Count, shard, learner.Shards);
            if (count > 0) Forward(rows, first, count, mode);
            tree.Join(T.Zero, isEmpty: count == 0);
        }
        tree.MeanRunning(into);
    }

    public TrainState<T> Freeze() => new(
        new(origin.Architecture, Vec<T>.Of(parameters.Span), Vec<T>.Of(running.Span)),
        new(step, Vec<T>.Of(moments.Span)),
        outcome is Outcome.Diverged || !moved ? outcome : new Outcome.Trained(Loss));

    // Forward, loss and backward of one shard's rows, scaled as the whole batch wants it, onto the tree.
    private void Shard(in Rows batch, int shard, Mode mode)
    {
        var (first, rows) = RowParts.Of(batch.Count, shard, learner.Shards);
        if (rows == 0)
        {
            tree.Join(T.Zero, isEmpty: true);
            return;
        }
        Forward(batch, first, rows, mode);
        var pass = new Pass(mode, rows, first, threads);
        var inputs = batch.Inputs.Slice(first * stage.Inputs, rows * stage.Inputs);
        int targetColumns = batch.Targets.Length / batch.Count;
        var targets = batch.Targets.Slice(first * targetColumns, rows * targetColumns);
        var weights = batch.Weights.IsEmpty ? batch.Weights : batch.Weights.Slice(first, rows);
        var outputs = room!.Outputs.Span[..(rows * stage.Outputs)];
        var delta = room.Delta.Span[..(rows * stage.Outputs)];
        var tape = room.Tape.Span[..(int)stage.Tape(rows)];
        T loss = learner.Loss.Evaluate(outputs, targets, weights, rows, Weight, delta, room.PerRow, threads);
        stage.Backward(pass, parameters.Span, running.Span, inputs, outputs, tape, delta, [], tree.Next.Gradient, room.Scratch.Span);
        tree.Join(loss);
    }

    // Outputs, tape and next running values of one shard's rows.
    private void Forward(in Rows batch, int first, int rows, Mode mode)
    {
        running.Span.CopyTo(tree.Next.Running);
        stage.Forward(
            new(mode, rows, first, threads), parameters.Span, running.Span, tree.Next.Running, batch.Inputs.Slice(first * stage.Inputs, rows * stage.Inputs),
            room!.Outputs.Span[..(rows * stage.Outputs)], room.Tape.Span[..(int)stage.Tape(rows)]);
    }

    // The batch's rows side by side: where they are, if they lie so, else copied.
    private Rows Gather(in Batch<T> batch)
    {
        var (inputs, targets, counts) = batch.Samples;
        int targetColumns = learner.Loss.TargetColumns(stage.Outputs);
        if (inputs.Columns != stage.Inputs || targets.Columns != targetColumns || inputs.Rows != targets.Rows || counts?.Length is { } counted && counted != inputs.Rows)
            throw new ArgumentException($"samples of {inputs.Rows} x {inputs.Columns} with targets of {targets.Rows} x {targets.Columns}{(counts is null ? "" : $" and {counts.Length} weights")} do not fit a network of {stage.Inputs} inputs whose loss wants {targetColumns} target columns");
        if (batch.Count < 1 || batch.Count > (room?.Rows ?? 0) && batch.Count > stage.MostRows)
            throw new ArgumentException($"a batch has {batch.Count} rows; for this network it should have 1 to {stage.MostRows}");
        if (room is null || room.Rows < batch.Count) room = new(stage, batch.Count, targetColumns);
        var order = batch.Order.Span.Slice(batch.Start, batch.Count);
        var rows = Neighbours(order)
            ? new Rows(
                order.Length, inputs.Cells.Span.Slice(order[0] * inputs.Columns, order.Length * inputs.Columns),
                targets.Cells.Span.Slice(order[0] * targetColumns, order.Length * targetColumns), counts is null ? [] : counts.Span.Slice(order[0], order.Length))
            : room.Copy(batch.Samples, order, threads);
        Weight = Functional.Loss.Weight<T>(rows.Weights, rows.Count);
        return rows;
    }

    private static bool Neighbours(ReadOnlySpan<int> order)
    {
        for (int i = 1; i < order.Length; i++)
            if (order[i] != order[0] + i)
                return false;
        return true;
    }

    /// <summary>Some rows of samples, one after the other; no weights where each counts 1.</summary>
    internal readonly ref struct Rows(int count, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights)
    {
        public int Count { get; } = count;
        public ReadOnlySpan<T> Inputs { get; } = inputs;
        public ReadOnlySpan<T> Targets { get; } = targets;
        public ReadOnlySpan<T> Weights { get; } = weights;
    }
}
