using System.Numerics;
using System.Security.Cryptography;
using Functional.Core.Data;
using Functional.Core.Explaining;
using Functional.Core.Metrics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Data;
using Functional.Formats;

namespace Functional;

/// <summary>A network with all it takes to use it: what it predicts, the loss it learned from, and how
/// samples are encoded.</summary>
public abstract record Model
{
    private protected Model(Problem problem, Loss loss, Encoding encoding) =>
        (Problem, Loss, Encoding) = (problem, loss, encoding);

    /// <summary>What it predicts.</summary>
    public Problem Problem { get; }

    /// <summary>The loss it learned from.</summary>
    public Loss Loss { get; }

    /// <summary>What raw samples go through first; learned on the training part alone.</summary>
    public Encoding Encoding { get; private init; }

    /// <summary>The same model that does something else about categories that training never saw.</summary>
    public Model With(UnseenCategories unseen) => this with { Encoding = Encoding with { Unseen = unseen } };

    /// <summary>What its inputs and classes mean, where that is known.</summary>
    public Schema? Schema => Encoding.Schema;

    /// <summary>What is kept with the model for people: a date, tags, versions.</summary>
    public ModelMetadata Metadata { get; init; } = ModelMetadata.Current;

    /// <summary>The least probability of the second of two classes that counts as it; null where the more
    /// probable one counts.</summary>
    public double? Threshold { get; private init; }

    /// <summary>The same model with a threshold between its two classes.</summary>
    /// <exception cref="InvalidInputException">It is out of range, there are more than two classes, or the outputs
    /// mean no probabilities.</exception>
    public Model At(double threshold)
    {
        RequireTwoClasses();
        return threshold is >= 0 and <= 1
            ? this with { Threshold = threshold }
            : throw new InvalidInputException($"threshold is {threshold:R}; it should be between 0 and 1");
    }

    /// <summary>What becomes of two classes as the second one is predicted from a lower and
    /// lower probability on.</summary>
    /// <exception cref="InvalidInputException">The samples do not fit, there are more than two classes, or the
    /// outputs mean no probabilities.</exception>
    public ThresholdCurve Thresholds(Dataset<double> data, int threads = 0)
    {
        RequireTwoClasses();
        return ((ClassificationReport)Evaluate(data, threads)).Thresholds!;
    }

    private void RequireTwoClasses()
    {
        if (Problem is not Problem.Classification(2))
            throw new InvalidInputException($"the model is for {Problem}; a threshold is between two classes");
        if (!HasProbabilities)
            throw new InvalidInputException(
                $"the loss {Functional.Loss.Kinds.NameOf(Loss)} makes no probabilities; a threshold is one");
    }

    /// <summary>What it computes in.</summary>
    public abstract Precision Precision { get; }

    /// <summary>What the network is.</summary>
    public abstract Architecture Architecture { get; }

    /// <summary>How many networks it takes the mean of: 1 where it is one.</summary>
    public virtual int MemberCount => 1;

    /// <summary>Whether it is a bag of networks, be it of one.</summary>
    internal virtual bool IsBag => false;

    /// <summary>The networks that it takes the mean of, each as a model; itself where it is one.</summary>
    public virtual IReadOnlyList<Model> Members() => [this];

    /// <summary>Some models as one, which predicts the mean of what they predict: of probabilities, else of outputs, in
    /// the targets' own unit. Each mean is one chain of additions in the order of the models.</summary>
    /// <param name="members">At least one, none of them a bag, of one precision, architecture, loss, problem and
    /// encoding.</param>
    /// <exception cref="InvalidInputException">They do not go together; the message names the first that does
    /// not.</exception>
    public static Model Bag(IReadOnlyList<Model> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new InvalidInputException($"a bag has 0 members; it should have at least 1");
        return members[0].Precision.Do(new Bagging([.. members]));
    }

    private sealed record Bagging(Items<Model> Members) : IInPrecision<Model>
    {
        public Model Do<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => Bag<T>.Of(Members);
    }

    /// <summary>SHA-256, in lower-case hexadecimal, of the flat parameters as little-endian bytes: W1 row by row,
    /// b1, W2 ... All NaNs count as one. Of a bag those of one member after the other.</summary>
    public abstract string ParametersSha256 { get; }

