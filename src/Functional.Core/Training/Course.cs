using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>An experiment's samples, cut and scaled.</summary>
/// <param name="Parts">Scaled by <paramref name="Scaling"/>.</param>
/// <param name="Scaling">Learned on the training part alone.</param>
public sealed record Prepared<T>(Split<T> Parts, Scaling Scaling) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>One pass over the training samples, done (or cut short: then the steps say how far it came).</summary>
/// <param name="Number">From 1.</param>
/// <param name="State">Where training stands after it.</param>
/// <param name="TrainLoss">The mean loss of its samples, each before its step.</param>
/// <param name="Validation">How the network does on the validation part; none where that has no rows.</param>
public sealed record Epoch<T>(int Number, TrainState<T> State, double TrainLoss, Evaluation? Validation) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The course of an experiment: samples to parts, parts to epochs.</summary>
public static class Course
{
    extension(Experiment experiment)
    {
        /// <summary>Cuts the samples by the experiment's key and scales them by what the training part teaches.</summary>
        public Prepared<T> Prepare<T>(Dataset<T> data) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var draft = experiment.Draft;
            var parts = Split<T>.Of(data, draft.Test, draft.Validation, experiment.Key.For(Purpose.Data).At(1));
            var scaling = draft.Scaling.Learn(parts.Train.Inputs);
            return new(new(Scaled(parts.Train, scaling), Scaled(parts.Validation, scaling), Scaled(parts.Test, scaling)), scaling);
        }

        /// <summary>The network before the first step.</summary>
        public TrainState<T> Begin<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            experiment.Learner.Begin(Network<T>.Init(experiment.Architecture, experiment.Draft.Initializer, experiment.Key.For(Purpose.Init)));

        /// <summary>Training, epoch by epoch, up to the experiment's number of them or to divergence. Lazy: early stopping is a
        /// <c>TakeWhile</c>.</summary>
        /// <param name="data">From <c>Prepare</c>.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="cancellation">Ends training after the step at hand; the last epoch is then cut short.</param>
        public IEnumerable<Epoch<T>> Epochs<T>(Prepared<T> data, int threads = 0, CancellationToken cancellation = default)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(data);
            var (draft, learner) = (experiment.Draft, experiment.Learner);
            var samples = data.Parts.Train.For(experiment.Loss);
            int perEpoch = Batches.PerEpoch(samples.Inputs.Rows, draft.BatchSize);
            var batches = Until((long)perEpoch * draft.Epochs, Batches.From(samples, draft.BatchSize, experiment.Key.For(Purpose.Shuffle)), cancellation);
            return learner.Scan(experiment.Begin<T>(), batches, perEpoch, threads).Select((snapshot, index) => new Epoch<T>(
                index + 1, snapshot.State, snapshot.Loss,
                data.Parts.Validation.Rows == 0 ? null : Evaluation.Of(snapshot.State.Network, data.Parts.Validation, experiment.Loss, threads)));
        }
    }

    private static IEnumerable<A> Until<A>(long count, IEnumerable<A> items, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            if (count-- == 0 || cancellation.IsCancellationRequested) yield break;
            yield return item;
        }
    }

    private static Dataset<T> Scaled<T>(Dataset<T> data, Scaling scaling) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        data.With(scaling.Apply<T>(data.Inputs));
}
