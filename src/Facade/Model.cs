using System.Numerics;
using System.Security.Cryptography;
using Functional.Core.Data;
using Functional.Core.Explaining;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;
using Functional.Formats;

namespace Functional;

/// <summary>A network with all it takes to use it: what it predicts, the loss it learned from, and the scaling of its inputs.</summary>
public abstract record Model
{
    private protected Model(Problem problem, Loss loss, Scaling scaling, Schema? schema, Scaling? targetScaling) =>
        (Problem, Loss, Scaling, Schema, TargetScaling) = (problem, loss, scaling, schema, targetScaling);

    /// <summary>What it predicts.</summary>
    public Problem Problem { get; }

    /// <summary>The loss it learned from.</summary>
    public Loss Loss { get; }

    /// <summary>What raw inputs go through first; learned on the training part alone.</summary>
    public Scaling Scaling { get; }

    /// <summary>What numbers to be predicted went through in training, and predictions come back through; none where they are as they were.</summary>
    public Scaling? TargetScaling { get; }

    /// <summary>What its inputs and classes mean, where that is known.</summary>
    public Schema? Schema { get; }

    /// <summary>"float" or "double".</summary>
    public abstract string Precision { get; }

    /// <summary>What the network is.</summary>
    public abstract Architecture Architecture { get; }

    /// <summary>SHA-256, in lower-case hexadecimal, of the flat parameters as little-endian bytes: W1 row by row, b1, W2 ...
    /// All NaNs count as one.</summary>
    public abstract string ParametersSha256 { get; }

    /// <summary>The network's outputs for raw inputs, a row each: logits, or numbers in the targets' own unit.</summary>
    /// <exception cref="InvalidInputException">The samples have another number of features, or a number that the
    /// precision cannot hold.</exception>
    public Matrix<double> Outputs(Matrix<double> inputs, int threads = 0) => Outputs(inputs, threads, 0);

    /// <summary>The same for a stretch of rows, with how many stand before it, for messages.</summary>
    internal abstract Matrix<double> Outputs(Matrix<double> inputs, int threads, int before);

    /// <summary>A table's rows as the model takes them: columns by name, missing cells filled as in training.</summary>
    /// <exception cref="InvalidInputException">The model knows no columns, or some are missing or of another kind, or a category was never
    /// seen; the message names every difference.</exception>
    public Matrix<double> Inputs(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Schema is { Features.Count: > 0 } schema
            ? SchemaTable.Inputs(table, schema, Scaling.Fill is not null).Inputs.All
            : throw new InvalidInputException("the model learned from numbers without names; it should be given numbers");
    }

    /// <summary>The probability of each class, or of each label, by name, for each row of a table. None where the outputs mean no
    /// probabilities, as those of a hinge loss.</summary>
    /// <exception cref="InvalidInputException">The table does not fit; the message names every difference.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, double>>? Probabilities(Table table, int threads = 0)
    {
        if (Probabilities(Inputs(table), threads) is not { } shares) return null;
        return [.. Enumerable.Range(0, shares.Rows).Select(row => Schema!.Labels.Index().ToDictionary(label => label.Item, label => shares[row, label.Index]))];
    }

    /// <summary>The probability of each class, or of each label, for raw inputs: samples x classes. None where the outputs mean
    /// no probabilities, as those of a hinge loss.</summary>
    /// <exception cref="InvalidInputException">The samples have another number of features, or a number that the
    /// precision cannot hold.</exception>
    public Matrix<double>? Probabilities(Matrix<double> inputs, int threads = 0) => ProbabilitiesOf(Outputs(inputs, threads));

    /// <summary>The probabilities that raw outputs mean, if any.</summary>
    internal abstract Matrix<double>? ProbabilitiesOf(Matrix<double> outputs);

    /// <summary>How good the predictions are on raw samples. Columns and classes are matched by name where both have names.</summary>
    /// <exception cref="InvalidInputException">The samples do not fit; the message names every difference.</exception>
    public abstract Evaluation Evaluate(Dataset<double> data, int threads = 0);

    /// <summary>The same model with running values (batch norm's means and variances) taken anew on raw samples: the mean over batches
    /// in an order drawn from seed 0, since rows that lie side by side may be alike.</summary>
    /// <param name="data">The samples; their targets are not looked at.</param>
    /// <param name="batchSize">Samples a batch, at least 1.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <exception cref="InvalidInputException">The samples have another number of features, or a number that the
    /// precision cannot hold.</exception>
    public abstract Model WithStatistics(Dataset<double> data, int batchSize = 32, int threads = 0);

    /// <summary>The class of each row.</summary>
    public Vec<int> Classes(Matrix<double> inputs, int threads = 0) => Classification.Predicted(Outputs(inputs, threads), Loss);

    /// <summary>Which labels hold (1) for each row; samples x labels.</summary>
    public Matrix<int> Labels(Matrix<double> inputs, int threads = 0) => Labelling.Predicted(Outputs(inputs, threads), Loss);

