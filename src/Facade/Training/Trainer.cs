using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Data;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Landscapes;

namespace Functional;

/// <summary>An experiment with its samples: cut, scaled, ready to be trained in the experiment's precision.</summary>
public abstract class Trainer
{
    private protected Trainer(Experiment experiment) => Experiment = experiment;

    /// <summary>What is trained.</summary>
    public Experiment Experiment { get; }

    /// <summary>How many samples are learned from, watched, and kept for the end.</summary>
    public abstract (int Train, int Validation, int Test) Rows { get; }

    /// <summary>What the data make of the experiment that its author may not expect: an empty part, a class that a part
    /// lacks, samples left out.</summary>
    public abstract Items<Phrase> Notes { get; }

    /// <summary>The model before the first step: with first weights, or the one to start from.</summary>
    public abstract Model Untrained { get; }

    /// <summary>The samples, as they are cut or given.</summary>
    internal abstract GivenSamples Samples { get; }

    /// <summary>The parts as they were read, neither filled nor scaled.</summary>
    internal abstract Split<double> Unscaled { get; }

    /// <summary>Training, epoch by epoch. Lazy: nothing is done before it is asked for.</summary>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="after">The epoch of such a training after which to go on, as though it had never paused.</param>
    /// <param name="curvatureEvery">After how many steps, each time, the curvature of the training loss is worked
    /// out; 0 for never. Training is the same.</param>
    /// <param name="every">When the sequence has an epoch under way, too, which is not whole: to go on after.</param>
    /// <param name="cancellation">Ends training after the step at hand.</param>
    public abstract IEnumerable<Epoch> Epochs(
        int threads = 0, Epoch? after = null, int curvatureEvery = 0, Every every = default,
        CancellationToken cancellation = default);

    /// <summary>An epoch, whole or under way, as a file from which training goes on.</summary>
    /// <param name="epoch">One of this training.</param>
    /// <param name="training">The digest of the training.</param>
    /// <param name="seconds">How long it has taken.</param>
    /// <param name="room">Memory to write the file into; another one afterwards where it was too small.</param>
    internal abstract ReadOnlyMemory<byte> Packed(Epoch epoch, string training, double seconds, ref byte[] room);

    /// <summary>The epoch of such a file, to go on after, and how long training had taken.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="training">The digest of the training that it should be of.</param>
    /// <exception cref="InvalidDataException">It is not one, or of another training; the message says why.</exception>
    internal abstract (Epoch Epoch, double Seconds) Unpacked(byte[] bytes, string training);

    /// <summary>The steps of a range test of its learning rate. Lazy.</summary>
    internal abstract IEnumerable<RatePoint> RateTest(RateRange range, int threads);

    /// <summary>The same training as a member of a bag: the same samples, cut and encoded alike; other first weights,
    /// orders and masks.</summary>
    /// <param name="member">Its number, from 0, which is this training.</param>
    internal abstract Trainer OfMember(int member);

    /// <summary>Looks at a model of this training, in its own precision.</summary>
    internal abstract A Look<A>(Model model, ILook<A> look);

    /// <summary>The same for a program that waits: each epoch is trained on a thread of the pool. A cancelled token
    /// ends the sequence after the step at hand, with the epoch cut short, and throws nothing.</summary>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="after">The epoch of such a training after which to go on, as though it had never paused.</param>
    /// <param name="cancellation">Ends training after the step at hand.</param>
    public async IAsyncEnumerable<Epoch> EpochsAsync(
        int threads = 0, Epoch? after = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var epochs = Epochs(threads, after, cancellation: cancellation).GetEnumerator();
        while (await Task.Run(epochs.MoveNext, CancellationToken.None).ConfigureAwait(false))
            yield return epochs.Current;
    }

    /// <summary>A model of this training, evaluated on the three parts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outcome">How training ended.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="withThresholds">Whether what becomes of two classes at every threshold is worked out:
    /// memory for each sample.</param>
    public abstract TrainingResults Results(Model model, Outcome outcome, int threads = 0, bool withThresholds = true);

