using Functional.Core.Data;
using Functional.Core.Forms;

using Functional.Core.Networks;
using Functional.Core.Networks.Layers;

using Functional.Core.Training;
using LanguageExt;

namespace Functional;

/// <summary>Multilayer perceptrons to be trained: <c>Mlp.Classifier([64, 64]).Train(data, options => options with { Epochs = 20 })</c>.</summary>
public static class Mlp
{
    /// <summary>A classifier with dense hidden layers of the given widths, ReLU unless said otherwise.</summary>
    public static Mlp<Classifier> Classifier(IEnumerable<int> hidden, Activation? activation = null) => Classifier(Dense(hidden, activation));

    /// <summary>A classifier with any hidden layers: dropout, norms, residual blocks.</summary>
    public static Mlp<Classifier> Classifier(params Layer[] hidden) => new(Defaults(hidden), problem => problem is Problem.Classification, results => new Classifier(results));

    /// <summary>A predictor of numbers with dense hidden layers of the given widths, ReLU unless said otherwise.</summary>
    public static Mlp<Regressor> Regressor(IEnumerable<int> hidden, Activation? activation = null) => Regressor(Dense(hidden, activation));

    /// <summary>A predictor of numbers with any hidden layers.</summary>
    public static Mlp<Regressor> Regressor(params Layer[] hidden) => new(Defaults(hidden), problem => problem is Problem.Regression, results => new Regressor(results));

    private static Draft Defaults(Layer[] hidden) => new() { Data = new Given(), Hidden = [.. hidden] };

    private static Layer[] Dense(IEnumerable<int> hidden, Activation? activation) =>
        [.. hidden.Select(units => new Dense(units, activation ?? Activation.Relu))];
}

/// <summary>A perceptron to be trained into a <typeparamref name="A"/>. Options are the settings of an experiment, edited by <c>with</c>.</summary>
/// <typeparam name="A"><see cref="Classifier"/> or <see cref="Regressor"/>.</typeparam>
public sealed class Mlp<A> where A : Trained
{
    private readonly Func<Problem, bool> fits;
    private readonly Func<Results, A> wrap;

    internal Mlp(Draft defaults, Func<Problem, bool> fits, Func<Results, A> wrap) => (Defaults, this.fits, this.wrap) = (defaults, fits, wrap);

    /// <summary>The settings that <see cref="Train"/> starts from.</summary>
    public Draft Defaults { get; }

    /// <summary>Trains; every fault of options and data at once where there are any.</summary>
    /// <param name="data">All samples; the options say how they are cut.</param>
    /// <param name="edit">Changes to <see cref="Defaults"/>.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="cancellation">Ends training after the step at hand; the model is then the one at that step.</param>
    public Validation<Invalid, A> TryTrain(
        Dataset<double> data, Func<Draft, Draft>? edit = null, int threads = 0, CancellationToken cancellation = default) =>
        Trainer(data, edit).Map(trainer =>
        {
            var last = trainer.Epochs(threads, cancellation).LastOrDefault();
            return wrap(trainer.Results(last?.Model ?? trainer.Untrained, last?.Outcome ?? new Outcome.Untrained(), threads));
        });

    /// <summary>Trains.</summary>
    /// <exception cref="InvalidInputException">Options or data have faults; the message lists all of them.</exception>
    public A Train(Dataset<double> data, Func<Draft, Draft>? edit = null, int threads = 0, CancellationToken cancellation = default) =>
        TryTrain(data, edit, threads, cancellation).Match(Succ: trained => trained, Fail: faults => throw new InvalidInputException(faults));

    /// <summary>Training as a sequence of epochs, each with its model: early stopping is a <c>TakeWhile</c>.</summary>
    /// <exception cref="InvalidInputException">Options or data have faults; the message lists all of them.</exception>
    public IEnumerable<Progress> Epochs(Dataset<double> data, Func<Draft, Draft>? edit = null, int threads = 0, CancellationToken cancellation = default) =>
        Trainer(data, edit).Match(Succ: trainer => trainer, Fail: faults => throw new InvalidInputException(faults)).Epochs(threads, cancellation);

    private Validation<Invalid, Trainer> Trainer(Dataset<double> data, Func<Draft, Draft>? edit)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!fits(data.Problem)) return Invalid.Unless<Trainer>([new($"the data are for {data.Problem}; a {typeof(A).Name} does not predict that")], () => null!);
        return Experiment.Check((edit ?? (draft => draft))(Defaults), data.Problem, data.Inputs.Columns)
            .Bind(experiment => Functional.Trainer.Of(experiment, data));
    }
}
