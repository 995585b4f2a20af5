using Functional.Core.Numbers;
using Functional.Core.Numbers.Streams;
using Functional.Core.Randomness;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>What is done for the claim on the tangent kernel: many nets before training, and a few with it.</summary>
internal static class KernelTrials
{
    /// <summary>Points on the circle.</summary>
    public const int Points = 32;

    /// <summary>Angles from 0 to π between (1, 0) and a point.</summary>
    public const int Angles = Points / 2 + 1;

    /// <summary>Seeds that make one estimate of the spread.</summary>
    public const int Group = 16;

    private const int Steps = 200, MostTrained = 10;

    /// <summary>The widths of the nets before training.</summary>
    public static Items<int> StartWidths { get; } = [64, 128, 256, 512, 1024];

    /// <summary>The widths of the nets that are trained: the last one is sixteen times the first.</summary>
    public static Items<int> TrainedWidths(bool isFull) =>
        isFull ? [125, 250, 500, 1000, 2000] : [32, 64, 128, 256, 512];

    /// <summary>The angle between (1, 0) and point i.</summary>
    public static double Angle(int i) => 2 * LimitKernel.Pi * i / Points;

    /// <summary>Of each group of seeds, what is seen at each width.</summary>
    /// <param name="trials">The claim's.</param>
    /// <param name="net">The net of a width.</param>
    public static KernelSpread[][] Started(ClaimTrials trials, Func<int, TangentNet> net) =>
    [
        .. trials.Each("start", (trials.Seeds + Group - 1) / Group, group =>
        [
            .. StartWidths.Index().SelectMany(width => KernelSpread.Of(
                [.. Enumerable.Range(group * Group, Group).Select(seed => Row(
                    net(width.Item), trials.KeyOf(seed).For(Purpose.Init).At((uint)width.Index)))]).Numbers),
        ]).Select(numbers => numbers.Chunk(1 + Angles).Select(KernelSpread.Read).ToArray()),
    ];

    /// <summary>Of each width, what is seen of each seed.</summary>
    /// <param name="trials">The claim's.</param>
    /// <param name="net">The net of a width.</param>
    public static KernelDrift[][] Trained(ClaimTrials trials, Func<int, TangentNet> net) =>
    [
        .. TrainedWidths(trials.Order.IsFull).Index().Select(width => trials.Each(
            $"trained-{width.Item}", Math.Min(trials.Seeds, MostTrained),
            seed => Train(net(width.Item), trials.KeyOf(seed), (uint)width.Index).Numbers)
            .Select(KernelDrift.Read).ToArray()),
    ];

    private static double[] Row(TangentNet net, Key key) =>
        EmpiricalKernel.Of(net.Start(key), net.Rates, TangentNet.Circle(Points)).Row(0)[..Angles].ToArray();

    private static KernelDrift Train(TangentNet net, Key key, uint place)
    {
        var circle = TangentNet.Circle(Points);
        var start = net.Start(key.For(Purpose.Init).At(place)).To<float>();
        var (end, first, last) = net.Train(start, TangentNet.Product(key.For(Purpose.Data)), Steps);
        Matrix<double> before = EmpiricalKernel.Of(start.To<double>(), net.Rates, circle),
            after = EmpiricalKernel.Of(end.To<double>(), net.Rates, circle);
        return new(EmpiricalKernel.Drift(before, after), first, last, before.Row(0).ToArray(), after.Row(0).ToArray());
    }
}

/// <summary>The kernel between (1, 0) and the points of half a circle, of the nets of a group of seeds.</summary>
/// <param name="Spread">Standard deviation over the seeds, over the mean: on average over the angles.</param>
/// <param name="Means">The mean at each angle.</param>
internal sealed record KernelSpread(double Spread, double[] Means)
{
    /// <summary>That of some kernels, a seed each.</summary>
    public static KernelSpread Of(double[][] kernels)
    {
        SampleMean[] angles = [.. Enumerable.Range(0, kernels[0].Length)
            .Select(i => SampleMean.Of([.. kernels.Select(kernel => kernel[i])]))];
        double[] spreads = [.. angles.Select(angle => angle.Deviation!.Value / angle.Mean)];
        return new(Reduce.Sum<double>(spreads) / spreads.Length, [.. angles.Select(angle => angle.Mean)]);
    }

    /// <summary>As a trial keeps it.</summary>
    public double[] Numbers => [Spread, .. Means];

    /// <summary>That of a trial.</summary>
    public static KernelSpread Read(double[] numbers) => new(numbers[0], numbers[1..]);
}

/// <summary>How a net's kernel moves while it is trained.</summary>
/// <param name="Drift">‖K after - K before‖ / ‖K before‖ over all pairs of points on the circle.</param>
/// <param name="First">Loss before.</param>
/// <param name="Last">Loss after.</param>
/// <param name="Before">K between (1, 0) and each point before training.</param>
/// <param name="After">The same after it.</param>
internal sealed record KernelDrift(double Drift, double First, double Last, double[] Before, double[] After)
{
    /// <summary>As a trial keeps it.</summary>
    public double[] Numbers => [Drift, First, Last, .. Before, .. After];

    /// <summary>That of a trial.</summary>
    public static KernelDrift Read(double[] numbers)
    {
        int points = (numbers.Length - 3) / 2;
        return new(numbers[0], numbers[1], numbers[2], numbers[3..(3 + points)], numbers[(3 + points)..]);
    }
}
