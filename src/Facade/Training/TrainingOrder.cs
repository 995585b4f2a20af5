using System.Numerics;
using Functional.Core.Ensembles;
using Functional.Core.Training;

namespace Functional;

/// <summary>A training to be done beside others.</summary>
/// <param name="Trainer">What is trained.</param>
/// <param name="After">The epoch after which it goes on; null at its beginning.</param>
/// <param name="Every">When the sequence has an epoch under way, too.</param>
internal sealed record TrainingOrder(Trainer Trainer, Epoch? After = null, Every Every = default)
{
    /// <summary>The epoch at whose end it is cut, to go on another time; none where it goes to its end.</summary>
    public int? UpTo { get; init; }

    /// <summary>The epochs of many trainings: of each in their order, those of different ones mixed, each with the
    /// bits that it has alone. Lazy: an order is asked for when its training is about to begin. Those of one shape,
    /// one after the other, share the lanes of their steps.</summary>
    /// <param name="orders">In the order in which they begin.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand; no other begins.</param>
    public static IEnumerable<(TrainingOrder Order, Epoch Epoch)> Epochs(
        IEnumerable<TrainingOrder> orders, int threads = 0, CancellationToken cancellation = default)
    {
        using var waiting = orders.GetEnumerator();
        bool isMore = waiting.MoveNext();
        while (isMore && !cancellation.IsCancellationRequested)
        {
            // Those of one precision, up to the first of another.
            var precision = waiting.Current.Trainer.Experiment.Settings.Precision;
            IEnumerable<TrainingOrder> Alike()
            {
                for (; isMore && waiting.Current.Trainer.Experiment.Settings.Precision == precision;
                    isMore = waiting.MoveNext())
                    yield return waiting.Current;
            }
            foreach (var reached in precision.Do(new Together(Alike(), threads, cancellation))) yield return reached;
        }
    }

    private sealed record Together(IEnumerable<TrainingOrder> Orders, int Threads, CancellationToken Cancellation)
        : IInPrecision<IEnumerable<(TrainingOrder, Epoch)>>
    {
        public IEnumerable<(TrainingOrder, Epoch)> Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var (begun, underWay) = (0, new Dictionary<int, TrainingOrder>());
            IEnumerable<Member<T>> Members()
            {
                foreach (var order in Orders)
                {
                    underWay.Add(begun++, order);
                    var member = ((Trainer<T>)order.Trainer).Member(order.After, order.Every);
                    yield return member with { UpTo = order.UpTo };
                }
            }
            foreach (var (member, at) in SideBySide.Courses(Members(), Threads, Cancellation))
            {
                var order = underWay[member];
                var epoch = ((Trainer<T>)order.Trainer).EpochAt(at);
                if (epoch.IsEnd || epoch.IsWhole && epoch.Number >= order.UpTo) underWay.Remove(member);
                yield return (order, epoch);
            }
        }
    }
}
