using Functional.Figures;

namespace Functional.Lecture;

/// <summary>The claim's table and its curves.</summary>
internal static class CollapseView
{
    /// <summary>Medians of the seeds at the first look without an error and in the end; and in the end of the same nets
    /// without batch norm, and without weight decay.</summary>
    public static FoundTable Table(
        CollapseLook[] first, CollapseLook[] last, CollapseLook[] plain, CollapseLook[] free)
    {
        return new(
            "collapse", $"Medians of the seeds: at the first look without a training error, and in the end; and in the "
                + $"end of the same nets without batch norm, and without weight decay.",
            [$"measure", $"no error any more", $"in the end", $"without batch norm", $"without weight decay"],
            [
                Row($"NC1: spread within the classes", look => look.At.Within),
                Row($"NC2: relative deviation of the norms", look => look.At.Lengths),
                Row($"NC2: deviation of the cosines", look => look.At.Angles),
                Row($"NC2: distance of the cosines from -1/9", look => look.At.Simplex),
                Row($"NC3: distance of the classifier from the means", look => look.At.Duality),
                Row($"NC4: nearest mean is not the answer", look => look.At.Nearest),
                Row($"directions that the means spread over (9 on a simplex)", look => look.At.Directions),
                Row($"training error", look => look.Error),
            ]);

        Items<FoundCell> Row(Phrase name, Func<CollapseLook, double> number) =>
            [name, .. ((CollapseLook[][])[first, last, plain, free]).Select(looks => FoundCell.Of(
                Measurement.Median("", [.. looks.Select(number)]).Value, 3))];
    }

    /// <summary>NC1 to NC4 against the epoch.</summary>
    public static LinePlot Plot(
        IReadOnlyList<int> epochs, CollapseLook[][] nets, CollapseLook[][] plain, CollapseLook[][] free)
    {
        double terminal = Measurement.Median(
            "", [.. nets.Select(looks => (double)epochs[CollapseLook.Terminal(looks)])]).Value;
        return new(
        [
            Panel("NC1", $"spread within the classes", look => look.At.Within),
            Panel("NC2", $"distance of the cosines from -1/9", look => look.At.Simplex),
            Panel("NC3", $"distance of the classifier from the means", look => look.At.Duality),
            Panel("NC4", $"nearest mean is not the answer", look => look.At.Nearest, isLogarithmic: false),
        ]);

        PlotPanel Panel(
            string name, Phrase what, Func<CollapseLook, double> number, bool isLogarithmic = true) => new(
            $"epoch", Phrase.Verbatim(name),
        [
            Middle($"batch norm and weight decay", nets, number),
            .. nets.Select(net => Line($"batch norm and weight decay", net.Select(number)) with { IsFaint = true }),
            Middle($"without batch norm", plain, number), Middle($"without weight decay", free, number),
        ])
            {
                Heading = what,
                IsXLogarithmic = true,
                IsYLogarithmic = isLogarithmic,
                Levels = [new($"no training error any more", terminal, IsUpright: true)],
            };

        PlotLine Middle(Phrase name, CollapseLook[][] looks, Func<CollapseLook, double> number) => Line(
            name, epochs.Select((_, i) => Measurement.Median("", [.. looks.Select(net => number(net[i]))]).Value));

        PlotLine Line(Phrase name, IEnumerable<double> ys) =>
            new(name, [.. epochs.Select(epoch => (double)epoch)], [.. ys]);
    }
}
