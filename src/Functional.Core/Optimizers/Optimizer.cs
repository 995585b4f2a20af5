using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;
using Functional.Core.Optimizers;

namespace Functional;

/// <summary>
/// A rule that turns a gradient into an update, as data. Rules compose with <see cref="Then"/>: each changes the
/// direction that the one before it left, and in the end the network moves against the direction. One file each.
/// (The gradient transformations of Optax.)
/// </summary>
public abstract record Optimizer : Form<Optimizer>
{
    /// <summary>Every rule, by the name it is written under.</summary>
    public static Kinds<Optimizer> Kinds { get; } = new(
        "optimizer",
        ("rate", new Rate(0.01)), ("momentum", new Momentum(0.9)), ("nesterov", new Nesterov(0.9)), (
            "weight_decay", new WeightDecay(0.01)),
        ("clip_norm", new ClipNorm(1)), ("clip_value", new ClipValue(1)), ("scale_by_adam", new ScaleByAdam()),
        ("scale_by_adamax", new ScaleByAdamax()),
        ("scale_by_nadam", new ScaleByNadam()), ("scale_by_radam", new ScaleByRadam()),
        ("scale_by_rms", new ScaleByRms()), ("scale_by_adagrad", new ScaleByAdagrad()),
        ("scale_by_adadelta", new ScaleByAdadelta()), ("sign_of_momentum", new SignOfMomentum()),
        ("decaying_rate", new DecayingRate(0.01)), ("ema", new Ema()), ("polyak_average", new PolyakAverage()),
        ("accumulate", new Accumulate(2, new Adam())), ("sam", new Sam()),
        ("sgd", new Sgd()), ("adam", new Adam()), ("adamw", new AdamW()), ("adamax", new Adamax()),
        ("nadam", new Nadam()), ("radam", new Radam()),
        ("rmsprop", new RmsProp()), ("adagrad", new Adagrad()), ("adadelta", new Adadelta()), ("rprop", new Rprop()),
        ("asgd", new Asgd()), ("lion", new Lion()), ("chain", new Chain([])));

    /// <summary>The rule that changes nothing: the neutral element of <see cref="Then"/>.</summary>
    public static Optimizer Identity { get; } = new Chain([]);

    /// <summary>How many parameter-sized memories it keeps.</summary>
    public virtual int Slots => 0;

    /// <summary>How many single numbers it keeps, after its slots.</summary>
    internal virtual int Scalars => 0;

    /// <summary>How many numbers it keeps for so many parameters.</summary>
    internal int Memory(int parameters) => checked(Slots * parameters + Scalars);

    /// <summary>Where in its memories the averaged parameters begin, if it averages them.</summary>
    internal virtual int? AverageOffset(int parameters) => null;

    /// <summary>Whether there is an average yet, after so many steps of training.</summary>
    internal virtual bool HasAverage(long steps) => steps > 0;

    /// <summary>Whether the gradient that it sees is that of a second point, to which the gradient at the network
    /// leads.</summary>
    internal virtual bool Ascends => false;

    /// <summary>The second point takes the place of the gradient at the network.</summary>
    internal virtual void Ascend<T>(ReadOnlySpan<T> parameters, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"{GetType().Name} takes one gradient a step");

    /// <summary>The optimizers within it, by the names they are written under.</summary>
    internal virtual IEnumerable<(string Name, Optimizer Rule)> Within => [];

    /// <summary>What it does to a gradient, in elementary rules; worked out once before a fold.</summary>
    internal virtual Optimizer Expanded => this;

    /// <summary>Whether what becomes of a parameter depends on that parameter alone, so that stretches may be
    /// updated in any order.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>The number that it multiplies every direction with, if it does nothing else.</summary>
    internal virtual double? Factor(in StepInfo step) => null;

    /// <summary>The learning rate at a step, as the schedule has it; none where there is none. Of several rates the
    /// last one counts.</summary>
    internal virtual double? RateAt(in StepInfo step) => Factor(step);

