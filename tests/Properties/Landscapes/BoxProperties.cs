using CsCheck;
using Functional.Core.Landscapes;
using Functional.Core.Randomness;
using MathNet.Numerics.LinearAlgebra;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>Maxima over boxes, beside what is known of quadratics.</summary>
public sealed class BoxProperties
{
    private static readonly Gen<(CurvaturePairs Pairs, double[] Gradient, double[] X, Box Box)> Boxed =
        from of in QuasiNewton.Pairs
        from key in Any.Key
        let n = of.Gradient.Length
        select (of.Pairs, of.Gradient, Draw.Uniform<double>(key.At(0), n, -1, 1).ToArray(),
            Box.Around(Draw.Uniform<double>(key.At(1), n, 1, 2).ToArray()));

    [Fact]
    public void Without_walls_the_minimum_of_the_model_is_the_quasi_Newton_step() => Boxed.Sample(of =>
    {
        double[] wide = [.. of.X.Select(_ => 1e6)];
        double[] found = BoxModel.Of(of.Pairs)!.Minimum(of.X, of.Gradient, Box.Around(wide))!;
        double[] step = of.Pairs.InverseTimes(of.Gradient);
        return of.X.Zip(step, (x, part) => x - part).Zip(found, (want, got) => Math.Abs(want - got))
            .All(off => off <= 1e-6 * (1 + step.Max(Math.Abs)));
    });

    // Between two walls the way is straight and the model a parabola, known from three of its values.
    [Fact]
    public void The_Cauchy_point_is_the_first_minimum_along_the_steepest_way_down() => Boxed.Sample(of =>
    {
        var model = Model(of.Pairs, of.Gradient, of.X);
        double[] walls = [0, .. of.Gradient.Index().Where(at => at.Item != 0)
            .Select(at => (of.X[at.Index] + Math.Sign(at.Item) * of.Box.High[at.Index]) / at.Item).Order()];
        double first = walls[^1];
        foreach (var (from, to) in walls.Zip(walls.Skip(1), (from, to) => (from, to)).Where(at => at.to > at.from))
        {
            double half = (to - from) / 2;
            double left = model(Path(from)), middle = model(Path(from + half)), right = model(Path(to));
            double bend = (left - 2 * middle + right) / (half * half), slope = (middle - left) / half - bend * half / 2;
            first = slope >= 0 ? from : from - slope / bend;
            if (bend > 0 && first < to) break;
            first = walls[^1];
        }
        double[] point = BoxModel.Of(of.Pairs)!.CauchyPoint(of.X, of.Gradient, of.Box).Point;
        return Math.Abs(model(point) - model(Path(first))) <= 1e-7;

        double[] Path(double t) => of.Box.Clip([.. of.X.Select((x, i) => x - t * of.Gradient[i])]);
    }, iter: 1000);

    [Fact]
    public void The_minimum_of_the_model_is_in_the_box_and_no_higher_than_the_Cauchy_point() => Boxed.Sample(of =>
    {
        var (model, quadratic) = (Model(of.Pairs, of.Gradient, of.X), BoxModel.Of(of.Pairs)!);
        double[] found = quadratic.Minimum(of.X, of.Gradient, of.Box)!;
        return found.SequenceEqual(of.Box.Clip(found))
            && model(found) <= model(quadratic.CauchyPoint(of.X, of.Gradient, of.Box).Point) + 1e-9;
    });

    private static readonly Gen<(Objective Objective, Box Box, double[] Start)> Concave = Quadratics(4, -1);

    // Each coordinate is at a wall or at neither: 3^n faces, on each of which the maximum is known.
    [Fact]
    public void The_maximum_of_a_concave_quadratic_is_found() => Concave.Sample(of =>
    {
        double found = BoxedAscent.From(of.Objective, of.Start, of.Box, 200).Value;
        return Math.Abs(found - Largest(of.Objective, of.Box)) <= 1e-7 * (1 + Math.Abs(found));
    });

    // Each corner may be a local maximum of a convex one, but that of many starts is near the best.
    [Fact]
    public void The_best_of_some_starts_is_near_the_best_corner_of_a_convex_quadratic()
    {
        for (uint seed = 0; seed < 200; seed++)
        {
            var (objective, box, _) = Quadratic(6, 1, new(5, seed));
            double best = Corners(box).Max(corner => objective(corner).Value);
            double[] found = [.. Enumerable.Range(0, 30).Select(start => BoxedAscent.From(
                objective, Inside(box, new Key(6, seed).At((uint)start)), box, 10).Value)];
            Assert.InRange(found.Max(), 0.9 * best, best + 1e-9);
        }
    }

