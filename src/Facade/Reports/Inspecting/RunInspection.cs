using System.Numerics;
using Functional.Core.Inspection;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Landscapes;

namespace Functional.Reports;

/// <summary>A part of a run's samples, and what was measured on it.</summary>
/// <param name="Part">Which.</param>
/// <param name="Evaluation">What was measured.</param>
/// <param name="Estimates">With intervals.</param>
internal sealed record InspectedPart(DataPart Part, Evaluation Evaluation, Items<Estimate> Estimates)
{
    /// <summary>A measure and its interval; null where the part has it not.</summary>
    public Estimate? this[string measure] => Estimates.FirstOrDefault(estimate => estimate.Measure == measure);
}

/// <summary>A run's model, looked into: every number is the same for all who look.</summary>
/// <param name="Parts">Those that have rows: train, validation, test.</param>
/// <param name="Layers">What comes out of each, before training and after it, on samples of the training part.</param>
/// <param name="LayerRows">How many samples those are.</param>
/// <param name="Importances">How much the model relies on each feature, on the part that it is judged on.</param>
/// <param name="Calibration">Whether it is as often right as it says, on that part; none without probabilities.</param>
/// <param name="Mistakes">The worst ones on that part.</param>
/// <param name="FirstWeights">Those of the first dense layer, where inputs reach it at once: inputs x units.</param>
internal sealed record RunInspection(
    Items<InspectedPart> Parts, Items<LayerActivations> Layers, int LayerRows, Items<Importance> Importances,
    Items<CalibrationBin> Calibration, Items<Mistake> Mistakes, Matrix<double>? FirstWeights)
{
    /// <summary>The part that says most: test, else validation, else train.</summary>
    public InspectedPart Judged => Parts[^1];

    /// <summary>The part of a name; null where it has no rows.</summary>
    public InspectedPart? this[DataPart part] => Parts.FirstOrDefault(one => one.Part == part);

    /// <summary>Looks into a run's model.</summary>
    /// <param name="trainer">The experiment with its samples.</param>
    /// <param name="results">The model on each part.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static RunInspection Of(Trainer trainer, TrainingResults results, int threads) =>
        trainer.Look(results.Model, new Looking(trainer.Untrained, results, threads));

    private sealed record Looking(Model First, TrainingResults Results, int Threads) : ILook<RunInspection>
    {
        private const int MostRows = 1000, MostMistakes = 12;

        private Model Last => Results.Model;

        public RunInspection At<T>(Experiment experiment, Prepared<T> data, Network<T> network)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var key = experiment.Key.For(Purpose.Inspection);
            var judged = Results switch
            {
                { Test: not null } => data.Parts.Test,
                { Validation: not null } => data.Parts.Validation,
                _ => data.Parts.Train,
            };
            var outputs = network.Predict(judged.Inputs, Threads);
            var train = data.Parts.Train.Inputs;
            var some = train.Rows <= MostRows
                ? train
                : train.Select(Draw.Permutation(key.At(2), train.Rows).Span[..MostRows]);
            return new(
                [.. Parts(experiment, data, network, key.At(0))],
                LayerActivations.Of(((Model<T>)First).Network, network, some, Threads), some.Rows,
                PermutationImportance.Of(network, judged, experiment.Loss, Widths(judged), key.At(1), Threads),
                Bins(judged, outputs), Mistakes(judged, outputs), Weights(network));
        }

        private IEnumerable<InspectedPart> Parts<T>(
            Experiment experiment, Prepared<T> data, Network<T> network, Key key)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            (DataPart Part, Evaluation? Evaluation, Dataset<T> Samples)[] all =
            [
                (DataPart.Train, Results.Train, data.Parts.Train),
                (DataPart.Validation, Results.Validation, data.Parts.Validation),
                (DataPart.Test, Results.Test, data.Parts.Test),
            ];
            foreach (var (part, evaluation, samples) in all)
            {
                if (evaluation is null) continue;
                var outputs = network.Predict(samples.Inputs, Threads);
                var wide = outputs.To<double>();
                bool areClasses = samples.Problem is Problem.Classification;
                yield return new(part, evaluation, Estimates.Of(
                    evaluation, samples, outputs, experiment.Loss, areClasses ? Last.ProbabilitiesOf(wide) : null,
                    data.Encoding.TargetScaling, areClasses ? Last.ClassesOf(wide) : null, key.At((uint)part),
                    Threads));
            }
        }

        private static Items<int> Widths<T>(Dataset<T> data) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            data.Schema is { Features: { Count: > 0 } features }
            ? [.. features.Select(feature => feature.Width)]
            : [.. Enumerable.Repeat(1, data.Inputs.Columns)];

        private Items<CalibrationBin> Bins<T>(Dataset<T> judged, Matrix<T> outputs)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            judged.Problem is Problem.Classification && Last.ProbabilitiesOf(outputs.To<double>()) is { } probabilities
            ? Core.Inspection.Calibration.Bins(probabilities, ClassificationMetrics.Labels(judged.Targets), bins: 10,
                weights: judged.Weights is null
                    ? null
                    : new Matrix<T>(judged.Rows, 1, judged.Weights).To<double>().Cells)
            : [];

        private Items<Mistake> Mistakes<T>(Dataset<T> judged, Matrix<T> outputs)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var wide = outputs.To<double>();
            if (judged.Problem is Problem.Classification && Last.ProbabilitiesOf(wide) is { } probabilities)
                return [.. Mistake.OfClasses(
                    probabilities, ClassificationMetrics.Labels(judged.Targets), Last.ClassesOf(wide))
                    .Take(MostMistakes)];
            if (judged.Problem is not Problem.Regression) return [];
            var scaling = Last.Encoding.TargetScaling;
            Vec<double> Own(Matrix<double> numbers) =>
                [.. (scaling?.Undo(numbers) ?? numbers).Select(row => row[0])];
            return [.. Mistake.OfNumbers(Own(judged.Targets.To<double>()), Own(wide)).Take(MostMistakes)];
        }

        // Where only dropout stands before it.
        private static Matrix<double>? Weights<T>(Network<T> network)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var architecture = network.Architecture;
            if (architecture.Layers.SkipWhile(layer => layer is Dropout).FirstOrDefault() is not Dense dense)
                return null;
            int count = architecture.Inputs * dense.Units;
            return new Matrix<T>(architecture.Inputs, dense.Units, Vec<T>.Of(network.Parameters.Span[..count]))
                .To<double>();
        }
    }
}
