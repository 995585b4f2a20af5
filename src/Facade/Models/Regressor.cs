using Functional.Core.Numbers;

namespace Functional;

/// <summary>A model that predicts numbers, in the targets' own unit.</summary>
public sealed class Regressor : Predictor
{
    internal Regressor(Model model) : base(model) { }

    /// <summary>Reads a model that <see cref="Predictor.Save"/> wrote.</summary>
    /// <exception cref="InvalidInputException">The file is missing, torn, altered or something else; the
    /// message says where.</exception>
    public static Regressor Load(string path) => new(Read<Problem.Regression>(path, "numbers"));

    /// <summary>The same with other words for people.</summary>
    public Regressor With(ModelMetadata metadata) => new(Model with { Metadata = metadata });

    /// <summary>The number of one row, by the names of its columns; a column that is not given is missing.
    /// Allocates nothing.</summary>
    /// <exception cref="InvalidInputException">The row does not fit, or the model predicts several numbers; the
    /// message names every difference.</exception>
    public double Predict(params ReadOnlySpan<(string Name, Cell Value)> row) =>
        Outputs(this, row, static (_, outputs) => outputs.Length == 1
            ? outputs[0]
            : throw new InvalidInputException(
                $"the model predicts {outputs.Length} numbers; PredictAll gives all of them"));

    /// <summary>The numbers of one row, in the order of the targets.</summary>
    /// <exception cref="InvalidInputException">The row does not fit; the message names every difference.</exception>
    public double[] PredictAll(params ReadOnlySpan<(string Name, Cell Value)> row) =>
        Outputs(this, row, static (_, outputs) => outputs.ToArray());

    /// <summary>The numbers of each row of a table: rows x targets.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public Matrix<double> Predict(Table table, int threads = 0) => OutputsOf(table, threads);

    /// <summary>The numbers of each row of raw inputs: rows x targets.</summary>
    public Matrix<double> Predict(Matrix<double> inputs, int threads = 0) => Model.Outputs(inputs, threads);

    /// <summary>How it does on the rows of a table that has the target, too.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public RegressionReport Evaluate(Table table, int threads = 0) => Evaluate(Samples(table), threads);

    /// <summary>How it does on other samples.</summary>
    public RegressionReport Evaluate(Dataset<double> data, int threads = 0) =>
        (RegressionReport)Model.Evaluate(data, threads);
}
