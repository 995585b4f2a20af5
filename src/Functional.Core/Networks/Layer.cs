using System.Numerics;
using Functional.Core.Networks;

namespace Functional;

/// <summary>
/// A part of a network, as data: what it is, not what it has learned. Given the number of its inputs it knows the
/// number of its outputs and makes its <see cref="Core.Networks.Stage{T}"/>, the arithmetic. One file each in Layers.
/// </summary>
public abstract record Layer : Form<Layer>
{
    /// <summary>The widest layer there may be.</summary>
    internal const int Widest = 1 << 20;

    /// <summary>Every layer, by the name it is written under.</summary>
    public static Kinds<Layer> Kinds { get; } = new(
        "layer",
        ("dense", new Dense(64)), ("activate", new Activate(Activation.Relu)), ("dropout", new Dropout(0.5)),
        ("batch_norm", new BatchNorm()), ("layer_norm", new LayerNorm()), ("residual", new Residual([], [])),
        ("sequence", new Sequence([])))
    {
        Number = new(
            "units", "the units of a dense layer with the usual activation", Interval.Between(1, Widest), Dense.Like),
    };

    /// <summary>How many numbers come out for a sample of <paramref name="inputs"/> numbers.</summary>
    internal abstract int Outputs(int inputs);

    /// <summary>How many numbers it learns, without making them.</summary>
    internal abstract long Parameters(int inputs);

    /// <summary>How many multiply-adds the products of its forward pass take for one sample.</summary>
    internal virtual long Products(int inputs) => 0;

    /// <summary>Its parameters' names and shapes, in their order in the flat vector.</summary>
    internal virtual IEnumerable<Slice> Layout(int inputs) => [];

    /// <summary>The same of its running values.</summary>
    internal virtual IEnumerable<Slice> RunningLayout(int inputs) => [];

    /// <summary>The same layer with running values that are those of the newest batch alone.</summary>
    internal virtual Layer WithoutMemory => this;

    /// <summary>What is wrong with its parts' shapes.</summary>
    internal virtual IEnumerable<Invalid> ShapeFaults(int inputs, string path) => [];

    /// <summary>The rates of the layers that drop, in the order of the forward pass.</summary>
    internal virtual IEnumerable<double> DropoutRates => [];

    /// <summary>The same layer with one rate wherever it drops: layers that are equal then can go side by
    /// side.</summary>
    internal virtual Layer WithoutRates => this;

    /// <summary>Its arithmetic for samples of <paramref name="inputs"/> numbers.</summary>
    internal abstract Stage<T> Stage<T>(int inputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The same of 16 networks side by side, all of whose numbers are 16 times as many: number i of network l
    /// lies at 16 i + l.</summary>
    internal virtual Stage<T> Stage<T>(int inputs, LanePlace place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new LaneByLane<T>(Stage<T>(inputs), place.Draws.IsDue);
}
