using System.Numerics;
using System.Security.Cryptography;
using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Explaining;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Functional.Formats;

namespace Functional;

/// <summary>Several networks as one model: a committee with one encoding, in one file.</summary>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed record Bag<T> : Model where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Committee<T> committee;

    internal Bag(Items<Network<T>> networks, Problem problem, Loss loss, Encoding encoding)
        : base(problem, loss, encoding) => committee = new(networks, problem, loss, encoding.TargetScaling);

    /// <summary>The networks, in the order in which they are added up.</summary>
    public Items<Network<T>> Networks => committee.Networks;

    /// <inheritdoc/>
    public override Precision Precision => Precisions.Of<T>();

    /// <inheritdoc/>
    public override Architecture Architecture => Networks[0].Architecture;

    /// <inheritdoc/>
    public override int MemberCount => Networks.Count;

    internal override bool IsBag => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Model> Members() =>
        [.. Networks.Select(network => Of(network, Problem, Loss, Encoding) with { Metadata = Metadata })];

    /// <summary>A bag of models, or the fault of the first that does not go with the one before all.</summary>
    internal static Bag<T> Of(Items<Model> members)
    {
        foreach (var (number, member) in members.Index())
            if (member.IsBag)
                throw new InvalidInputException(
                    $"member {number} is a bag of {member.MemberCount} networks; it should be one network");
            else if (member is not Model<T> || member.Architecture != members[0].Architecture
                || member.Problem != members[0].Problem || member.Loss != members[0].Loss
                || member.Encoding != members[0].Encoding)
                throw new InvalidInputException(
                    $"member {number} does not go with member 0; all members of a bag should have one precision, "
                        + $"architecture, loss, problem and encoding");
        return new(
            [.. members.Select(member => ((Model<T>)member).Network)], members[0].Problem, members[0].Loss,
            members[0].Encoding)
        { Metadata = members[0].Metadata };
    }

    /// <inheritdoc/>
    public override string ParametersSha256
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var network in Networks) hash.AppendData(LittleEndian.Bytes(network.Parameters.Span));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    internal override double OutputThreshold => committee.Threshold;

    private protected override Action<ReadOnlySpan<double>, Span<double>>? Meant =>
        committee.IsOfProbabilities ? Committee<T>.Same : null;

    /// <inheritdoc/>
    internal override Matrix<double> Outputs(Matrix<double> inputs, int threads, int before) =>
        committee.Predict(Scaled<T>(inputs, before), threads);

    /// <inheritdoc/>
    internal override void Outputs(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        var room = ThreadCache<T>.Take(inputs.Length);
        Span<T> scaled = room.Span[..inputs.Length];
        Encoding.Inputs(inputs, scaled);
        // Scaled says what is wrong.
        if (!Reduce.AllFinite<T>(scaled)) Scaled<T>(new(1, inputs.Length, Vec<double>.Of(inputs.ToArray())));
        committee.Predict(scaled, outputs);
        ThreadCache<T>.Return(room);
    }

    /// <summary>How good the means are on samples that are encoded.</summary>
    internal Evaluation On(Dataset<T> encoded, int threads, bool withThresholds) =>
        committee.Evaluate(encoded, threads, Threshold, withThresholds);

    /// <inheritdoc/>
    public override Evaluation Evaluate(Dataset<double> data, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var matched = Matched(data);
        if (Encoding.TargetScaling is { } targets)
            matched = matched.WithTargets(targets.Apply<double>(matched.Targets));
        return On(matched.With(Scaled<T>(matched.Inputs)), threads, withThresholds: true);
    }

    /// <inheritdoc/>
    public override Model WithStatistics(Dataset<double> data, int batchSize = 32, int threads = 0) =>
        Of([.. Members().Select(member => member.WithStatistics(data, batchSize, threads))]) is var bag
            && Threshold is { } threshold
            ? bag.At(threshold)
            : bag;

    /// <inheritdoc/>
    public override Explanation Explain(
        Vec<double> input, Vec<double>? target = null, Language language = Language.English, double? rate = null) =>
        throw NotOne();

    /// <inheritdoc/>
    public override Explanation ExplainSamples(
        Matrix<double> inputs, Matrix<double>? targets = null, Language language = Language.English) => throw NotOne();

    private InvalidInputException NotOne() =>
        new($"the model is a bag of {MemberCount} networks; an explanation is of one");
}
