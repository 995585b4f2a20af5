using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;

namespace Functional;

/// <summary>A model that puts each row into a class.</summary>
public sealed class Classifier : Predictor
{
    internal Classifier(Model model) : base(model) =>
        Classes = Named(model.Schema?.Labels, ((Problem.Classification)model.Problem).Classes);

    /// <summary>The names of the classes by their numbers.</summary>
    public Items<string> Classes { get; }

    /// <summary>Reads a classifier that <see cref="Predictor.Save"/> wrote.</summary>
    /// <exception cref="InvalidInputException">The file is missing, torn, altered or something else; the
    /// message says where.</exception>
    public static Classifier Load(string path) => new(Read<Problem.Classification>(path, "classes"));

    /// <summary>The same with other words for people.</summary>
    public Classifier With(ModelMetadata metadata) => new(Model with { Metadata = metadata });

    /// <summary>The class of one row, by the names of its columns; a column that is not given is missing.
    /// Allocates nothing.</summary>
    /// <exception cref="InvalidInputException">The row does not fit; the message names every difference.</exception>
    public ClassPrediction Predict(params ReadOnlySpan<(string Name, Cell Value)> row) =>
        Outputs(this, row, static (own, outputs) => own.Best(outputs));

    /// <summary>The probability of each class for one row, by the classes' numbers.</summary>
    /// <exception cref="InvalidInputException">The row does not fit, or the outputs mean no probabilities.</exception>
    public Probabilities PredictProbabilities(params ReadOnlySpan<(string Name, Cell Value)> row)
    {
        RequireProbabilities();
        return Outputs(this, row, static (own, outputs) => new Probabilities(
            own.Classes, own.Model.ProbabilitiesOf(new(1, outputs.Length, Vec<double>.Of(outputs.ToArray())))!, 0));
    }

    /// <summary>The class of each row of a table, with its probability.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public IReadOnlyList<ClassPrediction> Predict(Table table, int threads = 0)
    {
        var outputs = OutputsOf(table, threads);
        return [.. Enumerable.Range(0, outputs.Rows).Select(row => Best(outputs.Row(row)))];
    }

    /// <summary>The probability of each class for each row of a table, by name.</summary>
    /// <exception cref="InvalidInputException">The table does not fit, or the outputs mean no probabilities, as
    /// those of a hinge loss.</exception>
    public IReadOnlyList<Probabilities> PredictProbabilities(Table table, int threads = 0)
    {
        RequireProbabilities();
        var shares = Model.ProbabilitiesOf(OutputsOf(table, threads))!;
        return [.. Enumerable.Range(0, shares.Rows).Select(row => new Probabilities(Classes, shares, row))];
    }

    /// <summary>The class number of each row of raw inputs.</summary>
    public Vec<int> Predict(Matrix<double> inputs, int threads = 0) => Model.Classes(inputs, threads);

    /// <summary>The probability of each class for raw inputs: samples x classes; null where the
    /// outputs mean none.</summary>
    public Matrix<double>? PredictProbabilities(Matrix<double> inputs, int threads = 0) =>
        Model.Probabilities(inputs, threads);

    /// <summary>How it does on the rows of a table that has the target, too.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public ClassificationReport Evaluate(Table table, int threads = 0) => Evaluate(Samples(table), threads);

    /// <summary>How it does on other samples.</summary>
    public ClassificationReport Evaluate(Dataset<double> data, int threads = 0) =>
        (ClassificationReport)Model.Evaluate(data, threads);

    /// <summary>What becomes of two classes as the second one is predicted from a lower and
    /// lower probability on.</summary>
    /// <param name="table">Rows with the target.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <exception cref="InvalidInputException">The table does not fit, there are more than two classes, or the
    /// outputs mean no probabilities.</exception>
    public ThresholdCurve Thresholds(Table table, int threads = 0) => Thresholds(Samples(table), threads);

    /// <summary>The same of other samples.</summary>
    /// <inheritdoc cref="Thresholds(Table, int)"/>
    public ThresholdCurve Thresholds(Dataset<double> data, int threads = 0) => Model.Thresholds(data, threads);

    /// <summary>The same classifier, which predicts the second of two classes from a probability on.</summary>
    /// <param name="threshold">From 0 to 1.</param>
    /// <exception cref="InvalidInputException">It is out of range, there are more than two classes, or the outputs
    /// mean no probabilities.</exception>
    public Classifier At(double threshold) => new(Model.At(threshold));

    private void RequireProbabilities()
    {
        if (!Model.HasProbabilities)
            throw new InvalidInputException($"the loss {Functional.Loss.Kinds.NameOf(Model.Loss)} makes no "
                + $"probabilities; softmax_cross_entropy does");
    }

    private ClassPrediction Best(ReadOnlySpan<double> outputs)
    {
        int best = outputs.Length == 1 ? outputs[0] >= Model.OutputThreshold ? 1 : 0 : Largest.IndexOf(outputs);
        if (!Model.HasProbabilities) return new(Classes[best], best, double.NaN);
        var room = ThreadCache<double>.Take(Classes.Count);
        Model.Probabilities(outputs, room.Span[..Classes.Count]);
        if (Model.Threshold is { } threshold) best = room.Span[1] >= threshold ? 1 : 0;
        double probability = room.Span[best];
        ThreadCache<double>.Return(room);
        return new(Classes[best], best, probability);
    }
}
