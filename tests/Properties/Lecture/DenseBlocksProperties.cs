using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Lecture;
using Properties.Generators;
using Xunit;

namespace Properties.Lecture;

/// <summary>A dense net is a block: what comes before it and what comes after it see a function with a derivative, and
/// no more. (Chen et al., 2020; Raissi et al., 2019)</summary>
public sealed class DenseBlocksProperties(ITestOutputHelper output)
{
    private static readonly Gen<Key> Keys = Any.Key;

    [Fact]
    public void The_contrastive_loss_has_the_derivative_of_its_differences() => Keys.Sample(key =>
    {
        var (z, along) = (Table(key.At(0), 8, 5), Table(key.At(1), 8, 5));
        double exact = Contrast.Loss(z).ToProjections.Cells.Zip(along.Cells, (x, y) => x * y).Sum();
        double difference = (Contrast.Loss(Moved(z, along, 1e-5)).Loss - Contrast.Loss(Moved(z, along, -1e-5)).Loss)
            / 2e-5;
        return Math.Abs(exact - difference) <= 1e-7 * (1 + Math.Abs(exact));
    }, iter: 100);

    // Angles alone count, so that a longer projection is no better one.
    [Fact]
    public void The_contrastive_loss_does_not_see_lengths() =>
        Gen.Select(Keys, Gen.Double[0.1, 10]).Sample((key, factor) =>
            Table(key, 8, 5) is var z && Math.Abs(Contrast.Loss(z).Loss - Contrast.Loss(Times(z, factor)).Loss) < 1e-9,
            iter: 50);

    // Two views in one direction, and those of others in others: nothing is better than that.
    [Fact]
    public void The_contrastive_loss_is_less_for_views_that_agree_than_for_strangers() => Keys.Sample(key =>
        Table(key, 4, 16) is var z && Contrast.Loss(Stacked(z, z)).Loss
            < Contrast.Loss(Stacked(z, z.Select([1, 2, 3, 0]))).Loss, iter: 100);

    [Fact]
    public void Training_a_projection_brings_two_views_of_a_sample_nearer_than_those_of_others()
    {
        var key = Key.FromSeed(3);
        var lines = new Mnist1D(400).Make(key).Inputs;
        var start = Network<float>.Init(
            Architecture.Of(40, new Dense(32, Activation.Relu), new Dense(8)), new Initializer.HeNormal(), key.At(1));
        double Loss(Network<float> network) => Contrast.Loss(network.Predict(new Matrix<double>(128, 40, Vec<double>.Of(
            [.. Contrast.OfLines(lines, [.. Enumerable.Range(0, 64)], key.At(5)),
                .. Contrast.OfLines(lines, [.. Enumerable.Range(0, 64)], key.At(6))])).To<float>()).To<double>()).Loss;
        double before = Loss(start), after = Loss(Contrast.Train(start, lines, Contrast.OfLines, key, 60, false)),
            strangers = Loss(Contrast.Train(start, lines, Contrast.OfLines, key, 60, true));
        output.WriteLine($"{before}, after {after}, of strangers {strangers}");
        Assert.True(after < before - 0.3 && after < strangers - 0.3);
    }

    [Fact]
    public void The_law_backwards_is_the_transpose_of_its_derivative() => Keys.Sample(key =>
    {
        var (p, along) = (Table(key.At(0), 3, 2), Table(key.At(1), 3, 2));
        var weights = Table(key.At(2), 3, Oscillation.Times);
        double exact = Dot(Oscillation.Backward(p, weights), along);
        double difference = (Dot(weights, Oscillation.Curves(Moved(p, along, 1e-6)))
            - Dot(weights, Oscillation.Curves(Moved(p, along, -1e-6)))) / 2e-6;
        return Math.Abs(exact - difference) <= 1e-6 * (1 + Math.Abs(exact));
    }, iter: 100);

    [Fact]
    public void The_gradient_of_a_net_inside_the_law_is_that_of_the_whole() => Keys.Sample(key =>
        Oscillation.GradientError(Reader(key), Oscillation.Draw(key.At(1), 5).Curves, key.At(2), hasLaw: true) < 1e-5
        && Oscillation.GradientError(Reader(key), Oscillation.Draw(key.At(1), 5).Curves, key.At(2),
            hasLaw: false) > 1e-3,
        iter: 20);

    [Fact]
    public void A_net_inside_the_law_learns_numbers_that_nobody_tells_it()
    {
        var key = Key.FromSeed(1);
        var (curves, truth) = Oscillation.Draw(key.At(0), 200);
        Assert.InRange(Oscillation.Explained(Oscillation.Train(Reader(key), curves, key, 600, true), curves, truth),
            0.8, 1);
        Assert.True(
            Oscillation.Explained(Oscillation.Train(Reader(key), curves, key, 300, false), curves, truth) < 0.5);
    }

    private static Network<double> Reader(Key key) => Network<double>.Init(
        Architecture.Of(Oscillation.Times, new Dense(16, Activation.Tanh), new Dense(2)),
        new Initializer.GlorotNormal(), key);

    private static Matrix<double> Table(Key key, int rows, int columns) =>
        new(rows, columns, Draw.Normal<double>(key, rows * columns));

    private static Matrix<double> Moved(Matrix<double> x, Matrix<double> along, double step) => new(
        x.Rows, x.Columns, Vec<double>.Of([.. x.Cells.Zip(along.Cells, (a, b) => a + step * b)]));

    private static Matrix<double> Times(Matrix<double> x, double factor) =>
        new(x.Rows, x.Columns, Vec<double>.Of([.. x.Cells.Select(cell => factor * cell)]));

    private static Matrix<double> Stacked(Matrix<double> x, Matrix<double> y) =>
        new(x.Rows + y.Rows, x.Columns, Vec<double>.Of([.. x.Cells, .. y.Cells]));

    private static double Dot(Matrix<double> x, Matrix<double> y) => x.Cells.Zip(y.Cells, (a, b) => a * b).Sum();
}