    /// <summary>SHA-256 of the model's file: parameters, running values, filling and scaling, columns and classes, and
    /// what is said of it.</summary>
    internal string FileSha256 => Convert.ToHexStringLower(SHA256.HashData(ModelFile.Bytes(this)));

    /// <summary>The network's outputs for raw inputs, a row each: logits, or numbers in the
    /// targets' own unit. Of a bag the mean probabilities, where the outputs mean such.</summary>
    /// <exception cref="InvalidInputException">The samples have another number of features, or a number that the
    /// precision cannot hold.</exception>
    public Matrix<double> Outputs(Matrix<double> inputs, int threads = 0) => Outputs(inputs, threads, 0);

    /// <summary>The same for a stretch of rows, with how many stand before it, for messages.</summary>
    internal abstract Matrix<double> Outputs(Matrix<double> inputs, int threads, int before);

    /// <summary>The same for one sample, without allocating.</summary>
    internal abstract void Outputs(ReadOnlySpan<double> inputs, Span<double> outputs);

    /// <summary>A table's rows as the model takes them: columns by name, missing cells filled as in training.</summary>
    /// <exception cref="InvalidInputException">The model knows no columns, or some are missing or of another kind,
    /// or a category was never seen; the message names every difference.</exception>
    public Matrix<double> Inputs(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        SchemaTable.RequireNotation(table, Schema);
        return Schema is { Features.Count: > 0 } schema
            ? SchemaTable.Inputs(table, schema, Encoding).Inputs.All
            : throw new InvalidInputException(
                $"the model learned from numbers without names; it should be given numbers");
    }

    /// <summary>The probability of each class, or of each label, for raw inputs: samples x classes. None where the
    /// outputs mean no probabilities, as those of a hinge loss.</summary>
    /// <exception cref="InvalidInputException">The samples have another number of features, or a number that the
    /// precision cannot hold.</exception>
    public Matrix<double>? Probabilities(Matrix<double> inputs, int threads = 0) =>
        ProbabilitiesOf(Outputs(inputs, threads));

    /// <summary>The probabilities that raw outputs mean, if any.</summary>
    internal Matrix<double>? ProbabilitiesOf(Matrix<double> outputs)
    {
        if (!HasProbabilities) return null;
        int shares = Problem is Problem.Classification(var classes) ? classes : outputs.Columns;
        return new(outputs.Rows, shares, Vec<double>.Create(outputs.Rows * shares, outputs, (into, of) =>
        {
            for (int row = 0; row < of.Rows; row++) Probabilities(of.Row(row), into.Slice(row * shares, shares));
        }));
    }

    /// <summary>Whether its outputs mean probabilities.</summary>
    internal bool HasProbabilities => Problem is not Problem.Regression && Meant is not null;

    /// <summary>How a row of outputs becomes the probabilities that it means; null where it means none.</summary>
    private protected virtual Action<ReadOnlySpan<double>, Span<double>>? Meant =>
        Evaluation.Probabilities(Architecture, Loss);

    /// <summary>The output from which on a single one means class 1, or a label holds.</summary>
    internal virtual double OutputThreshold => Loss.Threshold;

    /// <summary>The probabilities that a row of outputs means; of two classes with one output, the
    /// second one's is given.</summary>
    internal void Probabilities(ReadOnlySpan<double> outputs, Span<double> into)
    {
        var own = into[..outputs.Length];
        Meant!(outputs, own);
        if (into.Length == 2 && own.Length == 1) (into[0], into[1]) = (1 - own[0], own[0]);
    }

    /// <summary>How good the predictions are on raw samples. Columns and classes are matched by name where
    /// both have names.</summary>
    /// <exception cref="InvalidInputException">The samples do not fit; the message names every difference.</exception>
    public abstract Evaluation Evaluate(Dataset<double> data, int threads = 0);

