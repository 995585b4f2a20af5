using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture;

/// <summary>The tangent kernel, of a net and in the limit. (Jacot et al., 2018; Cho and Saul, 2009)</summary>
public sealed class KernelProperties
{
    private static readonly Gen<Key> Keys = Gen.ULong.Select(Key.FromSeed);

    private static readonly Gen<TangentNet> Nets = Gen.Select(Gen.Int[1, 24], Gen.Double[0.5, 3])
        .Select((width, division) => new TangentNet(width, division));

    private static readonly Gen<(TangentNet Net, Network<double> Start, Matrix<double> Points)> Started =
        Gen.Select(Nets, Keys, Gen.Int[1, 8]).Select((net, key, points) => (
            net, net.Start(key.At(0)), new Matrix<double>(points, 2, Draw.Normal<double>(key.At(1), 2 * points))));

    [Fact]
    public void The_kernel_is_the_Jacobian_times_its_transpose_with_each_parameter_at_its_rate() =>
        Started.Sample((net, start, points) =>
        {
            var (jacobian, rates) = (start.Jacobian(points), RateOfEach(net));
            return Pairs(points.Rows).All(pair => Near(
                Enumerable.Range(0, jacobian.Columns)
                    .Sum(k => rates[k] * jacobian[pair.Row, k] * jacobian[pair.Column, k]),
                Kernel(net, start, points)[pair.Row, pair.Column]));
        }, iter: 50);

    [Fact]
    public void It_is_symmetric_and_no_combination_of_points_makes_it_negative() =>
        Gen.Select(Started, Keys).Sample((started, key) =>
        {
            var (net, start, points) = started;
            var kernel = Kernel(net, start, points);
            var u = Draw.Normal<double>(key, points.Rows);
            return Pairs(points.Rows).All(pair => kernel[pair.Row, pair.Column] == kernel[pair.Column, pair.Row])
                && Pairs(points.Rows).Sum(pair => u[pair.Row] * kernel[pair.Row, pair.Column] * u[pair.Column])
                    >= -1e-9;
        }, iter: 50);

    // What the kernel is for: Δf(x) = -h Σ K(x, x_i) ∂C/∂f(x_i), to first order in the rate h.
    [Fact]
    public void It_says_how_a_small_step_moves_the_outputs() => Started.Sample((net, start, points) =>
    {
        const double Rate = 1e-7;
        var (outputs, gradient, _) = start.Vjp(points, new(points.Rows, 1, start.Predict(points).Cells));
        var rates = RateOfEach(net);
        var end = start.With(
            [.. start.Parameters.Select((cell, k) => cell - Rate * rates[k] * gradient.Direction[k])]);
        var (moved, kernel) = (end.Predict(points), Kernel(net, start, points));
        return Enumerable.Range(0, points.Rows).All(row => Math.Abs(
            (moved[row, 0] - outputs[row, 0]) / Rate
                + Enumerable.Range(0, points.Rows).Sum(i => kernel[row, i] * outputs[i, 0]))
            <= 1e-3 * (1 + Enumerable.Range(0, points.Rows).Sum(i => Math.Abs(kernel[row, i] * outputs[i, 0]))));
    }, iter: 50);

    // Gradient descent on W and b of W a / √fan-in + β b at rate 1.
    [Fact]
    public void A_step_is_one_of_gradient_descent_on_standard_normal_weights() =>
        Gen.Select(Gen.Int[1, 16], Keys).Sample((width, key) =>
        {
            var net = new TangentNet(width);
            var (start, samples) = (net.Start(key.At(0)).To<float>(), TangentNet.Product(key.At(1)));
            var end = net.Train(start, samples, steps: 1).End;
            var gradient = new Functional.Core.Differentiation.Linearization<float>(
                start, new HalfSumSquaredError(), samples).Gradient().Gradient.Direction;
            return RateOfEach(net).Select((rate, k) =>
                Math.Abs(start.Parameters[k] - rate * gradient[k] - end.Parameters[k]) < 1e-5).All(isSo => isSo);
        }, iter: 20);

