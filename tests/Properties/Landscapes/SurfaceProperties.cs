using CsCheck;
using Functional;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>Losses over planes and along curves.</summary>
public sealed class SurfaceProperties
{
    private static readonly Loss CrossEntropy = new SoftmaxCrossEntropy();

    [Fact]
    public void A_point_of_a_surface_is_the_evaluation_of_the_network_there() =>
        Gen.Select(AnyLandscape.Classifier, Any.Key).Sample((of, key) =>
        {
            var plane = Plane.Random(of.Network, key);
            var grid = new Grid(4, 3, -1, 2, -0.5, 0.5);
            var surface = Surface.Of(plane, CrossEntropy, of.Data, grid);
            return (from row in Enumerable.Range(0, grid.Rows)
                    from column in Enumerable.Range(0, grid.Columns)
                    let there = (ClassificationReport)Evaluation.Of(
                        plane.At(grid.Xs[column], grid.Ys[row]), of.Data, CrossEntropy)
                    select surface.Losses[row, column].Equals(there.Loss)
                        && surface.Accuracies![row, column].Equals(there.Accuracy)).All(same => same);
        });

    [Fact]
    public void Of_labels_a_point_has_the_share_that_an_evaluation_finds_right() =>
        Gen.Select(AnyLandscape.Labelled, Any.Key).Sample((of, key) =>
        {
            var loss = new BinaryCrossEntropyWithLogits();
            var plane = Plane.Random(of.Network, key);
            var surface = Surface.Of(plane, loss, of.Data, 3);
            return (from row in Enumerable.Range(0, 3)
                    from column in Enumerable.Range(0, 3)
                    let there = (MultiLabelReport)Evaluation.Of(plane.At(column - 1, row - 1), of.Data, loss)
                    select surface.Losses[row, column].Equals(there.Loss)
                        && surface.Accuracies![row, column].Equals(there.Accuracy)).All(same => same);
        });

    [Fact]
    public void Threads_change_no_digit() => Gen.Select(AnyLandscape.Classifier, Any.Key).Sample((of, key) =>
    {
        var plane = Plane.Random(of.Network, key);
        var one = Surface.Of(plane, CrossEntropy, of.Data, 7, threads: 1);
        return one == Surface.Of(plane, CrossEntropy, of.Data, 7, threads: 2)
            && one == Surface.Of(plane, CrossEntropy, of.Data, 7, threads: 3);
    }, iter: 20);

    [Fact]
    public void The_middle_of_a_grid_is_the_network_itself() =>
        Gen.Select(AnyLandscape.Classifier, Any.Key, Gen.Int[1, 5], Gen.Double[0.1, 3]).Sample((of, key, half, range) =>
        {
            var surface = Surface.Of(
                Plane.Random(of.Network, key), CrossEntropy, of.Data, Grid.Square(2 * half + 1, -range, range));
            return surface.Losses[half, half].Equals(Evaluation.Of(of.Network, of.Data, CrossEntropy).Loss);
        });

    [Fact]
    public void The_minimum_is_the_least_loss_of_the_grid() =>
        Gen.Select(AnyLandscape.Classifier, Any.Key).Sample((of, key) =>
        {
            var surface = Surface.Of(Plane.Random(of.Network, key), CrossEntropy, of.Data, 5);
            return surface.Minimum.Loss.Equals(surface.Losses.Cells.Span.ToArray().Min());
        });

    // Of one plane seen from two bases, a turned grid finds what stood there before.
    [Fact]
    public void Two_orthonormal_bases_of_a_plane_give_one_surface_turned() =>
        Gen.Select(AnyLandscape.Plane, Gen.Double[0, 6.28], Gen.Double[-1, 1], Gen.Double[-1, 1])
            .Sample((plane, angle, x, y) =>
            {
                var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
                var (a, b) = (plane.First.Direction, plane.Second.Direction);
                var turned = plane with
                {
                    First = new($"x", cos * a + sin * b),
                    Second = new($"y", cos * b - sin * a),
                };
                var here = plane.At(x, y).Parameters.Span.ToArray();
                var there = turned.At(cos * x + sin * y, cos * y - sin * x).Parameters.Span.ToArray();
                double size = 1 + here.Max(Math.Abs) + a.Norm() + b.Norm();
                return here.Zip(there).All(pair => Math.Abs(pair.Item1 - pair.Item2) <= 1e-13 * size);
            });