    /// <summary>The same model with running values (batch norm's means and variances) taken anew on
    /// raw samples: the mean over batches in an order drawn from seed 0, since rows that lie side by
    /// side may be alike.</summary>
    /// <param name="data">The samples; their targets are not looked at.</param>
    /// <param name="batchSize">Samples a batch, at least 1.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <exception cref="InvalidInputException">The samples have another number of features, or a number that the
    /// precision cannot hold.</exception>
    public abstract Model WithStatistics(Dataset<double> data, int batchSize = 32, int threads = 0);

    /// <summary>The class of each row.</summary>
    public Vec<int> Classes(Matrix<double> inputs, int threads = 0) => ClassesOf(Outputs(inputs, threads));

    /// <summary>The class that each row of outputs means.</summary>
    internal Vec<int> ClassesOf(Matrix<double> outputs)
    {
        if (Threshold is not { } threshold) return ClassificationMetrics.Predicted(outputs, OutputThreshold);
        var shares = ProbabilitiesOf(outputs)!;
        return Vec<int>.Of([.. Enumerable.Range(0, outputs.Rows).Select(row => shares[row, 1] >= threshold ? 1 : 0)]);
    }

    /// <summary>Which labels hold (1) for each row; samples x labels.</summary>
    public Matrix<int> Labels(Matrix<double> inputs, int threads = 0) => LabelsOf(Outputs(inputs, threads));

    /// <summary>The labels that each row of outputs means.</summary>
    internal Matrix<int> LabelsOf(Matrix<double> outputs) => Labelling.Predicted(outputs, OutputThreshold);

    /// <summary>A raw sample's way through the network, forward and backward, as the lecture writes it; without a
    /// target only forward.</summary>
    /// <param name="input">The sample's features, as many as the model takes.</param>
    /// <param name="target">What the outputs should have been: as many numbers, or the number of a class where the
    /// model's loss takes one.</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <param name="rate">The learning rate of one update by gradient descent; none is shown without it.</param>
    /// <exception cref="InvalidInputException">The network is too large or not made of dense layers alone, its
    /// activation has no derivative, or the sample does not fit.</exception>
    public abstract Explanation Explain(
        Vec<double> input, Vec<double>? target = null, Language language = Language.English, double? rate = null);

    /// <summary>A table of samples and, where there are targets, of their losses.</summary>
    /// <param name="inputs">Samples x inputs, as in the data.</param>
    /// <param name="targets">Samples x targets, as in the data.</param>
    /// <param name="language">Of the words.</param>
    /// <exception cref="InvalidInputException">The network is too large, or the samples do not fit it.</exception>
    public abstract Explanation ExplainSamples(
        Matrix<double> inputs, Matrix<double>? targets = null, Language language = Language.English);

    /// <summary>Writes the model as a safetensors file, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">It cannot be written there; the message says why.</exception>
    public void Save(string path) => ModelFile.Write(path, this);

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidInputException">The file is missing, torn, altered or something else; the
    /// message says where.</exception>
    public static Model Load(string path) => ModelFile.Read(path);

    // Columns and classes where the model has them.
    private protected Dataset<double> Matched(Dataset<double> data) =>
        data.To(Schema, Problem, Encoding.Unseen)
            .Match(Succ: found => found, Fail: faults => throw new InvalidInputException(faults));

    // As the network takes them.
    private protected Matrix<T> Scaled<T>(Matrix<double> inputs, int before = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Columns != Architecture.Inputs)
            throw new InvalidInputException(
                $"the samples have {inputs.Columns} features; the model takes {Architecture.Inputs}");
        var scaled = Encoding.Inputs<T>(inputs);
        return Finite.Fault($"samples", inputs, scaled, row => before + row + 1) is { } fault
            ? throw new InvalidInputException([fault])
            : scaled;
    }

    internal static Model<T> Of<T>(Network<T> network, Problem problem, Loss loss, Encoding encoding)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Model<T>(network, problem, loss, encoding);
}

