using CsCheck;
using Functional.Figures;
using Xunit;

namespace Properties.Drawing;

/// <summary>Curves of very many points, with fewer.</summary>
public sealed class ThinningProperties
{
    private static readonly Gen<double[]> Curves = Gen.OneOf(Gen.Double[-9, 9], Gen.Const(double.NaN)).Array[0, 6000];

    [Fact]
    public void A_thinned_curve_has_the_ends_and_the_gaps_of_the_whole() => Curves.Sample(numbers =>
    {
        var (xs, ys) = Thinned(numbers);
        return ys.Where(double.IsFinite).DefaultIfEmpty().Min() == numbers.Where(double.IsFinite).DefaultIfEmpty().Min()
            && ys.Where(double.IsFinite).DefaultIfEmpty().Max() == numbers.Where(double.IsFinite).DefaultIfEmpty().Max()
            && ys.Any(double.IsNaN) == numbers.Any(double.IsNaN)
            && xs.Zip(ys, (x, y) => numbers[(int)x].Equals(y)).All(isPoint => isPoint);
    }, iter: 60);

    [Fact]
    public void A_thinned_curve_goes_on_in_its_order_and_is_short() => Curves.Sample(numbers =>
        Thinned(numbers).Xs is var xs && xs.Length <= 1200 && xs.SequenceEqual(xs.Order().Distinct()), iter: 60);

    [Fact]
    public void A_curve_of_few_points_stays() => Gen.Double.Array[0, 900].Sample(numbers =>
        Thinned(numbers).Ys.SequenceEqual(numbers));

    private static (double[] Xs, double[] Ys) Thinned(double[] numbers) =>
        Thinning.Of([.. Enumerable.Range(0, numbers.Length).Select(i => (double)i)], numbers);
}
