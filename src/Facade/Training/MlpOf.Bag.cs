namespace Functional;

public sealed partial class Mlp<TModel, TReport>
{
    /// <summary>Trains a bag: networks that differ in first weights, orders and masks, as one model that predicts the
    /// mean of their probabilities, or of their numbers.</summary>
    /// <param name="data">All samples; the settings say how they are cut, for all members alike.</param>
    /// <param name="members">How many networks, 1 to 1000.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="test">Samples for the end, instead of a share of all.</param>
    /// <param name="progress">Hears of each epoch of each member.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand.</param>
    /// <exception cref="InvalidInputException">Settings or data have faults; the message lists all of them.</exception>
    public TrainedBag<TModel, TReport> TrainBag(
        Dataset<double> data, int members, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Dataset<double>? test = null, IProgress<(int Member, Epoch Epoch)>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        TrainBag(data, members, edit, validation, test, progress, threads, [], cancellation);

    /// <summary>The same on a table: the target's column is predicted from others.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="target">The column to predict, by name or number from 1.</param>
    /// <param name="members">How many networks, 1 to 1000.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="validation">Rows to be watched, instead of a share of all.</param>
    /// <param name="test">Rows for the end, instead of a share of all.</param>
    /// <param name="features">The columns to predict from; all others if none are given.</param>
    /// <param name="weight">The column with the weights of the rows.</param>
    /// <param name="progress">Hears of each epoch of each member.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand.</param>
    /// <exception cref="InvalidInputException">Settings or tables have faults; the message
    /// lists all of them.</exception>
    public TrainedBag<TModel, TReport> TrainBag(
        Table table, string target, int members, Func<Settings, Settings>? edit = null, Table? validation = null,
        Table? test = null, IReadOnlyList<string>? features = null, string? weight = null,
        IProgress<(int Member, Epoch Epoch)>? progress = null, int threads = 0,
        CancellationToken cancellation = default)
    {
        var read = Read(table, [target], edit, validation, test, null, features, weight).OrThrow();
        return TrainBag(
            read.All.Data, members, edit, read.Validation, read.Test, progress, threads, read.All.Notes,
            cancellation);
    }

    private TrainedBag<TModel, TReport> TrainBag(
        Dataset<double> data, int members, Func<Settings, Settings>? edit, Dataset<double>? validation,
        Dataset<double>? test, IProgress<(int Member, Epoch Epoch)>? progress, int threads, IEnumerable<Phrase> notes,
        CancellationToken cancellation)
    {
        var trainer = Trainer(data, edit, validation, test, null);
        Invalid[] faults =
            [.. BagTraining.Faults($"members", members, trainer.Value?.Experiment), .. trainer.Faults];
        if (faults.Length > 0) throw new InvalidInputException(faults);
        var results = trainer.Value!.RunBag(members, progress, threads, cancellation);
        return new(wrap(results.Bag.Model), results, notes);
    }
}
