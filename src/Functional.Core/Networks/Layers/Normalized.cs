using System.Numerics;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Layers;

/// <summary>What batch norm and layer norm share: y = gamma x^ + beta, with x^ the normalised input. The parameters are
/// gamma (from 1), then beta (from 0), a number each for every feature.</summary>
internal static class Normalized
{
    /// <summary>y = gamma x^ + beta, row by row.</summary>
    public static void Affine<T>(ReadOnlySpan<T> normalized, ReadOnlySpan<T> parameters, Span<T> output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = parameters.Length / 2;
        for (int at = 0; at < output.Length; at += width)
        {
            var row = output.Slice(at, width);
            Elementwise.Zip(default(Multiply<T>), normalized.Slice(at, width), parameters[..width], row);
            Elementwise.Zip(default(Add<T>), row, parameters[width..], row);
        }
    }

    /// <summary>The gradient of gamma and of beta: two sums down the rows. Uses <paramref name="scratch"/> as
    /// large as the output.</summary>
    public static void AffineGradient<T>(
        ReadOnlySpan<T> normalized, ReadOnlySpan<T> fromOutput, Span<T> gradient, Span<T> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = gradient.Length / 2;
        var products = scratch[..fromOutput.Length];
        Elementwise.Zip(default(Multiply<T>), fromOutput, normalized, products);
        Reduce.Columns(products, gradient[..width]);
        Reduce.Columns(fromOutput, gradient[width..]);
    }

    /// <summary>How y moves: dy = gamma dx^ + dgamma x^ + dbeta.</summary>
    public static void AffineTangent<T>(in Point<T> at, ReadOnlySpan<T> parametersTangent, in Into<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = at.Parameters.Length / 2;
        ReadOnlySpan<T> gammaTangent = parametersTangent[..width], betaTangent = parametersTangent[width..];
        for (int cell = 0; cell < into.Output.Length; cell++)
        {
            int i = cell % width;
            into.Output[cell] = at.Parameters[i] * into.Tape[cell] + gammaTangent[i] * at.Tape[cell] + betaTangent[i];
        }
    }

    /// <summary>How the gradient of gamma and of beta moves, and how g = gamma delta does: from now on
    /// <c>adjoint.FromOutput</c> is g and <c>tangent.FromOutput</c> how it moves.</summary>
    public static void AffineBackwardTangent<T>(
        in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = at.Parameters.Length / 2;
        Span<T> toGammaTangent = tangent.Gradient[..width], toBetaTangent = tangent.Gradient[width..];
        tangent.Gradient.Clear();
        for (int cell = 0; cell < adjoint.FromOutput.Length; cell++)
        {
            int i = cell % width;
            T delta = adjoint.FromOutput[cell], deltaTangent = tangent.FromOutput[cell];
            toGammaTangent[i] += deltaTangent * at.Tape[cell] + delta * along.Tape[cell];
            toBetaTangent[i] += deltaTangent;
            adjoint.FromOutput[cell] = at.Parameters[i] * delta;
            tangent.FromOutput[cell] = at.Parameters[i] * deltaTangent + along.Parameters[i] * delta;
        }
    }

    public static IEnumerable<Slice> Layout(int width) => [new("gamma", [width]), new("beta", [width])];

    public static void Ones<T>(Span<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        parameters[..(parameters.Length / 2)].Fill(T.One);
}
