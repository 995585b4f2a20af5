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
    private readonly int[] rows = new int[Lanes];   // of the batch that a lane waits for; 0 where it waits for none
    private readonly int[] waited = new int[Lanes]; // for so many steps of others
    private readonly bool[] isDue = new bool[Lanes];

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

    // Until there are as many checkpoints and ends as trainings, or a lane is free for one that waits.
    public void Advance(bool isMore, List<(A Owner, Checkpoint<T>? Reached)> shown, Func<bool>? isEnough)
    {
        int before = taken, enough = shown.Count + taken;
        while (taken > 0)
        {
            for (int lane = 0; lane < Lanes; lane++) Prepare(lane, shown);
            if (shown.Count >= enough || taken == 0 || isMore && taken < before) break;
            Step();
            if (isEnough?.Invoke() == true) break;
        }
    }

    public void Dispose()
    {
        foreach (var lane in lanes) lane?.Course.Dispose();
    }

    // The next step of a lane, unless it waits with one already.
    private void Prepare(int lane, List<(A, Checkpoint<T>?)> reached)
    {
        while (rows[lane] == 0 && lanes[lane] is { } own)
            if (!own.Course.MoveNext())
            {
                reached.Add((own.Owner, null));
                own.Course.Dispose();
                fold.Leave(lane);
                lanes[lane] = null;
                taken--;
            }
            else if (own.Course.Current is { } checkpoint) reached.Add((own.Owner, checkpoint));
            else (rows[lane], waited[lane]) = (fold.Asked(lane), 0);
    }

    // One step of all lanes whose batches have as many rows as most have.
    private void Step()
    {
        int most = Rows();
        for (int lane = 0; lane < Lanes; lane++)
        {
            isDue[lane] = rows[lane] == most;
            if (isDue[lane]) rows[lane] = 0;
            else waited[lane]++;
        }
        if (fold.HasRoom(most)) fold.Step(isDue, most);
        else
            for (int lane = 0; lane < Lanes; lane++)
                if (isDue[lane]) fold.StepAlone(lane);
    }

    private int Rows()
    {
        int best = 0, most = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (rows[lane] == 0 || rows[lane] == best) continue;
            if (waited[lane] >= Patience) return rows[lane];
            int alike = rows.AsSpan().Count(rows[lane]);
            if (waited[lane] > 0 && alike >= Company) alike += Lanes;
            if (alike > most) (best, most) = (rows[lane], alike);
        }
        return best;
    }

    /// <summary>A training in its lane.</summary>
    private sealed class Lane(Job<T, A> job, Place place)
    {
        public A Owner => job.Owner;
        public IEnumerator<Checkpoint<T>?> Course { get; } = job.Course(place).GetEnumerator();
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

        public void Ask(in Batch<T> batch, bool isMeasured) => fold.Ask(lane, batch, isMeasured);

        public TrainState<T> Freeze() => last = fold.Freeze(lane);
    }
}
