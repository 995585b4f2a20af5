using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Numbers.Threads;
using Functional.Core.Passes;

namespace Functional.Core.Differentiation;

/// <summary>
/// A network's loss on a batch around a point, with the forward pass kept: the gradient, and products of first
/// and second derivatives with one direction or many, none of which repeats that pass. Products with the Hessian
/// H are exact: backward, differentiated along the direction (Pearlmutter, 1994), at the cost of two gradients;
/// no H is ever stored for them.
/// </summary>
/// <remarks>At kinks (ReLU at zero, absolute errors of zero) second derivatives are taken as zero. A penalty on the
/// weights is not part of the loss. The batch has weight and rows of its own, or is a chunk of a larger one
/// (<see cref="Sum"/>).</remarks>
/// <typeparam name="T">The precision: <c>float</c> or <c>double</c>.</typeparam>
public sealed class Linearization<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> network;
    private readonly Loss loss;
    private readonly Samples<T> samples;
    private readonly double weight;
    private readonly Tape<T> tape;
    private readonly Matrix<T> delta;
    private readonly int threads;

    /// <summary>The forward pass over a batch, and its loss.</summary>
    /// <param name="network">The point.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="mode">Inference unless said otherwise.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The results are the same.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network or the loss.</exception>
    public Linearization(Network<T> network, Loss loss, Samples<T> samples, Mode mode = default, int threads = 0)
        : this(network, loss, samples, firstRow: 0, WeightOf(samples), mode, threads) { }

    private Linearization(
        Network<T> network, Loss loss, Samples<T> samples, int firstRow, double weight, Mode mode, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        (this.network, this.loss, this.samples, this.weight, this.threads) = (network, loss, samples, weight, threads);
        (_, tape) = network.Forward(samples.Inputs, firstRow, mode, threads);
        (Value, delta) = loss.ValueAndDelta(Output, samples.Targets, samples.Weights, weight);
    }

    /// <summary>What came out, a sample a row.</summary>
    public Matrix<T> Output => tape.Output;

    /// <summary>The loss.</summary>
    public T Value { get; }

    /// <summary>The gradient of the loss, and its derivative by the inputs (samples x inputs).</summary>
    public (Gradient<T> Gradient, Matrix<T> ToInputs) Gradient() => network.Backward(tape, delta, threads);

    /// <summary>J v: how the outputs move along a direction, with J the Jacobian of all outputs
    /// by all parameters.</summary>
    /// <param name="along">v.</param>
    /// <param name="inputsAlong">How the inputs move (samples x inputs); they stand still if nothing is given.</param>
    public Matrix<T> Jvp(Gradient<T> along, Matrix<T>? inputsAlong = null) =>
        network.Jvp(tape, along, inputsAlong, threads);

    /// <summary>J' u, and the same of the inputs.</summary>
    /// <param name="fromOutputs">u: samples x outputs.</param>
    public (Gradient<T> Gradient, Matrix<T> ToInputs) Vjp(Matrix<T> fromOutputs) =>
        network.Backward(tape, fromOutputs, threads);

    /// <summary>H v: how the gradient of the loss moves along a direction.</summary>
    public Gradient<T> HessianProduct(Gradient<T> along) => HessianProducts([along])[0];

    /// <summary>H v of each direction.</summary>
    public IReadOnlyList<Gradient<T>> HessianProducts(IReadOnlyList<Gradient<T>> along) => Products(along, Hessian);

    /// <summary>J' L J v, with L the loss's second derivative by the outputs: H without the curvature of the
    /// network itself. Positive semidefinite where the loss is convex in the outputs. (Schraudolph, 2002)</summary>
    public Gradient<T> GaussNewtonProduct(Gradient<T> along) => GaussNewtonProducts([along])[0];

    /// <summary>J' L J v of each direction.</summary>
    public IReadOnlyList<Gradient<T>> GaussNewtonProducts(IReadOnlyList<Gradient<T>> along) =>
        Products(along, (v, helpers) => GaussNewton(v, samples.Targets, helpers));

    /// <summary>F v, with F the Fisher information of the distribution that the outputs mean: what the Gauss-Newton
    /// product is when the targets are those that the network itself expects. For losses that are minus the
    /// logarithm of a probability; the two are equal for softmax cross-entropy.</summary>
    /// <exception cref="ArgumentException">The loss means no distribution.</exception>
    public Gradient<T> FisherProduct(Gradient<T> along) => FisherProducts([along])[0];

    /// <summary>F v of each direction.</summary>
    /// <exception cref="ArgumentException">The loss means no distribution.</exception>
    public IReadOnlyList<Gradient<T>> FisherProducts(IReadOnlyList<Gradient<T>> along)
    {
        if (!loss.IsLikelihood)
            throw new ArgumentException(
                $"{Loss.Kinds.NameOf(loss)} is not minus the logarithm of a probability, "
                    + $"so there is no Fisher information; "
                    + "the Gauss-Newton product exists");
        var expected = samples.Targets.Cells.Span.ToArray();
        loss.Expect(Output.Cells.Span, Output.Rows, expected);
        var targets = new Matrix<T>(samples.Targets.Rows, samples.Targets.Columns, Vec<T>.Freeze(expected));
        return Products(along, (v, helpers) => GaussNewton(v, targets, helpers));
    }

    /// <summary>Products of many samples, with no more than a chunk of them at hand: each chunk is linearized with
    /// the weight of all samples, and what it gives is added along the tree of numeric law 5. Layers that look at a
    /// whole batch see a chunk.</summary>
    /// <param name="network">The point.</param>
    /// <param name="loss">What is differentiated.</param>
    /// <param name="samples">All of them.</param>
    /// <param name="chunks">How many chunks, a power of two up to 1024, cut as shards are
    /// (<see cref="Shards.Rows"/>). They are part of the answer: other chunks add up in another order.</param>
    /// <param name="products">What a chunk gives, such as <c>chunk => chunk.HessianProducts(directions)</c>.</param>
    /// <param name="mode">Inference unless said otherwise.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static IReadOnlyList<Gradient<T>> Sum(
        Network<T> network, Loss loss, Samples<T> samples, int chunks,
        Func<Linearization<T>, IReadOnlyList<Gradient<T>>> products,
        Mode mode = default, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(products);
        return SumOf(chunks, Chunk(network, loss, samples, chunks, mode, threads), products);
    }

    /// <summary>The linearization of each chunk of samples, by its number.</summary>
    internal static Func<int, Linearization<T>> Chunk(
        Network<T> network, Loss loss, Samples<T> samples, int chunks, Mode mode = default, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        Shards.Require(chunks);
        if (samples.Inputs.Rows < chunks)
            throw new ArgumentException(
                $"{samples.Inputs.Rows} samples are cut into {chunks} chunks; there should be at most as many");
        if (samples.Targets.Rows != samples.Inputs.Rows
            || samples.Weights is { } counts && counts.Length != samples.Inputs.Rows)
            throw new ArgumentException(
                $"{samples.Inputs.Rows} samples got {samples.Targets.Rows} "
                    + $"targets{(samples.Weights is { } given ? $" and {given.Length} weights" : "")}");
        double weight = WeightOf(samples);
        return chunk =>
        {
            var (first, count) = Shards.Rows(samples.Inputs.Rows, chunk, chunks);
            return new(
                network, loss, samples.Select([.. Enumerable.Range(first, count)]), first, weight, mode, threads);
        };
    }

    /// <summary>What chunks give, added along the tree of numeric law 5.</summary>
    internal static IReadOnlyList<Gradient<T>> SumOf(
        int chunks, Func<int, Linearization<T>> at, Func<Linearization<T>, IReadOnlyList<Gradient<T>>> products)
    {
        var tree = new SumTree<StrongBox<Gradient<T>[]>>(
            chunks, () => new(),
            (sum, chunk) => sum.Value = [.. sum.Value!.Zip(chunk.Value!, (left, right) => left + right)]);
        int? wanted = null;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            tree.Next.Value = [.. products(at(chunk))];
            if (tree.Next.Value.Length != (wanted ??= tree.Next.Value.Length))
                throw new ArgumentException($"chunk {chunk} gave {tree.Next.Value.Length} products and others gave "
                    + $"{wanted}; all should give as many");
            tree.Join();
        }
        return tree.Total.Value!;
    }

    private static double WeightOf(Samples<T> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Loss.Weight(samples.Weights is null ? [] : samples.Weights.Span, samples.Inputs.Rows);
    }

    // Threads share the directions; where these are fewer than threads, they come one by one and
    // threads share their products.
    private Gradient<T>[] Products(IReadOnlyList<Gradient<T>> along, Func<Gradient<T>, int, Gradient<T>> product)
    {
        ArgumentNullException.ThrowIfNull(along);
        foreach (var direction in along) Tangents.Require(network, direction);
        int helpers = Workers.Count(threads);
        bool isShared = along.Count >= helpers;
        var found = new Gradient<T>[along.Count];
        var each = new Each(along, found, product, isShared ? 1 : helpers);
        Workers.Share(ref each, along.Count, isShared ? helpers : 1);
        return found;
    }

    private Gradient<T> Hessian(Gradient<T> along, int helpers)
    {
        var pass = network.PassOf(tape, helpers);
        var (room, scratch) = (network.TangentTape(pass), ThreadCache<T>.Take(pass.Frame.BackwardTangentScratch));
        var into = new Into<T>(new T[Output.Cells.Length], room.Span[..pass.Frame.TangentTape]);
        network.Tangent(tape, along.Direction.Span, [], into, pass);
        var gradientTangent = new T[network.Parameters.Length];
        network.Stage.BackwardTangent(
            pass, network.PointOf(tape), new(along.Direction.Span, [], into.Output, into.Tape),
            new(delta.Cells.Span.ToArray(), [], []),
            new(DeltaTangent(into.Output, samples.Targets), [], gradientTangent), scratch.Span);
        ThreadCache<T>.Return(scratch);
        ThreadCache<T>.Return(room);
        return new(Vec<T>.Freeze(gradientTangent));
    }

    private Gradient<T> GaussNewton(Gradient<T> along, Matrix<T> targets, int helpers)
    {
        var deltaTangent = DeltaTangent(network.Jvp(tape, along, threads: helpers).Cells.Span, targets);
        return network.Backward(tape, new(Output.Rows, Output.Columns, Vec<T>.Freeze(deltaTangent)), helpers).Gradient;
    }

    private T[] DeltaTangent(ReadOnlySpan<T> outputTangent, Matrix<T> targets)
    {
        var tangent = new T[outputTangent.Length];
        ReadOnlySpan<T> weights = samples.Weights is null ? [] : samples.Weights.Span;
        loss.EvaluateTangent(
            Output.Cells.Span, targets.Cells.Span, weights, outputTangent, Output.Rows, weight, tangent);
        return tangent;
    }

    private readonly struct Each(
        IReadOnlyList<Gradient<T>> along, Gradient<T>[] found, Func<Gradient<T>, int, Gradient<T>> product, int threads)
        : IParts
    {
        public void Run(int part, int parts) => found[part] = product(along[part], threads);
    }
}
