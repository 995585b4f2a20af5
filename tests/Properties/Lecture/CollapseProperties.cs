using CsCheck;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture;

/// <summary>How classes lie, and how training past zero error draws them together. (Papyan, Han and Donoho,
/// 2020)</summary>
public sealed class CollapseProperties
{
    private const int Width = 9;

    private sealed record Cloud(double[][] Features, int[] Labels, double[][] Weights, int[] Decisions)
    {
        public ClassGeometry Geometry => ClassGeometry.Of(
            Matrix<double>.Of(Features), Labels, Matrix<double>.Of(Weights), Decisions);
    }

    private static readonly Gen<int> Classes = Gen.Int[2, 6];

    // Samples around means, anywhere, and any classifier.
    private static readonly Gen<Cloud> Clouds =
        from classes in Classes
        from each in Gen.Int[2, 7]
        from means in Vectors(classes)
        from weights in Vectors(classes)
        from deviations in Vectors(classes * each)
        from decisions in Gen.Int[0, classes - 1].Array[classes * each]
        select new Cloud(
            [.. deviations.Select((one, i) => Plus(means[i % classes], one, 0.7))],
            [.. deviations.Select((_, i) => i % classes)], weights, decisions);

    [Fact]
    public void On_a_simplex_with_the_means_for_a_classifier_nc2_nc3_and_nc4_are_nothing() =>
        Gen.Select(Classes, Directions, Gen.Double[0, 0.3]).Sample((classes, direction, spread) =>
            Simplex(classes, direction, spread).Geometry is var at
            && at.Lengths < 1e-12 && at.Angles < 1e-12 && at.Simplex < 1e-12 && at.Duality < 1e-12 && at.Nearest == 0
            && Near(classes - 1, at.Directions));

    [Fact]
    public void Means_spread_over_one_direction_at_least_and_over_fewer_than_there_are_classes_at_most() =>
        Clouds.Sample(cloud => cloud.Geometry.Directions >= 1 - 1e-9
            && cloud.Geometry.Directions <= cloud.Weights.Length - 1 + 1e-9);

    // The covariance of the means is a projection onto their plane, over C; what spreads at right angles to it does not
    // count.
    [Fact]
    public void Around_a_simplex_of_side_root_two_nc1_is_the_square_of_the_spread_in_the_plane_of_the_means() =>
        Gen.Select(Classes, Directions, Gen.Double[0, 3]).Sample((classes, direction, spread) =>
        {
            double[] within = [.. direction.Take(classes)];
            double plane = within.Sum(x => x * x) - within.Sum() * within.Sum() / classes;
            return Near(spread * spread * plane, Simplex(classes, direction, spread).Geometry.Within);
        });

    [Fact]
    public void Nc1_is_the_trace_of_the_covariance_within_times_the_pseudoinverse_of_that_between() =>
        Clouds.Sample(cloud =>
        {
            int classes = cloud.Weights.Length;
            var features = cloud.Features
                .Select(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray).ToArray();
            var means = Enumerable.Range(0, classes).Select(c => features.Where((_, i) => cloud.Labels[i] == c)
                .Aggregate((a, b) => a + b) / cloud.Labels.Count(label => label == c)).ToArray();
            var center = means.Aggregate((a, b) => a + b) / classes;
            var between = means.Select(mean => (mean - center).OuterProduct(mean - center))
                .Aggregate((a, b) => a + b) / classes;
            var within = features.Select((feature, i) =>
                    (feature - means[cloud.Labels[i]]).OuterProduct(feature - means[cloud.Labels[i]]))
                .Aggregate((a, b) => a + b) / features.Length;
            return Near((within * between.PseudoInverse()).Trace() / classes, cloud.Geometry.Within, 1e-6);
        }, iter: 200);