    /// <summary>A raw sample's way through the network, forward and backward, as the lecture writes it; without a target only forward.</summary>
    /// <param name="input">The sample's features, as many as the model takes.</param>
    /// <param name="target">What the outputs should have been: as many numbers, or the number of a class where the model's loss takes one.</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <exception cref="InvalidInputException">The network is too large or not made of dense layers alone, its activation has no derivative, or the sample does not fit.</exception>
    public abstract Explanation Explain(Vec<double> input, Vec<double>? target = null, Language language = Language.English);

    /// <summary>Writes the model as a safetensors file, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">It cannot be written there; the message says why.</exception>
    public void Save(string path) => ModelFile.Write(path, this);

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidInputException">The file is missing, torn, altered or something else; the message says where.</exception>
    public static Model Load(string path) => ModelFile.Read(path);

    internal static Model Of<T>(Network<T> network, Problem problem, Loss loss, Scaling scaling, Schema? schema, Scaling? targetScaling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Model<T>(network, problem, loss, scaling, schema, targetScaling);
}

/// <summary>A model in one precision.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed record Model<T> : Model where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Model(Network<T> network, Problem problem, Loss loss, Scaling scaling, Schema? schema = null, Scaling? targetScaling = null)
        : base(problem, loss, scaling, schema, targetScaling) => Network = network;

    /// <summary>The network itself.</summary>
    public Network<T> Network { get; }

    /// <inheritdoc/>
    public override string Precision => typeof(T) == typeof(float) ? "float" : "double";

    /// <inheritdoc/>
    public override Architecture Architecture => Network.Architecture;

    /// <inheritdoc/>
    public override string ParametersSha256 => Convert.ToHexStringLower(SHA256.HashData(LittleEndian.Bytes(Network.Parameters.Span)));

    /// <inheritdoc/>
    internal override Matrix<double> Outputs(Matrix<double> inputs, int threads, int before)
    {
        var outputs = Network.Predict(Scaled(inputs, before), threads).To<double>();
        return TargetScaling?.Undo(outputs) ?? outputs;
    }

    // Of two classes with one output, the second one's is given.
    internal override Matrix<double>? ProbabilitiesOf(Matrix<double> outputs)
    {
        if (Problem is Problem.Regression || Evaluation.Probabilities(Network, Loss) is not { } meant) return null;
        var shares = outputs.MapRows(meant);
        if (Problem is not Problem.Classification || shares.Columns > 1) return shares;
        return new(shares.Rows, 2, Vec<double>.Create(2 * shares.Rows, shares, static (into, of) =>
        {
            for (int row = 0; row < of.Rows; row++) (into[2 * row], into[2 * row + 1]) = (1 - of[row, 0], of[row, 0]);
        }));
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(Dataset<double> data, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var matched = Matched(data);
        if (TargetScaling is not null) matched = matched.WithTargets(TargetScaling.Apply<double>(matched.Targets));
        return Evaluation.Of(Network, matched.With(Scaled(matched.Inputs)), Loss, threads, TargetScaling);
    }

    /// <inheritdoc/>
    public override Model WithStatistics(Dataset<double> data, int batchSize = 32, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (batchSize < 1) throw new InvalidInputException($"the batch size is {batchSize}; it should be at least 1");
        var counting = Matched(data).WithPositiveWeights();
        var samples = counting.With(Scaled(counting.Inputs)).For(Loss);
        var batches = Batches.From(samples, batchSize, Key.FromSeed(0)).Take(Batches.PerEpoch(counting.Rows, batchSize));
        var network = new Learner(Loss, Optimizer.Identity).WithStatistics(Network, batches, 0, threads);
        return new Model<T>(network, Problem, Loss, Scaling, Schema, TargetScaling);
    }

    /// <inheritdoc/>
    public override Explanation Explain(Vec<double> input, Vec<double>? target = null, Language language = Language.English)
    {
        ArgumentNullException.ThrowIfNull(input);
        var row = new Matrix<double>(1, input.Length, input);
        var x = (input.Length == Architecture.Inputs ? Scaled(row) : row.To<T>()).Cells; // of another length: a fault among others
        var y = target is null ? null : (TargetScaling is { } scaling && scaling.Shift.Length == target.Length ? scaling.Apply<T>(new(1, target.Length, target)) : new Matrix<double>(1, target.Length, target).To<T>()).Cells;
        return Explanation.Of(Network, x, y, Loss, language).Match(Succ: explanation => explanation, Fail: faults => throw new InvalidInputException(faults));
    }

    // Columns and classes where the model has them.
    private Dataset<double> Matched(Dataset<double> data) =>
        data.To(Schema, Problem).Match(Succ: found => found, Fail: faults => throw new InvalidInputException(faults));

    private Matrix<T> Scaled(Matrix<double> inputs, int before = 0)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Architecture.Inputs)
            throw new InvalidInputException($"the samples have {inputs.Columns} features; the model takes {Architecture.Inputs}");
        var scaled = Scaling.Apply<T>(inputs);
        return Finite.Fault("samples", inputs, scaled, before) is { } fault ? throw new InvalidInputException(fault.Message) : scaled;
    }
}
