using CsCheck;
using Functional.Core.Landscapes;
using Functional.Core.Randomness;
using MathNet.Numerics.LinearAlgebra;
using Properties.Generators;

namespace Properties.Landscapes;

/// <summary>Quasi-Newton matrices, written down.</summary>
internal static class QuasiNewton
{
    /// <summary>A memory with some pairs of positive curvature, and a gradient.</summary>
    public static readonly Gen<(CurvaturePairs Pairs, double[] Gradient)> Pairs =
        from n in Gen.Int[1, 6]
        from memory in Gen.Int[1, 4]
        from steps in Gen.Int[1, 6]
        from key in Any.Key
        select (Of(n, memory, steps, key), Draw.Normal<double>(key.At(99), n).ToArray());

    // y = (C C' + I / 2) s, with steps s shorter and shorter.
    private static CurvaturePairs Of(int n, int memory, int steps, Key key)
    {
        var c = Matrix<double>.Build.Dense(n, n, Draw.Normal<double>(key.At(0), n * n).ToArray());
        var hessian = c * c.Transpose() + 0.5 * Matrix<double>.Build.DenseIdentity(n);
        var pairs = new CurvaturePairs(memory);
        for (int step = 1; step <= steps; step++)
        {
            double[] s = Draw.Normal<double>(key.At((uint)step), n, 0, Math.Pow(10, -step)).ToArray();
            pairs.Add(s, (hessian * Vector<double>.Build.Dense(s)).ToArray());
        }
        return pairs;
    }

    /// <summary>The approximate inverse of the Hessian.</summary>
    public static Matrix<double> Inverse(CurvaturePairs pairs)
    {
        int n = pairs.Pairs[0].S.Length;
        var identity = Matrix<double>.Build.DenseIdentity(n);
        var last = Vector<double>.Build.Dense(pairs.Pairs[^1].Y);
        var inverse = last.DotProduct(Vector<double>.Build.Dense(pairs.Pairs[^1].S)) / last.DotProduct(last) * identity;
        foreach (var pair in pairs.Pairs)
        {
            var (s, y) = (Vector<double>.Build.Dense(pair.S), Vector<double>.Build.Dense(pair.Y));
            double product = s.DotProduct(y);
            var left = identity - s.OuterProduct(y) / product;
            inverse = left * inverse * left.Transpose() + s.OuterProduct(s) / product;
        }
        return inverse;
    }
}

/// <summary>Least squares by MathNet.</summary>
internal static class LeastSquares
{
    /// <summary>The parameters of the best linear layer: weights [input][output], then biases.</summary>
    public static double[] Of(Functional.Samples<double> samples)
    {
        var x = Matrix<double>.Build.Dense(
            samples.Inputs.Rows, samples.Inputs.Columns + 1,
            (row, column) => column < samples.Inputs.Columns ? samples.Inputs[row, column] : 1);
        var y = Matrix<double>.Build.Dense(
            samples.Targets.Rows, samples.Targets.Columns, (row, column) => samples.Targets[row, column]);
        return [.. x.QR().Solve(y).ToRowMajorArray()];
    }
}
