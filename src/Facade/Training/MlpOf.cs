using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Data;

namespace Functional;

/// <summary>A perceptron to be trained into a <typeparamref name="TModel"/>.</summary>
/// <typeparam name="TModel"><see cref="Classifier"/>, <see cref="MultiLabelClassifier"/> or
/// <see cref="Regressor"/>.</typeparam>
/// <typeparam name="TReport">How such a model is judged.</typeparam>
public sealed partial class Mlp<TModel, TReport> where TModel : Predictor where TReport : Evaluation
{
    private readonly TaskKind task;
    private readonly Func<Problem, bool> fits;
    private readonly Func<Model, TModel> wrap;

    internal Mlp(Settings defaults, TaskKind task, Func<Problem, bool> fits, Func<Model, TModel> wrap) =>
        (Defaults, this.task, this.fits, this.wrap) = (defaults, task, fits, wrap);

    /// <summary>The settings that <c>Train</c> starts from.</summary>
    public Settings Defaults { get; }

    /// <summary>The network that these data would be learned by, in figures.</summary>
    /// <exception cref="InvalidInputException">Settings or data have faults; the message lists all of them.</exception>
    public Summary Summary(Dataset<double> data, Func<Settings, Settings>? edit = null) =>
        Core.Networks.Summary.Of(Trainer(data, edit, null, null, null).OrThrow().Experiment.Architecture);

    /// <summary>Trains on a table: the target's column is predicted from others.</summary>
    /// <param name="table">All rows; the settings say how they are cut.</param>
    /// <param name="target">The column to predict, by name or number from 1.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>:
    /// <c>settings => settings with { Missing = new MissingCells.Mean() }</c>.</param>
    /// <param name="validation">Rows to be watched, instead of a share of all; columns and classes
    /// are matched by name.</param>
    /// <param name="test">Rows for the end, instead of a share of all.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="features">The columns to predict from; all others if none are given, but for those that only
    /// say which row it is.</param>
    /// <param name="weight">The column with the weights of the rows; each counts once if none is given.</param>
    /// <param name="progress">Hears of each epoch.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand; the model is then the one at that step.</param>
    /// <exception cref="InvalidInputException">Settings or tables have faults; the message
    /// lists all of them.</exception>
    public Trained<TModel, TReport> Train(
        Table table, string target, Func<Settings, Settings>? edit = null, Table? validation = null, Table? test = null,
        Predictor? from = null, IReadOnlyList<string>? features = null, string? weight = null,
        IProgress<Epoch>? progress = null, int threads = 0, CancellationToken cancellation = default) =>
        Train(table, [target], edit, validation, test, from, features, weight, progress, threads, cancellation);

    /// <summary>The same for several targets: labels that hold (1) or not (0), or numbers.</summary>
    /// <inheritdoc cref="Train(Table, string, Func{Settings, Settings}, Table, Table, Predictor, IReadOnlyList{string}, string, IProgress{Epoch}, int, CancellationToken)"/>
    public Trained<TModel, TReport> Train(
        Table table, IReadOnlyList<string> targets, Func<Settings, Settings>? edit = null, Table? validation = null,
        Table? test = null, Predictor? from = null, IReadOnlyList<string>? features = null, string? weight = null,
        IProgress<Epoch>? progress = null, int threads = 0, CancellationToken cancellation = default) =>
        TryTrain(table, targets, edit, validation, test, from, features, weight, progress, threads, cancellation)
            .OrThrow();

    /// <summary>Trains on a table; every fault of settings and tables at once where there are any.</summary>
    /// <inheritdoc cref="Train(Table, string, Func{Settings, Settings}, Table, Table, Predictor, IReadOnlyList{string}, string, IProgress{Epoch}, int, CancellationToken)"/>
    public Attempt<Trained<TModel, TReport>> TryTrain(
        Table table, IReadOnlyList<string> targets, Func<Settings, Settings>? edit = null, Table? validation = null,
        Table? test = null, Predictor? from = null, IReadOnlyList<string>? features = null, string? weight = null,
        IProgress<Epoch>? progress = null, int threads = 0, CancellationToken cancellation = default)
    {
        var read = Read(table, targets, edit, validation, test, from, features, weight);
        return read.Succeeded
            ? Run(
                read.Value.All.Data, edit, read.Value.Validation?.Data, read.Value.Test?.Data, from, progress, threads,
                read.Value.All.Notes, cancellation)
            : Attempt<Trained<TModel, TReport>>.Failed(read.Faults);
    }

