using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Ensembles;

/// <summary>Forward, loss and backward of 16 networks side by side: <see cref="Training.ShardPass{T}"/> for
/// lanes.</summary>
/// <param name="architecture">The shape of all networks.</param>
/// <param name="loss">Of all of them.</param>
/// <param name="shards">Into how many parts each batch is cut.</param>
internal sealed class LanePass<T>(Architecture architecture, Loss loss, int shards)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = Reduce.Lanes;

    private readonly LaneDraws draws = new();
    private Stage<T>? stage;
    private Room? room;

    /// <summary>What the networks draw from.</summary>
    public LaneDraws Draws => draws;

    /// <summary>The arithmetic of all networks.</summary>
    public Stage<T> Stage => stage ??= architecture.Body.Stage<T>(architecture.Inputs, new LanePlace(draws, []));

    /// <summary>The most rows that have room in the lanes.</summary>
    public int MostRows => (int)(LaneCosts.MostNumbers / Stage.PerRow);

    /// <summary>Room for batches of so many rows.</summary>
    public LaneRows<T> Rows(int most)
    {
        if (room is null || room.Rows.Most < most) room = new(Stage, most, architecture.Inputs, TargetColumns);
        return room.Rows;
    }

    /// <summary>Targets a row.</summary>
    public int TargetColumns => loss.TargetColumns(architecture.Outputs);

    /// <summary>The sum over all shards of batches of so many rows, at some parameters.</summary>
    public LaneSum<T> Sum(
        SumTree<LaneSum<T>> into, ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, int rows)
    {
        into.Clear();
        for (int shard = 0; shard < shards; shard++)
        {
            Gradient(parameters, running, rows, shard, into.Next);
            into.Join();
        }
        return into.Total;
    }

    private void Gradient(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> running, int all, int shard, LaneSum<T> into)
    {
        var (first, rows) = Shards.Rows(all, shard, shards);
        if (rows == 0)
        {
            into.Clear();
            return;
        }
        into.Shards = 1;
        running.CopyTo(into.Running);
        var pass = new Pass(Mode.Training(default), Stage.Frame(rows), first, 1);
        Span<T> outputs = room!.Outputs.Span[..(rows * Stage.Outputs)], delta = room.Delta.Span[..outputs.Length],
            tape = room.Tape.Span[..pass.Frame.Tape];
        var at = new Point<T>(parameters, running, room.Rows.Inputs(first, rows), outputs, tape);
        Stage.Forward(pass, at, new(outputs, tape, into.Running));
        loss.EvaluateInLanes(
            outputs, room.Rows.Targets(first, rows), room.Rows.Weights(first, rows), rows, room.Rows.Weight,
            draws.IsDue, delta, room.PerRow.Span, into.Losses);
        Stage.Backward(pass, at, new(delta, [], into.Gradient), room.Scratch.Span);
    }

    private sealed class Room(Stage<T> stage, int most, int inputs, int targetColumns)
    {
        public LaneRows<T> Rows { get; } = new(most, inputs, targetColumns);
        public Aligned<T> Outputs { get; } = new(most * stage.Outputs);
        public Aligned<T> Delta { get; } = new(most * stage.Outputs);
        public Aligned<T> PerRow { get; } = new(most * Lanes);
        public Aligned<T> Tape { get; } = new(stage.Frame(most).Tape);
        public Aligned<T> Scratch { get; } = new(stage.Frame(most).Scratch);
    }
}
