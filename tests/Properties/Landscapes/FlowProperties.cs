using CsCheck;
using Functional;
using Functional.Core.Curvature;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using MathNet.Numerics.LinearAlgebra;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>The flow down the gradient.</summary>
public sealed class FlowProperties
{
    private static readonly Loss HalfSquares = new HalfSumSquaredError(), CrossEntropy = new SoftmaxCrossEntropy();

    // A linear layer, whose loss is a quadratic.
    private static readonly Gen<(Network<double> Start, Samples<double> Samples)> Quadratic =
        from inputs in Gen.Int[1, 3]
        from rows in Gen.Int[8, 12]
        from x in Any.Matrix(rows, inputs)
        from y in Any.Matrix(rows, 2)
        from start in Any.Networks(Gen.Const(Architecture.Of(inputs, new Dense(2))))
        select (start, new Samples<double>(x, y));

    [Fact]
    public void On_a_quadratic_it_is_the_exponential_of_minus_H_t() => Quadratic.Sample((start, samples) =>
    {
        var exact = Exact(start, samples);
        return new GradientFlow(Share: 0.02).Course(start, HalfSquares, samples).Take(301)
            .Where((_, step) => step % 50 == 0).All(at => Distance(at.Network, exact(at.Time)) < 1e-6);
    }, iter: 50);

    [Fact]
    public void Steps_half_as_long_make_an_error_of_one_sixteenth() => Quadratic.Sample((start, samples) =>
    {
        var exact = Exact(start, samples);
        double coarse = Error(0.2, 5), fine = Error(0.1, 10);
        return coarse < 1e-9 || coarse / fine is > 12 and < 20;

        double Error(double share, int steps) =>
            new GradientFlow(Share: share, Renewal: 1000).Course(start, HalfSquares, samples).ElementAt(steps) is var at
                ? Distance(at.Network, exact(at.Time)) : 0;
    }, iter: 50);

    [Fact]
    public void The_loss_never_rises_even_of_steps_that_are_too_long() =>
        Gen.Select(AnyLandscape.Classifier, Gen.Double[0.3, 20]).Sample((of, share) =>
        {
            var points = new GradientFlow(MostStep: 100, Share: share, Renewal: 5)
                .Course(of.Network, CrossEntropy, of.Data.For(CrossEntropy), threads: 1).Take(60).ToArray();
            return points[0].Time.Equals(0) && points[0].Network == of.Network
                && points.Skip(1).Zip(points, (to, from) => to.Loss <= from.Loss && to.Time > from.Time)
                    .All(falls => falls);
        }, iter: 50);

    [Fact]
    public void Steps_are_as_long_as_the_sharpness_and_the_settings_allow() =>
        Gen.Select(Quadratic, Gen.Double[0.1, 1], Gen.Double[0.01, 1]).Sample((of, share, most) =>
        {
            double sharpness = Curvature.Spectrums.Exact(of.Start.Hessian(HalfSquares, of.Samples).Symmetric()).Max();
            double step = new GradientFlow(most, share).Course(of.Start, HalfSquares, of.Samples).ElementAt(1).Time;
            return Math.Abs(step - Math.Min(most, share / sharpness)) <= 1e-2 * step;
        }, iter: 50);

    // Where the top eigenvalue grows on the way: x^2 y^2 / 2, say, of a deep linear net.
    [Fact]
    public void The_sharpness_is_renewed_on_the_way()
    {
        var start = new Network<double>(
            Architecture.Of(1, new Dense(1, Activation.Identity, false), new Dense(1, Activation.Identity, false)),
            [0.1, 0.2]);
        var samples = new Samples<double>(Numbers([1]), Numbers([3]));
        double[] times = [.. new GradientFlow(MostStep: 100, Share: 0.5, Renewal: 4)
            .Course(start, HalfSquares, samples).Take(41).Select(at => at.Time)];
        double[] steps = [.. times.Skip(1).Zip(times, (to, from) => to - from)];
        Assert.All(steps.Chunk(4), chunk => Assert.InRange(chunk.Max() - chunk.Min(), 0, 1e-9));
        Assert.True(steps.Select(step => Math.Round(step, 6)).Distinct().Count() > 5);
    }

    [Fact]
    public void It_ends_where_there_is_no_gradient_and_where_the_loss_is_not_finite()
    {
        var zero = Network<double>.Init(Architecture.Of(1, new Dense(1)), new Initializer.Zeros(), default);
        Assert.Single(new GradientFlow().Course(zero, HalfSquares, new(Numbers([1]), Numbers([0]))));
        Assert.Single(new GradientFlow().Course(zero, HalfSquares, new(Numbers([1]), Numbers([double.NaN]))));
    }

    [Fact]
    public void Settings_out_of_range_are_refused_at_once()
    {
        var zero = Network<double>.Init(Architecture.Of(1, new Dense(1)), new Initializer.Zeros(), default);
        foreach (var flow in (GradientFlow[])[new(0), new(1, 0), new(1, 1, 0)])
            Assert.Throws<ArgumentOutOfRangeException>(
                () => flow.Course(zero, HalfSquares, new(Numbers([1]), Numbers([0]))));
    }

    // theta* + exp(-H t) (theta(0) - theta*), with H = X'X for each output, by MathNet.
    private static Func<double, double[]> Exact(Network<double> start, Samples<double> samples)
    {
        int inputs = samples.Inputs.Columns, outputs = samples.Targets.Columns;
        var x = Matrix<double>.Build.Dense(
            samples.Inputs.Rows, inputs + 1, (row, column) => column < inputs ? samples.Inputs[row, column] : 1);
        var eigen = (x.Transpose() * x).Evd(Symmetricity.Symmetric);
        var least = Matrix<double>.Build.DenseOfRowMajor(inputs + 1, outputs, LeastSquares.Of(samples));
        var off = Matrix<double>.Build.DenseOfRowMajor(inputs + 1, outputs, start.Parameters.ToArray()) - least;
        return time =>
        {
            var decay = Matrix<double>.Build.DenseOfDiagonalVector(
                eigen.EigenValues.Map(value => Math.Exp(-value.Real * time)));
            return (least + eigen.EigenVectors * decay * eigen.EigenVectors.Transpose() * off).ToRowMajorArray();
        };
    }

    private static Functional.Core.Numbers.Matrix<double> Numbers(double[] row) =>
        Functional.Core.Numbers.Matrix<double>.Of(row);

    private static double Distance(Network<double> network, double[] point) =>
        Math.Sqrt(network.Parameters.ToArray().Zip(point, (a, b) => (a - b) * (a - b)).Sum());
}
