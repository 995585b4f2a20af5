using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Properties.Generators;
using Xunit;

namespace Properties.Networks;

/// <summary>First weights: of the spread that their names promise.</summary>
public sealed class InitializerProperties
{
    /// <summary>Each initializer with the variance of its weights, for 300 inputs and 200 outputs.</summary>
    public static TheoryData<Initializer, double> Variances => new()
    {
        { new Initializer.Zeros(), 0 }, { new Initializer.Constant(0.5), 0 },
        { new Initializer.GlorotUniform(), 2.0 / 500 }, { new Initializer.GlorotNormal(), 2.0 / 500 },
        { new Initializer.HeUniform(), 2.0 / 300 }, { new Initializer.HeNormal(), 2.0 / 300 },
        { new Initializer.LecunUniform(), 1.0 / 300 }, { new Initializer.LecunNormal(), 1.0 / 300 },
        { new Initializer.Uniform(0.3), 0.09 / 3 }, { new Initializer.Normal(0.2), 0.04 },
        { new Initializer.TruncatedNormal(0.2), 0.04 * 0.7737413 }, // 1 - 4 p(2) / (P(2) - P(-2))
        { new Initializer.Orthogonal(3), 9.0 / 300 },
    };

    [Theory, MemberData(nameof(Variances))]
    public void Weights_vary_as_much_as_promised(Initializer initializer, double variance)
    {
        double[] weights = initializer.Draw<double>(new(1, 2), 300, 200).Span.ToArray();
        double mean = weights.Average(), spread = weights.Average(w => (w - mean) * (w - mean));
        Assert.InRange(spread, 0.97 * variance, 1.03 * variance);
    }

    [Fact]
    public void No_initializer_is_forgotten_here() => Assert.Empty(
        Initializer.Kinds.Prototypes.Select(each => each.GetType())
            .Except(Variances.Select(row => row.Data.Item1.GetType())));

    [Fact]
    public void A_truncated_weight_is_within_two_deviations() =>
        Assert.All(
            new Initializer.TruncatedNormal(0.2).Draw<double>(new(3, 4), 100, 50).Span.ToArray(),
            w => Assert.InRange(w, -0.4, 0.4));

    [Fact]
    public void Orthogonal_rows_or_columns_are_orthonormal() =>
        Gen.Select(Any.Key, Gen.Int[1, 40], Gen.Int[1, 40]).Sample((key, rows, columns) =>
    {
        var w = new Matrix<double>(rows, columns, new Initializer.Orthogonal().Draw<double>(key, rows, columns));
        int few = Math.Min(rows, columns);
        double[] Vector(int i) =>
            [.. Enumerable.Range(0, Math.Max(rows, columns)).Select(j => rows <= columns ? w[i, j] : w[j, i])];
        return Enumerable.Range(0, few).All(i => Enumerable.Range(0, few).All(j =>
            Math.Abs(Vector(i).Zip(Vector(j), (x, y) => x * y).Sum() - (i == j ? 1 : 0)) < 1e-13));
    }, iter: 30);

    [Fact]
    public void Equal_layers_of_a_network_start_with_different_weights() =>
        Gen.Select(Gen.OneOf([.. Initializer.Kinds.Prototypes.Where(each =>
            each is not (Initializer.Zeros or Initializer.Constant))]), Any.Key)
            .Sample((initializer, key) =>
            {
                Layer layer = new Dense(4, Activation.Tanh);
                var network = Network<double>.Init(
                    Architecture.Of(4, layer, layer, new Sequence([layer, layer]), new Residual([layer], [layer]),
                        layer), initializer, key);
                // Without the biases.
                double[] weights = [.. network.Parameters.Span.ToArray().Chunk(20).SelectMany(of => of[..16])];
                return weights.Length == 7 * 16 && weights.Distinct().Count() == weights.Length;
            }, iter: 100);

    [Fact]
    public void Precision_only_rounds() =>
        Gen.Select(Gen.OneOf([.. Initializer.Kinds.Prototypes]), Any.Key).Sample((initializer, key) =>
            initializer.Draw<float>(key, 5, 7)
            == Vec<float>.Of([.. initializer.Draw<double>(key, 5, 7).Span.ToArray().Select(w => (float)w)]),
            iter: 50);
}
