using Functional.Core.Differentiation.Textbook;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;

namespace Functional.Core.Differentiation;

/// <summary>Backward against every other way to differentiate, layer by layer, along random directions and the
/// gradient itself; in double, in training mode with a fixed key (so that dropped cells stay dropped).</summary>
public sealed class GradientCheck
{
    private const int Directions = 8;
    private const int MostProducts = 1 << 18; // of a run number by number; beyond it, fewer samples
    private const int LongestTape = 1 << 22;
    private const double Step = 1e-5, FirstStep = 1e-4;

    private readonly Network<double> network;
    private readonly Samples<double> samples;
    private readonly Loss loss;
    private readonly Penalty penalty;
    private readonly Mode mode;
    private readonly Gradient<double> gradient, ofPenalty;
    private readonly List<Part> parts = [];

    /// <summary>Prepares a check.</summary>
    /// <param name="network">Where.</param>
    /// <param name="samples">The batch; of a large network only as many of its samples are looked at as a run
    /// number by number gets through, but at least 2.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="key">The source of dropped cells and of directions.</param>
    /// <param name="penalty">What is added for the size of the weights; nothing if none is given.</param>
    public GradientCheck(Network<double> network, Samples<double> samples, Loss loss, Key key, Penalty? penalty = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(loss);
        int rows = Math.Min(samples.Inputs.Rows, Math.Max(2, MostProducts / Math.Max(1, network.Parameters.Length)));
        (this.network, this.samples, this.loss) = (network, samples.Select([.. Enumerable.Range(0, rows)]), loss);
        this.penalty = penalty ?? new Penalty.None();
        mode = Mode.Training(key.For(Purpose.Dropout));
        ofPenalty = this.penalty.Onto(new(Vec<double>.Of(new double[network.Parameters.Length])), network).Gradient;
        gradient = Whole(Way.Backward);
        AddParts(key);
    }

    /// <summary>The ways that a network of this size can be checked by: of a very large one no tape is made.</summary>
    public IEnumerable<Way> Ways => Enum.GetValues<Way>()
        .Where(way => way != Way.ReverseMode || 2L * samples.Inputs.Rows * network.Parameters.Length <= LongestTape);

    /// <summary>How many samples are looked at.</summary>
    public int Samples => samples.Inputs.Rows;

    /// <summary>Checks every layer that learns, by every way.</summary>
    public static IReadOnlyList<LayerCheck> Of(
        Network<double> network, Samples<double> samples, Loss loss, Key key, Penalty? penalty = null)
    {
        var check = new GradientCheck(network, samples, loss, key, penalty);
        return check.Compare(check.Ways.ToDictionary(way => way, check.Slopes));
    }

    /// <summary>The derivatives along every direction of every layer, one way, and how far each may be off by that
    /// way's own account.</summary>
    public IReadOnlyList<Difference> Slopes(Way way) => SlopesAlong(way, parts.SelectMany(part => part.Directions));

    /// <summary>The whole gradient, one way: forward mode and differences take a run, or several,
    /// for each parameter.</summary>
    public Gradient<double> Gradient(Way way) => IsWhole(way) ? Whole(way)
        : new(Vec<double>.Of([.. SlopesAlong(
            way, Enumerable.Range(0, network.Parameters.Length).Select(i => Within([1], network.Parameters.Length, i)))
            .Select(slope => slope.Value)]));

    /// <summary>The loss, on what a way runs on: the layers' passes, or a textbook's function of dual numbers or of
    /// a tape's variables.</summary>
    public double Value(Way way) => way switch
    {
        Way.ForwardMode => On(Dual<Real>.Moving),
        Way.ReverseMode => On(Variable<Real>.Argument),
        _ => LossAt(network),
    };