    /// <summary>Changes the direction in place, and the memories with it: what a rule of a program's own is. The
    /// network then moves against the direction. Where <see cref="IsElementwise"/>, it sees some of the parameters
    /// at a time, else all of them.</summary>
    protected virtual void Update<T>(Stretch<T> at) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"{GetType().Name} has no rule; it should override Update");

    /// <summary>Changes the direction in place, and the memories with it.</summary>
    internal virtual void Update<T>(in Stretch<T> at, in StepInfo step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Update(at.At(step));

    /// <summary>Changes the memories, and subtracts factor times the direction from the parameters. What is in the
    /// direction afterwards is garbage.</summary>
    /// <returns>False where a parameter stopped being finite.</returns>
    internal virtual bool Move<T>(in Stretch<T> at, in StepInfo step, T factor, Span<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Update(at, step);
        return Descent.By(factor).Move(at.Direction, parameters);
    }

    /// <summary><see cref="Update{T}(in Stretch{T}, in StepInfo)"/> for rules of networks side by side that differ in
    /// their numbers or in their steps.</summary>
    /// <returns>False, and nothing is done, where the rule has no such way.</returns>
    internal virtual bool TryUpdateInLanes<T>(in LaneStretch<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => false;

    /// <summary>The same, and then the parameters move as <see cref="Move"/> has it.</summary>
    /// <param name="at">The networks.</param>
    /// <param name="descent">With each network's factor.</param>
    /// <param name="parameters">Moved.</param>
    /// <param name="marks">0 for each network whose parameters are all finite, NaN for the others.</param>
    internal virtual bool TryMoveInLanes<T>(
        in LaneStretch<T> at, Descent<PerLane<T>, T> descent, Span<T> parameters, Span<T> marks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!TryUpdateInLanes(at)) return false;
        descent.MoveLanes(at.All.Direction, parameters, marks);
        return true;
    }

    /// <summary>This rule, then another. Associative, with <see cref="Identity"/> neutral: chains flatten.</summary>
    public Optimizer Then(Optimizer next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.Parts.Count == 0 ? this : Parts.Count == 0 ? next : new Chain([.. Parts, .. next.Parts]);
    }

    /// <summary>The state before the first step.</summary>
    public OptimizerState<T> Init<T>(Network<T> network) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(0, Vec<T>.Zeros(Memory(network.Parameters.Length)));
    }

    /// <summary>The network to use: with the averaged parameters where this optimizer averages them, else
    /// the network itself.</summary>
    public Network<T> Averaged<T>(OptimizerState<T> state, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(network);
        int count = network.Parameters.Length;
        return HasAverage(state.Step) && AverageOffset(count) is { } at
            ? network.With(Vec<T>.Of(state.Moments.Span.Slice(at, count)))
            : network;
    }

    /// <summary>The update that a gradient becomes, and the state after it. The network then moves to
    /// network - update.</summary>
    /// <param name="gradient">The gradient at the network; for <see cref="Sam"/>, that at the network it ascends
    /// to.</param>
    /// <param name="state">Where the optimizer stands.</param>
    /// <param name="network">Where the parameters stand.</param>
    /// <param name="schedule">What becomes of learning rates, step by step; they stay as they
    /// are if none is given.</param>
    public (Gradient<T> Update, OptimizerState<T> State) Apply<T>(
        Gradient<T> gradient, OptimizerState<T> state, Network<T> network, Schedule? schedule = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(network);
        T[] direction = gradient.Direction.Span.ToArray(), moments = state.Moments.Span.ToArray();
        Update(new Stretch<T>(direction, network.Parameters.Span, moments), new(state.Step + 1, state.Step, schedule));
        return (new(Vec<T>.Freeze(direction)), new(state.Step + 1, Vec<T>.Freeze(moments)));
    }

    /// <summary>The rules one after the other that this is.</summary>
    internal virtual Items<Optimizer> Parts => [this];
}

/// <summary>What an optimizer remembers: how many steps it has done, and its memories slot after slot.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Moments">The memories, rule after rule: those as long as the parameters, then single numbers.</param>
public sealed record OptimizerState<T>(long Step, Vec<T> Moments) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>Where training stands.</summary>
/// <param name="Number">The number of this step to the rule, from 1.</param>
/// <param name="Done">Steps of training done before it.</param>
/// <param name="Schedule">What becomes of learning rates; none leaves them as they are.</param>
internal readonly record struct StepInfo(long Number, long Done, Schedule? Schedule)
{
    /// <summary>A learning rate at this step.</summary>
    public double Rate(double rate) => Schedule is null ? rate : Schedule.At(rate, Done);
}
