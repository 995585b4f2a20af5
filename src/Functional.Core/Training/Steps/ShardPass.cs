using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>Some rows of samples, one after the other.</summary>
/// <param name="count">How many.</param>
/// <param name="inputs">Row by row.</param>
/// <param name="targets">Row by row.</param>
/// <param name="weights">One a row; none where each counts 1.</param>
internal readonly ref struct BatchRows<T>(
    int count, ReadOnlySpan<T> inputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> weights)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Count { get; } = count;
    public ReadOnlySpan<T> Inputs { get; } = inputs;
    public ReadOnlySpan<T> Targets { get; } = targets;
    public ReadOnlySpan<T> Weights { get; } = weights;

    /// <summary>What they weigh together; as many as they are, unless they have weights.</summary>
    public double Weight { get; } = Functional.Loss.Weight(weights, count);
}

/// <summary>What one shard of a batch gives, worked out in room of its own: nothing is allocated, but for a batch
/// larger than all before it.</summary>
internal sealed class ShardPass<T>(Learner learner, Stage<T> stage, int threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Key dropout = learner.Key.For(Purpose.Dropout);
    private Workspace<T>? room;

    /// <summary>The batch's rows side by side: where they are, if they lie so, else copied.</summary>
    public BatchRows<T> Gather(in Batch<T> batch)
    {
        var (inputs, targets, counts) = batch.Samples;
        int targetColumns = learner.Loss.TargetColumns(stage.Outputs);
        Require(batch.Samples, stage.Inputs, targetColumns);
        if (batch.Count < 1 || batch.Count > (room?.Rows ?? 0) && batch.Count > stage.MostRows)
            throw Size(batch.Count, stage);
        if (room is null || room.Rows < batch.Count) room = new(stage, batch.Count, targetColumns);
        var order = batch.Order.Span.Slice(batch.Start, batch.Count);
        if (!AreNeighbours(order)) return room.Copy(batch.Samples, order, threads);
        int first = order[0], count = order.Length;
        return new(
            count, inputs.Cells.Span.Slice(first * inputs.Columns, count * inputs.Columns),
            targets.Cells.Span.Slice(first * targetColumns, count * targetColumns),
            counts is null ? [] : counts.Span.Slice(first, count));
    }

    /// <summary>What is wrong with a batch of so many rows.</summary>
    public static ArgumentException Size(int rows, Stage<T> stage) =>
        new($"a batch has {rows} rows; for this network it should have 1 to {stage.MostRows}");

    /// <summary>Refuses samples that do not fit a network.</summary>
    public static void Require(Samples<T> samples, int inputColumns, int targetColumns)
    {
        var (inputs, targets, counts) = samples;
        if (inputs.Columns != inputColumns || targets.Columns != targetColumns || inputs.Rows != targets.Rows
            || counts?.Length is { } counted && counted != inputs.Rows)
            throw new ArgumentException(
                $"samples of {inputs.Rows} x {inputs.Columns} with targets of {targets.Rows} x {targets.Columns}"
                + $"{(counts is null ? "" : $" and {counts.Length} weights")} do not fit a network of {inputColumns} "
                + $"inputs whose loss wants "
                + $"{targetColumns} target columns");
    }

    /// <summary>Forward, loss and backward of one shard's rows, scaled as the whole batch wants it.</summary>
    public void Gradient(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, in BatchRows<T> batch, int shard, long step,
        ShardSum<T> into)
    {
        if (!Forward(parameters, running, batch, shard, step, into)) return;
        var (first, rows) = Shards.Rows(batch.Count, shard, learner.Shards);
        int targetColumns = batch.Targets.Length / batch.Count;
        var targets = batch.Targets.Slice(first * targetColumns, rows * targetColumns);
        var weights = batch.Weights.IsEmpty ? batch.Weights : batch.Weights.Slice(first, rows);
        Span<T> outputs = room!.Outputs.Span[..(rows * stage.Outputs)],
            delta = room.Delta.Span[..(rows * stage.Outputs)];
        into.Loss = learner.Loss.Evaluate(outputs, targets, weights, rows, batch.Weight, delta, room.PerRow, threads);
        var pass = PassOver(first, rows, step);
        var at = new Point<T>(
            parameters, running, batch.Inputs.Slice(first * stage.Inputs, rows * stage.Inputs), outputs,
            room.Tape.Span[..pass.Frame.Tape]);
        stage.Backward(pass, at, new(delta, [], into.Gradient), room.Scratch.Span);
    }

    /// <summary>Outputs, tape and next running values of one shard's rows; false, and nothing,
    /// where it has none.</summary>
    public bool Forward(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, in BatchRows<T> batch, int shard, long step,
        ShardSum<T> into)
    {
        var (first, rows) = Shards.Rows(batch.Count, shard, learner.Shards);
        (into.Loss, into.Shards) = (T.Zero, 1);
        if (rows == 0)
        {
            into.Clear();
            return false;
        }
        running.CopyTo(into.Running);
        var pass = PassOver(first, rows, step);
        Span<T> outputs = room!.Outputs.Span[..(rows * stage.Outputs)], tape = room.Tape.Span[..pass.Frame.Tape];
        stage.Forward(
            pass,
            new(parameters, running, batch.Inputs.Slice(first * stage.Inputs, rows * stage.Inputs), outputs, tape),
            new(outputs, tape, into.Running));
        return true;
    }

    private Pass PassOver(int first, int rows, long step) =>
        new(Mode.Training(stage.Draws ? dropout.AtStep(step) : default), stage.Frame(rows), first, threads);

    private static bool AreNeighbours(ReadOnlySpan<int> order)
    {
        for (int i = 1; i < order.Length; i++)
            if (order[i] != order[0] + i)
                return false;
        return true;
    }
}
