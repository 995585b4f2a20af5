using Functional.Core.Curvature;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>The features of three classes in the plane of their three means, where a simplex is a triangle of equal
/// sides: the first mean is above, and distances are in units of the mean distance of the class means from their
/// center.</summary>
internal static class CollapseTriangle
{
    /// <summary>How many classes.</summary>
    public const int Classes = 3;

    private const int Shown = 40; // samples of each class

    /// <summary>Places of the means, then of samples of each class: x and y.</summary>
    public static double[] Places(ClassFeatures at)
    {
        double[][] means = ClassGeometry.Means(at.Features, at.Labels, Classes);
        double[] center = [.. means[0].Select((_, i) => (means[0][i] + means[1][i] + means[2][i]) / Classes)];
        double[][] seen = [.. means.Select(Seen)];
        double size = seen.Aggregate(0.0, (sum, mean) => sum + Doubles.Norm(mean)) / Classes;
        double[] up = Unit([.. seen[0]]), right = [.. seen[1]];
        Doubles.Add(-Doubles.Dot(up, right), up, right);
        Unit(right);
        var samples = Enumerable.Range(0, Classes).SelectMany(c => at.Labels.Index()
            .Where(label => label.Item == c).Take(Shown).Select(label => Seen(at.Features.Row(label.Index).ToArray())));
        return
        [
            .. seen.Concat(samples).SelectMany(vector =>
                (double[])[Doubles.Dot(right, vector) / size, Doubles.Dot(up, vector) / size]),
        ];

        double[] Seen(double[] vector) => [.. vector.Select((number, i) => number - center[i])];
        double[] Unit(double[] vector) => Doubles.Scaled(vector, 1 / Doubles.Norm(vector));
    }

    /// <summary>The places at the first look without an error and at the last one.</summary>
    public static LinePlot Plot(ClaimTrials trials, CollapsingNet net)
    {
        double[] numbers = trials.Once("triangle", () =>
        {
            var looks = (net with { Classes = Classes }).Train(trials.KeyOf(0)).ToArray();
            return [.. Places(looks.FirstOrDefault(at => at.Error == 0, looks[^1])), .. Places(looks[^1])];
        });
        double[][] both = [.. numbers.Chunk(numbers.Length / 2)];
        return new([Panel($"no training error any more", both[0]), Panel($"in the end", both[1])]) { IsPlane = true };
    }

    private static PlotPanel Panel(Phrase heading, double[] numbers)
    {
        (double X, double Y)[] places = [.. numbers.Chunk(2).Select(place => (place[0], place[1]))];
        Phrase[] names = [$"class 0", $"class 1", $"class 2"];
        return new($"at right angles", $"towards the mean of class 0",
        [
            .. names.Select((name, c) =>
                Line(name, places[(Classes + c * Shown)..(Classes + (c + 1) * Shown)]) with
                {
                    IsJoined = false,
                    IsFaint = true,
                }),
            Line($"class means", [.. places[..Classes], places[0]]) with { HasMarks = true },
        ])
        {
            Heading = heading,
        };
    }

    private static PlotLine Line(Phrase name, (double X, double Y)[] places) =>
        new(name, [.. places.Select(place => place.X)], [.. places.Select(place => place.Y)]);
}