    /// <summary>Trains to the end, and evaluates the model that the experiment's stopping keeps.</summary>
    /// <param name="before">The results of such a training, to go on from where it ended.</param>
    /// <param name="progress">Hears of each epoch.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand, which the outcome says.</param>
    internal TrainingResults Run(
        TrainingResults? before = null, IProgress<Epoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default)
    {
        Epoch? last = before?.Last;
        foreach (var epoch in Epochs(threads, last, cancellation: cancellation))
        {
            progress?.Report(epoch);
            last = epoch;
        }
        return Results(last?.Kept ?? Untrained, OutcomeAfter(last, cancellation), threads) with { Last = last };
    }

    /// <summary>How training ended, of which this was the last epoch: cancelled, if it was not over and
    /// its token says so.</summary>
    public Outcome OutcomeAfter(Epoch? last, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested && (last is null || !IsOver(last))
            ? new Outcome.Cancelled(last?.Step ?? 0)
            : last?.Outcome ?? new Outcome.Untrained();

    /// <summary>Whether this training is over after an epoch: it may be one of a shorter training.</summary>
    private protected abstract bool IsOver(Epoch epoch);

    /// <summary>A trainer, or every fault: samples that do not fit the experiment, a split that leaves
    /// nothing to learn from.</summary>
    /// <param name="experiment">What is trained.</param>
    /// <param name="data">All samples, or all but the given parts.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="test">Samples for the end, instead of a share of all.</param>
    /// <param name="from">A model to start from (a warm start), instead of first weights; samples are filled and
    /// scaled as its own were.</param>
    public static Attempt<Trainer> Of(
        Experiment experiment, Dataset<double> data, Dataset<double>? validation = null, Dataset<double>? test = null,
        Model? from = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(data);
        var faults = new List<Invalid>();
        (validation, test) = (Matched($"validation data", validation), Matched($"test data", test));
        if (faults.Count > 0) return Attempt<Trainer>.Failed(faults);
        (data, validation, test) = (
            WithMissing($"data", data), validation is null ? null : WithMissing($"validation data", validation),
            test is null ? null : WithMissing($"test data", test));
        if (faults.Count > 0) return Attempt<Trainer>.Failed(faults);
        foreach (var (name, part) in new (Phrase, Dataset<double>?)[]
        {
            ($"data", data), ($"validation data", validation), ($"test data", test)
        })
        {
            if (part is null) continue;
            if (part.Problem != experiment.Problem)
                faults.Add(new($"the {name} are for {part.Problem}; the experiment is for {experiment.Problem}"));
            if (part.Inputs.Columns != experiment.Inputs)
                faults.Add(
                    new($"the {name} have {part.Inputs.Columns} features; the experiment takes {experiment.Inputs}"));
        }
        if (experiment.Settings.Resampling.FaultFor(data.WithPositiveWeights().Rows) is { } few) faults.Add(few);
        if (data.Problem == experiment.Problem && Unfit(data, experiment.Loss) is { } unfit) faults.Add(unfit);
        if ((long)data.Rows * experiment.Architecture.Outputs > MostOutputs)
            faults.Add(new($"the data have {data.Rows} rows for a network of {experiment.Architecture.Outputs} "
                + $"outputs; together they should have at most {MostOutputs} outputs"));
        if (from is { IsBag: true })
            faults.Add(new(
                $"the model to start from is a bag of {from.MemberCount} networks; it should be one network"));
        else if (from is not null
            && (from.Architecture != experiment.Architecture || from.Precision != experiment.Settings.Precision))
            faults.Add(new(
                $"the model to start from is {Choices<Precision>.NameOf(from.Precision)} {from.Architecture.ToJson()}; "
                + $"it should be {Choices<Precision>.NameOf(experiment.Settings.Precision)} "
                + $"{experiment.Architecture.ToJson()}"));
        if (faults.Count > 0) return Attempt<Trainer>.Failed(faults);
        var trainer = experiment.Settings.Precision.Do(new Making(experiment, data, validation, test, from));
        faults.AddRange(trainer.NotFinite(data));
        if (trainer.Rows.Train == 0)
            faults.Add(new($"of {data.Rows} rows, {trainer.Rows.Test} are for test and {trainer.Rows.Validation} for "
                + $"validation; at least 1 should be left to learn from"));
        if (Math.Min(experiment.Settings.BatchSize, trainer.Rows.Train) is var rows && rows > trainer.MostRows)
            faults.Add(new($"batch_size makes batches of {rows} rows; "
                + $"with this network they should have at most {trainer.MostRows}"));
        foreach (var (field, watched) in new[]
        {
            ("stopping", experiment.Settings.Stopping.Watched), ("schedule", experiment.Settings.Schedule.Watched)
        })
            if (watched is not null && !Stopping.Metrics.Contains(watched))
                faults.Add(
                    new($"{field} watches \"{watched}\"; it should be one of {string.Join(", ", Stopping.Metrics)}"));
            else if (Stopping.NeedsValidation(watched) && trainer.Rows.Validation == 0)
                faults.Add(
                    new($"{field}.metric is \"{watched}\", and 0 rows are for validation; at least 1 should be"));
        return faults.Count > 0 ? Attempt<Trainer>.Failed(faults) : Attempt<Trainer>.Done(trainer);

        // Without the rows that have missing inputs, where those are to be dropped.
        Dataset<double> WithMissing(Phrase name, Dataset<double> part)
        {
            var whole = experiment.Settings.Missing is MissingCells.Filled ? part : part.WithoutMissing();
            if (experiment.Settings.Missing.HasIndicators && !Finite.All(part.Inputs)
                && part.Schema?.Features.Any(feature => feature.IndicatorOf.Length > 0) != true)
                faults.Add(new(
                    $"the {name} have missing cells and no indicators of them, which belong to the columns of a table; "
                    + $"missing.indicators should be false, or the data a table (Table.Of(numbers))"));
            if (whole.Rows == part.Rows || experiment.Settings.Missing is not MissingCells.Refuse) return whole;
            int row = Enumerable.Range(0, part.Rows).First(row => Finite.MissingIn(part.Inputs, row) >= 0);
            int others = part.Rows - whole.Rows - 1;
            faults.Add(new(
                $"the {name} have NaN, a missing cell, in row {part.RowInSource(row)}, column "
                    + $"{Finite.MissingIn(part.Inputs, row) + 1}"
                    + $"{(others > 0 ? (Phrase)$", and so have {others} more rows" : Phrase.Empty)}; "
                    + $"every cell should be there, unless missing says that they are dropped or filled (mean, median, "
                    + $"most_frequent, constant)"));
            return part;
        }

        // A part's columns and classes are where the data have them.
        Dataset<double>? Matched(Phrase name, Dataset<double>? part) =>
            part?.To(data.Schema, data.Problem, experiment.Settings.Unseen).Match(
                Succ: matched => matched,
                Fail: differences =>
                {
                    faults.AddRange(differences.Select(difference => new Invalid($"{name}: {difference.Phrase}")));
                    return part;
                });
    }

    private sealed record Making(
        Experiment Experiment, Dataset<double> Data, Dataset<double>? Validation, Dataset<double>? Test, Model? From)
        : IInPrecision<Trainer>
    {
        public Trainer Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            new Trainer<T>(Experiment, Data, Validation, Test, (Model<T>?)From);
    }

    // The first target that the loss cannot take.
    private static Invalid? Unfit(Dataset<double> data, Loss loss)
    {
        var targets = data.For(loss).Targets;
        for (int i = 0; i < targets.Cells.Length; i++)
            if (!loss.Targets.Contains(targets.Cells[i]))
                return new($"the targets have {targets.Cells[i]:R} in row {data.RowInSource(i / targets.Columns)}, "
                    + $"column {i % targets.Columns + 1}; for the loss \"{Loss.Kinds.NameOf(loss)}\" it should be "
                    + $"{loss.Targets}");
        return null;
    }

    private const long MostOutputs = 1 << 28; // of all rows at once, as an evaluation has them

    private protected abstract int MostRows { get; }

    /// <summary>The first numbers of inputs and targets that the experiment's precision cannot hold, as
    /// they are or scaled.</summary>
    private protected abstract IEnumerable<Invalid> NotFinite(Dataset<double> data);
}
