using System.Numerics;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Layers;

/// <summary>What batch norm and layer norm share: y = gamma x^ + beta, with x^ the normalised input. The parameters are
/// gamma (from 1), then beta (from 0), a number each for every feature.</summary>
internal static class Normalized
{
    /// <summary>y = gamma x^ + beta, row by row.</summary>
    public static void Affine<T>(ReadOnlySpan<T> normalized, ReadOnlySpan<T> parameters, Span<T> output) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = parameters.Length / 2;
        for (int at = 0; at < output.Length; at += width)
        {
            var row = output.Slice(at, width);
            Elementwise.Zip(default(Multiply<T>), normalized.Slice(at, width), parameters[..width], row);
            Elementwise.Zip(default(Add<T>), row, parameters[width..], row);
        }
    }

    /// <summary>The gradient of gamma and of beta: two sums down the rows. Uses <paramref name="scratch"/> as large as the output.</summary>
    public static void AffineGradient<T>(ReadOnlySpan<T> normalized, ReadOnlySpan<T> fromOutput, Span<T> gradient, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = gradient.Length / 2;
        var products = scratch[..fromOutput.Length];
        Elementwise.Zip(default(Multiply<T>), fromOutput, normalized, products);
        Reduce.Columns(products, gradient[..width]);
        Reduce.Columns(fromOutput, gradient[width..]);
    }

    /// <summary>How y moves: dy = gamma dx^ + dgamma x^ + dbeta.</summary>
    public static void AffineTangent<T>(ReadOnlySpan<T> normalized, ReadOnlySpan<T> parameters, ReadOnlySpan<T> moving, ReadOnlySpan<T> parametersMoving, Span<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = parameters.Length / 2;
        for (int at = 0; at < output.Length; at++)
        {
            int i = at % width;
            output[at] = parameters[i] * moving[at] + parametersMoving[i] * normalized[at] + parametersMoving[width + i];
        }
    }

    /// <summary>How the gradient of gamma and of beta moves, and how g = gamma delta does: from now on <paramref name="fromOutput"/> is g and
    /// <paramref name="bentOutput"/> how it moves.</summary>
    public static void AffineSecond<T>(in Point<T> at, in PointTangent<T> moving, Span<T> fromOutput, Span<T> bentOutput, Span<T> bentGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = at.Parameters.Length / 2;
        Span<T> bentGamma = bentGradient[..width], bentBeta = bentGradient[width..];
        bentGradient.Clear();
        for (int cell = 0; cell < fromOutput.Length; cell++)
        {
            int i = cell % width;
            T delta = fromOutput[cell], bent = bentOutput[cell];
            bentGamma[i] += bent * at.Tape[cell] + delta * moving.Tape[cell];
            bentBeta[i] += bent;
            fromOutput[cell] = at.Parameters[i] * delta;
            bentOutput[cell] = at.Parameters[i] * bent + moving.Parameters[i] * delta;
        }
    }

    public static IEnumerable<Slice> Layout(int width) => [new("gamma", [width]), new("beta", [width])];

    public static void Ones<T>(Span<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        parameters[..(parameters.Length / 2)].Fill(T.One);
}
