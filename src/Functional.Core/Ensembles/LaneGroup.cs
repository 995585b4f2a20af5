using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Training;

namespace Functional.Core.Ensembles;

/// <summary>Up to 16 trainings of one shape that are done side by side, each at its own pace: with its own batches, its
/// own end. A lane that is free waits for the next training.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <typeparam name="A">Who a training belongs to.</typeparam>
/// <param name="shape">The shape.</param>
/// <param name="like">A learner of the shape.</param>
internal sealed class LaneGroup<T, A>(LaneShape shape, Learner like) : ISlot<T, A>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Lanes = LaneFold<T>.Lanes;

    // A batch with as many rows as few others waits for company: so many of them, or at most so many steps.
    private const int Company = 4, Patience = 64;

    private readonly LaneFold<T> fold = new(like, shape.Architecture);
    private readonly Lane?[] lanes = new Lane?[Lanes];
    private readonly Batch<T>?[] due = new Batch<T>?[Lanes];
    private readonly bool[] isMeasured = new bool[Lanes];

    private int taken;

    public int Free => Lanes - taken;

    public bool IsOver => taken == 0;

    public bool Fits(Job<T, A> job) => Free > 0 && job.Shape == shape;

    public void Seat(Job<T, A> job)
    {
        int lane = Array.IndexOf(lanes, null);
        lanes[lane] = new(job, new(fold, lane));
        taken++;
    }

    // Until there are as many checkpoints and ends as trainings.
    public IReadOnlyList<(A Owner, Checkpoint<T>? Reached)> Advance()
    {
        var reached = new List<(A, Checkpoint<T>?)>();
        int wanted = taken;
        while (taken > 0)
        {
            for (int lane = 0; lane < Lanes; lane++) Prepare(lane, reached);
            if (reached.Count >= wanted || taken == 0) break;
            Step();
        }
        return reached;
    }

    // The next step of a lane, unless it waits with one already.
    private void Prepare(int lane, List<(A, Checkpoint<T>?)> reached)
    {
        while (lanes[lane] is { Next: null } own)
            if (!own.Dues.MoveNext())
            {
                reached.Add((own.Owner, null));
                own.Dues.Dispose();
                fold.Leave(lane);
                lanes[lane] = null;
                taken--;
            }
            else if (own.Dues.Current.Reached is { } checkpoint) reached.Add((own.Owner, checkpoint));
            else (own.Next, own.Waited) = (own.Dues.Current, 0);
    }

    // One step of all lanes whose batches have as many rows as most have.
    private void Step()
    {
        int rows = Rows();
        for (int lane = 0; lane < Lanes; lane++)
        {
            due[lane] = null;
            if (lanes[lane] is not { Next: { } next } own) continue;
            own.Waited++;
            if (next.Batch.Count != rows) continue;
            (due[lane], isMeasured[lane], own.Next) = (next.Batch, next.IsMeasured, null);
        }
        fold.Step(due, isMeasured);
    }

    private int Rows()
    {
        int best = 0, most = 0;
        foreach (var own in lanes)
        {
            if (own?.Next is not { Batch.Count: var rows } || rows == best) continue;
            if (own.Waited >= Patience) return rows;
            int alike = 0;
            foreach (var other in lanes)
                if (other?.Next?.Batch.Count == rows) alike++;
            bool isWaiting = own.Waited > 0 && alike >= Company;
            if (alike > most || isWaiting) (best, most) = (rows, isWaiting ? Lanes : alike);
        }
        return best;
    }

    /// <summary>A training in its lane.</summary>
    private sealed class Lane(Job<T, A> job, Place place)
    {
        public A Owner => job.Owner;
        public IEnumerator<Due<T>> Dues { get; } = job.Course(place).GetEnumerator();

        /// <summary>The step that it waits for.</summary>
        public Due<T>? Next { get; set; }

        /// <summary>How many steps of others it has waited.</summary>
        public int Waited { get; set; }
    }

    /// <summary>A lane, as a course sees it.</summary>
    private sealed class Place(LaneFold<T> fold, int lane) : IFold<T>
    {
        private TrainState<T>? last;

        public double Loss => fold.Loss(lane);
        public double Weight => fold.Weight(lane);
        public StepMeasures? Measures => fold.Measures(lane);
        public bool GoesOn => fold.GoesOn(lane);

        public void Begin(Learner learner, TrainState<T> state)
        {
            if (ReferenceEquals(state, last)) fold.GoOn(lane, learner);
            else fold.Take(lane, learner, state);
        }

        public TrainState<T> Freeze() => last = fold.Freeze(lane);
    }
}
