using Functional.Core.Differentiation;
using Functional.Core.Differentiation.Textbook;

namespace Functional;

/// <summary>A loss that a program brings along: that of one sample alone, over generic arithmetic. Its derivatives
/// come from reverse mode.</summary>
public interface ILossFunction
{
    /// <summary>The name it is written under in experiments and models: lower-case letters, digits
    /// and underscores.</summary>
    static abstract string Name { get; }

    /// <summary>The loss of one sample; that of a batch is the mean over its samples. Should be pure, and look at
    /// nothing but its arguments.</summary>
    /// <param name="outputs">What the network says, a number for each output.</param>
    /// <param name="targets">What is right: a number for each output, 1 and 0 for classes; or one number, that of
    /// the class, where <see cref="TakesClassNumbers"/>.</param>
    static abstract T At<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets) where T : IReal<T>;

    /// <summary>Whether a target is the number of a class, instead of one number for each output.</summary>
    static virtual bool TakesClassNumbers => false;

    /// <summary>Whether the outputs of a sample compete, so that two classes take two outputs; always so where
    /// class numbers are taken.</summary>
    static virtual bool IsAcrossOutputs => false;
}

/// <summary>How a function becomes a loss.</summary>
public static class CustomLosses
{
    extension(Loss)
    {
        /// <summary>The loss of a function, which from now on can be named in experiments and models. To be said
        /// once for each function before they are read; saying it again changes nothing.</summary>
        /// <exception cref="ArgumentException">The name is another loss's, or none.</exception>
        public static Loss Register<F>() where F : struct, ILossFunction
        {
            var loss = new CustomLoss<F>();
            Loss.Kinds.Add(F.Name, loss);
            return loss;
        }
    }
}

/// <summary>A loss made of a function: the mean over samples, evaluated with its derivatives in double
/// and rounded once.</summary>
internal sealed record CustomLoss<F> : Loss, ITextbookLoss where F : struct, ILossFunction
{
    public override bool TakesClassNumbers => F.TakesClassNumbers;
    internal override bool IsForClasses => IsAcrossOutputs;
    internal override bool IsAcrossOutputs => F.TakesClassNumbers || F.IsAcrossOutputs;
    internal override double Factor(double weight, int outputs) => 1.0 / weight;
    T ITextbookLoss.Of<T>(T[] outputs, T[] targets) => F.At<T>(outputs, targets);

    internal override void Rows<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, int rows, Span<T> delta, Span<T> perRow)
    {
        int width = outputs.Length / rows, columns = targets.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            var right = Numbers<Real, T>(targets.Slice(row * columns, columns));
            var (value, gradient) = Reverse.ValueAndGradient(
                At(right), Numbers<Real, T>(outputs.Slice(row * width, width)));
            perRow[row] = T.CreateTruncating(value.Value);
            for (int k = 0; k < width; k++) delta[row * width + k] = T.CreateTruncating(gradient[k].Value);
        }
    }

    // Reverse mode on dual numbers that move along the direction.
    internal override void DeltaTangent<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, ReadOnlySpan<T> along, int rows, Span<T> into)
    {
        int width = outputs.Length / rows, columns = targets.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            var right = Numbers<Dual<Real>, T>(targets.Slice(row * columns, columns));
            var moving = Numbers<Dual<Real>, T>(outputs.Slice(row * width, width));
            for (int k = 0; k < width; k++)
                moving[k] = moving[k] with { Tangent = double.CreateTruncating(along[row * width + k]) };
            var gradient = Reverse.Gradient(At(right), moving);
            for (int k = 0; k < width; k++) into[row * width + k] = T.CreateTruncating(gradient[k].Tangent.Value);
        }
    }

    private static Func<Variable<N>[], Variable<N>> At<N>(N[] targets) where N : IReal<N>
    {
        Variable<N>[] right = [.. targets.Select(Variable<N>.Constant)];
        return outputs => F.At<Variable<N>>(outputs, right);
    }

    private static N[] Numbers<N, T>(ReadOnlySpan<T> cells)
        where N : IReal<N> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var numbers = new N[cells.Length];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = N.Of(double.CreateTruncating(cells[i]));
        return numbers;
    }
}
