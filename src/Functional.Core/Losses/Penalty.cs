using System.Numerics;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional;

/// <summary>What is added to the loss for the size of the weights (not of biases and norms): l1 sum of |w| +
/// l2 / 2 sum of w^2.</summary>
public abstract record Penalty : Form<Penalty>
{
    /// <summary>Nothing.</summary>
    public sealed record None : Penalty
    {
        internal override (double, double) Strengths => (0, 0);
    }

    /// <summary>l1 sum of |w|: pulls weights to zero.</summary>
    /// <param name="Strength">l1, at least 0.</param>
    public sealed record L1(double Strength = 1e-4) : Penalty
    {
        internal override (double, double) Strengths => (Strength, 0);

        /// <inheritdoc/>
        protected internal override Penalty Each(Fields fields) =>
            new L1(fields.Real("strength", Strength, Interval.NotNegative));
    }

    /// <summary>l2 / 2 sum of w^2: keeps weights small. (Tikhonov, 1943)</summary>
    /// <param name="Strength">l2, at least 0.</param>
    public sealed record L2(double Strength = 1e-4) : Penalty
    {
        internal override (double, double) Strengths => (0, Strength);

        /// <inheritdoc/>
        protected internal override Penalty Each(Fields fields) =>
            new L2(fields.Real("strength", Strength, Interval.NotNegative));
    }

    /// <summary>Both. (Zou and Hastie, 2005)</summary>
    /// <param name="L1">The strength of the L1 penalty, at least 0.</param>
    /// <param name="L2">The strength of the L2 penalty, at least 0.</param>
    public sealed record ElasticNet(double L1 = 1e-4, double L2 = 1e-4) : Penalty
    {
        /// <summary>The strength of the L1 penalty, at least 0.</summary>
        public new double L1 { get; init; } = L1;

        /// <summary>The strength of the L2 penalty, at least 0.</summary>
        public new double L2 { get; init; } = L2;

        internal override (double, double) Strengths => (L1, L2);

        /// <inheritdoc/>
        protected internal override Penalty Each(Fields fields) =>
            new ElasticNet(fields.Real("l1", L1, Interval.NotNegative), fields.Real("l2", L2, Interval.NotNegative));
    }

    /// <summary>Every penalty, by the name it is written under.</summary>
    public static Kinds<Penalty> Kinds { get; } = new(
        "penalty", ("none", new None()), ("l1", new L1()), ("l2", new L2()), ("elastic_net", new ElasticNet()));

    internal abstract (double First, double Second) Strengths { get; }

    /// <summary>The penalty of a network's weights, and its gradient (zero for biases and norms).</summary>
    public (T Value, Gradient<T> Gradient) ValueAndGradient<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return Onto(new Gradient<T>(Vec<T>.Zeros(network.Parameters.Length)), network);
    }

    /// <summary>The penalty of a network's weights, and a gradient with the penalty's added to it as
    /// training adds it.</summary>
    public (T Value, Gradient<T> Gradient) Onto<T>(Gradient<T> gradient, Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(network);
        var sum = gradient.Direction.Span.ToArray();
        T value = AddTo<T>(network.Parameters.Span, sum, Weights(network.Architecture));
        return (value, new(Vec<T>.Freeze(sum)));
    }

    /// <summary>Where in the flat parameters the weights lie.</summary>
    internal static Range[] Weights(Architecture architecture)
    {
        var ranges = new List<Range>();
        int at = 0;
        foreach (var slice in architecture.Layout)
        {
            if (slice.Name.EndsWith("weight", StringComparison.Ordinal)) ranges.Add(at..(at + slice.Length));
            at += slice.Length;
        }
        return [.. ranges];
    }

    /// <summary>Adds the derivative to a gradient; returns the value, layer by layer in one chain.</summary>
    internal T AddTo<T>(ReadOnlySpan<T> parameters, Span<T> gradient, Range[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T first = T.CreateTruncating(Strengths.First), second = T.CreateTruncating(Strengths.Second), value = T.Zero;
        foreach (var range in weights)
        {
            var own = parameters[range];
            var g = gradient[range];
            if (first > T.Zero)
            {
                value += first * Reduce.Sizes(own);
                Elementwise.Zip(new AddSign<T>(first), own, g, g);
            }
            if (second > T.Zero)
            {
                value += second * Reduce.Dot(own, own) / T.CreateTruncating(2);
                Elementwise.Zip(new MultiplyAdd<T>(second), own, g, g);
            }
        }
        return value;
    }

    /// <summary>y + amount sign(x)</summary>
    private readonly struct AddSign<T>(T amount) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V At<L, V>(V x, V y) where L : struct, ILanes<V, T> where V : struct =>
            L.Add(y, Signs.Of<L, V, T>(x, amount));
    }
}