    [Fact]
    public void Neither_turning_nor_moving_nor_scaling_the_features_changes_anything() =>
        Gen.Select(Clouds, Directions, Directions, Gen.Double[0.01, 100]).Sample((cloud, mirror, shift, scale) =>
            Same(cloud.Geometry, (cloud with
            {
                Features = [.. cloud.Features.Select(feature =>
                    Plus(shift, Mirrored(feature, mirror), scale))],
                Weights = [.. cloud.Weights.Select(weights => Mirrored(weights, mirror))],
            }).Geometry));

    [Fact]
    public void The_order_of_the_samples_changes_nothing() =>
        Gen.Select(Clouds, Gen.ULong).Sample((cloud, seed) =>
        {
            int[] order = [.. Draw.Permutation(Key.FromSeed(seed), cloud.Labels.Length)];
            return Same(cloud.Geometry, (cloud with
            {
                Features = [.. order.Select(i => cloud.Features[i])],
                Labels = [.. order.Select(i => cloud.Labels[i])],
                Decisions = [.. order.Select(i => cloud.Decisions[i])],
            }).Geometry);
        });

    [Fact]
    public void Drawing_each_class_together_by_a_factor_divides_nc1_by_its_square_and_moves_no_mean() =>
        Gen.Select(Clouds, Gen.Double[0.01, 1]).Sample((cloud, factor) =>
        {
            double[][] means = ClassGeometry.Means(
                Matrix<double>.Of(cloud.Features), cloud.Labels, cloud.Weights.Length);
            ClassGeometry before = cloud.Geometry, after = (cloud with
            {
                Features = [.. cloud.Features.Select((feature, i) =>
                    Plus(means[cloud.Labels[i]], Plus(feature, means[cloud.Labels[i]], -1), factor))],
            }).Geometry;
            return Near(before.Within * factor * factor, after.Within)
                && Same(before with { Within = 0, Nearest = 0 }, after with { Within = 0, Nearest = 0 });
        });

    // Rows that are all alike are at right angles to means that add up to nothing.
    [Fact]
    public void Nc3_is_two_for_a_classifier_that_looks_the_other_way_and_root_two_at_right_angles() =>
        Clouds.Sample(cloud =>
        {
            double[][] means = ClassGeometry.Means(
                Matrix<double>.Of(cloud.Features), cloud.Labels, cloud.Weights.Length);
            double[] center = [.. means[0].Select((_, i) => means.Average(mean => mean[i]))];
            double[][] away = [.. means.Select(mean => Plus(center, mean, -1))],
                same = [.. means.Select(_ => center)];
            return Near(2, (cloud with { Weights = away }).Geometry.Duality)
                && Near(Math.Sqrt(2), (cloud with { Weights = same }).Geometry.Duality);
        });

    [Fact]
    public void Nc4_is_the_share_of_decisions_for_another_class_than_the_nearest_mean() =>
        Gen.Select(Classes, Directions, Gen.Int[0, 4]).Sample((classes, direction, others) =>
        {
            var cloud = Simplex(classes, direction, 0.1);
            int[] decisions = [.. cloud.Labels.Select((label, i) => i < others ? (label + 1) % classes : label)];
            return (cloud with { Decisions = decisions }).Geometry.Nearest
                == Math.Min(others, decisions.Length) / (double)decisions.Length;
        });

    [Fact]
    public void The_terminal_phase_begins_where_there_is_no_error_for_the_first_time() =>
        Gen.Double[0, 1].Array[1, 9].Sample(errors =>
        {
            CollapseLook[] looks = [.. errors.Select(error => new CollapseLook(error < 0.4 ? 0 : error, default))];
            int at = CollapseLook.Terminal(looks);
            return looks.Take(at).All(look => look.Error > 0) && (looks[at].Error == 0 || at == looks.Length - 1)
                && CollapseLook.Read(CollapseLook.Numbers(looks)).SequenceEqual(looks);
        });

    [Fact]
    public void Looks_are_at_ever_later_epochs_from_the_first_to_the_last() => Gen.Int[1, 5000].Sample(epochs =>
        new CollapsingNet(3, epochs, 0).Looks.ToArray() is var looks
        && looks[0] == 1 && looks[^1] == epochs && looks.Zip(looks.Skip(1), (a, b) => a < b).All(isSo => isSo));

