using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers.Threads;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>An experiment's samples, cut and encoded.</summary>
/// <param name="Parts">Encoded by <paramref name="Encoding"/>.</param>
/// <param name="Encoding">Learned on the training part alone, or that of a model to start from.</param>
public sealed record Prepared<T>(Split<T> Parts, Encoding Encoding) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the training part would have taught another scaling than that of the
    /// model to start from.</summary>
    internal bool IsScaledAsBefore { get; init; }
}

/// <summary>The course of an experiment: samples to parts, parts to epochs.</summary>
public static class Courses
{
    extension(Experiment experiment)
    {
        /// <summary>Cuts the samples by the experiment's key, scales them by what the training part teaches, and weighs
        /// its classes. Samples of weight 0 are left out first: they change nothing.</summary>
        /// <param name="data">All samples, or all but the given parts, as they were read: numbers are rounded to the
        /// precision after they are scaled.</param>
        /// <param name="validation">Samples to be watched, instead of a share.</param>
        /// <param name="test">Samples for the end, instead of a share.</param>
        /// <param name="known">The encoding of a model to start from, whose weights mean something for samples
        /// that are encoded so.</param>
        public Prepared<T> Prepare<T>(
            Dataset<double> data, Dataset<double>? validation = null, Dataset<double>? test = null,
            Encoding? known = null)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var settings = experiment.Settings;
            var parts = experiment.Cut(data, validation, test);
            var learned = Encoding.Learn(parts.Train, settings.Missing, settings.Scaling, settings.TargetScaling);
            var encoding = learned with { Unseen = settings.Unseen };
            if (known is not null)
                encoding = encoding with
                {
                    Fill = known.Fill ?? learned.Fill,
                    Scaling = known.Scaling,
                    TargetScaling = known.TargetScaling
                };
            bool isOther = learned.Scaling != encoding.Scaling || learned.TargetScaling != encoding.TargetScaling;
            Dataset<T> Encoded(Dataset<double> part) => encoding.Apply<T>(part);
            return new(
                new(
                    settings.ClassWeights.Weigh(Encoded(parts.Train)),
                    Encoded(parts.Validation),
                    Encoded(parts.Test))
                {
                    NotDrawn = parts.NotDrawn is null ? null : Encoded(parts.NotDrawn),
                },
                encoding)
            { IsScaledAsBefore = isOther };
        }

        /// <summary>The samples cut by the experiment's resampling and key, as they were read; those of weight 0 are
        /// left out. A fold is its own test part, whatever is given.</summary>
        internal Split<double> Cut(
            Dataset<double> data, Dataset<double>? validation = null, Dataset<double>? test = null)
        {
            var settings = experiment.Settings;
            if (!settings.Resampling.HasTestShare) test = null;
            var parts = settings.Resampling.Cut(
                data.WithPositiveWeights(), test is null ? settings.Test : 0,
                validation is null ? settings.Validation : 0, experiment.DataKey.For(Purpose.Data));
            return parts with
            {
                Validation = validation?.WithPositiveWeights() ?? parts.Validation,
                Test = test?.WithPositiveWeights() ?? parts.Test,
            };
        }

        /// <summary>The network before the first step.</summary>
        public TrainState<T> Begin<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            experiment.Learner.Begin(Network<T>.Init(
                experiment.Architecture, experiment.Settings.Initializer, experiment.Key.For(Purpose.Init)));

        /// <summary>Whether training is over at a checkpoint: after the last epoch, stopped or diverged.</summary>
        public bool IsOver<T>(Checkpoint<T> at) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(at);
            var (settings, numbers) = (experiment.Settings, at.Watched.ByStopping);
            return at.State.Outcome is Outcome.Diverged
                || at.IsEndOfEpoch
                    && (at.Epoch >= settings.Epochs || numbers.Count > 0 && settings.Stopping.IsOver(numbers));
        }

        /// <summary>Training as a sequence of checkpoints, one at the end of each epoch, up to the experiment's
        /// number of them, its stopping or divergence. Lazy: early stopping is a <c>TakeWhile</c>.</summary>
        /// <param name="data">From <c>Prepare</c>.</param>
        /// <param name="from">The checkpoint to go on from, as though training had never paused; its
        /// beginning unless given.</param>
        /// <param name="every">How often there is a checkpoint within an epoch, too.</param>
        /// <param name="start">Where training begins: the experiment's own beginning unless given.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="cancellation">Ends the sequence after the step at hand, with a checkpoint there.</param>
        public IEnumerable<Checkpoint<T>> Course<T>(
            Prepared<T> data, Checkpoint<T>? from = null, Every every = default, TrainState<T>? start = null,
            int threads = 0, CancellationToken cancellation = default)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(data);
            return Alone(experiment, data, from, every, start, threads, cancellation);
        }

        /// <summary>The course of a network that others may train: whoever reads it does a step of the fold for every
        /// null, wherever the network is.</summary>
        /// <param name="data">From <c>Prepare</c>.</param>
        /// <param name="from">The checkpoint to go on from.</param>
        /// <param name="every">How often there is a checkpoint within an epoch, too.</param>
        /// <param name="start">Where training begins.</param>
        /// <param name="fold">Where the network is.</param>
        /// <param name="threads">How many threads may help to evaluate.</param>
        /// <param name="cancellation">Ends the sequence after the step at hand.</param>
        internal IEnumerable<Checkpoint<T>?> Course<T>(
            Prepared<T> data, Checkpoint<T>? from, Every every, TrainState<T>? start, IFold<T> fold, int threads,
            CancellationToken cancellation)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Walk(experiment, data, from, every, start, fold, threads, cancellation);
    }

    private static IEnumerable<Checkpoint<T>> Alone<T>(
        Experiment experiment, Prepared<T> data, Checkpoint<T>? from, Every every, TrainState<T>? start, int threads,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fold = new LoneFold<T>(Workers.Count(threads));
        foreach (var reached in Walk(experiment, data, from, every, start, fold, threads, cancellation))
            if (reached is not null) yield return reached;
            else fold.Step();
    }

    // The course, from a checkpoint on.