    [Fact]
    public void Dividing_the_output_at_a_rate_that_makes_up_for_it_leaves_the_first_kernel_alone() =>
        Gen.Select(Gen.Int[1, 24], Gen.Double[0.5, 8], Keys).Sample((width, division, key) =>
        {
            var (one, other) = (new TangentNet(width), new TangentNet(width, division));
            var circle = TangentNet.Circle(5);
            return Kernel(one, one.Start(key), circle).Cells.Zip(
                Kernel(other, other.Start(key), circle).Cells, Near).All(isSo => isSo);
        }, iter: 50);

    // Means over 10000 pairs of normal numbers: off by about a hundredth.
    [Fact]
    public void The_means_of_ReLU_over_normal_pairs_are_the_arc_cosine_kernels() =>
        Gen.Select(Gen.Double[0.05, 3.1], Gen.Double[0.2, 3], Keys).Sample((angle, variance, key) =>
        {
            const int Pairs = 10_000;
            var z = Draw.Normal<double>(key, 2 * Pairs);
            var (u, v) = (
                Enumerable.Range(0, Pairs).Select(i => Math.Sqrt(variance) * z[2 * i]).ToArray(),
                Enumerable.Range(0, Pairs).Select(i => Math.Sqrt(variance)
                    * (Math.Cos(angle) * z[2 * i] + Math.Sin(angle) * z[2 * i + 1])).ToArray());
            double products = u.Zip(v, (a, b) => Math.Max(a, 0) * Math.Max(b, 0)).Average(),
                slopes = u.Zip(v, (a, b) => a > 0 && b > 0 ? 1.0 : 0).Average();
            return Math.Abs(products / variance - LimitKernel.MeanOfProducts(variance, angle) / variance) < 0.06
                && Math.Abs(slopes - LimitKernel.MeanOfSlopes(angle)) < 0.03;
        }, iter: 30);

    [Fact]
    public void An_angle_is_that_of_its_cosine() => Gen.Double[0.01, 3.13].Sample(angle =>
        Math.Abs(LimitKernel.ArcCosine(Math.Cos(angle)) - angle) < 1e-12);

    // The mean over 16 seeds of a kernel that spreads by an eighth, at width 512.
    [Fact]
    public void The_mean_kernel_of_wide_nets_is_the_limit() => Keys.Sample(key =>
    {
        var net = new TangentNet(512);
        var kernels = Enumerable.Range(0, 16).Select(seed =>
            Kernel(net, net.Start(key.At((uint)seed)), TangentNet.Circle(8))).ToArray();
        return Enumerable.Range(0, 5).All(i => Math.Abs(
            kernels.Average(kernel => kernel[0, i]) / LimitKernel.At(2 * Math.PI * i / 8) - 1) < 0.2);
    }, iter: 4);

    [Fact]
    public void The_kernels_of_nine_times_as_wide_nets_spread_a_third_as_much() => Keys.Sample(key =>
    {
        double narrow = Spread(64), wide = Spread(576);
        return narrow / wide is > 2 and < 4.6;

        double Spread(int width) => KernelSpread.Of([.. Enumerable.Range(0, 100).Select(seed => Kernel(
            new(width), new TangentNet(width).Start(key.At((uint)seed)), TangentNet.Circle(4)).Row(0)[..3].ToArray())])
            .Spread;
    }, iter: 3);

    [Fact]
    public void The_tangent_kernel_has_one_answer_on_any_number_of_threads()
    {
        Assert.Equal(Judge(threads: 1), Judge(threads: 2));

        static string Judge(int threads) => ClaimResult.Of(
            Claims.Named("tangent-kernel")!, new(new(Seeds: 2), new NoMemory()) { Threads = threads }).Digest;
    }

    private static Matrix<double> Kernel(TangentNet net, Network<double> start, Matrix<double> points) =>
        EmpiricalKernel.Of(start, net.Rates, points);

    private static double[] RateOfEach(TangentNet net) =>
    [
        .. net.Architecture.Layout.SelectMany((slice, i) => Enumerable.Repeat(
            i % 2 == 0 ? net.Rates[i / 2].Weights : net.Rates[i / 2].Biases, slice.Length)),
    ];

    private static IEnumerable<(int Row, int Column)> Pairs(int rows) =>
        Enumerable.Range(0, rows * rows).Select(i => (i / rows, i % rows));

    private static bool Near(double expected, double actual) =>
        Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected));
}
