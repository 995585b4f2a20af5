using Functional.Core.Data;

using Functional.Core.Networks;

using Functional.Core.Training;
using Functional.Data;

namespace Functional;

/// <summary>Multilayer perceptrons to be trained: <c>Mlp.Classifier([64, 64]).Train(data, options => options with { Epochs = 20 })</c>.</summary>
public static class Mlp
{
    /// <summary>A classifier with dense hidden layers of the given widths, ReLU unless said otherwise.</summary>
    public static Mlp<Classifier> Classifier(IEnumerable<int> hidden, Activation? activation = null) => Classifier(Dense(hidden, activation));

    /// <summary>A classifier with any hidden layers: dropout, norms, residual blocks.</summary>
    public static Mlp<Classifier> Classifier(params Layer[] hidden) => new(Defaults(hidden), "classes", problem => problem is Problem.Classification, results => new Classifier(results));

    /// <summary>A labeller with dense hidden layers of the given widths, ReLU unless said otherwise: each label holds or does not.</summary>
    public static Mlp<Labeller> Labeller(IEnumerable<int> hidden, Activation? activation = null) => Labeller(Dense(hidden, activation));

    /// <summary>A labeller with any hidden layers.</summary>
    public static Mlp<Labeller> Labeller(params Layer[] hidden) => new(Defaults(hidden), "labels", problem => problem is Problem.MultiLabel, results => new Labeller(results));

    /// <summary>A predictor of numbers with dense hidden layers of the given widths, ReLU unless said otherwise.</summary>
    public static Mlp<Regressor> Regressor(IEnumerable<int> hidden, Activation? activation = null) => Regressor(Dense(hidden, activation));

    /// <summary>A predictor of numbers with any hidden layers.</summary>
    public static Mlp<Regressor> Regressor(params Layer[] hidden) => new(Defaults(hidden), "numbers", problem => problem is Problem.Regression, results => new Regressor(results));

    private static Settings Defaults(Layer[] hidden) => new() { Data = new Given(), Hidden = [.. hidden] };

    private static Layer[] Dense(IEnumerable<int> hidden, Activation? activation) =>
        [.. hidden.Select(units => new Dense(units, activation ?? Activation.Relu))];
}

/// <summary>A perceptron to be trained into a <typeparamref name="A"/>. Options are the settings of an experiment, edited by <c>with</c>.</summary>
/// <typeparam name="A"><see cref="Classifier"/>, <see cref="Labeller"/> or <see cref="Regressor"/>.</typeparam>
public sealed class Mlp<A> where A : Trained
{
    private readonly Func<Problem, bool> fits;
    private readonly Func<Results, A> wrap;
    private readonly string task;

    internal Mlp(Settings defaults, string task, Func<Problem, bool> fits, Func<Results, A> wrap) => (Defaults, this.task, this.fits, this.wrap) = (defaults, task, fits, wrap);

    /// <summary>The settings that <c>Train</c> starts from.</summary>
    public Settings Defaults { get; }

    /// <summary>The network that these data would be learned by, in figures.</summary>
    /// <exception cref="InvalidInputException">Options or data have faults; the message lists all of them.</exception>
    public Summary Summary(Dataset<double> data, Func<Settings, Settings>? edit = null) =>
        Core.Networks.Summary.Of(Trainer(data, edit, null).OrThrow().Experiment.Architecture);

    /// <summary>Trains on a table: the target's column is predicted from all others, but for those that only say which row it is.</summary>
    /// <param name="table">All rows; the options say how they are cut.</param>
    /// <param name="target">The column to predict, by name or number from 1.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>; <c>Data = new Given("mean")</c> fills missing cells.</param>
    /// <param name="validation">Rows to be watched, instead of a share of all; columns and classes are matched by name.</param>
    /// <param name="test">Rows for the end, instead of a share of all.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="progress">Hears of each epoch.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand; the model is then the one at that step.</param>
    /// <exception cref="InvalidInputException">Options or tables have faults; the message lists all of them.</exception>
    public A Train(
        Table table, string target, Func<Settings, Settings>? edit = null, Table? validation = null, Table? test = null, Model? from = null,
        IProgress<Progress>? progress = null, int threads = 0, CancellationToken cancellation = default) =>
        Train(table, [target], edit, validation, test, from, progress, threads, cancellation);

    /// <summary>The same for several targets: labels that hold (1) or not (0), or numbers.</summary>
    /// <inheritdoc cref="Train(Table, string, Func{Settings, Settings}, Table, Table, Model, IProgress{Progress}, int, CancellationToken)"/>
    public A Train(
        Table table, IReadOnlyList<string> targets, Func<Settings, Settings>? edit = null, Table? validation = null, Table? test = null, Model? from = null,
        IProgress<Progress>? progress = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        string missing = (edit ?? (settings => settings))(Defaults).Data.Missing;
        LoadedData Loaded(Table rows) => TableData.Load(rows, new CsvFile(rows.Source, [.. targets], [], task, MissingCells: missing));
        var (data, watched, kept) = (Loaded(table), validation is null ? null : Loaded(validation).Data, test is null ? null : Loaded(test).Data);
        var trainer = Trainer(data.Data, edit, watched, from, kept).OrThrow();
        var epochs = trainer.Epochs(threads, from, null, cancellation).Select(epoch =>
        {
            progress?.Report(epoch);
            return epoch;
        });
        return Kept(trainer, epochs, null, threads, data.Notes);
    }

