using System.Globalization;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Training;

namespace Functional;

/// <summary>What an experiment gives: the model, and how it does on each part.</summary>
/// <param name="Model">The model that was kept.</param>
/// <param name="Experiment">What was done.</param>
/// <param name="Outcome">How training ended.</param>
/// <param name="Train">On the samples learned from.</param>
/// <param name="Validation">On the samples watched while learning; null where there are none.</param>
/// <param name="Test">On the samples kept for the end; null where there are none.</param>
public sealed record Results(Model Model, Experiment Experiment, Outcome Outcome, Evaluation Train, Evaluation? Validation, Evaluation? Test)
{
    /// <summary>What the data made of the experiment that its author may not expect: an empty part, a class that a part
    /// lacks.</summary>
    public Items<string> Notes { get; init; } = [];

    /// <summary>The last epoch, to go on from; none where there was none.</summary>
    internal Progress? Last { get; init; }

    /// <summary>The model that the experiment's stopping keeps of the whole epochs so far; none before the first.</summary>
    internal Model? Kept { get; init; }
}

/// <summary>A trained perceptron.</summary>
/// <param name="Results">The model, and how well it does.</param>
public abstract record Trained(Results Results)
{
    /// <summary>The model, to save and to look into.</summary>
    public Model Model => Results.Model;

    /// <summary>What was done, to do it again.</summary>
    public Experiment Experiment => Results.Experiment;

    /// <summary>The network in figures: layers, shapes, parameters, memory, arithmetic.</summary>
    public Summary Summary => Summary.Of(Model.Architecture);

    /// <summary>How training ended; divergence is a value.</summary>
    public Outcome Outcome => Results.Outcome;

    /// <summary>What the data made of the experiment that its author may not expect: an empty part, a class that a part
    /// lacks.</summary>
    public Items<string> Notes => Results.Notes;

    /// <summary>Writes the model as a safetensors file, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">It cannot be written there; the message says why.</exception>
    public void Save(string path) => Model.Save(path);

    /// <summary>Its kind, and the score on each part that has samples.</summary>
    public sealed override string ToString() => string.Join(", ",
        from part in new[] { ("train", Results.Train), ("validation", Results.Validation), ("test", Results.Test) }
        where part.Item2 is not null
        select string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2!.Score.Name} {part.Item2.Score.Value:F4} on {part.Item2.Rows} samples"));

    /// <summary>The evaluation of a part that should have samples.</summary>
    private protected static Evaluation Required(Evaluation? part, string name) => part
        ?? throw new InvalidInputException($"there is no {name} part: its share of the samples is 0 rows (Results has null for it)");
}

/// <summary>A trained classifier.</summary>
/// <param name="Results">The model, and how well it does.</param>
public sealed record Classifier(Results Results) : Trained(Results)
{
    /// <summary>On the samples learned from.</summary>
    public Evaluation.OfClasses Train => (Evaluation.OfClasses)Results.Train;

    /// <summary>On the samples watched while learning.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public Evaluation.OfClasses Validation => (Evaluation.OfClasses)Required(Results.Validation, "validation");

    /// <summary>On the samples kept for the end.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public Evaluation.OfClasses Test => (Evaluation.OfClasses)Required(Results.Test, "test");

    /// <summary>The class of each row of raw inputs.</summary>
    public Vec<int> Predict(Matrix<double> inputs, int threads = 0) => Model.Classes(inputs, threads);

    /// <summary>How it does on other samples.</summary>
    public Evaluation.OfClasses Evaluate(Dataset<double> data, int threads = 0) => (Evaluation.OfClasses)Model.Evaluate(data, threads);
}

/// <summary>A trained labeller: several labels, each of which holds or does not.</summary>
/// <param name="Results">The model, and how well it does.</param>
public sealed record Labeller(Results Results) : Trained(Results)
{
    /// <summary>On the samples learned from.</summary>
    public Evaluation.OfLabels Train => (Evaluation.OfLabels)Results.Train;

    /// <summary>On the samples watched while learning.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public Evaluation.OfLabels Validation => (Evaluation.OfLabels)Required(Results.Validation, "validation");

    /// <summary>On the samples kept for the end.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public Evaluation.OfLabels Test => (Evaluation.OfLabels)Required(Results.Test, "test");

    /// <summary>The labels of each row of raw inputs: 1 where one holds, else 0.</summary>
    public Matrix<int> Predict(Matrix<double> inputs, int threads = 0) => Model.Labels(inputs, threads);

    /// <summary>How it does on other samples.</summary>
    public Evaluation.OfLabels Evaluate(Dataset<double> data, int threads = 0) => (Evaluation.OfLabels)Model.Evaluate(data, threads);
}

/// <summary>A trained predictor of numbers.</summary>
/// <param name="Results">The model, and how well it does.</param>
public sealed record Regressor(Results Results) : Trained(Results)
{
    /// <summary>On the samples learned from.</summary>
    public Evaluation.OfNumbers Train => (Evaluation.OfNumbers)Results.Train;

    /// <summary>On the samples watched while learning.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public Evaluation.OfNumbers Validation => (Evaluation.OfNumbers)Required(Results.Validation, "validation");

    /// <summary>On the samples kept for the end.</summary>
    /// <exception cref="InvalidInputException">There are none.</exception>
    public Evaluation.OfNumbers Test => (Evaluation.OfNumbers)Required(Results.Test, "test");

    /// <summary>The outputs for each row of raw inputs.</summary>
    public Matrix<double> Predict(Matrix<double> inputs, int threads = 0) => Model.Outputs(inputs, threads);

    /// <summary>How it does on other samples.</summary>
    public Evaluation.OfNumbers Evaluate(Dataset<double> data, int threads = 0) => (Evaluation.OfNumbers)Model.Evaluate(data, threads);
}
