using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>An experiment's samples, cut and encoded.</summary>
/// <param name="Parts">Encoded by <paramref name="Encoding"/>.</param>
/// <param name="Encoding">Learned on the training part alone, or that of a model to start from.</param>
public sealed record Prepared<T>(Split<T> Parts, Encoding Encoding) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the training part would have taught another scaling than that of the model to start from.</summary>
    internal bool IsScaledAsBefore { get; init; }
}

/// <summary>One pass over the training samples, done (or cut short: then the steps say how far it came).</summary>
/// <param name="Number">From 1.</param>
/// <param name="State">The state of training after it.</param>
/// <param name="Network">What predicts after it: the state's network, or its averaged parameters with statistics of
/// their own.</param>
/// <param name="TrainLoss">The mean loss of its samples, each before its step.</param>
/// <param name="Validation">How the network does on the validation part; none where that has no rows.</param>
/// <param name="IsChosen">Whether its model is the one to keep, were this the last epoch: else an earlier one was better.</param>
/// <param name="Watched">The numbers that schedule and stopping looked at, of all epochs so far.</param>
public sealed record Epoch<T>(
    int Number, TrainState<T> State, Network<T> Network, double TrainLoss, Evaluation? Validation, bool IsChosen,
    (Items<double> BySchedule, Items<double> ByStopping) Watched)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether all its samples were visited.</summary>
    internal bool IsWhole => Seen == default;

    /// <summary>The losses of an epoch that was cut short, for whoever finishes it.</summary>
    internal LossSoFar Seen { get; init; }
}

/// <summary>The course of an experiment: samples to parts, parts to epochs.</summary>
public static class Course
{
    extension(Experiment experiment)
    {
        /// <summary>Cuts the samples by the experiment's key, scales them by what the training part teaches, and weighs
        /// its classes. Samples of
        /// weight 0 are left out first: they change nothing.</summary>
        /// <param name="data">All samples, or all but the given parts, as they were read: numbers are rounded to the
        /// precision after they are scaled.</param>
        /// <param name="validation">Samples to be watched, instead of a share.</param>
        /// <param name="test">Samples for the end, instead of a share.</param>
        /// <param name="known">The encoding of a model to start from, whose weights mean something for samples that are encoded so.</param>
        public Prepared<T> Prepare<T>(
            Dataset<double> data, Dataset<double>? validation = null, Dataset<double>? test = null, Encoding? known = null)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var settings = experiment.Settings;
            var (testShare, validationShare) = (test is null ? settings.Test : 0, validation is null ? settings.Validation : 0);
            var parts = Split<double>.Of(data.WithPositiveWeights(), testShare, validationShare, experiment.Key.For(Purpose.Data).At(1));
            var learned = Encoding.Learn(parts.Train, settings.Missing, settings.Scaling, settings.TargetScaling);
            var encoding = learned with { Unseen = settings.Unseen };
            if (known is not null)
                encoding = encoding with { Fill = known.Fill ?? learned.Fill, Scaling = known.Scaling, TargetScaling = known.TargetScaling };
            bool isOther = learned.Scaling != encoding.Scaling || learned.TargetScaling != encoding.TargetScaling;
            Dataset<T> Encoded(Dataset<double> part) => encoding.Apply<T>(part);
            return new(
                new(
                    settings.ClassWeights.Weigh(Encoded(parts.Train)), Encoded(validation?.WithPositiveWeights() ?? parts.Validation),
                    Encoded(test?.WithPositiveWeights() ?? parts.Test)),
                encoding)
            { IsScaledAsBefore = isOther };
        }

        /// <summary>The network before the first step.</summary>
        public TrainState<T> Begin<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            experiment.Learner.Begin(Network<T>.Init(experiment.Architecture, experiment.Settings.Initializer, experiment.Key.For(Purpose.Init)));

