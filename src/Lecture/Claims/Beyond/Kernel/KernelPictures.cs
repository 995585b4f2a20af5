using Functional.Core.Inspection;
using Functional.Figures;

namespace Functional.Lecture;

/// <summary>The tables and figures of the claim on the tangent kernel.</summary>
internal static class KernelPictures
{
    /// <summary>The mean kernel over the limit, an angle each.</summary>
    /// <param name="started">What was seen before training: groups of seeds, widths.</param>
    /// <param name="width">The place of a width.</param>
    public static Estimate[] OverLimit(KernelSpread[][] started, int width) =>
    [
        .. Enumerable.Range(0, KernelTrials.Angles).Select(i => Measurement.Mean("limit",
            [.. started.Select(group => group[width].Means[i] / LimitKernel.At(KernelTrials.Angle(i)))])),
    ];

    /// <summary>The kernel before training, width by width.</summary>
    public static FoundTable Starts(KernelSpread[][] started)
    {
        int right = (KernelTrials.Angles - 1) / 2;
        return new(
            "starts", $"The kernel before training: its spread over seeds, and its mean over the limit kernel at "
                + $"three angles between two points.",
            [$"width", $"spread over seeds", $"angle 0°", Phrase.Verbatim("90°"), Phrase.Verbatim("180°")],
            [.. KernelTrials.StartWidths.Index().Select(width =>
            {
                var means = OverLimit(started, width.Index);
                return (Items<FoundCell>)
                [
                    Phrase.Verbatim($"{width.Item}"), FoundCell.Of(Spread(started, width.Index)),
                    FoundCell.Of(means[0]), FoundCell.Of(means[right]), FoundCell.Of(means[^1]),
                ];
            })]);
    }

    /// <summary>What training does to the kernel, width by width.</summary>
    public static FoundTable Drifts(Items<int> widths, KernelDrift[][] trained) => new(
        "drifts", $"How far 200 steps move the kernel (Frobenius norm of the change over that of the first kernel), "
            + $"and the loss before and after (medians of the seeds).",
        [$"width", $"movement of the kernel", $"first loss", $"last loss"],
        [.. widths.Zip(trained, (width, seeds) => (Items<FoundCell>)
        [
            Phrase.Verbatim($"{width}"), FoundCell.Of(Drift(seeds)),
            FoundCell.Of(Measurement.Median("", [.. seeds.Select(net => net.First)]).Value, 3),
            FoundCell.Of(Measurement.Median("", [.. seeds.Select(net => net.Last)]).Value, 3),
        ])]);

    /// <summary>The paper's figure 1: narrow and wide nets, before training and after it.</summary>
    public static FoundFigure Circle(Items<int> widths, KernelDrift[][] trained) => new(
        "circle", $"The kernel between (1, 0) and the points of the unit circle at angle γ, of nets with other first "
            + $"weights, and the limit of infinite width (dotted); mind the scales. Narrow nets differ, and training "
            + $"moves their kernels far; wide ones nearly agree, and stay close.",
        new LinePlot([Kernels(widths[0], trained[0]), Kernels(widths[^1], trained[^1])]), 900, 440);

    /// <summary>Spread and movement against width.</summary>
    public static FoundFigure Widths(KernelSpread[][] started, Items<int> widths, KernelDrift[][] trained)
    {
        Estimate[] spreads = [.. Enumerable.Range(0, KernelTrials.StartWidths.Count).Select(i => Spread(started, i))],
            drifts = [.. trained.Select(Drift)];
        return new(
            "widths", $"Left, how much the kernel differs between first weights: standard deviation over mean. Right, "
                + $"how far training moves it, over its size. Both with 95 % intervals, beside lines of slope -1/2 "
                + $"and -1.",
            new LinePlot([Against($"spread over seeds", KernelTrials.StartWidths, spreads),
                Against($"movement by training", widths, drifts)]), 900, 440);
    }

    private static Estimate Spread(KernelSpread[][] started, int width) =>
        Measurement.Mean("spread", [.. started.Select(group => group[width].Spread)]);

    private static Estimate Drift(KernelDrift[] seeds) =>
        Measurement.Median("drift", [.. seeds.Select(net => net.Drift)]);

    private static PlotPanel Against(Phrase what, Items<int> widths, Estimate[] numbers)
    {
        Items<double> xs = [.. widths.Select(width => (double)width)];
        return new($"width", what,
        [
            new($"measured", xs, [.. numbers.Select(number => number.Value)])
            {
                Low = [.. numbers.Select(number => number.Low)],
                High = [.. numbers.Select(number => number.High)],
                HasMarks = true,
            },
            new($"as 1 / √width", xs, [.. xs.Select(x => numbers[0].Value * Math.Sqrt(xs[0] / x))]),
            new($"as 1 / width", xs, [.. xs.Select(x => numbers[0].Value * xs[0] / x)]),
        ])
        {
            IsXLogarithmic = true,
            IsYLogarithmic = true,
        };
    }

    private static PlotPanel Kernels(int width, KernelDrift[] nets)
    {
        const int Half = KernelTrials.Points / 2;
        int[] places = [.. Enumerable.Range(-Half, KernelTrials.Points + 1)];
        Items<double> angles = [.. places.Select(i => 360.0 * i / KernelTrials.Points)];
        return new($"angle γ (degrees)", $"kernel",
        [
            .. nets.Select(net => Seed($"first weights", net.Before)),
            .. nets.Select(net => Seed($"after 200 steps", net.After)),
            new($"infinite width", angles, [.. places.Select(i => LimitKernel.At(KernelTrials.Angle(Math.Abs(i))))]),
        ])
        {
            Heading = $"width {width}",
        };

        PlotLine Seed(Phrase name, double[] kernel) => new(
            name, angles, [.. places.Select(i => kernel[(i + KernelTrials.Points) % KernelTrials.Points])])
        {
            IsFaint = true,
        };
    }
}
