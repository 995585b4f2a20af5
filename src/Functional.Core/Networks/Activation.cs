using System.Numerics;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Activations = Functional.Core.Networks.Activations;

namespace Functional;

/// <summary>What a layer does to each of its sums z: the lecture's phi, a = phi(z). One file
/// each in Activations.</summary>
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

    /// <summary>z where z > 0, else slope z</summary>
    /// <param name="slope">At least 0.</param>
    public static Activation LeakyRelu(double slope = 0.01) => new Activations.LeakyRelu(slope);

    /// <summary>z where z > 0, else alpha (e^z - 1)</summary>
    /// <param name="alpha">At least 0.</param>
    public static Activation Elu(double alpha = 1) => new Activations.Elu(alpha);

    /// <summary>ELU with the two constants that keep mean 0 and variance 1</summary>
    public static Activation Selu { get; } = new Activations.Selu();

    /// <summary>z P(z), P the normal distribution</summary>
    public static Activation Gelu { get; } = new Activations.Gelu();

    /// <summary>GELU by way of a hyperbolic tangent</summary>
    public static Activation GeluTanh { get; } = new Activations.GeluTanh();

    /// <summary>z sigmoid(z)</summary>
    public static Activation Silu { get; } = new Activations.Silu();

    /// <summary>z tanh(softplus(z))</summary>
    public static Activation Mish { get; } = new Activations.Mish();

    /// <summary>z / (1 + |z|)</summary>
    public static Activation Softsign { get; } = new Activations.Softsign();

    /// <summary>z, but no less than -1 and no more than 1</summary>
    public static Activation HardTanh { get; } = new Activations.HardTanh();

    /// <summary>z / 6 + 1/2, but no less than 0 and no more than 1</summary>
    public static Activation HardSigmoid { get; } = new Activations.HardSigmoid();

    /// <summary>e^z / the sum of e^z over the layer's units; for an output layer</summary>
    public static Activation Softmax { get; } = new Activations.Softmax();

    /// <summary>Every activation, by the name it is written under.</summary>
    public static Kinds<Activation> Kinds { get; } = new(
        "activation",
        ("identity", Identity), ("step", Step), ("sigmoid", Sigmoid), ("tanh", Tanh), ("relu", Relu),
        ("leaky_relu", LeakyRelu()), ("elu", Elu()),
        ("selu", Selu), ("gelu", Gelu), ("gelu_tanh", GeluTanh), ("softplus", Softplus), ("silu", Silu), ("mish", Mish),
        ("softsign", Softsign), ("hard_tanh", HardTanh), ("hard_sigmoid", HardSigmoid), ("softmax", Softmax));

    /// <summary>Whether there is a derivative, at kinks apart, that says how a moves with z.</summary>
    internal virtual bool HasDerivative => true;

    /// <summary>Whether a cell depends on its own z alone.</summary>
    internal virtual bool IsElementwise => true;

    /// <summary>Whether the derivative is taken from z, so that a layer must keep its sums; else a =
    /// phi(z) suffices.</summary>
    internal virtual bool NeedsZ => false;

    /// <summary>a = phi(z), rows of <paramref name="width"/> units; a may be z itself.</summary>
    internal abstract void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>delta = delta phi'(z). What is in z is said by <see cref="NeedsZ"/>.</summary>
    internal abstract void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>phi''(z) for every cell, from z or a as <see cref="NeedsZ"/> says; 0 where phi is made of straight
    /// lines, at their kinks too.</summary>
    internal virtual void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        into.Clear();

    /// <summary>How what <see cref="MultiplyByDerivative{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T}, int)"/>
    /// makes of a delta that stands still moves as z moves by dz and a by da: delta phi''(z) dz.</summary>
    internal virtual void TangentOfChain<T>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> dz, ReadOnlySpan<T> da, ReadOnlySpan<T> delta,
        Span<T> into, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SecondDerivative(NeedsZ ? z : a, into);
        Elementwise.Zip(default(Multiply<T>), into, dz, into);
        Elementwise.Zip(default(Multiply<T>), into, delta, into);
    }

    /// <summary>The same, rows shared among threads.</summary>
    internal void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var applying = new Applying<T>(this, z, a, width);
        Workers.Share(ref applying, RowParts.Count(a.Length / width, width), threads);
    }

    /// <summary>The same, rows shared among threads.</summary>
    internal void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var chaining = new Chaining<T>(this, z, a, delta, width);
        Workers.Share(ref chaining, RowParts.Count(a.Length / width, width), threads);
    }

    private readonly ref struct Applying<T>(Activation phi, ReadOnlySpan<T> z, Span<T> a, int width) : IParts
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> z = z;
        private readonly Span<T> a = a;

        public void Run(int part, int parts)
        {
            var (first, count) = RowParts.Of(a.Length / width, part, parts);
            phi.Apply(z.Slice(first * width, count * width), a.Slice(first * width, count * width), width);
        }
    }

    private readonly ref struct Chaining<T>(
        Activation phi, ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width)
        : IParts where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> z = z, a = a;
        private readonly Span<T> delta = delta;

        public void Run(int part, int parts)
        {
            var (first, count) = RowParts.Of(a.Length / width, part, parts);
            var sums = z.IsEmpty ? z : z.Slice(first * width, count * width);
            phi.MultiplyByDerivative(
                sums, a.Slice(first * width, count * width), delta.Slice(first * width, count * width), width);
        }
    }
}
