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
        select Spectrums.Rotated(key, [.. Functional.Core.Randomness.Draw.Normal<double>(
            key.At(1), size, 0, deviation)]));

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
    public void The_ends_fit_as_well_as_they_say_and_are_at_right_angles() =>
        Gen.Select(Symmetric, Gen.Int[0, 12], Gen.Int[0, 12]).Sample((matrix, top, bottom) =>
        {
            var (whole, ends) = LinearOperator<double>.Of(matrix).WholeSpectrum(top, bottom);
            double slack = 1e-12 * (matrix.Rows + 5);
            return ends.Top.Count == Math.Min(top, matrix.Rows) && ends.Bottom.Count == Math.Min(bottom, matrix.Rows)
                && ends.Top.Select(pair => pair.Value).SequenceEqual(whole.Values.Reverse().Take(top))
                && ends.Bottom.Select(pair => pair.Value).SequenceEqual(whole.Values.Take(bottom))
                && ends.Top.Concat(ends.Bottom).All(pair => pair.Residual <= slack * Size(matrix))
                && Orthonormal([.. ends.Top], slack) && Orthonormal([.. ends.Bottom], slack);
        });

    private static bool Orthonormal(Eigenpair<double>[] pairs, double slack) =>
        Enumerable.Range(0, pairs.Length).All(i => Enumerable.Range(0, i + 1).All(j =>
            Math.Abs(Dot([.. pairs[i].Vector], [.. pairs[j].Vector]) - (i == j ? 1 : 0)) <= slack));

    [Fact]
    public void The_values_add_up_to_the_trace_on_any_number_of_threads() => Spectrums.Hessian.Sample(hessian =>
    {
        var whole = hessian.WholeSpectrum(threads: 1);
        return Math.Abs(whole.Trace - hessian.Trace()) <= 1e-12 * (1 + whole.Values.Sum(Math.Abs))
            && whole == hessian.WholeSpectrum(threads: 3);
    }, iter: 20);

    [Fact]
    public void More_than_two_thousand_dimensions_are_refused() => Assert.Contains(
        "2001 dimensions", Assert.Throws<ArgumentException>(() => new Zero().WholeSpectrum()).Message,
            StringComparison.Ordinal);

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
