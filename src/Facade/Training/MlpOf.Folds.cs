namespace Functional;

public sealed partial class Mlp<TModel, TReport>
{
    /// <summary>Cross-validates on a table: trains once for each fold, side by side, and tests on that
    /// fold.</summary>
    /// <param name="table">All rows; each is tested once in each repeat. The settings say which share of the others is
    /// watched.</param>
    /// <param name="target">The column to predict, by name or number from 1.</param>
    /// <param name="folds">How many, at least 2.</param>
    /// <param name="repeats">How often the rows are dealt into folds, each time otherwise; at least 1.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="features">The columns to predict from; all others if none are given, but for those that only
    /// say which row it is.</param>
    /// <param name="weight">The column with the weights of the rows; each counts once if none is given.</param>
    /// <param name="progress">Hears of each epoch of each fold; those of different folds are mixed.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand.</param>
    /// <exception cref="InvalidInputException">Folds, settings or the table have faults; the message lists all of
    /// them.</exception>
    public FoldRuns<TModel, TReport> CrossValidate(
        Table table, string target, int folds = 5, int repeats = 1, Func<Settings, Settings>? edit = null,
        Predictor? from = null, IReadOnlyList<string>? features = null, string? weight = null,
        IProgress<FoldEpoch>? progress = null, int threads = 0, CancellationToken cancellation = default) =>
        TryCrossValidate(
            table, [target], folds, repeats, edit, from, features, weight, progress, threads, cancellation).OrThrow();

    /// <summary>Cross-validates on a table with one or several targets; every fault of folds, settings and table at
    /// once where there are any.</summary>
    /// <inheritdoc cref="CrossValidate(Table, string, int, int, Func{Settings, Settings}, Predictor, IReadOnlyList{string}, string, IProgress{FoldEpoch}, int, CancellationToken)"/>
    public Attempt<FoldRuns<TModel, TReport>> TryCrossValidate(
        Table table, IReadOnlyList<string> targets, int folds = 5, int repeats = 1,
        Func<Settings, Settings>? edit = null, Predictor? from = null, IReadOnlyList<string>? features = null,
        string? weight = null, IProgress<FoldEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default)
    {
        var rows = Read(table, targets, edit, null, null, from, features, weight);
        return rows.Succeeded
            ? Run(
                rows.Value.All.Data, folds, repeats, edit, from, progress, threads, rows.Value.All.Notes, cancellation)
            : Attempt<FoldRuns<TModel, TReport>>.Failed(rows.Faults);
    }

    /// <summary>Cross-validates: trains once for each fold, side by side, and tests on that fold. The folds are
    /// stratified: of each class two folds have as many samples, to within one.</summary>
    /// <param name="data">All samples; each is tested once in each repeat. The settings say which share of the others
    /// is watched.</param>
    /// <param name="folds">How many, at least 2.</param>
    /// <param name="repeats">How often the samples are dealt into folds, each time otherwise; at least 1.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="progress">Hears of each epoch of each fold; those of different folds are mixed.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <param name="cancellation">Ends every training after the step at hand.</param>
    /// <exception cref="InvalidInputException">Folds, settings or data have faults; the message lists all of
    /// them.</exception>
    public FoldRuns<TModel, TReport> CrossValidate(
        Dataset<double> data, int folds = 5, int repeats = 1, Func<Settings, Settings>? edit = null,
        Predictor? from = null, IProgress<FoldEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        TryCrossValidate(data, folds, repeats, edit, from, progress, threads, cancellation).OrThrow();

    /// <summary>Cross-validates; every fault of folds, settings and data at once where there are any.</summary>
    /// <inheritdoc cref="CrossValidate(Dataset{double}, int, int, Func{Settings, Settings}, Predictor, IProgress{FoldEpoch}, int, CancellationToken)"/>
    public Attempt<FoldRuns<TModel, TReport>> TryCrossValidate(
        Dataset<double> data, int folds = 5, int repeats = 1, Func<Settings, Settings>? edit = null,
        Predictor? from = null, IProgress<FoldEpoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        Run(data, folds, repeats, edit, from, progress, threads, [], cancellation);

    private Attempt<FoldRuns<TModel, TReport>> Run(
        Dataset<double> data, int folds, int repeats, Func<Settings, Settings>? edit, Predictor? from,
        IProgress<FoldEpoch>? progress, int threads, IEnumerable<Phrase> notes, CancellationToken cancellation)
    {
        var faults = new List<Invalid>();
        if (folds is < 2 or > Seeds.Most)
            faults.Add(new($"folds is {folds}; it should be between 2 and {Seeds.Most}"));
        if (repeats is < 1 or > Seeds.Most)
            faults.Add(new($"repeats is {repeats}; it should be between 1 and {Seeds.Most}"));
        if (faults.Count == 0 && (long)folds * repeats > Seeds.Most)
            faults.Add(
                new($"{folds} folds in {repeats} repeats are more than {Seeds.Most} trainings; there should be fewer"));
        Resampling.Fold[] each = faults.Count > 0 ? [] :
        [
            .. from repeat in Enumerable.Range(1, repeats)
               from fold in Enumerable.Range(1, folds)
               select new Resampling.Fold(fold, folds, repeat),
        ];
        return Run(
            data, [.. each.Select(fold => (Func<Settings, Settings>)(settings => settings with { Resampling = fold }))],
            runs => new FoldRuns<TModel, TReport>(runs), faults, edit, null, null, from,
            (place, epoch) => progress?.Report(new(each[place], epoch)), threads, notes, cancellation);
    }
}
