namespace Functional;

public sealed partial class Mlp<TModel, TReport>
{
    /// <summary>Trains on a table from many seeds, side by side; each seed gives, to the bit, what it gives
    /// alone.</summary>
    /// <param name="table">All rows; the settings say how they are cut.</param>
    /// <param name="target">The column to predict, by name or number from 1.</param>
    /// <param name="seeds">So many, from the settings' own on, or a list.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="validation">Rows to be watched, instead of a share of all.</param>
    /// <param name="test">Rows for the end, instead of a share of all.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="features">The columns to predict from; all others if none are given, but for those that only
    /// say which row it is.</param>
    /// <param name="weight">The column with the weights of the rows; each counts once if none is given.</param>
    /// <param name="progress">Hears of each epoch of each seed; those of different seeds are mixed.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand; the models are then those at that
    /// step.</param>
    /// <exception cref="InvalidInputException">Seeds, settings or tables have faults; the message
    /// lists all of them.</exception>
    public SeedRuns<TModel, TReport> Train(
        Table table, string target, Seeds seeds, Func<Settings, Settings>? edit = null, Table? validation = null,
        Table? test = null, Predictor? from = null, IReadOnlyList<string>? features = null, string? weight = null,
        IProgress<SeedEpoch>? progress = null, int threads = 0, CancellationToken cancellation = default) =>
        Train(table, [target], seeds, edit, validation, test, from, features, weight, progress, threads, cancellation);

    /// <summary>The same for several targets: labels that hold (1) or not (0), or numbers.</summary>
    /// <inheritdoc cref="Train(Table, string, Seeds, Func{Settings, Settings}, Table, Table, Predictor, IReadOnlyList{string}, string, IProgress{SeedEpoch}, int, CancellationToken)"/>
    public SeedRuns<TModel, TReport> Train(
        Table table, IReadOnlyList<string> targets, Seeds seeds, Func<Settings, Settings>? edit = null,
        Table? validation = null, Table? test = null, Predictor? from = null, IReadOnlyList<string>? features = null,
        string? weight = null, IProgress<SeedEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        TryTrain(table, targets, seeds, edit, validation, test, from, features, weight, progress, threads, cancellation)
            .OrThrow();

    /// <summary>Trains on a table from many seeds; every fault of seeds, settings and tables at once where there are
    /// any.</summary>
    /// <inheritdoc cref="Train(Table, string, Seeds, Func{Settings, Settings}, Table, Table, Predictor, IReadOnlyList{string}, string, IProgress{SeedEpoch}, int, CancellationToken)"/>
    public Attempt<SeedRuns<TModel, TReport>> TryTrain(
        Table table, IReadOnlyList<string> targets, Seeds seeds, Func<Settings, Settings>? edit = null,
        Table? validation = null, Table? test = null, Predictor? from = null, IReadOnlyList<string>? features = null,
        string? weight = null, IProgress<SeedEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default)
    {
        var rows = Read(table, targets, edit, validation, test, from, features, weight);
        return rows.Succeeded
            ? Run(
                rows.Value.All.Data, seeds, edit, rows.Value.Validation, rows.Value.Test, from, progress, threads,
                rows.Value.All.Notes, cancellation)
            : Attempt<SeedRuns<TModel, TReport>>.Failed(rows.Faults);
    }

    /// <summary>Trains from many seeds, side by side; each seed gives, to the bit, what it gives alone:
    /// <c>Mlp.Classifier([64]).Train(digits, seeds: 20).Test.Accuracy</c>.</summary>
    /// <param name="data">All samples; the settings say how they are cut, each seed in its own way.</param>
    /// <param name="seeds">So many, from the settings' own on, or a list.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="test">Samples for the end, instead of a share of all.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="progress">Hears of each epoch of each seed; those of different seeds are mixed.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand; the models are then those at that
    /// step.</param>
    /// <exception cref="InvalidInputException">Seeds, settings or data have faults; the message lists all of
    /// them.</exception>
    public SeedRuns<TModel, TReport> Train(
        Dataset<double> data, Seeds seeds, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Dataset<double>? test = null, Predictor? from = null, IProgress<SeedEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        TryTrain(data, seeds, edit, validation, test, from, progress, threads, cancellation).OrThrow();

    /// <summary>Trains from many seeds; every fault of seeds, settings and data at once where there are any.</summary>
    /// <inheritdoc cref="Train(Dataset{double}, Seeds, Func{Settings, Settings}, Dataset{double}, Dataset{double}, Predictor, IProgress{SeedEpoch}, int, CancellationToken)"/>
    public Attempt<SeedRuns<TModel, TReport>> TryTrain(
        Dataset<double> data, Seeds seeds, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Dataset<double>? test = null, Predictor? from = null, IProgress<SeedEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        Run(data, seeds, edit, validation, test, from, progress, threads, [], cancellation);

    private Attempt<SeedRuns<TModel, TReport>> Run(
        Dataset<double> data, Seeds seeds, Func<Settings, Settings>? edit, Dataset<double>? validation,
        Dataset<double>? test, Predictor? from, IProgress<SeedEpoch>? progress, int threads, IEnumerable<Phrase> notes,
        CancellationToken cancellation)
    {
        var faults = new List<Invalid>();
        ulong[] each = seeds.From(Edited(edit).Seed, "seeds", faults);
        return Run(
            data, [.. each.Select(seed => (Func<Settings, Settings>)(settings => settings with { Seed = seed }))],
            runs => new SeedRuns<TModel, TReport>(runs), faults, edit, validation, test, from,
            (place, epoch) => progress?.Report(new(each[place], epoch)), threads, notes, cancellation);
    }

    // The trainings of the edited settings, each with a change of its own.
    private Attempt<TRuns> Run<TRuns>(
        Dataset<double> data, Func<Settings, Settings>[] each,
        Func<IReadOnlyList<Trained<TModel, TReport>>, TRuns> repeated, List<Invalid> faults,
        Func<Settings, Settings>? edit, Dataset<double>? validation, Dataset<double>? test, Predictor? from,
        Action<int, Epoch> heard, int threads, IEnumerable<Phrase> notes, CancellationToken cancellation)
        where TRuns : RepeatedRuns<TModel, TReport>
    {
        Attempt<Trainer> Of(Func<Settings, Settings> change) =>
            Trainer(data, settings => change(edit?.Invoke(settings) ?? settings), validation, test, from);
        // Each is tried before one is trained, and made again when its turn comes: together they may be large.
        if (faults.Count > 0) faults.AddRange(Of(settings => settings).Faults);
        foreach (var change in each) faults.AddRange(Of(change).Faults);
        if (faults.Count > 0) return Attempt<TRuns>.Failed(faults);
        GivenSamples? samples = null;
        var results = ManyTrainings.Run(
            [.. each.Select(change => (Func<Trainer>)(() =>
            {
                var trainer = Of(change).OrThrow();
                samples ??= trainer.Samples;
                return trainer;
            }))],
            heard, threads, cancellation);
        return Attempt<TRuns>.Done(repeated([.. results.Select(found =>
            new Trained<TModel, TReport>(
                wrap(found.Model), found with { Notes = [.. notes, .. found.Notes] }, samples!))]));
    }
}
