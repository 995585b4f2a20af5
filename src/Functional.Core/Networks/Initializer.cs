using System.Numerics;
using Functional.Core.Forms;
using Functional.Core.Numbers;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>How the first weights of a dense layer are drawn; biases start at zero.</summary>
public abstract record Initializer : Form<Initializer>
{
    /// <summary>All weights zero: every unit of a layer stays the same as its neighbours, which is why nobody does it.</summary>
    public sealed record Zeros : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) => Vec<T>.Zeros(inputs * outputs);
    }

    /// <summary>Uniform within +-sqrt(6 / (inputs + outputs)). (Glorot and Bengio, 2010)</summary>
    public sealed record GlorotUniform : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) => Uniform<T>(key, inputs, outputs, 2.0 / ((double)inputs + outputs));
    }

    /// <summary>Normal with variance 2 / (inputs + outputs). (Glorot and Bengio, 2010)</summary>
    public sealed record GlorotNormal : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) => Normal<T>(key, inputs, outputs, 2.0 / ((double)inputs + outputs));
    }

    /// <summary>Uniform within +-sqrt(6 / inputs). (He, Zhang, Ren and Sun, 2015)</summary>
    public sealed record HeUniform : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) => Uniform<T>(key, inputs, outputs, 2.0 / inputs);
    }

    /// <summary>Normal with variance 2 / inputs. (He, Zhang, Ren and Sun, 2015)</summary>
    public sealed record HeNormal : Initializer
    {
        internal override Vec<T> Draw<T>(Key key, int inputs, int outputs) => Normal<T>(key, inputs, outputs, 2.0 / inputs);
    }

    /// <summary>Every initializer, by the name it is written under.</summary>
    internal static Kinds<Initializer> Kinds { get; } = new(
        "initializer",
        ("zeros", new Zeros()), ("glorot_uniform", new GlorotUniform()), ("glorot_normal", new GlorotNormal()),
        ("he_uniform", new HeUniform()), ("he_normal", new HeNormal()));

    /// <summary>The weights of a layer, inputs x outputs, row by row.</summary>
    internal abstract Vec<T> Draw<T>(Key key, int inputs, int outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    internal override Initializer Each(Fields fields) => this;

    private static Vec<T> Uniform<T>(Key key, int inputs, int outputs, double variance) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Randomness.Draw.Uniform<T>(key, inputs * outputs, -Math.Sqrt(3 * variance), Math.Sqrt(3 * variance));

    private static Vec<T> Normal<T>(Key key, int inputs, int outputs, double variance) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Randomness.Draw.Normal<T>(key, inputs * outputs, 0, Math.Sqrt(variance));
}
