using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Networks;
using Properties.Generators;
using Xunit;

namespace Properties.Curvature;

/// <summary>Eigenvalues at the ends of a spectrum, beside the exact matrix and MathNet's.</summary>
public sealed class SpectrumProperties
{
    [Fact]
    public void The_ends_of_a_Hessian_are_those_of_the_matrix() => Spectrums.Hessian.Sample(hessian =>
        AreEnds(hessian.Spectrum(top: 10, bottom: 10), Spectrums.Exact(hessian.ToMatrix())), iter: 300);

    [Fact]
    public void An_eigenvalue_is_found_as_often_as_it_is_there() =>
        Gen.Select(Spectrums.WithRepetitions, Gen.Int[0, 12], Gen.Int[0, 12]).Sample((matrix, top, bottom) =>
            AreEnds(LinearOperator<double>.Of(matrix).Spectrum(top, bottom), Spectrums.Exact(matrix)));

    [Fact]
    public void A_pair_fits_as_well_as_it_says() => Spectrums.Hessian.Sample(hessian =>
    {
        var spectrum = hessian.Spectrum(top: 3, bottom: 3);
        double size = Size(spectrum);
        return spectrum.Top.Concat(spectrum.Bottom).All(pair =>
        {
            double[] product = [.. hessian.Apply(pair.Vector).Span], vector = [.. pair.Vector.Span];
            double off = Math.Sqrt(product.Zip(vector, (h, v) => h - pair.Value * v).Sum(x => x * x));
            return Math.Abs(off - pair.Residual) <= 1e-13 * size && pair.Residual <= 1e-10 * size
                && Math.Abs(vector.Sum(v => v * v) - 1) <= 1e-12;
        });
    }, iter: 40);

    [Fact]
    public void Vectors_are_orthogonal() => Spectrums.WithRepetitions.Sample(matrix =>
    {
        var spectrum = LinearOperator<double>.Of(matrix).Spectrum(top: 4, bottom: 0);
        return (from i in Enumerable.Range(0, spectrum.Top.Count)
                from j in Enumerable.Range(0, i)
                select spectrum.Top[i].Vector.Span.ToArray()
                    .Zip([.. spectrum.Top[j].Vector.Span], (x, y) => x * y).Sum())
            .All(product => Math.Abs(product) <= 1e-9);
    });

    [Fact]
    public void Threads_and_keys_of_the_same_start_give_the_same_digits() =>
        Gen.Select(Spectrums.Losses, Any.Key).Sample((of, key) =>
            Ends(of, key, 1) is var one && Ends(of, key, 2).Equals(one) && Ends(of, key, 3).Equals(one), iter: 15);

    [Fact]
    public void In_float_the_ends_are_those_of_double_to_its_rounding() => Spectrums.WithRepetitions.Sample(matrix =>
    {
        var (wide, narrow) = (
            LinearOperator<double>.Of(matrix.To<float>().To<double>()).Spectrum(),
            LinearOperator<float>.Of(matrix.To<float>()).Spectrum());
        return Math.Abs(wide.Largest.Value - narrow.Largest.Value) <= 1e-5 * (1 + Math.Abs(wide.Largest.Value))
            && Math.Abs(wide.Smallest.Value - narrow.Smallest.Value) <= 1e-5 * (1 + Math.Abs(wide.Smallest.Value));
    });

    private static Spectrum<double> Ends(
        (Network<double> Network, Loss Loss, Samples<double> Samples) of, Functional.Core.Randomness.Key key,
        int threads) =>
        of.Network.Hessian(of.Loss, of.Samples, threads: threads).Spectrum(2, 2, key);

    // Each within its residual, which is small; how often a number is there is known to the tolerance of the search.
    private static bool AreEnds(Spectrum<double> spectrum, double[] exact)
    {
        double size = exact.Select(Math.Abs).Max(), slack = 1e-10 * size + 1e-300;
        var ends = spectrum.Top.Select((pair, i) => (pair, exact[^(i + 1)]))
            .Concat(spectrum.Bottom.Select((pair, i) => (pair, exact[i]))).ToArray();
        return ends.All(of =>
            of.pair.Residual <= slack && Math.Abs(of.pair.Value - of.Item2) <= of.pair.Residual + 3e-11 * size);
    }

    private static double Size(Spectrum<double> spectrum) =>
        Math.Max(Math.Abs(spectrum.Largest.Value), Math.Abs(spectrum.Smallest.Value)) + 1e-300;
}
