namespace Functional;

/// <summary>The training of a bag's members side by side, each with the bits that it has alone.</summary>
internal static class BagTraining
{
    /// <summary>How many members a bag may have.</summary>
    public const int MostMembers = 1000;

    /// <summary>What is wrong with a number of members, and with an experiment to be that of a bag's.</summary>
    public static IEnumerable<Invalid> Faults(Phrase name, int members, Experiment? experiment)
    {
        if (members is < 1 or > MostMembers)
            yield return new($"{name} is {members}; it should be a whole number, between 1 and {MostMembers}");
        if (experiment is { Settings.Member: > 0 and var member })
            yield return new($"member is {member}; of a bag's experiment it should be 0, since its members are "
                + $"numbered from there");
    }

    extension(Trainer trainer)
    {
        /// <summary>Trains a bag to its end.</summary>
        /// <param name="members">How many, within range.</param>
        /// <param name="progress">Hears of each epoch of each member.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="cancellation">Ends every training after the step at hand.</param>
        public BagResults RunBag(
            int members, IProgress<(int Member, Epoch Epoch)>? progress, int threads, CancellationToken cancellation)
        {
            TrainingOrder[] orders =
                [.. Enumerable.Range(0, members).Select(member => new TrainingOrder(trainer.OfMember(member)))];
            var last = new Epoch?[members];
            foreach (var (order, epoch) in TrainingOrder.Epochs(orders, threads, cancellation))
            {
                int member = order.Trainer.Experiment.Settings.Member;
                last[member] = epoch;
                progress?.Report((member, epoch));
            }
            return BagResults.Of(
                trainer,
                [.. orders.Zip(last, (order, epoch) => order.Trainer.Results(
                    epoch?.Kept ?? order.Trainer.Untrained, order.Trainer.OutcomeAfter(epoch, cancellation), threads))],
                threads);
        }
    }
}
