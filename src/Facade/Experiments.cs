using Functional.Data;
using Functional.Runs;

namespace Functional;

/// <summary>Experiments as programs have them: read from files, checked, and done.</summary>
public static class Experiments
{
    extension(Experiment experiment)
    {
        /// <summary>Reads a spec, or the run.json of a run, and the data that it names, which say what is to be predicted. Files lie where
        /// it says, seen from its own place.</summary>
        /// <exception cref="InvalidInputException">It cannot be read, or it or its data have faults; the message lists all of them.</exception>
        public static Experiment Read(string path) => Opened(path).Experiment;

        /// <summary>Settings that were checked: all that is needed where the name of the data says what is to be predicted.</summary>
        /// <param name="settings">What a person wants.</param>
        /// <param name="data">The samples, where settings do not name them.</param>
        /// <exception cref="InvalidInputException">The settings have faults; the message lists all of them.</exception>
        public static Experiment Of(Settings settings, Dataset<double>? data = null) =>
            Attempt<Experiment>.Of(Experiment.Check(settings, data is null ? null : LearningTask.Of(data))).OrThrow();

        /// <summary>The samples that it names.</summary>
        /// <exception cref="InvalidInputException">A file is missing or bad, or the experiment names no data.</exception>
        public LoadedData Load() => experiment.Settings.Data is Given
            ? throw new InvalidInputException(Experiment.NoData(experiment.Settings.Data).Message)
            : DataCatalog.Load(experiment.Settings.Data, experiment.Settings.Seed, experiment.Settings.Missing);

        /// <summary>Trains on the samples that it names: the results of <c>functional train</c>, to the bit.</summary>
        /// <param name="progress">Hears of each epoch.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="cancellation">Ends training after the step at hand.</param>
        /// <exception cref="InvalidInputException">The data have faults; the message lists all of them.</exception>
        public TrainingResults Train(IProgress<Epoch>? progress = null, int threads = 0, CancellationToken cancellation = default)
        {
            var data = experiment.Load();
            var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
            var results = trainer.Kept(trainer.Epochs(threads, cancellation: cancellation), null, progress, threads);
            return results with { Notes = [.. data.Notes, .. results.Notes] };
        }
    }

    private static Opened Opened(string path)
    {
        string json = SpecFile.Fields(path)?.ToJsonString() ?? SpecFile.Text(path);
        return Attempt<Opened>.Of(Data.Opened.Read(json)).OrThrow();
    }
}
