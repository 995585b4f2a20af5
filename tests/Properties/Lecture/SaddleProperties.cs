using CsCheck;
using Functional.Core.Numbers.Functions;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>Saddles of exclusive or, and how descents leave them: by a factor 1 + rate |lambda| a step, and sooner with
/// noise.</summary>
public sealed class SaddleProperties
{
    private static readonly Gen<Key> AnyKey = Gen.ULong.Select(Key.FromSeed);

    [Fact]
    public void One_linear_unit_has_one_critical_point_and_it_is_no_saddle() => AnyKey.Sample(key =>
        SaddleEscapes.Search(key, hasHidden: false) is { Index: 0, IsStrictMinimum: true } point
        && Math.Abs(point.Loss - 0.5) < 1e-12, iter: 50);

    [Fact]
    public void A_hidden_layer_has_saddles() =>
        AnyKey.Sample(key => SaddleEscapes.Saddle(key, hasHidden: true) is { Index: > 0, Loss: > 0 }, iter: 10);

    // In the first ten steps the way is so short that the loss is a quadratic.
    [Fact]
    public void Gradient_descent_grows_along_the_steepest_way_by_one_factor_a_step() => AnyKey.Sample(key =>
    {
        var saddle = SaddleEscapes.Saddle(key, hasHidden: true)!;
        double rate = 0.1 / Math.Max(-saddle.Eigenvalues[0], saddle.Eigenvalues[^1]);
        double[] along = [.. SaddleEscapes.Course(saddle, Leaving.Descent, key).Take(101).Select(at => at.Along)];
        double factor = Elementary.Of<Exp>(Elementary.Of<Log>(along[100] / along[0]) / 100);
        return along[0] < 1e-8 || Math.Abs(factor - (1 - rate * saddle.Eigenvalues[0])) < 1e-4;
    }, iter: 10);

    [Fact]
    public void Added_noise_leaves_sooner() => AnyKey.Sample(key =>
    {
        var saddle = SaddleEscapes.Saddle(key, hasHidden: true)!;
        return SaddleEscapes.Course(saddle, Leaving.Noisy, key).Count()
            < SaddleEscapes.Course(saddle, Leaving.Descent, key).Count();
    }, iter: 10);
}
