using System.Numerics;
using Functional.Core.Forms;

namespace Functional.Core.Networks;

/// <summary>What a layer does to each of its sums z: the lecture's phi, a = phi(z). One file each in Activations.</summary>
public abstract record Activation : Form<Activation>
{
    /// <summary>z</summary>
    public static Activation Identity { get; } = new Activations.Identity();

    /// <summary>1 where z >= 0, else 0</summary>
    public static Activation Step { get; } = new Activations.Step();

    /// <summary>1 / (1 + e^-z)</summary>
    public static Activation Sigmoid { get; } = new Activations.Sigmoid();

    /// <summary>tanh z</summary>
    public static Activation Tanh { get; } = new Activations.Tanh();

    /// <summary>max(z, 0)</summary>
    public static Activation Relu { get; } = new Activations.Relu();

    /// <summary>ln(1 + e^z)</summary>
    public static Activation Softplus { get; } = new Activations.Softplus();

    /// <summary>Every activation, by the name it is written under.</summary>
    internal static Kinds<Activation> Kinds { get; } = new(
        "activation",
        ("identity", Identity), ("step", Step), ("sigmoid", Sigmoid), ("tanh", Tanh), ("relu", Relu), ("softplus", Softplus));

    /// <summary>a = phi(z); a may be z itself.</summary>
    internal abstract void Apply<T>(ReadOnlySpan<T> z, Span<T> a) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>delta = delta phi'(z), the derivative taken from a = phi(z).</summary>
    internal abstract void Chain<T>(ReadOnlySpan<T> a, Span<T> delta) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    internal override Activation Each(Fields fields) => this;
}
