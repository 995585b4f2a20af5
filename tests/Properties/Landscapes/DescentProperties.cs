using CsCheck;
using Functional;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>Searches along lines, and L-BFGS over all samples.</summary>
public sealed class DescentProperties
{
    private static readonly Loss CrossEntropy = new SoftmaxCrossEntropy();

    // (More and Thuente, 1994, section 5) Functions of one number that are hard to search.
    private static readonly Gen<Objective> Lines = Gen.OneOf(
        Line(x => -x / (x * x + 2), x => (x * x - 2) / ((x * x + 2) * (x * x + 2))),
        Line(x => Math.Pow(x + 0.004, 5) - 2 * Math.Pow(x + 0.004, 4),
            x => 5 * Math.Pow(x + 0.004, 4) - 8 * Math.Pow(x + 0.004, 3)),
        Line(x => 1 / (1 + Math.Exp(x)) + 1e-3 * x * x, x => -Math.Exp(x) / Math.Pow(1 + Math.Exp(x), 2) + 2e-3 * x),
        Line(x => x - 3 * Math.Log(1 + x), x => 1 - 3 / (1 + x)),
        Line(x => -x * Math.Exp(-x), x => (x - 1) * Math.Exp(-x)), // flat far away, but hardly lower
        Line(x => -2 * x - Math.Log(4 - x), x => -2 + 1 / (4 - x))); // NaN from 4 on

    [Fact]
    public void A_search_ends_where_the_strong_Wolfe_conditions_hold_whatever_step_is_tried_first() =>
        Gen.Select(Lines, Gen.Double[-3, 3]).Sample((line, exponent) =>
        {
            var (value, gradient) = line([0]);
            return StrongWolfe.Search(line, [0], value, gradient, [1], Math.Pow(10, exponent)) is { } end
                && IsStrongWolfe(new(0, [0], value, gradient, 0), end);
        });

    [Fact]
    public void A_search_that_meets_the_wall_ends_there() => Gen.Double[0.01, 100].Sample(wall =>
        StrongWolfe.Search(point => (-point[0], [-1]), [0], 0, [-1], [1], 1, wall)!.Step.Equals(wall));

    [Fact]
    public void A_search_along_a_way_up_or_a_line_without_end_finds_nothing()
    {
        Assert.Null(StrongWolfe.Search(point => (point[0], [1]), [0], 0, [1], [1]));
        Assert.Null(StrongWolfe.Search(point => (-point[0], [-1]), [0], 0, [-1], [1]));
    }

    // (Rosenbrock, 1960; More, Garbow and Hillstrom, 1981, problem 21) Curved valleys.
    private static readonly Gen<(double[] Start, double Steepness)> Valley = Gen.Select(
        Gen.Int[1, 5].SelectMany(pairs => Gen.Double[-2, 2].Array[2 * pairs]), Gen.Double[1, 1000]);

    [Fact]
    public void Valleys_are_followed_to_their_end() => Valley.Sample((start, steepness) =>
        new LBfgs(MostSteps: 1000).Course(Rosenbrock(steepness), start).Last() is var end
            && end.Point.All(x => Math.Abs(x - 1) < 1e-6));

    [Fact]
    public void Every_step_satisfies_the_strong_Wolfe_conditions() => Valley.Sample((start, steepness) =>
        new LBfgs(Memory: 4).Course(Rosenbrock(steepness), start).ToArray() is var points
            && points.Skip(1).Zip(points, (to, from) => IsStrongWolfe(from, to)).All(holds => holds));

    [Fact]
    public void Every_step_lowers_the_loss_of_smooth_nets_and_satisfies_the_strong_Wolfe_conditions() =>
        AnyLandscape.Classifier.Sample(of =>
        {
            var course = new LBfgs(MostSteps: 40);
            var points = course.Course(of.Network, CrossEntropy, of.Data.For(CrossEntropy), threads: 1).ToArray();
            var inside = course.Course(
                LossGradient.Of(of.Network, CrossEntropy, of.Data.For(CrossEntropy), threads: 1),
                of.Network.Parameters.ToArray()).ToArray();
            return points.Length > 1 && points.Index().All(at => at.Item.Step == at.Index)
                && points.Skip(1).Zip(points, (to, from) => to.Loss < from.Loss).All(falls => falls)
                && inside.Skip(1).Zip(inside, (to, from) => IsStrongWolfe(from, to)).All(holds => holds);
        }, iter: 60);

    private static readonly Gen<Samples<double>> Regression =
        from inputs in Gen.Int[1, 4]
        from outputs in Gen.Int[1, 3]
        from rows in Gen.Int[10, 20]
        from x in Any.Matrix(rows, inputs)
        from y in Any.Matrix(rows, outputs)
        select new Samples<double>(x, y);

