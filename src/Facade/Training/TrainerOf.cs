using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Ensembles;
using Functional.Core.Networks;
using Functional.Core.Training;
using Functional.Landscapes;
using Functional.Runs;

namespace Functional;

/// <summary>A trainer in one precision.</summary>
internal sealed class Trainer<T>(
    Experiment experiment, Dataset<double> data, Dataset<double>? validation, Dataset<double>? test, Model<T>? from,
    Prepared<T>? known = null)
    : Trainer(experiment)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Prepared<T> prepared = known ?? experiment.Prepare<T>(data, validation, test, from?.Encoding);

    // Split and encoding follow from the seed and the data: they are the same for all members.
    internal override Trainer OfMember(int member) =>
        new Trainer<T>(Experiment.OfMember(member), data, validation, test, from, prepared);

    internal override GivenSamples Samples => new(data, validation, test);

    internal override Split<double> Unscaled => Experiment.Cut(data, validation, test);

    public override (int, int, int) Rows =>
        (prepared.Parts.Train.Rows, prepared.Parts.Validation.Rows, prepared.Parts.Test.Rows);

    public override Items<Phrase> Notes =>
    [
        .. prepared.IsScaledAsBefore
            ? new Phrase[] { $"samples are scaled as those of the model to start from were, not as these would be" }
            : [],
        .. SplitNotes.Of(Experiment.Settings, prepared.Parts, prepared.Encoding.Scaling, data, validation, test),
    ];

    private protected override int MostRows => Experiment.Architecture.Stage<T>().MostRows;

    private protected override IEnumerable<Invalid> NotFinite(Dataset<double> data)
    {
        if (Unheld(data) is { } unheld) return [unheld];
        if (new[]
            {
                prepared.Parts.Train, prepared.Parts.Validation, prepared.Parts.Test, prepared.Parts.NotDrawn,
            }
            .OfType<Dataset<T>>().All(part => Finite.All(part.Inputs) && Finite.All(part.Targets)))
            return [];
        return new[]
        {
            Finite.Fault($"inputs", data.Inputs, prepared.Encoding.Inputs<T>(data.Inputs), data.RowInSource),
            Finite.Fault($"targets", data.Targets, prepared.Encoding.Targets<T>(data.Targets), data.RowInSource),
        }.OfType<Invalid>();
    }

    // The first weight that is above 0 and, in the precision, 0 or infinite; or the sum of them, if that is.
    private static Invalid? Unheld(Dataset<double> data)
    {
        if (data.Weights is not { } weights) return null;
        for (int row = 0; row < weights.Length; row++)
            if (T.CreateTruncating(weights[row]) is var held && weights[row] > 0
                && (held == T.Zero || !T.IsFinite(held)))
                return new($"the weight of row {data.RowInSource(row)} is {weights[row]:R}; it should be above 0 and "
                    + $"finite in {Precisions.NameOf<T>()}, too");
        return T.IsFinite(T.CreateTruncating(weights.Span.ToArray().Sum()))
            ? null
            : new($"the weights add up to more than the precision holds; they should be smaller");
    }

    public override Model Untrained => ModelOf(from?.Network ?? Experiment.Begin<T>().Network);

    public override IEnumerable<Epoch> Epochs(
        int threads, Epoch? after, int curvatureEvery, Every every, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(curvatureEvery);
        var place = after is null ? null : PlaceOf(after);
        var start = from is null ? null : Experiment.Learner.Begin(from.Network);
        var looks = curvatureEvery == 0 ? every : every.Or(Every.Steps(curvatureEvery));
        var course = Experiment.Course(prepared, place, looks, start, threads, cancellation);
        return curvatureEvery == 0
            ? course.Select(checkpoint => EpochAt(checkpoint, []))
            : Watched(course, after, curvatureEvery, (start ?? Experiment.Begin<T>()).Network, threads);
    }

    private IEnumerable<Epoch> Watched(
        IEnumerable<Checkpoint<T>> course, Epoch? after, int curvatureEvery, Network<T> first, int threads)
    {
        var seen = new List<CurvaturePoint>(after is { IsWhole: false } underWay ? underWay.Curvature : []);
        if (after is null) seen.Add(CurvatureAt(first, 0));
        foreach (var checkpoint in course)
        {
            if (checkpoint.State.Step % curvatureEvery == 0 && checkpoint.State.Outcome is not Outcome.Diverged)
                seen.Add(CurvatureAt(checkpoint.State.Network, checkpoint.State.Step));
            yield return EpochAt(checkpoint, [.. seen]);
            if (checkpoint.IsEndOfEpoch) seen.Clear();
        }

        CurvaturePoint CurvatureAt(Network<T> network, long step) =>
            CurvatureWatch.Of(Experiment, prepared.Parts.Train, network, step, threads);
    }

    /// <summary>The training as one among others.</summary>
    public Member<T> Member(Epoch? after, Every every) => new(Experiment, prepared)
    {
        From = after is null ? null : PlaceOf(after),
        Every = every,
        Start = from is null ? null : Experiment.Learner.Begin(from.Network),
    };

    /// <summary>A checkpoint of it, as people watch it.</summary>
    public Epoch EpochAt(Checkpoint<T> at) => EpochAt(at, []);

    private Epoch<T> EpochAt(Checkpoint<T> at, Items<CurvaturePoint> curvature) =>
        new(at, ModelOf(at.Network), ModelOf(at.Kept), Experiment.IsOver(at)) { Curvature = curvature };

    internal override ReadOnlyMemory<byte> Packed(Epoch epoch, string training, double seconds, ref byte[] room) =>
        CheckpointFile.Bytes(PlaceOf(epoch), new(training, seconds, epoch.IsWhole ? [] : epoch.Curvature), ref room);

    internal override (Epoch Epoch, double Seconds) Unpacked(byte[] bytes, string training)
    {
        var (at, beside) = CheckpointFile.Read<T>(bytes, training, Experiment);
        return (EpochAt(at, beside.Curvature), beside.Seconds);
    }

    internal override IEnumerable<RatePoint> RateTest(RateRange range, int threads) =>
        Experiment.RateTest(prepared, range, threads);

    internal override A Look<A>(Model model, ILook<A> look) =>
        look.At(Experiment, prepared, ((Model<T>)model).Network);

    private protected override bool IsOver(Epoch epoch) => Experiment.IsOver(PlaceOf(epoch));

    private Checkpoint<T> PlaceOf(Epoch epoch) =>
        epoch is Epoch<T> { Checkpoint: var place } && place.Network.Architecture == Experiment.Architecture
            ? place
            : throw new ArgumentException(
                $"epoch {epoch.Number} is not one of a training of this network in {Precisions.NameOf<T>()}; "
                    + $"it should be",
                nameof(epoch));

    public override TrainingResults Results(Model model, Outcome outcome, int threads, bool withThresholds)
    {
        var (train, validation, test) = prepared.Parts;
        // A threshold is not to be chosen by the samples that were learned from.
        Evaluation? On(Dataset<T> part)
        {
            bool isWhole = withThresholds && !ReferenceEquals(part, train);
            return part.Rows == 0 ? null
                : model is Bag<T> bag ? bag.On(part, threads, isWhole)
                : Evaluation.Of(
                    ((Model<T>)model).Network, part, Experiment.Loss, threads, prepared.Encoding.TargetScaling,
                    model.Threshold, isWhole);
        }
        return new(model, Experiment, outcome, On(train)!, On(validation), On(test))
        {
            Notes = Notes,
            NotDrawn = prepared.Parts.NotDrawn is { } others ? On(others) : null,
        };
    }

    private Model<T> ModelOf(Network<T> network) =>
        Model.Of(network, Experiment.Problem, Experiment.Loss, prepared.Encoding with { Schema = data.Schema });
}
