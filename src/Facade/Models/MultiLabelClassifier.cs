using Functional.Core.Numbers;

namespace Functional;

/// <summary>A model that says of each of several labels whether it holds.</summary>
public sealed class MultiLabelClassifier : Predictor
{
    internal MultiLabelClassifier(Model model) : base(model) =>
        Labels = Named(model.Schema?.Labels, model.Architecture.Outputs);

    /// <summary>The names of the labels by their numbers.</summary>
    public Items<string> Labels { get; }

    /// <summary>Reads a model that <see cref="Predictor.Save"/> wrote.</summary>
    /// <exception cref="InvalidInputException">The file is missing, torn, altered or something else; the
    /// message says where.</exception>
    public static MultiLabelClassifier Load(string path) => new(Read<Problem.MultiLabel>(path, "labels"));

    /// <summary>The same with other words for people.</summary>
    public MultiLabelClassifier With(ModelMetadata metadata) => new(Model with { Metadata = metadata });

    /// <summary>The labels that hold for one row, by the names of its columns; a column that is not
    /// given is missing.</summary>
    /// <exception cref="InvalidInputException">The row does not fit; the message names every difference.</exception>
    public Items<string> Predict(params ReadOnlySpan<(string Name, Cell Value)> row) =>
        Outputs(this, row, static (own, outputs) => own.Holding(outputs));

    /// <summary>The labels that hold for each row of a table.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public IReadOnlyList<Items<string>> Predict(Table table, int threads = 0)
    {
        var outputs = OutputsOf(table, threads);
        return [.. Enumerable.Range(0, outputs.Rows).Select(row => Holding(outputs.Row(row)))];
    }

    /// <summary>The probability of each label for each row of a table, by name.</summary>
    /// <exception cref="InvalidInputException">The table does not fit, or the outputs mean no
    /// probabilities.</exception>
    public IReadOnlyList<Probabilities> PredictProbabilities(Table table, int threads = 0) =>
        Model.ProbabilitiesOf(OutputsOf(table, threads)) is { } shares
            ? [.. Enumerable.Range(0, shares.Rows).Select(row => new Probabilities(Labels, shares, row))]
            : throw new InvalidInputException(
                $"the loss {Functional.Loss.Kinds.NameOf(Model.Loss)} makes no probabilities; "
                    + $"binary_cross_entropy_with_logits does");

    /// <summary>The labels of each row of raw inputs: 1 where one holds, else 0.</summary>
    public Matrix<int> Predict(Matrix<double> inputs, int threads = 0) => Model.Labels(inputs, threads);

    /// <summary>How it does on the rows of a table that has the target, too.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public MultiLabelReport Evaluate(Table table, int threads = 0) => Evaluate(Samples(table), threads);

    /// <summary>How it does on other samples.</summary>
    public MultiLabelReport Evaluate(Dataset<double> data, int threads = 0) =>
        (MultiLabelReport)Model.Evaluate(data, threads);

    private Items<string> Holding(ReadOnlySpan<double> outputs)
    {
        var holding = new List<string>();
        for (int i = 0; i < outputs.Length; i++)
            if (outputs[i] >= Model.OutputThreshold)
                holding.Add(Labels[i]);
        return [.. holding];
    }
}