    [Fact]
    public void Where_the_last_layer_alone_is_trained_features_stay_what_they_were() => Gen.ULong.Sample(seed =>
    {
        var looks = new CollapsingNet(3, 6, 0.005) { IsFrozen = true }.Train(Key.FromSeed(seed)).ToArray();
        return looks.All(look => look.Features == looks[0].Features) && looks[0].Weights != looks[^1].Weights
            && looks[0].Features.Cells.All(feature => feature >= 0);
    }, iter: 5);

    [Fact]
    public void Past_zero_error_three_classes_become_points_of_a_triangle() => Gen.ULong.Sample(seed =>
    {
        CollapseLook[] looks =
            [.. new CollapsingNet(3, 500, 0.005).Train(Key.FromSeed(seed)).Select(CollapseLook.Of)];
        CollapseLook first = looks[CollapseLook.Terminal(looks)], last = looks[^1];
        return last.Error == 0 && last.At.Within < 0.1 * first.At.Within && last.At.Simplex < 0.5 * first.At.Simplex
            && last.At.Duality < 0.5 * first.At.Duality && last.At.Nearest == 0;
    }, iter: 3);

    // The first mean is above the center, the second one to the right of it.
    [Fact]
    public void The_means_of_a_simplex_are_drawn_as_a_triangle_of_equal_sides() => Directions.Sample(direction =>
    {
        var cloud = Simplex(3, direction, 0.2);
        double[] places = CollapseTriangle.Places(new(
            Matrix<double>.Of(cloud.Features), cloud.Labels, Matrix<double>.Of(cloud.Weights), cloud.Decisions));
        double half = Math.Sqrt(3) / 2;
        return places.Take(6).Zip([0, 1, half, -0.5, -half, -0.5], (seen, expected) => Near(expected, seen))
            .All(isSo => isSo);
    });

    private static Gen<double[]> Directions => Gen.Double[-1, 1].Array[Width].Where(one => one.Sum(x => x * x) > 0.1)
        .Select(one => one.Select(x => x / Math.Sqrt(one.Sum(y => y * y))).ToArray());

    private static Gen<double[][]> Vectors(int count) => Gen.Double[-1, 1].Array[Width].Array[count];

    // The class means are the unit vectors of a basis, with two samples beside each; the classifier is right.
    private static Cloud Simplex(int classes, double[] direction, double spread)
    {
        double[][] corners = [.. Enumerable.Range(0, classes).Select(c =>
            Enumerable.Range(0, Width).Select(i => i == c ? 1.0 : 0).ToArray())];
        int[] labels = [.. Enumerable.Range(0, 2 * classes).Select(i => i % classes)];
        return new(
            [.. labels.Select((label, i) => Plus(corners[label], direction, i < classes ? spread : -spread))],
            labels, [.. corners.Select(corner => Plus(corner, Center(classes), -1))], labels);
    }

    private static double[] Center(int classes) =>
        [.. Enumerable.Range(0, Width).Select(i => i < classes ? 1.0 / classes : 0)];

    private static double[] Plus(double[] x, double[] y, double factor) =>
        [.. x.Zip(y, (a, b) => a + factor * b)];

    private static double[] Mirrored(double[] vector, double[] mirror)
    {
        double along = vector.Zip(mirror, (a, b) => a * b).Sum() / mirror.Sum(x => x * x);
        return Plus(vector, mirror, -2 * along);
    }

    private static bool Same(ClassGeometry a, ClassGeometry b) =>
        Near(a.Within, b.Within) && Near(a.Lengths, b.Lengths) && Near(a.Angles, b.Angles)
        && Near(a.Simplex, b.Simplex) && Near(a.Duality, b.Duality) && a.Nearest == b.Nearest
        && Near(a.Directions, b.Directions);

    private static bool Near(double expected, double actual, double tolerance = 1e-7) =>
        Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));
}
