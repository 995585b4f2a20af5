using CsCheck;
using Functional;
using Functional.Core.Landscapes;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Landscapes;

/// <summary>Contour lines, and the paths of trainings.</summary>
public sealed class ContourProperties
{
    // Of x^2 + y^2 a line is a circle.
    [Fact]
    public void The_lines_of_a_bowl_are_circles() => Gen.Double[0.1, 0.9].Sample(radius =>
    {
        var lines = Bowl(81).Contour(radius * radius);
        return lines.Count == 1 && lines[0][0] == lines[0][^1]
            && lines[0].All(point => Math.Abs(Math.Sqrt(point.X * point.X + point.Y * point.Y) - radius) < 2e-3);
    });

    [Fact]
    public void Every_crossing_of_a_level_lies_on_a_line_once() => (
        from rows in Gen.Int[2, 7]
        from columns in Gen.Int[2, 7]
        from losses in Any.Matrix(rows, columns)
        from level in Gen.Double[-1, 1]
        select (losses, level)).Sample(of =>
        {
            var (losses, level) = of;
            var surface = new Surface(new(losses.Columns, losses.Rows, 0, 1, 0, 1), losses, null, $"", $"");
            var lines = surface.Contour(level);
            int crossings =
                (from row in Enumerable.Range(0, losses.Rows)
                 from column in Enumerable.Range(0, losses.Columns - 1)
                 select Crosses(losses[row, column], losses[row, column + 1], level)).Sum()
                + (from row in Enumerable.Range(0, losses.Rows - 1)
                   from column in Enumerable.Range(0, losses.Columns)
                   select Crosses(losses[row, column], losses[row + 1, column], level)).Sum();
            return lines.Sum(line => line[0] == line[^1] ? line.Count - 1 : line.Count) == crossings;
        });

    [Fact]
    public void A_path_in_a_plane_has_no_distance_from_its_principal_plane() => (
        from plane in AnyLandscape.Plane.Where(plane => plane.Origin.Parameters.Length > 3)
        from key in Any.Key
        let xs = Draw.Uniform<double>(key.At(0), 5, -1, 1).ToArray()
        let ys = Draw.Uniform<double>(key.At(1), 5, -1, 1).ToArray()
        select (plane, xs, ys)).Sample(of =>
        {
            Network<double>[] path = [.. of.xs.Zip(of.ys, of.plane.At)];
            var principal = TrainingPath.Principal(path);
            double size = path.Max(point => point.Parameters.Max(Math.Abs)) + 1;
            return Math.Abs(principal.Share - 1) < 1e-9
                && path.All(point => principal.Plane.Nearest(point).Distance < 1e-6 * size)
                && Math.Abs(principal.Plane.Cosine) < 1e-6;
        });

    [Fact]
    public void Shares_of_variance_fall_and_add_up_to_one() => (
        from network in AnyLandscape.Stack(Any.SmoothActivation)
        from steps in Any.Direction(network).Array[4, 8]
        select (network, steps)).Sample(of =>
        {
            var path = of.steps.Aggregate(
                new List<Network<double>> { of.network }, (path, step) => [.. path, path[^1] + step]);
            var shares = TrainingPath.Principal(path).Shares;
            return Math.Abs(shares.Sum() - 1) < 1e-12 && shares.SequenceEqual(shares.OrderDescending());
        });

    [Fact]
    public void Points_on_a_line_have_no_plane() => Assert.Contains("line", Assert.Throws<ArgumentException>(() =>
    {
        var network = Network<double>.Init(Architecture.Of(2, new Dense(2)), new Initializer.Zeros(), default);
        var step = new Gradient<double>([1, 2, 3, 4, 5, 6]);
        return TrainingPath.Principal([network, network + step, network + step + step]);
    }).Message, StringComparison.Ordinal);

    private static int Crosses(double a, double b, double level) => a > level != b > level ? 1 : 0;

    private static Surface Bowl(int points)
    {
        Grid grid = points;
        return new(
            grid, Matrix<double>.Of([.. grid.Ys.Select(y => grid.Xs.Select(x => x * x + y * y).ToArray())]), null, $"x",
            $"y");
    }
}
