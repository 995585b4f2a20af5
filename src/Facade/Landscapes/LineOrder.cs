using System.Numerics;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Training;

namespace Functional.Landscapes;

/// <summary>A way from one network to another.</summary>
internal enum CurveKind
{
    /// <summary>The straight line.</summary>
    Line,

    /// <summary>Cosine and sine, so that it bends outwards.</summary>
    Arc,

    /// <summary>A quadratic Bezier curve that is trained to a low loss.</summary>
    Bezier,
}

/// <summary>A loss along a way between two models that is wanted.</summary>
/// <param name="Other">Where t is 1; t is 0 at the model looked at.</param>
/// <param name="Kind">The way.</param>
/// <param name="IsMatched">Whether the other's units are put into the order in which they are most like the model's,
/// too.</param>
/// <param name="Points">How many points.</param>
/// <param name="Range">From which t to which.</param>
/// <param name="Part">The samples.</param>
/// <param name="Seed">What is drawn from, where something is; the experiment's own seed unless given.</param>
/// <param name="Threads">How many threads may help; 0 for all processors.</param>
internal sealed record LineOrder(
    Model Other, CurveKind Kind, bool IsMatched, int Points, (double Low, double High) Range, DataPart Part,
        ulong? Seed,
    int Threads) : ILook<WayLook>
{
    /// <summary>Hears of the share of all points that is measured.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Hears of the share of the steps by which a curve is trained.</summary>
    public IProgress<double>? CurveProgress { get; init; }

    /// <summary>The straight line always, and what else is wanted beside it.</summary>
    public WayLook At<T>(Experiment experiment, Prepared<T> data, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var samples = Part.Of(data);
        var keys = LandscapeKeys.Of(experiment, Seed);
        var other = ((Model<T>)Other).Network;
        if (IsMatched && UnitMatching.Fault(network.Architecture) is { } fault) throw new InvalidInputException(fault);
        var matched = IsMatched ? other.MatchedTo(network, keys.Matching) : other;
        var ways = new List<(Phrase Name, ParameterCurve<T> Curve)>
        {
            ($"line", new StraightLine<T>(network, other)),
        };
        if (IsMatched) ways.Add(($"line after matching units", new StraightLine<T>(network, matched)));
        if (Kind == CurveKind.Arc) ways.Add(($"sine arc", new SineArc<T>(network, matched)));
        if (Kind == CurveKind.Bezier) ways.Add(($"trained Bezier curve", Low()));
        var tally = new Tally(ways.Count * LossProfile.Measured(Points), Progress);
        var profiles = ways.Select(way => (way.Name, LossProfile.Of(
            t =>
            {
                tally.Add(1);
                return way.Curve.At(t);
            },
            experiment.Loss, samples, Points, Range.Low, Range.High, Threads)));
        double distance = Distance(network, other), after = Distance(network, matched);
        return new([.. profiles], samples.Rows, distance, IsMatched ? after : null, [.. experiment.LossNotes]);

        BezierCurve<T> Low()
        {
            var steps = new Tally(LowCurve.UsualSteps, CurveProgress);
            BezierCurve<T>? last = null;
            foreach (var curve in LowCurve.Training(
                network, matched, experiment.Loss, data.Parts.Train.For(experiment.Loss), keys.Curve,
                batchSize: experiment.Settings.BatchSize, threads: Threads))
            {
                if (last is not null) steps.Add(1);
                last = curve;
            }
            return last!;
        }
    }

    private static double Distance<T>(Network<T> one, Network<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] off = Core.Curvature.Doubles.Of(one.Parameters);
        Core.Curvature.Doubles.Add(-1, Core.Curvature.Doubles.Of(other.Parameters), off);
        return Core.Curvature.Doubles.Norm(off);
    }
}

/// <summary>Losses along ways between two models.</summary>
/// <param name="Profiles">Each with its name, the straight line first.</param>
/// <param name="Samples">How many samples they are over.</param>
/// <param name="Distance">Between the two in parameter space.</param>
/// <param name="DistanceMatched">The same after matching; null where units were not matched.</param>
/// <param name="Notes">What a person should know of the loss.</param>
internal sealed record WayLook(
    Items<(Phrase Name, LossProfile Profile)> Profiles, int Samples, double Distance, double? DistanceMatched,
    Items<Phrase> Notes);
