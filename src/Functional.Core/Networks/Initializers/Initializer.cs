using System.Numerics;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>How the first weights of a dense layer are drawn; biases start at zero.</summary>
public abstract record Initializer : Form<Initializer>
{
    /// <summary>All weights zero: every unit of a layer stays the same as its neighbours, which is
    /// why nobody does it.</summary>
    public sealed record Zeros : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) => Vec<T>.Zeros(inputs * outputs);
    }

    /// <summary>Uniform within +-sqrt(6 / (inputs + outputs)). (Glorot and Bengio, 2010)</summary>
    public sealed record GlorotUniform : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            DrawUniform<T>(key, inputs, outputs, 2.0 / ((double)inputs + outputs));
    }

    /// <summary>Normal with variance 2 / (inputs + outputs). (Glorot and Bengio, 2010)</summary>
    public sealed record GlorotNormal : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            DrawNormal<T>(key, inputs, outputs, 2.0 / ((double)inputs + outputs));
    }

    /// <summary>Uniform within +-sqrt(6 / inputs). (He, Zhang, Ren and Sun, 2015)</summary>
    public sealed record HeUniform : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            DrawUniform<T>(key, inputs, outputs, 2.0 / inputs);
    }

    /// <summary>Normal with variance 2 / inputs. (He, Zhang, Ren and Sun, 2015)</summary>
    public sealed record HeNormal : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            DrawNormal<T>(key, inputs, outputs, 2.0 / inputs);
    }

    /// <summary>Uniform within +-sqrt(3 / inputs): variance 1 / inputs. (LeCun, Bottou, Orr and Muller, 1998)</summary>
    public sealed record LecunUniform : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            DrawUniform<T>(key, inputs, outputs, 1.0 / inputs);
    }

    /// <summary>Normal with variance 1 / inputs; what SELU expects. (LeCun, Bottou, Orr and Muller, 1998)</summary>
    public sealed record LecunNormal : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            DrawNormal<T>(key, inputs, outputs, 1.0 / inputs);
    }

    /// <summary>All weights the same.</summary>
    /// <param name="Value">The weight.</param>
    public sealed record Constant(double Value = 0) : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            Vec<T>.Create(inputs * outputs, T.CreateTruncating(Value), static (into, value) => into.Fill(value));

        /// <inheritdoc/>
        protected internal override Initializer Each(Fields fields) =>
            new Constant(fields.Real("value", Value, Interval.Any));
    }

    /// <summary>Uniform within +-limit, however wide the layer.</summary>
    /// <param name="Limit">Above 0.</param>
    public sealed record Uniform(double Limit = 0.05) : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            Core.Randomness.Draw.Uniform<T>(key, inputs * outputs, -Limit, Limit);

        /// <inheritdoc/>
        protected internal override Initializer Each(Fields fields) =>
            new Uniform(fields.Real("limit", Limit, Interval.Positive));
    }

    /// <summary>Normal around 0, however wide the layer.</summary>
    /// <param name="Deviation">Standard deviation, above 0.</param>
    public sealed record Normal(double Deviation = 0.05) : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            Core.Randomness.Draw.Normal<T>(key, inputs * outputs, 0, Deviation);

        /// <inheritdoc/>
        protected internal override Initializer Each(Fields fields) =>
            new Normal(fields.Real("deviation", Deviation, Interval.Positive));
    }

    /// <summary>Normal around 0 within +-2 deviations: what falls outside is drawn again.</summary>
    /// <param name="Deviation">Standard deviation before the cut, above 0.</param>
    public sealed record TruncatedNormal(double Deviation = 0.05) : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            Core.Randomness.Draw.TruncatedNormal<T>(key, inputs * outputs, deviation: Deviation);

        /// <inheritdoc/>
        protected internal override Initializer Each(Fields fields) =>
            new TruncatedNormal(fields.Real("deviation", Deviation, Interval.Positive));
    }

    /// <summary>Orthonormal rows or columns, whichever are fewer, times a gain. (Saxe, McClelland
    /// and Ganguli, 2014)</summary>
    /// <param name="Gain">Above 0.</param>
    public sealed record Orthogonal(double Gain = 1) : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) =>
            Vec<T>.Create(
                inputs * outputs, (Core.Networks.RandomOrthogonal.Draw(key, inputs, outputs), Gain),
                static (into, from) =>
                {
                    for (int i = 0; i < into.Length; i++) into[i] = T.CreateTruncating(from.Gain * from.Item1[i]);
                });

        /// <inheritdoc/>
        protected internal override Initializer Each(Fields fields) =>
            new Orthogonal(fields.Real("gain", Gain, Interval.Positive));
    }

    /// <summary>Every initializer, by the name it is written under.</summary>
    public static Kinds<Initializer> Kinds { get; } = new(
        "initializer",
        ("zeros", new Zeros()), ("glorot_uniform", new GlorotUniform()), ("glorot_normal", new GlorotNormal()),
        ("he_uniform", new HeUniform()), ("he_normal", new HeNormal()), ("lecun_uniform", new LecunUniform()),
        ("lecun_normal", new LecunNormal()),
        ("constant", new Constant()), ("uniform", new Uniform()), ("normal", new Normal()),
        ("truncated_normal", new TruncatedNormal()), ("orthogonal", new Orthogonal()));

    /// <summary>The weights of a layer, inputs x outputs, row by row.</summary>
    internal abstract Vec<T> Draw<T>(Key key, int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private static Vec<T> DrawUniform<T>(Key key, int inputs, int outputs, double variance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Core.Randomness.Draw.Uniform<T>(key, inputs * outputs, -Math.Sqrt(3 * variance), Math.Sqrt(3 * variance));

    private static Vec<T> DrawNormal<T>(Key key, int inputs, int outputs, double variance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Core.Randomness.Draw.Normal<T>(key, inputs * outputs, 0, Math.Sqrt(variance));
}