#pragma warning disable CA1859 // members call it with folds of other kinds
    private static IEnumerable<Checkpoint<T>?> Walk<T>(
        Experiment experiment, Prepared<T> data, Checkpoint<T>? from, Every every, TrainState<T>? start,
        IFold<T> fold, int threads, CancellationToken cancellation)
#pragma warning restore CA1859
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var settings = experiment.Settings;
        var samples = data.Parts.Train.For(experiment.Loss);
        int perEpoch = Batches.PerEpoch(samples.Inputs.Rows, settings.BatchSize);
        bool byEpoch = settings.ScheduleBy == ScheduleUnit.Epoch;
        var schedule = settings.Schedule.For(
            (int)Math.Min(byEpoch ? settings.Epochs : (long)settings.Epochs * perEpoch, int.MaxValue));
        var state = from?.State ?? start ?? experiment.Begin<T>();
        var (best, watched, seen) = (from?.Best ?? state.Network, from?.Watched ?? ([], []), from?.Seen ?? default);
        if (from is not null && experiment.IsOver(from)) yield break; // it ended there in one go, too
        for (int number = (int)(state.Step / perEpoch) + 1; number <= settings.Epochs; number++)
        {
            long step = state.Step, shown = step, last = (long)number * perEpoch;
            var learner =
                experiment.Learner with { Schedule = schedule.After(watched.BySchedule).By(byEpoch ? perEpoch : 1) };
            fold.Begin(learner, state);
            foreach (var batch in Batches.From(samples, settings.BatchSize, experiment.Key.For(Purpose.Shuffle), step))
            {
                if (cancellation.IsCancellationRequested) break;
                fold.Ask(batch, isMeasured: ++step == last);
                yield return null;
                seen = seen.And(fold.Loss, fold.Weight);
                if (!fold.GoesOn || step == last) break;
                if (every.IsDue(step))
                {
                    var here = fold.Freeze();
                    shown = step;
                    bool isLiked = settings.Stopping.Watched is null && settings.Stopping.IsChosen([]);
                    yield return new(number, here, Predicting(here, number), seen.Mean, null, isLiked, watched, best)
                    {
                        Seen = seen
                    };
                }
            }
            if (step == shown) yield break; // cancelled before a step after the last one that was shown
            bool isWhole = step == last;
            double loss = seen.Mean;
            state = fold.Freeze();
            var network = Predicting(state, number);
            var watching = data.Parts.Validation;
            var validation = watching.Rows == 0
                ? null : Evaluation.Of(network, watching, experiment.Loss, threads, data.Encoding.TargetScaling);
            var numbers = (
                With(watched.BySchedule, settings.Schedule.Watched, loss, validation),
                ByStopping: With(watched.ByStopping, settings.Stopping.Watched, loss, validation));
            bool isChosen = settings.Stopping.IsChosen(numbers.ByStopping);
            if (isWhole)
            {
                // The numbers of an epoch cut short do not count: whoever goes on finishes it first.
                watched = numbers;
                if (isChosen) best = network;
            }
            seen = isWhole ? default : seen;
            var end =
                new Checkpoint<T>(number, state, network, loss, validation, isChosen, watched, best)
                {
                    LastStep = isWhole ? fold.Measures : null,
                    Seen = seen,
                };
            yield return end;
            if (!isWhole || experiment.IsOver(end)) yield break;
        }

        // Where parameters are averaged, the averages take the statistics of the epoch's batches anew.
        Network<T> Predicting(TrainState<T> at, int epoch) =>
            PredictingNetwork(experiment, at, samples, (epoch - 1L) * perEpoch, threads);
    }

    private static Items<double> With(
        Items<double> numbers, string? watched, double trainLoss, Evaluation? validation) =>
        watched is null ? numbers : [.. numbers, Stopping.Number(watched, trainLoss, validation)];

    private static Network<T> PredictingNetwork<T>(
        Experiment experiment, TrainState<T> state, Samples<T> samples, long firstStep, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = state.Averaged(experiment.Settings.Optimizer);
        if (ReferenceEquals(network, state.Network) || state.Outcome is Outcome.Diverged) return network;
        int size = experiment.Settings.BatchSize, steps = Batches.PerEpoch(samples.Inputs.Rows, size);
        var epoch = Batches.From(samples, size, experiment.Key.For(Purpose.Shuffle), firstStep).Take(steps);
        return experiment.Learner.WithStatistics(network, epoch, firstStep, threads);
    }
}
