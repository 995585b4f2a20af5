using Functional.Core.Data;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Training;

namespace Functional;

/// <summary>What an experiment gives: the model, and how it does on each part (with 0 rows and NaN where a part is empty).</summary>
public sealed record Results(Model Model, Experiment Experiment, Outcome Outcome, Evaluation Train, Evaluation Validation, Evaluation Test)
{
    /// <summary>The last epoch, to go on from; none where there was none.</summary>
    internal Progress? Last { get; init; }
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

    /// <summary>Writes the model as a safetensors file, whole or not at all.</summary>
    public void Save(string path) => Model.Save(path);
}

/// <summary>A trained classifier.</summary>
/// <param name="Results">The model, and how well it does.</param>
public sealed record Classifier(Results Results) : Trained(Results)
{
    /// <summary>On the samples learned from.</summary>
    public Evaluation.OfClasses Train => (Evaluation.OfClasses)Results.Train;

    /// <summary>On the samples watched while learning.</summary>
    public Evaluation.OfClasses Validation => (Evaluation.OfClasses)Results.Validation;

    /// <summary>On the samples kept for the end.</summary>
    public Evaluation.OfClasses Test => (Evaluation.OfClasses)Results.Test;

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
    public Evaluation.OfLabels Validation => (Evaluation.OfLabels)Results.Validation;

    /// <summary>On the samples kept for the end.</summary>
    public Evaluation.OfLabels Test => (Evaluation.OfLabels)Results.Test;

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
    public Evaluation.OfNumbers Validation => (Evaluation.OfNumbers)Results.Validation;

    /// <summary>On the samples kept for the end.</summary>
    public Evaluation.OfNumbers Test => (Evaluation.OfNumbers)Results.Test;

    /// <summary>The outputs for each row of raw inputs.</summary>
    public Matrix<double> Predict(Matrix<double> inputs, int threads = 0) => Model.Outputs(inputs, threads);

    /// <summary>How it does on other samples.</summary>
    public Evaluation.OfNumbers Evaluate(Dataset<double> data, int threads = 0) => (Evaluation.OfNumbers)Model.Evaluate(data, threads);
}