    /// <summary>What <see cref="Slopes"/> of several ways say of each layer, against backward.</summary>
    public IReadOnlyList<LayerCheck> Compare(IReadOnlyDictionary<Way, IReadOnlyList<Difference>> slopes)
    {
        ArgumentNullException.ThrowIfNull(slopes);
        var backward = slopes[Way.Backward];
        int first = 0;
        return [.. parts.Select(part =>
        {
            var own = Enumerable.Range(first, part.Directions.Count).ToArray();
            first += part.Directions.Count;
            var errors = slopes.Where(way => way.Key != Way.Backward).ToDictionary(way => way.Key, way => own
                .Select(i => Math.Max(0, Math.Abs(way.Value[i].Value - backward[i].Value) - way.Value[i].Error)
                    / (part.Norm > 0 ? part.Norm : 1)).Aggregate(0.0, Math.Max));
            return new LayerCheck(part.Layer, part.Name, part.Parameters, part.Norm, errors);
        })];
    }

    private static bool IsWhole(Way way) => way is Way.Backward or Way.ReverseMode;

    private Gradient<double> Whole(Way way) => way == Way.Backward
        ? penalty.Onto(network.LossGradient(loss, samples, mode).Gradient, network).Gradient
        : new Gradient<double>(Vec<double>.Of(Reverse.Gradient(Textbook, network.Parameters.Span))) + ofPenalty;

    private IReadOnlyList<Difference> SlopesAlong(Way way, IEnumerable<Gradient<double>> directions)
    {
        if (!IsWhole(way)) return [.. directions.Select(along => Along(way, along))];
        var whole = Whole(way);
        return [.. directions.Select(along => new Difference(whole.Dot(along), 0))];
    }

    private Difference Along(Way way, Gradient<double> along) => way switch
    {
        Way.ForwardMode =>
            new(Forward.Along(Textbook, network.Parameters.Span, along.Direction.Span) + ofPenalty.Dot(along), 0),
        Way.Central => new(FiniteDifference.Central(h => LossAt(network + h * along), Step), 0),
        _ => FiniteDifference.Richardson(h => LossAt(network + h * along), 0, FirstStep, levels: 4),
    };

    private double On<T>(Func<Real, T> number) where T : IReal<T> =>
        Textbook([.. network.Parameters.Span.ToArray().Select(parameter => number(parameter))]).ToDouble()
        + penalty.ValueAndGradient(network).Value;

    private T Textbook<T>(T[] parameters) where T : IReal<T> =>
        TextbookNetwork.Loss(network, parameters, loss, samples, mode);

    private double LossAt(Network<double> at) =>
        loss.Value(at.Forward(samples.Inputs, mode).Output, samples.Targets, samples.Weights)
        + penalty.ValueAndGradient(at).Value;

    private sealed record Part(
        int Layer, string Name, int Parameters, double Norm, IReadOnlyList<Gradient<double>> Directions);

    private void AddParts(Key key)
    {
        int first = 0, width = network.Architecture.Inputs;
        for (int i = 0; i < network.Architecture.Layers.Count; i++)
        {
            var layer = network.Architecture.Layers[i];
            int count = (int)layer.Parameters(width), start = first;
            width = layer.Outputs(width);
            first += count;
            if (count == 0) continue;
            var own = Within(gradient.Direction.Span.Slice(start, count), network.Parameters.Length, start);
            var others = Enumerable.Range(1, Directions - 1).Select(d =>
                Within(Draw.Normal<double>(key.At((uint)i).At((uint)d), count).Span, network.Parameters.Length, start));
            parts.Add(new(
                i + 1, Layer.Kinds.NameOf(layer), count, own.Norm(),
                [.. others.Prepend(own).Where(along => along.Norm() != 0).Select(along => 1 / along.Norm() * along)]));
        }
    }

    private static Gradient<double> Within(ReadOnlySpan<double> part, int length, int first)
    {
        var cells = new double[length];
        part.CopyTo(cells.AsSpan(first));
        return new(Vec<double>.Of(cells));
    }
}
