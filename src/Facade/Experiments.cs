using Functional.Data;
using Functional.Runs;

namespace Functional;

/// <summary>Experiments as programs have them: read from files, checked, and done.</summary>
public static class Experiments
{
    extension(Experiment experiment)
    {
        /// <summary>Reads a spec, or the run.json of a run, and the data that it names, which say what is to be
        /// predicted. Files lie where it says, seen from its own place.</summary>
        /// <exception cref="InvalidInputException">It cannot be read, or it or its data have faults; the message
        /// lists all of them.</exception>
        public static Experiment Read(string path) => Opened(path).Experiment;

        /// <summary>An experiment on the samples that settings name.</summary>
        /// <exception cref="InvalidInputException">Settings or data have faults; the message
        /// lists all of them.</exception>
        public static Experiment Of(Settings settings) =>
            Attempt<Experiment>.Of(settings.Data is FileSource
                ? Experiment.Check(
                    settings, LearningTask.Of(DataCatalog.Load(settings.Data, settings.Seed, settings.Missing).Data))
                : Experiment.Check(settings)).OrThrow();

        /// <summary>An experiment on a program's own samples, whatever data settings name; <c>Train</c> is
        /// to be given them.</summary>
        /// <exception cref="InvalidInputException">The settings have faults; the message lists all of them.</exception>
        public static Experiment Of(Settings settings, Dataset<double> data) =>
            Attempt<Experiment>.Of(Experiment.Check(settings with { Data = new Given() }, LearningTask.Of(data)))
                .OrThrow();

        /// <summary>The samples that it names.</summary>
        /// <exception cref="InvalidInputException">A file is missing or bad, or the experiment
        /// names no data.</exception>
        public LoadedData Load() => experiment.Settings.Data is Given
            ? throw new InvalidInputException(
                $"the experiment is on a program's own samples; Train should be given them")
            : DataCatalog.Load(experiment.Settings.Data, experiment.Settings.Seed, experiment.Settings.Missing);

        /// <summary>Trains on the samples that it names: the results of <c>functional train</c>, to the bit.</summary>
        /// <param name="progress">Hears of each epoch.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="cancellation">Ends training after the step at hand.</param>
        /// <exception cref="InvalidInputException">The data have faults; the message lists all of them.</exception>
        public TrainingResults Train(
            IProgress<Epoch>? progress = null, int threads = 0, CancellationToken cancellation = default)
        {
            var data = experiment.Load();
            var results = experiment.Train(data.Data, null, data.Test, progress, threads, cancellation);
            return results with { Notes = [.. data.Notes, .. results.Notes] };
        }

        /// <summary>Trains on a program's own samples.</summary>
        /// <param name="data">All samples; the settings say how they are cut.</param>
        /// <param name="validation">Samples to be watched, instead of a share of all.</param>
        /// <param name="test">Samples for the end, instead of a share of all.</param>
        /// <param name="progress">Hears of each epoch.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        /// <param name="cancellation">Ends training after the step at hand.</param>
        /// <exception cref="InvalidInputException">The data do not fit the experiment; the message
        /// lists every fault.</exception>
        public TrainingResults Train(
            Dataset<double> data, Dataset<double>? validation = null, Dataset<double>? test = null,
            IProgress<Epoch>? progress = null, int threads = 0, CancellationToken cancellation = default)
        {
            var trainer = Trainer.Of(experiment, data, validation, test).OrThrow();
            return trainer.Run(null, progress, threads, cancellation);
        }
    }

    private static Opened Opened(string path)
    {
        string json = SpecFile.Fields(path)?.ToJsonString() ?? SpecFile.Text(path);
        return Attempt<Opened>.Of(Data.Opened.Read(json)).OrThrow();
    }
}