    [Fact]
    public void The_nearest_point_of_a_plane_is_at_right_angles_below_a_network() =>
        AnyLandscape.Plane.SelectMany(plane => Any.Direction(plane.Origin).Select(off => (plane, off))).Sample(of =>
        {
            var (x, y, distance) = of.plane.Nearest(of.plane.Origin + of.off);
            var rest = of.off - (x * of.plane.First.Direction + y * of.plane.Second.Direction);
            double size = 1 + of.off.Norm();
            return Math.Abs(rest.Norm() - distance) <= 1e-8 * size
                && Math.Abs(rest.Dot(of.plane.First.Direction)) <= 1e-8 * size * (1 + of.plane.First.Direction.Norm())
                && Math.Abs(rest.Dot(of.plane.Second.Direction)) <= 1e-8 * size * (
                    1 + of.plane.Second.Direction.Norm());
        }, iter: 200);

    [Fact]
    public void A_plane_goes_through_its_three_networks() => (
        from origin in AnyLandscape.Stack(Any.SmoothActivation)
        from second in Any.Direction(origin)
        from third in Any.Direction(origin)
        where origin.Parameters.Length > 2
        select (origin, second: origin + second, third: origin + third)).Sample(of =>
        {
            var plane = Plane.Through(of.origin, of.second, of.third);
            return plane.Nearest(of.origin) is (0, 0, 0)
                && plane.Nearest(of.second) is var second && Math.Abs(second.Y) < 1e-9 && second.Distance < 1e-9
                && Math.Abs(second.X - (of.second.ToDirection() - of.origin.ToDirection()).Norm()) < 1e-9
                && plane.Nearest(of.third).Distance < 1e-9 && Math.Abs(plane.Cosine) < 1e-9;
        });

    [Fact]
    public void Curves_begin_and_end_at_their_networks_to_the_bit() =>
        AnyLandscape.Stack(Any.SmoothActivation).SelectMany(
            from => Any.Direction(from).Select(off => (from, to: from + off)))
            .Sample(of => ((ParameterCurve<double>[])
                [
                    new StraightLine<double>(of.from, of.to), new SineArc<double>(of.from, of.to),
                    new BezierCurve<double>(of.from, of.to + (of.to - of.from.ToDirection()).ToDirection(), of.to),
                ]).All(curve => curve.At(0) == of.from && curve.At(1) == of.to));

    [Fact]
    public void A_barrier_is_how_far_the_loss_rises_above_the_chord() =>
        Assert.Equal(3, new LossProfile([-1, 0, 0.5, 1], [9, 1, 5, 3], null, 1, 3).Barrier);

    [Fact]
    public void A_trained_curve_has_no_higher_mean_loss_than_the_line_and_usually_a_lower_one()
    {
        int lower = 0, all = 0;
        (
            from network in AnyLandscape.Stack(Gen.Const(Activation.Tanh))
            from off in Any.Direction(network)
            from data in AnyLandscape.Classes(network.Architecture.Inputs)
            from key in Any.Key
            select (start: network, end: network + 4.0 * off, data, key)).Sample(of =>
            {
                double line = Mean(LossProfile.Of(
                    new StraightLine<double>(of.start, of.end), CrossEntropy, of.data, 21));
                double curve = Mean(LossProfile.Of(
                    LowCurve.Trained(
                        of.start, of.end, CrossEntropy, of.data.For(CrossEntropy), of.key, steps: 300, batchSize: 16),
                    CrossEntropy, of.data, 21));
                Interlocked.Increment(ref all);
                if (curve < line) Interlocked.Increment(ref lower);
                return curve < 1.1 * line;
            }, iter: 20);
        Assert.InRange(lower, 0.7 * all, all);
    }

    private static double Mean(LossProfile profile) => profile.Losses.Average();
}

internal static class Points
{
    /// <summary>A network as a direction from zero.</summary>
    public static Gradient<double> ToDirection(this Network<double> network) => new(network.Parameters);
}
