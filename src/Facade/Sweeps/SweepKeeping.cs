using Functional.Core.Training;

namespace Functional.Sweeps;

/// <summary>Where the trainings of a sweep are kept.</summary>
internal abstract class SweepKeeping
{
    /// <summary>What is known of a training that has come as far as it is to.</summary>
    /// <param name="run">The training.</param>
    /// <param name="upTo">The epoch that it is cut at; null where it goes to its end.</param>
    /// <returns>Null where there is something to be trained.</returns>
    public abstract SweepStanding? Find(SweepRun run, int? upTo);

    /// <summary>How far a training has come that goes on; 0 where it begins.</summary>
    public abstract int EpochsOf(SweepRun run);

    /// <summary>Begins a training, or goes on with it.</summary>
    public abstract KeptTraining Open(SweepRun run);
}

/// <summary>A training that is being kept as it goes.</summary>
internal abstract class KeptTraining(Trainer trainer, Epoch? after) : IDisposable
{
    /// <summary>What is trained.</summary>
    public Trainer Trainer => trainer;

    /// <summary>Where it goes on; null at its beginning.</summary>
    public Epoch? After { get; } = after;

    /// <summary>Its last epoch so far.</summary>
    public Epoch? Last { get; private set; } = after;

    /// <summary>When it wants to see epochs under way, too.</summary>
    public abstract Every Every { get; }

    /// <summary>Takes an epoch.</summary>
    /// <returns>What could not be written.</returns>
    public Phrase? Add(Epoch epoch)
    {
        Last = epoch;
        return Keep(epoch);
    }

    /// <summary>Ends it here: at its end, at that of a rung, or interrupted.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="threads">How many threads may help to evaluate it.</param>
    public (SweepStanding Standing, IEnumerable<Phrase> Remarks) End(Outcome outcome, int threads)
    {
        var results = Trainer.Results(Last?.Kept ?? Trainer.Untrained, outcome, threads, withThresholds: false);
        return Finish(results with { Last = Last });
    }

    protected abstract Phrase? Keep(Epoch epoch);
    protected abstract (SweepStanding Standing, IEnumerable<Phrase> Remarks) Finish(TrainingResults results);
    public abstract void Dispose();
}