    private sealed record Tables(LoadedData All, LoadedData? Validation, LoadedData? Test);

    // Tables as samples; columns and classes of the others are where the first one has them.
    private Attempt<Tables> Read(
        Table table, IReadOnlyList<string> targets, Func<Settings, Settings>? edit, Table? validation, Table? test,
        Predictor? from, IReadOnlyList<string>? features, string? weight)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            return Attempt<Tables>.Failed(
                [new Invalid($"there are 0 targets; there should be at least 1")]);
        var missing = Edited(edit).Missing;
        Attempt<LoadedData> Loaded(Table rows, KnownTask? known)
        {
            var source =
                new CsvFile(rows.Source, [.. targets], [.. features ?? []]) { Task = task, Weight = weight ?? "" };
            return Attempt<LoadedData>.From(() =>
            {
                SchemaTable.RequireNotation(rows, known?.Schema);
                return TableData.Load(rows, known?.Of(source) ?? source, missing, known);
            });
        }
        var all = Loaded(table, from is null ? null : KnownTask.Of(from.Model));
        var known = all.Succeeded ? KnownTask.Of(all.Value.Data) : null;
        var (watched, kept) =
            (validation is null ? null : Loaded(validation, known), test is null ? null : Loaded(test, known));
        Invalid[] faults = [.. new[] { all, watched, kept }.SelectMany(part => part?.Faults ?? [])];
        return faults.Length > 0
            ? Attempt<Tables>.Failed(faults)
            : Attempt<Tables>.Done(new(all.Value!, watched?.Value, kept?.Value));
    }

    /// <summary>Trains; every fault of settings and data at once where there are any.</summary>
    /// <param name="data">All samples; the settings say how they are cut.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="test">Samples for the end, instead of a share of all.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="progress">Hears of each epoch.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand; the model is then the one at that step.</param>
    public Attempt<Trained<TModel, TReport>> TryTrain(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Dataset<double>? test = null,
        Predictor? from = null, IProgress<Epoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        Run(data, edit, validation, test, from, progress, threads, [], cancellation);

    /// <summary>Trains.</summary>
    /// <inheritdoc cref="TryTrain(Dataset{double}, Func{Settings, Settings}, Dataset{double}, Dataset{double}, Predictor, IProgress{Epoch}, int, CancellationToken)"/>
    /// <exception cref="InvalidInputException">Settings or data have faults; the message lists all of them.</exception>
    public Trained<TModel, TReport> Train(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Dataset<double>? test = null,
        Predictor? from = null, IProgress<Epoch>? progress = null, int threads = 0,
        CancellationToken cancellation = default) =>
        TryTrain(data, edit, validation, test, from, progress, threads, cancellation).OrThrow();

    /// <summary>Goes on for more epochs, from where a training ended: to the bit what training so long at once
    /// would have given, unless a schedule was left open to last the whole training. A training that its stopping
    /// ended stays as it is.</summary>
    /// <param name="trained">What this perceptron's training gave.</param>
    /// <param name="data">The same samples.</param>
    /// <param name="epochs">How many more, at least 1. An epoch that was cut short is finished first,
    /// and is one of them.</param>
    /// <param name="validation">The same samples to be watched, if they were given.</param>
    /// <param name="test">The same samples for the end, if they were given.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand.</param>
    /// <exception cref="InvalidInputException">Data have faults, or there is nothing to go on from.</exception>
    public Trained<TModel, TReport> Continue(
        Trained<TModel, TReport> trained, Dataset<double> data, int epochs,
        Dataset<double>? validation = null, Dataset<double>? test = null,
        int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if (epochs < 1) throw new InvalidInputException($"epochs is {epochs}; it should be at least 1");
        if (trained.Results.Last is not { } last)
            throw new InvalidInputException($"the training has no last epoch to go on from");
        var settings = trained.Experiment.Settings;
        int done = last.IsWhole ? last.Number : last.Number - 1;
        if (epochs > int.MaxValue - done)
            throw new InvalidInputException(
                $"epochs is {epochs}; after {done} it should be at most {int.MaxValue - done}");
        var trainer =
            Trainer(data, _ => settings with { Epochs = done + epochs }, validation, test, trained.Model).OrThrow();
        Invalid[] others = [.. trained.Samples.DifferencesFrom(trainer.Samples)];
        if (others.Length > 0) throw new InvalidInputException(others);
        return Wrapped(trainer, trainer.Run(trained.Results, null, threads, cancellation), []);
    }

    /// <summary>Training as a sequence of epochs, each with its model: early stopping is a <c>TakeWhile</c>.</summary>
    /// <exception cref="InvalidInputException">Settings or data have faults; the message lists all of them.</exception>
    public IEnumerable<Epoch> Epochs(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Predictor? from = null, int threads = 0, CancellationToken cancellation = default) =>
        Trainer(data, edit, validation, null, from).OrThrow().Epochs(threads, null, cancellation: cancellation);

    /// <summary>The same for a program that waits: each epoch is trained on a thread of the pool. A cancelled token
    /// ends the sequence after the step at hand, with the epoch cut short, and throws nothing.</summary>
    /// <exception cref="InvalidInputException">Settings or data have faults; the message lists all of them.</exception>
    public IAsyncEnumerable<Epoch> EpochsAsync(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null,
        Predictor? from = null, int threads = 0, CancellationToken cancellation = default) =>
        Trainer(data, edit, validation, null, from).OrThrow().EpochsAsync(threads, null, cancellation);

    private Settings Edited(Func<Settings, Settings>? edit) =>
        (edit ?? (settings => settings))(Defaults)
        ?? throw new ArgumentException("the settings are null; edit should return settings", nameof(edit));

    private Attempt<Trained<TModel, TReport>> Run(
        Dataset<double> data, Func<Settings, Settings>? edit, Dataset<double>? validation, Dataset<double>? test,
        Predictor? from, IProgress<Epoch>? progress, int threads, IEnumerable<Phrase> notes,
        CancellationToken cancellation)
    {
        var trainer = Trainer(data, edit, validation, test, from);
        if (!trainer.Succeeded) return Attempt<Trained<TModel, TReport>>.Failed(trainer.Faults);
        return Attempt<Trained<TModel, TReport>>.Done(
            Wrapped(trainer.Value, trainer.Value.Run(null, progress, threads, cancellation), notes));
    }

    private Trained<TModel, TReport> Wrapped(Trainer trainer, TrainingResults results, IEnumerable<Phrase> notes) =>
        new(wrap(results.Model), results with { Notes = [.. notes, .. results.Notes] }, trainer.Samples);

    // Columns and classes are where the model to start from has them.
    private Attempt<Trainer> Trainer(
        Dataset<double> data, Func<Settings, Settings>? edit, Dataset<double>? validation, Dataset<double>? test,
        Predictor? from)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (from is not null)
        {
            var matched = Attempt<Dataset<double>>.Of(
                data.To(from.Model.Schema, from.Model.Problem, Edited(edit).Unseen));
            if (!matched.Succeeded) return Attempt<Trainer>.Failed(matched.Faults);
            data = matched.Value;
        }
        if (!fits(data.Problem))
            return Attempt<Trainer>.Failed(
                [new Invalid($"the data are for {data.Problem}; a {typeof(TModel).Name} does not predict that")]);
        var experiment = Attempt<Experiment>.Of(Experiment.Check(Edited(edit), LearningTask.Of(data)));
        return experiment.Succeeded
            ? Functional.Trainer.Of(experiment.Value, data, validation, test, from?.Model)
            : Attempt<Trainer>.Failed(experiment.Faults);
    }
}
