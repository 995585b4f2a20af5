using Functional.Core.Training;

namespace Functional;

/// <summary>How far one of many trainings has come.</summary>
/// <param name="Order">Which one.</param>
/// <param name="Last">Its last epoch, whole or under way; null where there was none.</param>
/// <param name="IsOver">Whether no more comes of it: it ended, or was cancelled.</param>
internal readonly record struct Advance(TrainingOrder Order, Epoch? Last, bool IsOver)
{
    /// <summary>The results of a training that is over.</summary>
    /// <param name="threads">How many threads may help; 0 for all processors.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every threshold is worked out.</param>
    /// <param name="cancellation">What may have ended it.</param>
    public TrainingResults Results(int threads, bool withThresholds, CancellationToken cancellation)
    {
        var trainer = Order.Trainer;
        return trainer.Results(
            Last?.Kept ?? trainer.Untrained, trainer.OutcomeAfter(Last, cancellation), threads, withThresholds)
            with
        { Last = Last };
    }
}

/// <summary>Many trainings side by side, to the end of each.</summary>
internal static class ManyTrainings
{
    private const int MostAhead = 4; // trainers that wait for their turn

    /// <summary>Each epoch of each training, and for each training that was begun, once, that it is over.</summary>
    /// <param name="orders">Each with a trainer of its own; one is asked for when its training is about to
    /// begin.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand; no other begins.</param>
    public static IEnumerable<Advance> Of(
        IEnumerable<TrainingOrder> orders, int threads, CancellationToken cancellation)
    {
        var underWay = new Dictionary<Trainer, Advance>();
        IEnumerable<TrainingOrder> Begun()
        {
            foreach (var order in orders)
            {
                underWay.Add(order.Trainer, new(order, order.After, IsOver: true));
                yield return order;
            }
        }
        foreach (var (order, epoch) in TrainingOrder.Epochs(Begun(), threads, cancellation))
        {
            if (epoch.IsEnd) underWay.Remove(order.Trainer);
            else underWay[order.Trainer] = new(order, epoch, IsOver: true);
            yield return new(order, epoch, epoch.IsEnd);
        }
        foreach (var left in underWay.Values) yield return left;
    }

    /// <summary>The results of many trainings, in their order; those that a cancellation kept from beginning have those
    /// of their first weights.</summary>
    /// <param name="trainers">Make a trainer each, all for one run.</param>
    /// <param name="heard">Hears of each epoch, with the place of its training.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand.</param>
    public static TrainingResults[] Run(
        IReadOnlyList<Func<Trainer>> trainers, Action<int, Epoch> heard, int threads, CancellationToken cancellation)
    {
        // Trainers are made, and results worked out, beside the training of others; on one thread in their turn.
        var results = new Task<TrainingResults>?[trainers.Count];
        var places = new Dictionary<Trainer, int>();
        var ahead = new Queue<Task<Trainer>>();
        IEnumerable<TrainingOrder> Orders()
        {
            for (int place = 0, next = 0; place < trainers.Count; place++)
            {
                for (; next < trainers.Count && ahead.Count < (threads == 1 ? 1 : MostAhead); next++)
                    ahead.Enqueue(Beside(trainers[next], threads));
                var trainer = ahead.Dequeue().GetAwaiter().GetResult();
                places.Add(trainer, place);
                yield return new(trainer);
            }
        }
        foreach (var advance in Of(Orders(), threads, cancellation))
        {
            int place = places[advance.Order.Trainer];
            if (advance.Last is { } epoch && (!advance.IsOver || epoch.IsEnd)) heard(place, epoch);
            if (!advance.IsOver) continue;
            results[place] = Beside(() => advance.Results(threads: 1, withThresholds: true, cancellation), threads);
            places.Remove(advance.Order.Trainer);
        }
        return
        [
            .. results.Select((found, place) =>
                found?.GetAwaiter().GetResult() ?? Untrained(trainers[place](), threads)),
        ];
    }

    private static Task<A> Beside<A>(Func<A> work, int threads) =>
        threads == 1 ? Task.FromResult(work()) : Task.Run(work);

    private static TrainingResults Untrained(Trainer trainer, int threads) =>
        trainer.Results(trainer.Untrained, new Outcome.Cancelled(0), threads);
}