    [Fact]
    public void A_linear_layer_comes_to_the_least_squares_solution() => Regression.Sample(samples =>
    {
        var start = Zero(Architecture.Of(samples.Inputs.Columns, new Dense(samples.Targets.Columns)));
        var found = new LBfgs().Course(start, new HalfSumSquaredError(), samples).Last().Network;
        return LeastSquares.Of(samples).Zip(found.Parameters, (want, got) => Math.Abs(want - got) < 1e-6)
            .All(near => near);
    });

    // Deep linear nets have saddles, but no other minimum. (Baldi and Hornik, 1989)
    [Fact]
    public void A_linear_net_comes_to_the_loss_of_the_least_squares_solution() =>
        Gen.Select(Regression, Any.Key).Sample((samples, key) =>
        {
            var (inputs, outputs) = (samples.Inputs.Columns, samples.Targets.Columns);
            var deep = Architecture.Of(inputs, new Dense(Math.Max(inputs, outputs) + 1), new Dense(outputs));
            var flat = Zero(Architecture.Of(inputs, new Dense(outputs))).With([.. LeastSquares.Of(samples)]);
            var start = new Network<double>(deep, Draw.Normal<double>(key, deep.ParameterCount, 0, 0.5));
            double least = LossGradient.At(flat, new HalfSumSquaredError(), samples, 1).Value;
            double found = new LBfgs(MostSteps: 2000).Course(start, new HalfSumSquaredError(), samples).Last().Loss;
            return Math.Abs(found - least) < 1e-8 * (1 + least);
        }, iter: 60);

    [Fact]
    public void A_course_ends_at_the_tolerance_or_the_most_steps() => AnyLandscape.Classifier.Sample(of =>
    {
        var points = new LBfgs(MostSteps: 12, Tolerance: 0.03)
            .Course(of.Network, CrossEntropy, of.Data.For(CrossEntropy), threads: 1).ToArray();
        return points.SkipLast(1).All(at => at.GradientNorm > 0.03)
            && (points.Length == 13 || points[^1].GradientNorm <= 0.03);
    }, iter: 50);

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_course_at_its_start() => Assert.Single(
        new LBfgs().Course(
            Zero(Architecture.Of(1, new Dense(1))), new HalfSumSquaredError(),
            new(Matrix<double>.Of([1]), Matrix<double>.Of([double.NaN]))));

    [Fact]
    public void A_point_is_worked_out_when_it_is_asked_for()
    {
        int asked = 0;
        var course = new LBfgs().Course(point => { asked++; return Rosenbrock(100)(point); }, [-1, 1]);
        Assert.Equal(0, asked);
        _ = course.First();
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_at_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LBfgs(Memory: 0).Course(Rosenbrock(1), [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LBfgs(MostSteps: -1).Course(Rosenbrock(1), [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LBfgs(Tolerance: -1).Course(Rosenbrock(1), [0, 0]));
    }

    // By the definition: H+ = (I - s y' / y's) H (I - y s' / y's) + s s' / y's, from y's / y'y. (Broyden et al., 1970)
    [Fact]
    public void The_two_loops_multiply_by_the_matrix_of_BFGS() => QuasiNewton.Pairs.Sample((pairs, gradient) =>
        pairs.InverseTimes(gradient).Zip(QuasiNewton.Inverse(pairs) * MathNetVector(gradient),
            (got, want) => Math.Abs(got - want) <= 1e-8 * (1 + Math.Abs(want))).All(near => near));

    private static bool IsStrongWolfe(LinePoint from, LinePoint to)
    {
        double[] way = CurvaturePairs.Difference(to.Point, from.Point);
        double before = Dot(from.Gradient, way), after = Dot(to.Gradient, way), slack = 1e-9 * Math.Abs(before);
        return to.Value < from.Value && to.Value <= from.Value + 1e-4 * before + slack
            && Math.Abs(after) <= 0.9 * Math.Abs(before) + slack;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static MathNet.Numerics.LinearAlgebra.Vector<double> MathNetVector(double[] cells) =>
        MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(cells);

    private static Network<double> Zero(Architecture architecture) =>
        Network<double>.Init(architecture, new Initializer.Zeros(), default);

    private static Gen<Objective> Line(Func<double, double> value, Func<double, double> slope) =>
        Gen.Const<Objective>(point => (value(point[0]), [slope(point[0])]));

    private static Objective Rosenbrock(double steepness) => point =>
    {
        double value = 0;
        var gradient = new double[point.Length];
        for (int i = 0; i < point.Length; i += 2)
        {
            double off = point[i + 1] - point[i] * point[i], left = 1 - point[i];
            value += steepness * off * off + left * left;
            (gradient[i], gradient[i + 1]) = (-4 * steepness * off * point[i] - 2 * left, 2 * steepness * off);
        }
        return (value, gradient);
    };
}