        /// <summary>Training, epoch by epoch, up to the experiment's number of them, its stopping or divergence. Lazy: early stopping is a
        /// <c>TakeWhile</c>.</summary>
        /// <param name="data">From <c>Prepare</c>.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="start">Where training begins: the experiment's own beginning unless given.</param>
        /// <param name="after">The epoch after which to go on, as though training had never paused.</param>
        /// <param name="cancellation">Ends training after the step at hand; the last epoch is then cut short.</param>
        public IEnumerable<Epoch<T>> Epochs<T>(
            Prepared<T> data, int threads = 0, TrainState<T>? start = null, Epoch<T>? after = null, CancellationToken cancellation = default)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(data);
            return Walk(experiment, data, threads, start, after, cancellation);
        }
    }

    private static IEnumerable<Epoch<T>> Walk<T>(
        Experiment experiment, Prepared<T> data, int threads, TrainState<T>? start, Epoch<T>? after, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var settings = experiment.Settings;
        var samples = data.Parts.Train.For(experiment.Loss);
        int perEpoch = Batches.PerEpoch(samples.Inputs.Rows, settings.BatchSize);
        bool byEpoch = settings.ScheduleBy == ScheduleUnit.Epoch;
        var schedule = settings.Schedule.For((int)Math.Min(byEpoch ? settings.Epochs : (long)settings.Epochs * perEpoch, int.MaxValue));
        var state = after?.State ?? start ?? experiment.Begin<T>();
        var (bySchedule, byStopping) = after?.Watched ?? ([], []);
        var seen = after?.Seen ?? default;
        if (byStopping.Count > 0 && settings.Stopping.IsOver(byStopping)) yield break; // it ended there in one go, too
        for (int number = (int)(state.Step / perEpoch) + 1; number <= settings.Epochs; number++)
        {
            int steps = perEpoch - (int)(state.Step % perEpoch);
            var learner = experiment.Learner with { Schedule = schedule.After(bySchedule).By(byEpoch ? perEpoch : 1) };
            var batches = Batches.From(samples, settings.BatchSize, experiment.Key.For(Purpose.Shuffle), state.Step).Take(steps).TakeWhile(_ => !cancellation.IsCancellationRequested);
            if (Folding.Snapshots(learner, state, batches, steps, threads, seen).LastOrDefault() is not { } snapshot) yield break;
            seen = default;
            bool isWhole = snapshot.State.Step - state.Step == steps;
            state = snapshot.State;
            var network = PredictingNetwork(experiment, state, samples, (number - 1L) * perEpoch, threads);
            var watching = data.Parts.Validation;
            var validation = watching.Rows == 0 ? null : Evaluation.Of(network, watching, experiment.Loss, threads, data.Encoding.TargetScaling);
            var before = (bySchedule, byStopping);
            if (settings.Schedule.Watched is { } watched) bySchedule = [.. bySchedule, Stopping.Number(watched, snapshot.Loss, validation)];
            if (settings.Stopping.Watched is { } stops) byStopping = [.. byStopping, Stopping.Number(stops, snapshot.Loss, validation)];
            // The numbers of an epoch cut short do not count: whoever goes on finishes it first.
            yield return new(
                number, state, network, snapshot.Loss, validation, settings.Stopping.IsChosen(byStopping),
                isWhole ? (bySchedule, byStopping) : before)
            { Seen = isWhole ? default : snapshot.Seen };
            if (!isWhole || state.Outcome is Outcome.Diverged || byStopping.Count > 0 && settings.Stopping.IsOver(byStopping)) yield break;
        }
    }

    // The network to use. Where parameters are averaged, the averages take the statistics of the epoch's batches anew.
    private static Network<T> PredictingNetwork<T>(Experiment experiment, TrainState<T> state, Samples<T> samples, long firstStep, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = state.Averaged(experiment.Settings.Optimizer);
        if (ReferenceEquals(network, state.Network) || state.Outcome is Outcome.Diverged) return network;
        int size = experiment.Settings.BatchSize, steps = Batches.PerEpoch(samples.Inputs.Rows, size);
        var epoch = Batches.From(samples, size, experiment.Key.For(Purpose.Shuffle), firstStep).Take(steps);
        return experiment.Learner.WithStatistics(network, epoch, firstStep, threads);
    }
}