    // A corner along whose every edge the slope leads out: the best that first derivatives can tell.
    [Fact]
    public void One_start_ends_at_a_corner_from_which_every_edge_leads_down() => Quadratics(6, 1).Sample(of =>
    {
        var end = BoxedAscent.From(of.Objective, of.Start, of.Box, 50);
        double[] slope = of.Objective(end.Point).Gradient;
        return end.Iterations < 50 && end.Point.Index().All(at =>
            Math.Abs(at.Item).Equals(of.Box.High[at.Index]) && slope[at.Index] * at.Item >= 0);
    });

    [Fact]
    public void The_end_is_in_the_box_and_no_lower_than_the_start() => Quadratics(6, 0).Sample(of =>
    {
        var end = BoxedAscent.From(of.Objective, of.Start, of.Box, 10);
        return end.Iterations <= 10 && end.Point.SequenceEqual(of.Box.Clip(end.Point))
            && end.Value.Equals(of.Objective(end.Point).Value)
            && end.Value >= of.Objective(of.Box.Clip(of.Start)).Value;
    });

    // A saddle of any kind has its maximum where no first-order condition is left open.
    [Fact]
    public void At_the_end_the_gradient_leads_out_of_the_box() => Quadratics(5, 0).Sample(of =>
    {
        var end = BoxedAscent.From(of.Objective, of.Start, of.Box, 300);
        double[] slope = of.Objective(end.Point).Gradient;
        return slope.Index().All(at => end.Point[at.Index] is var x && Math.Abs(
            Math.Clamp(x + at.Item, of.Box.Low[at.Index], of.Box.High[at.Index]) - x) < 1e-5);
    });

    private static double[] Inside(Box box, Key key) =>
        [.. Draw.Uniform<double>(key, box.Dimensions, -1, 1).Select((share, i) => share * box.High[i])];

    private static Gen<(Objective Objective, Box Box, double[] Start)> Quadratics(int most, int sign) =>
        Gen.Select(Gen.Int[1, most], Any.Key, (n, key) => Quadratic(n, sign, key));

    // b.x + x'Hx/2, with H positive (sign 1), negative (-1) or neither.
    private static (Objective Objective, Box Box, double[] Start) Quadratic(int n, int sign, Key key)
    {
        var c = Matrix<double>.Build.Dense(n, n, Draw.Normal<double>(key.At(0), n * n).ToArray());
        var h = sign == 0
            ? c + c.Transpose()
            : sign * (c * c.Transpose() + 0.05 * Matrix<double>.Build.DenseIdentity(n));
        var b = Vector<double>.Build.Dense(Draw.Normal<double>(key.At(1), n).ToArray());
        return (Quadratic(h, b), Box.Around(Draw.Uniform<double>(key.At(2), n, 0.2, 2).ToArray()),
            Draw.Normal<double>(key.At(3), n).ToArray());
    }

    private static Objective Quadratic(Matrix<double> h, Vector<double> b) => point =>
    {
        var x = Vector<double>.Build.Dense([.. point]);
        return (b.DotProduct(x) + x.DotProduct(h * x) / 2, (b + h * x).ToArray());
    };

    private static Func<double[], double> Model(CurvaturePairs pairs, double[] gradient, double[] x)
    {
        var quadratic = Quadratic(QuasiNewton.Inverse(pairs).Inverse(), Vector<double>.Build.Dense([.. gradient]));
        return z => quadratic(CurvaturePairs.Difference(z, x)).Value;
    }

    private static double Largest(Objective concave, Box box)
    {
        int n = box.Dimensions;
        var b = Vector<double>.Build.Dense(concave(new double[n]).Gradient);
        var h = Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(0, n).Select(i =>
        {
            var unit = new double[n];
            unit[i] = 1;
            return Vector<double>.Build.Dense(concave(unit).Gradient) - b;
        }));
        return Enumerable.Range(0, (int)Math.Pow(3, n)).Max(face =>
        {
            int[] sides = [.. Enumerable.Range(0, n).Select(i => face / (int)Math.Pow(3, i) % 3 - 1)];
            int[] free = [.. Enumerable.Range(0, n).Where(i => sides[i] == 0)];
            double[] point = [.. sides.Select((side, i) => side * box.High[i])];
            if (free.Length > 0)
            {
                var rest = b + h * Vector<double>.Build.Dense([.. point]);
                var inner = Matrix<double>.Build.Dense(
                    free.Length, free.Length, (row, column) => h[free[row], free[column]]);
                var moved = inner.Solve(Vector<double>.Build.Dense([.. free.Select(i => -rest[i])]));
                foreach (var (index, i) in free.Index()) point[i] = moved[index];
            }
            return point.SequenceEqual(box.Clip(point)) ? concave(point).Value : double.NegativeInfinity;
        });
    }

    private static IEnumerable<double[]> Corners(Box box) => Enumerable.Range(0, 1 << box.Dimensions).Select(
        bits => box.High.Select((side, i) => (bits >> i & 1) == 1 ? side : -side).ToArray());
}