/// <summary>A model in one precision.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed record Model<T> : Model where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Model(Network<T> network, Problem problem, Loss loss, Encoding encoding) : base(problem, loss, encoding) =>
        Network = network;

    /// <summary>The network itself.</summary>
    public Network<T> Network { get; private init; }

    /// <inheritdoc/>
    public override Precision Precision => Precisions.Of<T>();

    /// <inheritdoc/>
    public override Architecture Architecture => Network.Architecture;

    /// <inheritdoc/>
    public override string ParametersSha256 =>
        Convert.ToHexStringLower(SHA256.HashData(LittleEndian.Bytes(Network.Parameters.Span)));

    /// <inheritdoc/>
    internal override Matrix<double> Outputs(Matrix<double> inputs, int threads, int before) =>
        Encoding.Outputs(Network.Predict(Scaled<T>(inputs, before), threads).To<double>());

    /// <inheritdoc/>
    internal override void Outputs(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        var room = ThreadCache<T>.Take(inputs.Length + outputs.Length);
        Span<T> scaled = room.Span[..inputs.Length], raw = room.Span.Slice(inputs.Length, outputs.Length);
        Encoding.Inputs(inputs, scaled);
        // Scaled says what is wrong.
        if (!Reduce.AllFinite<T>(scaled)) Scaled<T>(new(1, inputs.Length, Vec<double>.Of(inputs.ToArray())));
        Network.Predict(scaled, raw);
        for (int i = 0; i < raw.Length; i++) outputs[i] = double.CreateTruncating(raw[i]);
        ThreadCache<T>.Return(room);
        Encoding.TargetScaling?.Undo(outputs);
    }

    /// <inheritdoc/>
    public override Evaluation Evaluate(Dataset<double> data, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var matched = Matched(data);
        if (Encoding.TargetScaling is { } targets)
            matched = matched.WithTargets(targets.Apply<double>(matched.Targets));
        return Evaluation.Of(
            Network, matched.With(Scaled<T>(matched.Inputs)), Loss, threads, Encoding.TargetScaling, Threshold,
            withThresholds: true);
    }

    /// <inheritdoc/>
    public override Model WithStatistics(Dataset<double> data, int batchSize = 32, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (batchSize < 1) throw new InvalidInputException($"the batch size is {batchSize}; it should be at least 1");
        var counting = Matched(data).WithPositiveWeights();
        var samples = counting.With(Scaled<T>(counting.Inputs)).For(Loss);
        var batches = Batches.From(samples, batchSize, Key.FromSeed(0))
            .Take(Batches.PerEpoch(counting.Rows, batchSize));
        var network = new Learner(Loss, Optimizer.Identity).WithStatistics(Network, batches, 0, threads);
        return this with { Network = network };
    }

    /// <inheritdoc/>
    public override Explanation Explain(
        Vec<double> input, Vec<double>? target = null, Language language = Language.English, double? rate = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var row = new Matrix<double>(1, input.Length, input);
        bool isScaled = Encoding.Scaling.Shift.Length == input.Length && !Encoding.Scaling.IsIdentity;
        bool fits = target is null || target.Length == Architecture.Outputs;
        var targetScaling = fits && Encoding.TargetScaling is { IsIdentity: false } scaling ? scaling : null;
        var raw = new RawSample(
            input, isScaled ? Encoding.Scaling : null, target, targetScaling, InputNames(input.Length), Encoding.Fill);
        // Of another length: a fault among others.
        var x = (input.Length == Architecture.Inputs ? Scaled<T>(row) : row.To<T>()).Cells;
        var y = target is null ? null : Target(new(1, target.Length, target)).Cells;
        return Attempt<Explanation>.Of(Explanation.Of(Network, x, y, Loss, language, rate, raw)).OrThrow();
    }

    /// <inheritdoc/>
    public override Explanation ExplainSamples(
        Matrix<double> inputs, Matrix<double>? targets = null, Language language = Language.English)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Attempt<Explanation>.Of(
            Explanation.OfSamples(Network, Scaled<T>(inputs), targets is null ? null : Target(targets), Loss, language))
            .OrThrow();
    }

    private Items<string>? InputNames(int inputs) =>
        Schema is { } schema && schema.Inputs.Count() == inputs ? [.. schema.Inputs] : null;

    private Matrix<T> Target(Matrix<double> target) =>
        Encoding.TargetScaling is { } scaling && scaling.Shift.Length == target.Columns
        ? scaling.Apply<T>(target)
        : target.To<T>();
}
