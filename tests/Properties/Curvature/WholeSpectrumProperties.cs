using CsCheck;
using Functional.Core.Curvature;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Curvature;

/// <summary>Every eigenvalue of a matrix, beside MathNet's.</summary>
public sealed class WholeSpectrumProperties
{
    private static readonly Gen<Matrix<double>> Symmetric = Gen.OneOf(
        Spectrums.WithRepetitions,
        Spectrums.Hessian.Where(hessian => hessian.Size <= 60).Select(hessian => hessian.Symmetric()),
        from size in Gen.Int[1, 30]
        from key in Any.Key
        from deviation in Gen.Double[1e-3, 1e3]
        select Spectrums.Rotated(key, [.. Functional.Core.Randomness.Draw.Normal<double>(key.At(1), size, 0, deviation)]));

    [Fact]
    public void Every_eigenvalue_is_MathNets() => Symmetric.Sample(matrix =>
        Householder.Values(matrix).Zip(Spectrums.Exact(matrix)).All(pair =>
            Math.Abs(pair.Item1 - pair.Item2) <= 1e-13 * (matrix.Rows + 5) * Size(matrix)));

    [Fact]
    public void Vectors_are_orthonormal_and_fit_their_values() => Symmetric.Sample(matrix =>
    {
        var (values, vectors) = Householder.Eigen(matrix);
        double slack = 1e-13 * (matrix.Rows + 5);
        return Enumerable.Range(0, values.Length).All(i =>
            Enumerable.Range(0, values.Length).All(row =>
                Math.Abs(Dot([.. matrix.Row(row)], vectors[i]) - values[i] * vectors[i][row]) <= slack * Size(matrix)
                && Math.Abs(Dot(vectors[i], vectors[row]) - (i == row ? 1 : 0)) <= slack));
    });

    [Fact]
    public void The_values_add_up_to_the_trace_on_any_number_of_threads() => Spectrums.Hessian.Sample(hessian =>
    {
        var whole = hessian.WholeSpectrum(threads: 1);
        return Math.Abs(whole.Trace - hessian.Trace()) <= 1e-12 * (1 + whole.Values.Sum(Math.Abs))
            && whole == hessian.WholeSpectrum(threads: 3);
    }, iter: 20);

    [Fact]
    public void More_than_two_thousand_dimensions_are_refused() => Assert.Contains(
        "2001 dimensions", Assert.Throws<ArgumentException>(() => new Zero().WholeSpectrum()).Message, StringComparison.Ordinal);

    private sealed class Zero : LinearOperator<double>
    {
        public override int Size => 2001;

        protected override IReadOnlyList<Vec<double>> Products(IReadOnlyList<Vec<double>> vectors) =>
            [.. vectors.Select(vector => Vec<double>.Zeros(vector.Length))];
    }

    private static double Size(Matrix<double> matrix) =>
        1e-300 + matrix.Cells.Span.ToArray().Select(Math.Abs).DefaultIfEmpty(0).Max() * matrix.Rows;

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
