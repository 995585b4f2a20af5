using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Numbers;

namespace Functional.Core.Optimizers;

/// <summary>
/// A rule that turns a gradient into an update, as data. Rules compose with <see cref="Then"/>: each changes the direction
/// that the one before it left, and in the end the network moves against the direction. One file each.
/// (The gradient transformations of Optax.)
/// </summary>
public abstract record Optimizer : Form<Optimizer>
{
    /// <summary>Every rule, by the name it is written under.</summary>
    internal static Kinds<Optimizer> Kinds { get; } = new(
        "optimizer",
        ("rate", new Rate(0.01)), ("momentum", new Momentum(0.9)), ("nesterov", new Nesterov(0.9)), ("weight_decay", new WeightDecay(0.01)),
        ("clip_norm", new ClipNorm(1)), ("scale_by_adam", new ScaleByAdam()),
        ("sgd", new Sgd()), ("adam", new Adam()), ("adamw", new AdamW()), ("chain", new Chain([])));

    /// <summary>The rule that changes nothing: the neutral element of <see cref="Then"/>.</summary>
    public static Optimizer Identity { get; } = new Chain([]);

    /// <summary>How many parameter-sized memories it keeps.</summary>
    internal abstract int Slots { get; }

    /// <summary>What it means in elementary rules; worked out once before a fold.</summary>
    internal virtual Optimizer Meaning => this;

    /// <summary>Changes the direction in place, and the memories with it (slot after slot).</summary>
    internal abstract void Update<T>(Span<T> direction, Span<T> moments, ReadOnlySpan<T> parameters, in StepInfo step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

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
        return new(0, Vec<T>.Zeros(Slots * network.Parameters.Length));
    }

    /// <summary>The update that a gradient becomes, and the state after it. The network then moves to network - update.</summary>
    public (Gradient<T> Update, OptimizerState<T> State) Apply<T>(Gradient<T> gradient, OptimizerState<T> state, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(network);
        T[] direction = gradient.Direction.Span.ToArray(), moments = state.Moments.Span.ToArray();
        Update<T>(direction, moments, network.Parameters.Span, new(state.Step + 1));
        return (new(Vec<T>.Freeze(direction)), new(state.Step + 1, Vec<T>.Freeze(moments)));
    }

    private protected virtual Items<Optimizer> Parts => [this];
}

/// <summary>What an optimizer remembers: how many steps it has done, and its memories slot after slot.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Moments">The memories, each as long as the parameters.</param>
public sealed record OptimizerState<T>(long Step, Vec<T> Moments) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>Where training stands.</summary>
/// <param name="Number">The number of this step, from 1.</param>
internal readonly record struct StepInfo(long Number);
