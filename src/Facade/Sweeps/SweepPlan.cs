using System.Security.Cryptography;
using System.Text;
using Functional.Core.Ensembles;

namespace Functional.Sweeps;

/// <summary>A sweep, checked: every experiment of it can be trained.</summary>
internal sealed class SweepPlan
{
    internal SweepPlan(SweepRequest request, Items<Trial> trials, Items<Experiment> experiments, Items<Phrase> notes,
        bool hasValidation)
    {
        (Request, Trials, Experiments, Notes, HasValidation) = (request, trials, experiments, notes, hasValidation);
        Rungs = request.Search is Search.Halved halved
            ? Core.Ensembles.Rungs.Of(trials.Count, Epochs, halved.Eta, halved.MinEpochs)
            : [new(trials.Count, experiments.Max(experiment => experiment.Settings.Epochs))];
    }

    /// <summary>What was asked for.</summary>
    public SweepRequest Request { get; }

    /// <summary>Values for each experiment.</summary>
    public Items<Trial> Trials { get; }

    /// <summary>The experiments, with the first of the seeds.</summary>
    public Items<Experiment> Experiments { get; }

    /// <summary>What a person should know.</summary>
    public Items<Phrase> Notes { get; }

    /// <summary>Whether there is a part to choose by; else the part learned from is looked at.</summary>
    public bool HasValidation { get; }

    /// <summary>How many go how far; one where all go to their ends.</summary>
    public Items<Rung> Rungs { get; }

    /// <summary>How many epochs the experiment has.</summary>
    public int Epochs => Request.Start.Settings.Epochs;

    /// <summary>The measure that experiments are ordered by.</summary>
    public string Measure => Request.IsByLoss ? "loss"
        : Request.Start.Problem is Problem.Regression ? "r2" : "accuracy";

    /// <summary>Whether the largest is the best.</summary>
    public bool IsBetterLarger => Evaluation.IsBetterLarger(Measure);

    /// <summary>Which sweep it is: SHA-256, in lower-case hexadecimal, of all its experiments and the digests of their
    /// data.</summary>
    public string Digest
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var run in Runs(Enumerable.Range(0, Trials.Count)))
                hash.AppendData(Encoding.ASCII.GetBytes(
                    $"{run.Experiment.Digest} {Request.Samples.Sha256Of(run.Experiment.Settings)}\n"));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>The trainings of some trials: those of one shape one after the other.</summary>
    public IEnumerable<SweepRun> Runs(IEnumerable<int> trials)
    {
        int digits = $"{Trials.Count}".Length;
        return
            from trial in trials.GroupBy(trial => ShapeOf(Experiments[trial])).SelectMany(alike => alike)
            from seed in Request.Seeds.Index()
            select new SweepRun(
                trial, seed.Index, SweepExperiments.WithSeed(Experiments[trial], seed.Item),
                $"{$"{Trials[trial].Number}".PadLeft(digits, '0')}-seed-{seed.Item}");
    }

    /// <summary>The trainer of one of the runs.</summary>
    public Trainer TrainerOf(Experiment experiment)
    {
        var data = Request.Samples.Of(experiment.Settings);
        return Trainer.Of(experiment, data.Data, Request.Samples.Validation, data.Test).OrThrow();
    }

    // What is shared by those that may go in the lanes of one step.
    private static string ShapeOf(Experiment experiment) => string.Join(
        ' ', experiment.Architecture.ToJson(), experiment.Settings.BatchSize, experiment.Settings.Shards,
        experiment.Settings.Precision, experiment.Loss.GetType().Name, experiment.Settings.Optimizer.GetType().Name);
}