    /// <summary>Trains; every fault of options and data at once where there are any.</summary>
    /// <param name="data">All samples; the options say how they are cut.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="from">A trained model to start from (a warm start), instead of first weights.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand; the model is then the one at that step.</param>
    public Attempt<A> TryTrain(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null, Model? from = null, int threads = 0, CancellationToken cancellation = default)
    {
        var trainer = Trainer(data, edit, validation, from);
        return trainer.Succeeded
            ? Attempt<A>.Done(Kept(trainer.Value, trainer.Value.Epochs(threads, from, null, cancellation), null, threads))
            : Attempt<A>.Failed(trainer.Faults);
    }

    /// <summary>Trains.</summary>
    /// <exception cref="InvalidInputException">Options or data have faults; the message lists all of them.</exception>
    public A Train(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null, Model? from = null, int threads = 0, CancellationToken cancellation = default) =>
        TryTrain(data, edit, validation, from, threads, cancellation).OrThrow();

    /// <summary>Goes on for more epochs, from where a training ended: to the bit what training so long at once would have given, unless a schedule was
    /// left open to last the whole training. A training that its stopping ended stays as it is.</summary>
    /// <param name="trained">What this perceptron's training gave.</param>
    /// <param name="data">The same samples.</param>
    /// <param name="epochs">How many more, at least 1.</param>
    /// <param name="validation">The same samples to be watched, if they were given.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand.</param>
    /// <exception cref="InvalidInputException">Data have faults, or there is nothing to go on from.</exception>
    public A Continue(A trained, Dataset<double> data, int epochs, Dataset<double>? validation = null, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trained);
        if (epochs < 1) throw new InvalidInputException($"epochs is {epochs}; it should be at least 1");
        if (trained.Results.Last is not { } last) throw new InvalidInputException("the training has no last epoch to go on from");
        var settings = trained.Experiment.Settings;
        if (epochs > int.MaxValue - settings.Epochs) throw new InvalidInputException($"epochs is {epochs}; after {settings.Epochs} it should be at most {int.MaxValue - settings.Epochs}");
        var trainer = Trainer(data, _ => settings with { Epochs = settings.Epochs + epochs }, validation, trained.Model).OrThrow();
        return Kept(trainer, trainer.Epochs(threads, null, last, cancellation), trained.Results, threads);
    }

    /// <summary>Training as a sequence of epochs, each with its model: early stopping is a <c>TakeWhile</c>.</summary>
    /// <exception cref="InvalidInputException">Options or data have faults; the message lists all of them.</exception>
    public IEnumerable<Progress> Epochs(
        Dataset<double> data, Func<Settings, Settings>? edit = null, Dataset<double>? validation = null, Model? from = null, int threads = 0, CancellationToken cancellation = default) =>
        Trainer(data, edit, validation, from).OrThrow().Epochs(threads, from, null, cancellation);

    // The results of the model that the experiment's stopping keeps; before there is one, that of the training gone on from.
    private A Kept(Trainer trainer, IEnumerable<Progress> epochs, Results? before, int threads, IEnumerable<string>? notes = null)
    {
        Progress? last = before?.Last;
        var kept = before?.Kept;
        var model = kept ?? before?.Model ?? trainer.Untrained;
        foreach (var progress in epochs)
        {
            last = progress;
            if (!progress.IsChosen) continue;
            model = progress.Model;
            if (progress.IsWhole) kept = model;
        }
        var results = trainer.Results(model, last?.Outcome ?? new Outcome.Untrained(), threads);
        return wrap(results with { Last = last, Kept = kept, Notes = [.. notes ?? [], .. results.Notes] });
    }

    // Columns and classes are where the model to start from has them.
    private Attempt<Trainer> Trainer(Dataset<double> data, Func<Settings, Settings>? edit, Dataset<double>? validation, Model? from = null, Dataset<double>? test = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (from is not null)
        {
            var matched = Attempt<Dataset<double>>.Of(data.To(from.Schema, from.Problem));
            if (!matched.Succeeded) return Attempt<Trainer>.Failed(matched.Faults);
            data = matched.Value;
        }
        if (!fits(data.Problem)) return Attempt<Trainer>.Failed([new Invalid($"the data are for {data.Problem}; a {typeof(A).Name} does not predict that")]);
        var experiment = Attempt<Experiment>.Of(Experiment.Check((edit ?? (settings => settings))(Defaults), data.Problem, data.Inputs.Columns));
        return experiment.Succeeded ? Functional.Trainer.Of(experiment.Value, data, validation, test) : Attempt<Trainer>.Failed(experiment.Faults);
    }
}
