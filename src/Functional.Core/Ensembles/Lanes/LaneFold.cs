using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Functional.Core.Optimizers;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>
/// Train states of 16 networks of one shape, side by side, that a fold writes to. Each network's step is that of
/// <see cref="FoldState{T}"/>, to the bit: no number of one lane reaches another.
/// </summary>
internal sealed class LaneFold<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Lanes = Reduce.Lanes;

    private readonly Seat?[] seats = new Seat?[Lanes];
    private readonly StepInfo[] steps = new StepInfo[Lanes];
    private readonly LanePass<T> pass;
    private readonly SumTree<LaneSum<T>> tree;
    private readonly SumTree<LaneSum<T>>? second; // for optimizers whose gradient is that of a second point
    private readonly LaneSweep<T> sweep;
    private readonly Range[] weights;
    private readonly Aligned<T> parameters, running, moments;
    private readonly StillLanes<T> kept;

    /// <param name="like">A learner of the kind that all have.</param>
    /// <param name="architecture">The shape of all networks.</param>
    public LaneFold(Learner like, Architecture architecture)
    {
        var alone = architecture.Stage<T>();
        pass = new(architecture, like.Loss, like.Shards);
        parameters = new(checked(alone.Parameters * Lanes));
        running = new(checked(alone.Running * Lanes));
        moments = new(checked(like.Optimizer.Memory(alone.Parameters) * Lanes));
        tree = LaneSum<T>.Tree(like.Shards, parameters.Span.Length, running.Span.Length);
        if (like.Optimizer.Ascends)
            second = LaneSum<T>.Tree(like.Shards, parameters.Span.Length, running.Span.Length);
        sweep = new(like.Optimizer, alone.Parameters);
        weights = Penalty.Weights(architecture);
        kept = new(alone.Parameters, alone.Running, moments.Span.Length / Lanes);
        _ = pass.Stage; // so that what draws has its place before a network takes a seat
    }

    /// <summary>Gives a free lane to a network.</summary>
    public void Take(int lane, Learner learner, TrainState<T> start)
    {
        FoldState<T>.Require(learner, start);
        seats[lane] = new(learner, start.Network.Architecture, start.Outcome, start.Step);
        Interleaved.Write(start.Network.Parameters.Span, lane, parameters.Span);
        Interleaved.Write(start.Network.Running.Span, lane, running.Span);
        Interleaved.Write(start.Optimizer.Moments.Span, lane, moments.Span);
        pass.Draws.Seat(lane, start.Network.Architecture.Body.DropoutRates);
        sweep.Seat(lane, learner.Optimizer);
    }

    /// <summary>The network in a lane goes on as another learner has it: at a new epoch, with its schedule.</summary>
    public void GoOn(int lane, Learner learner) => seats[lane]!.Learner = learner;

    /// <summary>Asks for a step of the network in a lane.</summary>
    public void Ask(int lane, in Batch<T> batch, bool isMeasured)
    {
        if (batch.Count < 1) throw ShardPass<T>.Size(batch.Count, seats[lane]!.Architecture.Stage<T>());
        var seat = seats[lane]!;
        if (!LaneRows<T>.AreSame(seat.Asked, batch)) seat.Asked = batch;
        seat.IsMeasured = isMeasured;
    }

    /// <summary>How many rows the batch has that was asked for.</summary>
    public int Asked(int lane) => seats[lane]!.Asked.Count;

    /// <summary>Frees a lane: from now on it holds zeros.</summary>
    public void Leave(int lane)
    {
        seats[lane] = null;
        Interleaved.Fill(T.Zero, lane, parameters.Span);
        Interleaved.Fill(T.Zero, lane, running.Span);
        Interleaved.Fill(T.Zero, lane, moments.Span);
        pass.Rows(1).Clear(lane);
        sweep.Seat(lane, null);
    }

    /// <summary>The loss of a network's last batch.</summary>
    public double Loss(int lane) => seats[lane]!.Loss;

    /// <summary>What the samples of its last batch weighed together.</summary>
    public double Weight(int lane) => seats[lane]!.Weight;

    /// <summary>The size of its last step that was measured.</summary>
    public StepMeasures? Measures(int lane) => seats[lane]!.Measures;

    /// <summary>Whether it has not diverged.</summary>
    public bool GoesOn(int lane) => seats[lane]!.Outcome is not Outcome.Diverged;

    /// <summary>Where a network stands.</summary>
    public TrainState<T> Freeze(int lane)
    {
        var seat = seats[lane]!;
        return new(
            new(seat.Architecture, Own(parameters, lane), Own(running, lane)),
            new(seat.Step, Own(moments, lane)),
            seat.Outcome is Outcome.Diverged || !seat.HasMoved ? seat.Outcome : new Outcome.Trained(seat.Loss));
    }

    /// <summary>One step of the networks that are due, whose batches have as many rows; the others stay as they
    /// are.</summary>
    /// <param name="isDue">Which lanes are due.</param>
    /// <param name="rows">How many rows the batches have that they asked for.</param>
    public void Step(ReadOnlySpan<bool> isDue, int rows)
    {
        isDue.CopyTo(pass.Draws.IsDue);
        for (int lane = 0; lane < Lanes; lane++)
            if (isDue[lane]) Prepare(lane, rows);
            else if (seats[lane] is not null) kept.All(lane, parameters.Span, running.Span, moments.Span);
        pass.Rows(rows).Gather();
        var batchHere = pass.Sum(tree, parameters.Span, running.Span, rows);
        var batchThere = batchHere;
        if (second is not null)
        {
            Ascend(isDue, batchHere);
            batchThere = pass.Sum(second, batchHere.Gradient, running.Span, rows);
            Stay(isDue, batchHere, batchThere);
        }
        Update(isDue, batchHere, batchThere);
    }

    /// <summary>Whether a step over so many rows has room in the lanes.</summary>
    public bool HasRoom(int rows) => rows <= pass.MostRows;

    /// <summary>One step of one network out of its lane, as it is done alone.</summary>
    public void StepAlone(int lane)
    {
        var seat = seats[lane]!;
        var alone = new FoldState<T>(seat.Learner, Freeze(lane), threads: 1);
        bool goesOn = seat.IsMeasured ? alone.MeasuredStep(seat.Asked) : alone.Step(seat.Asked);
        var (network, optimizer, outcome) = alone.Freeze();
        Interleaved.Write(network.Parameters.Span, lane, parameters.Span);
        Interleaved.Write(network.Running.Span, lane, running.Span);
        Interleaved.Write(optimizer.Moments.Span, lane, moments.Span);
        (seat.Loss, seat.Weight, seat.HasMoved) = (alone.Loss, alone.Weight, true);
        seat.Step++;
        if (seat.IsMeasured) seat.Measures = alone.Measures;
        if (!goesOn) seat.Outcome = outcome;
    }

    private void Prepare(int lane, int count)
    {
        var seat = seats[lane]!;
        var rows = pass.Rows(count);
        rows.Take(lane, seat.Asked);
        seat.Weight = rows.Weight[lane];
        seat.Before = seat.IsMeasured ? Own(parameters, lane) : null;
        if (pass.Stage.Draws) pass.Draws.Keys[lane] = seat.Dropout.AtStep(seat.Step);
    }

    // The second point of each network takes the place of its gradient.
    private void Ascend(ReadOnlySpan<bool> isDue, LaneSum<T> batch)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isDue[lane] || !T.IsFinite(batch.Losses[lane])) continue;
            using var own = Taken(batch.Gradient, lane);
            seats[lane]!.Learner.Optimizer.Ascend(own.Parameters, own.Gradient);
            Interleaved.Write<T>(own.Gradient, lane, batch.Gradient);
        }
    }

    // A network that has diverged already has no second point: its gradient is the first one.
    private static void Stay(ReadOnlySpan<bool> isDue, LaneSum<T> here, LaneSum<T> there)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isDue[lane] || T.IsFinite(here.Losses[lane])) continue;
            Interleaved.Write(Own(here.Gradient, lane).Span, lane, there.Gradient);
            there.Losses[lane] = here.Losses[lane];
        }
    }

    // Penalty, optimizer, running values.
    private void Update(ReadOnlySpan<bool> isDue, LaneSum<T> batch, LaneSum<T> there)
    {
        Span<bool> isFinite = stackalloc bool[Lanes];
        Span<double> gradients = stackalloc double[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (seats[lane] is not { } seat) continue;
            steps[lane] = new(seat.Step + 1, seat.Step, seat.Learner.Schedule);
            if (!isDue[lane]) continue;
            T loss = batch.Losses[lane];
            if (seat.Learner.Penalty is not (null or Penalty.None) && weights.Length > 0)
                loss += AddPenalty(seat.Learner.Penalty, there.Gradient, lane);
            seat.Loss = double.CreateTruncating(loss);
            seat.Step++;
            seat.HasMoved = true;
            if (seat.Before is not null) gradients[lane] = Length(Own(there.Gradient, lane).Span);
            isFinite[lane] = T.IsFinite(loss) && (second is null || T.IsFinite(there.Losses[lane]));
            // A network that has diverged stays where it was.
            if (!T.IsFinite(loss)) kept.Running(lane, running.Span);
            if (!isFinite[lane]) kept.Moving(lane, parameters.Span, moments.Span);
        }
        Elementwise.Map(new Scale<T>(T.One / T.CreateChecked(batch.Shards)), batch.Running, running.Span);
        var marks = sweep.Step(there.Gradient, parameters.Span, moments.Span, steps, isFinite);
        kept.PutBack(parameters.Span, running.Span, moments.Span);
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (!isDue[lane] || seats[lane] is not { } seat) continue;
            if (!isFinite[lane] || !T.IsFinite(marks[lane])) seat.Outcome = new Outcome.Diverged(seat.Step, seat.Loss);
            if (seat.Before is { } before)
                seat.Measures =
                    new(seat.Learner.Optimizer.RateAt(steps[lane]), gradients[lane], Moved(before, lane));
        }
    }

    private T AddPenalty(Penalty penalty, Span<T> gradient, int lane)
    {
        using var own = Taken(gradient, lane);
        T value = penalty.AddTo<T>(own.Parameters, own.Gradient, weights);
        Interleaved.Write<T>(own.Gradient, lane, gradient);
        return value;
    }

    private double Moved(Vec<T> before, int lane)
    {
        var moved = before.Span.ToArray();
        var now = Own(parameters, lane).Span;
        for (int i = 0; i < moved.Length; i++) moved[i] -= now[i];
        return Length(moved);
    }

    private static double Length(ReadOnlySpan<T> direction) =>
        double.CreateTruncating(T.Sqrt(Reduce.Dot(direction, direction)));

    private static Vec<T> Own(Aligned<T> all, int lane) => Own(all.Span, lane);

    private static Vec<T> Own(ReadOnlySpan<T> all, int lane)
    {
        var own = new T[all.Length / Lanes];
        Interleaved.Read(all, lane, own);
        return Vec<T>.Freeze(own);
    }

    private Alone Taken(ReadOnlySpan<T> gradient, int lane) => new(parameters.Span, gradient, lane);

    /// <summary>Parameters and gradient of one network, out of their lanes.</summary>
    private readonly ref struct Alone
    {
        private readonly Aligned<T> room;

        public Alone(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, int lane)
        {
            int count = parameters.Length / Lanes;
            room = ThreadCache<T>.Take(2 * count);
            Parameters = room.Span[..count];
            Gradient = room.Span.Slice(count, count);
            Interleaved.Read(parameters, lane, Parameters);
            Interleaved.Read(gradient, lane, Gradient);
        }

        public Span<T> Parameters { get; }
        public Span<T> Gradient { get; }

        public void Dispose() => ThreadCache<T>.Return(room);
    }

    /// <summary>A network in its lane.</summary>
    private sealed class Seat(Learner learner, Architecture architecture, Outcome outcome, long step)
    {
        public Learner Learner { get; set; } = learner;
        public Architecture Architecture => architecture;
        public Key Dropout { get; } = learner.Key.For(Purpose.Dropout);
        public Outcome Outcome { get; set; } = outcome;
        public long Step { get; set; } = step;
        public double Loss { get; set; }
        public double Weight { get; set; }
        public bool HasMoved { get; set; }
        public Batch<T> Asked;
        public bool IsMeasured { get; set; }
        public StepMeasures? Measures { get; set; }

        /// <summary>Where a step began whose size is taken.</summary>
        public Vec<T>? Before { get; set; }
    }
}
