using System.Numerics;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional;

/// <summary>
/// A layer of a program's own: what it makes of one sample, over generic arithmetic. Its derivatives come from
/// reverse mode and dual numbers. Evaluated in double and rounded once: right to the bit on every processor, and
/// far slower than a built-in layer. </summary>
public abstract record LayerFunction : Layer
{
    /// <summary>How many numbers come out for a sample of <paramref name="inputs"/> numbers.</summary>
    public abstract int OutputsOf(int inputs);

    /// <summary>How many numbers it learns.</summary>
    public virtual int ParametersOf(int inputs) => 0;

    /// <summary>A number to be learned, before the first step; 0 unless said otherwise.</summary>
    /// <param name="inputs">Numbers a sample.</param>
    /// <param name="parameter">Which one, from 0.</param>
    /// <param name="key">A key of its own to draw from.</param>
    public virtual double First(int inputs, int parameter, Key key) => 0;

    /// <summary>What becomes of a sample. Should be pure, and look at nothing but its arguments.</summary>
    /// <param name="parameters">What it has learned.</param>
    /// <param name="x">The sample.</param>
    /// <param name="y">What comes out; to be written whole.</param>
    public abstract void Forward<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<T> x, Span<T> y) where T : IReal<T>;

    internal sealed override IEnumerable<Invalid> ShapeFaults(int inputs, string path)
    {
        if (OutputsOf(inputs) < 1)
            yield return new($"{path} makes {OutputsOf(inputs)} numbers of {inputs}; it should make at least 1");
        if (ParametersOf(inputs) < 0)
            yield return new($"{path} has {ParametersOf(inputs)} parameters; it should have at least 0");
    }

    internal sealed override int Outputs(int inputs) => OutputsOf(inputs);

    internal sealed override long Parameters(int inputs) => ParametersOf(inputs);

    internal sealed override IEnumerable<Slice> Layout(int inputs) =>
        ParametersOf(inputs) is > 0 and var count ? [new("parameters", [count])] : [];

    internal sealed override Stage<T> Stage<T>(int inputs) => new LayerFunctionStage<T>(this, inputs);

    /// <summary>What becomes of a sample.</summary>
    internal T[] Of<T>(T[] parameters, T[] x) where T : IReal<T>
    {
        var y = new T[OutputsOf(x.Length)];
        Forward<T>(parameters, x, y);
        return Array.FindIndex(y, number => number is null) is >= 0 and var unwritten
            ? throw new InvalidOperationException(
                $"{GetType().Name}.Forward leaves y[{unwritten}] unwritten; it should write all of y")
            : y;
    }
}

/// <summary>The arithmetic of a layer of a program's own, sample by sample.</summary>
internal sealed class LayerFunctionStage<T>(LayerFunction layer, int inputs)
    : Stage<T>(inputs, layer.OutputsOf(inputs), layer.ParametersOf(inputs))
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running)
    {
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = T.CreateTruncating(layer.First(Inputs, i, key.At((uint)i)));
    }

    public override void Forward(in Pass pass, in Point<T> at, in Into<T> into)
    {
        var learned = Numbers<Real>(at.Parameters, []);
        for (int row = 0; row < pass.Rows; row++)
            Write(
                layer.Of(learned, Numbers<Real>(Row(at.Input, row, Inputs), [])), Row(into.Output, row, Outputs),
                y => y.Value);
    }

    public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
    {
        adjoint.Gradient.Clear();
        for (int row = 0; row < pass.Rows; row++)
        {
            var slopes = Slopes(
                Both<Real>(at.Parameters, [], Row(at.Input, row, Inputs), []),
                Numbers<Real>(Row(adjoint.FromOutput, row, Outputs), []));
            for (int i = 0; i < Parameters; i++) adjoint.Gradient[i] += T.CreateTruncating(slopes[i].Value);
            if (!adjoint.ToInput.IsEmpty)
                Write<Real>(slopes.AsSpan(Parameters), Row(adjoint.ToInput, row, Inputs), slope => slope.Value);
        }
    }

    public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into)
    {
        for (int row = 0; row < pass.Rows; row++)
        {
            var both = Both<Dual<Real>>(
                at.Parameters, along.Parameters, Row(at.Input, row, Inputs), Row(along.Input, row, Inputs));
            Write(
                layer.Of(both[..Parameters], both[Parameters..]), Row(into.Output, row, Outputs), y => y.Tangent.Value);
        }
    }

    public override void BackwardTangent(
        in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
        Span<T> scratch)
    {
        tangent.Gradient.Clear();
        for (int row = 0; row < pass.Rows; row++)
        {
            var both = Both<Dual<Real>>(
                at.Parameters, along.Parameters, Row(at.Input, row, Inputs), Row(along.Input, row, Inputs));
            var slopes = Slopes(
                both,
                Numbers<Dual<Real>>(Row(adjoint.FromOutput, row, Outputs), Row(tangent.FromOutput, row, Outputs)));
            for (int i = 0; i < Parameters; i++) tangent.Gradient[i] += T.CreateTruncating(slopes[i].Tangent.Value);
            if (adjoint.ToInput.IsEmpty) continue;
            Write(slopes.AsSpan(Parameters), Row(adjoint.ToInput, row, Inputs), slope => slope.Value.Value);
            Write(slopes.AsSpan(Parameters), Row(tangent.ToInput, row, Inputs), slope => slope.Tangent.Value);
        }
    }

    // The derivatives of the sum of the outputs, each times what comes back to it, by parameters and inputs.
    private N[] Slopes<N>(N[] both, N[] fromOutput) where N : IReal<N> => Reverse.Gradient(
        all =>
            layer.Of(all[..Parameters], all[Parameters..]).Zip(fromOutput, (y, back) => y * Variable<N>.Constant(back))
                .Aggregate(Variable<N>.Constant(N.Zero), (sum, part) => sum + part),
        both);

    private static N[] Both<N>(
        ReadOnlySpan<T> parameters, ReadOnlySpan<T> movingParameters, ReadOnlySpan<T> input,
        ReadOnlySpan<T> movingInput)
        where N : IReal<N> => [.. Numbers<N>(parameters, movingParameters), .. Numbers<N>(input, movingInput)];

    // Numbers that stand still, or that move.
    private static N[] Numbers<N>(ReadOnlySpan<T> cells, ReadOnlySpan<T> moving) where N : IReal<N>
    {
        var numbers = new N[cells.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            double cell = double.CreateTruncating(cells[i]);
            numbers[i] = typeof(N) == typeof(Dual<Real>)
                ? (N)(object)new Dual<Real>(cell, moving.IsEmpty ? 0 : double.CreateTruncating(moving[i]))
                : N.Of(cell);
        }
        return numbers;
    }

    private static void Write<N>(ReadOnlySpan<N> numbers, Span<T> into, Func<N, double> read)
    {
        for (int i = 0; i < into.Length; i++) into[i] = T.CreateTruncating(read(numbers[i]));
    }

    private static ReadOnlySpan<T> Row(ReadOnlySpan<T> cells, int row, int width) =>
        cells.IsEmpty ? [] : cells.Slice(row * width, width);

    private static Span<T> Row(Span<T> cells, int row, int width) => cells.Slice(row * width, width);
}
