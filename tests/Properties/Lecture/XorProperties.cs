using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Xunit;

namespace Properties.Lecture;

/// <summary>The lecture's first claim: no single unit computes exclusive or, several in layers do. (Minsky
/// and Papert, 1969)</summary>
public sealed class XorProperties
{
    private static readonly Matrix<double> Corners = Matrix<double>.Of([0, 0], [1, 0], [0, 1], [1, 1]);
    private static readonly Vec<double> ExclusiveOr = Vec<double>.Of(0, 1, 1, 0), And = Vec<double>.Of(0, 0, 0, 1),
        Or = Vec<double>.Of(0, 1, 1, 1);

    [Fact]
    public void No_single_unit_computes_it() =>
        Gen.Select(Gen.Double[-10, 10], Gen.Double[-10, 10], Gen.Double[-10, 10])
            .Sample((w1, w2, b) => Unit(w1, w2, b) != ExclusiveOr, iter: 2000);

    // z(0,0) + z(1,1) = z(1,0) + z(0,1), whatever the weights: both ends of one sum cannot have different signs.
    [Fact]
    public void No_single_unit_of_a_grid_computes_it_for_its_sums_contradict() => Assert.All(
        from w1 in Enumerable.Range(-6, 13)
        from w2 in Enumerable.Range(-6, 13)
        from b in Enumerable.Range(-6, 13)
        select (W1: w1 / 2.0, W2: w2 / 2.0, B: b / 2.0), u =>
        {
            double[] z = [.. Sums(Activation.Identity, u.W1, u.W2, u.B).Span];
            Assert.Equal(z[1] + z[2], z[0] + z[3]);
            Assert.NotEqual(ExclusiveOr, Unit(u.W1, u.W2, u.B));
        });

    [Fact]
    public void Single_units_compute_and_and_or() => Assert.True(Unit(1, 1, -1.5) == And && Unit(1, 1, -0.5) == Or);

    // x1 xor x2 = not((x1 and x2) or not(x1 or x2)): and, nor; then their nor.
    [Fact]
    public void The_composed_net_of_the_lecture_computes_it() => Assert.Equal(ExclusiveOr, new Network<double>(
        Architecture.Of(2, new Dense(2, Activation.Step), new Dense(1, Activation.Step)),
        Vec<double>.Of(1, -1, 1, -1, -1.5, 0.5, -1, -1, 0.5)).Predict(Corners).Cells);

    // Its loss is not convex, so that some starts end in a valley that is not the deepest.
    [Fact]
    public void A_trained_net_of_two_hidden_units_computes_it() =>
        Assert.True(Learns(new Dense(2, Activation.Tanh)) && Learns(new Dense(2, Activation.Sigmoid)));

    [Fact]
    public void A_trained_single_unit_does_not() =>
        Assert.All(Enumerable.Range(0, 5), seed => Assert.NotEqual(ExclusiveOr, Rounded(Trained((ulong)seed))));

    private static bool Learns(Layer hidden) =>
        Enumerable.Range(0, 8).Any(seed => Rounded(Trained((ulong)seed, hidden)) == ExclusiveOr);

    private static Vec<double> Trained(ulong seed, params Layer[] hidden)
    {
        var learner = new Learner(new HalfSumSquaredError(), new Adam(0.05));
        var start = Network<double>.Init(
            Architecture.Of(2, [.. hidden, new Dense(1, Activation.Sigmoid)]), new Initializer.GlorotNormal(),
            Key.FromSeed(seed));
        var batch = Batch<double>.All(new(Corners, new(4, 1, ExclusiveOr)));
        return learner.Fold(learner.Begin(start), Enumerable.Repeat(batch, 2000), threads: 1).Network
            .Predict(Corners).Cells;
    }

    private static Vec<double> Rounded(Vec<double> outputs) =>
        Vec<double>.Of([.. outputs.Span.ToArray().Select(y => y < 0.1 ? 0 : y > 0.9 ? 1 : 0.5)]);
    private static Vec<double> Unit(double w1, double w2, double b) => Sums(Activation.Step, w1, w2, b);
    private static Vec<double> Sums(Activation phi, double w1, double w2, double b) =>
        new Network<double>(Architecture.Of(2, new Dense(1, phi)), Vec<double>.Of(w1, w2, b)).Predict(Corners).Cells;
}
