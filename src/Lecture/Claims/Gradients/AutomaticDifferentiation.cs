using Functional.Core.Numbers.Functions;
using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Five ways to a derivative: how exact they are, and what they cost in operations.</summary>
internal static class AutomaticDifferentiation
{
    private const int Exact = 3, Most = 5;
    private const string OneSided = "one-sided", ForwardOnly = "forward-only";

    public static Claim Claim { get; } = new(
        "autodiff", Chapter.Gradients,
        $"Automatic differentiation gives derivatives that are exact to rounding; numeric differentiation loses "
            + $"digits, symbolic differentiation swells, and only reverse mode has a whole gradient at the cost of a "
            + $"few runs of the function.")
    {
        Sources =
        [
            new("Baydin, Pearlmutter, Radul and Siskind", "Automatic differentiation in machine learning: a survey",
                2018),
            new("Griewank and Walther", "Evaluating derivatives", 2008),
        ],
        Method = $"The loss of random nets 2-3-1 with tanh on four samples: its gradient by hand, of formulas, in "
            + $"forward and in reverse mode, and by differences with steps from 0.1 to 1e-12. Operations are counted, "
            + $"not timed: of nets 4-h-1 with 7 to 385 parameters, and of the logistic map l(1) = x, l(n + 1) = 4 l(n) "
            + $"(1 - l(n)).",
        Criteria =
        [
            new("exact", $"largest difference between by hand, symbolic, forward and reverse, relative",
                Bound.AtMost(1e-12),
                $"the chain rule is exact; what is left is rounding"),
            new("one_sided", $"power of the step by which one-sided differences are off: median", new(0.9, 1.1),
                $"Taylor: h f''/2"),
            new("central", $"power of the step by which central differences are off: median", new(1.9, 2.1),
                $"Taylor: h² f'''/6"),
            new("rounding", $"the same of central differences with steps below 1e-8: median", new(-1.2, -0.8),
                $"rounding of the values is divided by h"),
            new("best", $"least error of central differences over the steps, relative: median", new(1e-12, 1e-9),
                $"truncation and rounding are equal near u^(2/3) = 2e-11; the decades around it were chosen "
                    + $"beforehand"),
            new("swell", $"growth of the formula of the logistic map's derivative in an iteration, least of the last "
                + $"three",
                Bound.AtLeast(2), $"each iterate holds the one before twice: the formula at least doubles"),
            new("reverse_cost", $"operations of a gradient in reverse mode, over those of the loss: largest",
                Bound.AtMost(6),
                $"Baydin et al. (2018), section 3.2: at most 6, as a rule 2 to 3, whatever the number of parameters"),
            new("forward_cost", $"operations of a pass in forward mode, over those of the loss: largest",
                Bound.AtMost(6),
                $"the same bound, for each of n passes"),
            new("forward_order", $"power of the number of parameters with which forward mode over the loss grows",
                new(0.95, 1.05), $"Baydin et al. (2018), section 3.1: n passes for n parameters"),
        ],
        Falsehoods =
        [
            new(OneSided, $"one-sided differences where central ones are claimed"),
            new(ForwardOnly, $"forward mode where reverse mode is claimed"),
        ],
        Seeds = 100,
        Measure = Measure,
    };

    private static Findings Measure(ClaimTrials trials)
    {
        int steps = WaysToDerive.Steps.Count;
        var errors = trials.Each("errors", trials.Seeds, i =>
            WaysToDerive.Errors(trials.KeyOf(i), trials.Plants(OneSided)));
        var costs = trials.Each("operations", WaysToDerive.Sizes.Count, i =>
            WaysToDerive.Operations(WaysToDerive.Sizes[i], trials.Plants(ForwardOnly)));
        var swell = trials.Each("swell", WaysToDerive.Iterations, i => WaysToDerive.Swell(i + 1));
        double[][] oneSided = [.. errors.Select(seed => seed[Exact..(Exact + steps)])],
            central = [.. errors.Select(seed => seed[(Exact + steps)..])];
        double[] last = costs[^1], before = costs[^2];
        return new(
        [
            Measurement.Exact("exact", errors.Max(seed => seed[..Exact].Max())),
            Measurement.Median("one_sided", Slopes(oneSided, 3, 4)),
            Measurement.Median("central", Slopes(central, 1, 2)),
            Measurement.Median("rounding", Slopes(central, 8, 11)),
            Measurement.Median("best", [.. central.Select(seed => seed.Min())]),
            Measurement.Exact("swell", Enumerable.Range(WaysToDerive.Iterations - 3, 3)
                .Min(i => swell[i][1] / swell[i - 1][1])),
            Measurement.Exact("reverse_cost", costs.Max(cost => cost[3] / cost[1])),
            Measurement.Exact("forward_cost", costs.Max(cost => cost[2] / (cost[0] * cost[1]))),
            Measurement.Exact(
                "forward_order",
                Elementary.Of<Log>(last[2] / last[1] / (before[2] / before[1]))
                    / Elementary.Of<Log>(last[0] / before[0])),
        ])
        {
            Tables = [Values(trials), Errors(errors, oneSided, central), Costs(costs), Swelling(swell)],
            Figures =
            [
                new("step", $"Error of differences against the step h, relative: median over seeds. From the right it "
                    + $"falls with h or h², until rounding makes it rise again; automatic differentiation needs no "
                    + $"step.",
                    Step(errors, oneSided, central)),
                new("cost", $"Operations of a whole gradient, over those of the loss, against the number of "
                    + $"parameters.",
                    Cost(costs)),
                new("swell", $"The logistic map: parts of the formulas, which double, and operations of automatic "
                    + $"differentiation, which grow by a constant.", Swell(swell)),
            ],
        };
    }

    // The power of h between two steps of the list.
    private static double[] Slopes(double[][] errors, int from, int to) =>
        [.. errors.Select(seed => Elementary.Of<Log>(seed[from] / seed[to])
            / (Elementary.Of<Log>(10) * (to - from)))];

    private static FoundTable Values(ClaimTrials trials)
    {
        double[] values = trials.Once("values", () => WaysToDerive.Values(trials.KeyOf(0)));
        Phrase[] ways = [$"by hand", $"reverse mode", $"forward mode", $"symbolic", $"one-sided differences, h = 1e-8",
            $"central differences, h = 1e-5"];
        return new(
            "values", $"The derivative of the loss of the first seed's net with respect to its first weight, with all "
                + $"digits.",
            [$"way", $"value"],
            [.. ways.Zip(values, (way, value) => (Items<FoundCell>)[way, FoundCell.Of(value, 17)])]);
    }

    private static FoundTable Errors(IReadOnlyList<double[]> errors, double[][] oneSided, double[][] central) => new(
        "errors", $"How far each way is from reverse mode: median over seeds, and the largest. Differences have their "
            + $"best step.",
        [$"way", $"median", $"largest"],
        [
            .. new (Phrase Name, double[] Off)[]
            {
                ($"by hand", [.. errors.Select(seed => seed[0])]),
                ($"forward mode", [.. errors.Select(seed => seed[1])]),
                ($"symbolic", [.. errors.Select(seed => seed[2])]),
                ($"one-sided differences", [.. oneSided.Select(seed => seed.Min())]),
                ($"central differences", [.. central.Select(seed => seed.Min())]),
            }.Select(way => (Items<FoundCell>)
                [way.Name, FoundCell.Of(Measurement.Median("", way.Off).Value, 2), FoundCell.Of(way.Off.Max(), 2)]),
        ]);

    private static FoundTable Costs(IReadOnlyList<double[]> costs) => new(
        "costs", $"Operations of the loss of nets 4-h-1 and of its gradient. Baydin et al. (2018) have at most 6 runs "
            + $"for reverse mode, and for each pass of forward mode.",
        [$"parameters n", $"loss", $"forward mode", $"reverse mode", $"forward over n losses", $"reverse over loss"],
        [.. costs.Select(cost => (Items<FoundCell>)
            [cost[0], FoundCell.Of(cost[1], 8), FoundCell.Of(cost[2], 8), FoundCell.Of(cost[3], 8),
                cost[2] / (cost[0] * cost[1]), cost[3] / cost[1]])]);

    private static FoundTable Swelling(IReadOnlyList<double[]> swell) => new(
        "swell", $"The logistic map, as in table 1 of Baydin et al. (2018): its iterates and their derivatives as "
            + $"formulas, and how many parts they have.",
        [$"n", $"l(n)", $"derivative", $"parts of l(n)", $"parts of the derivative", $"operations in forward mode"],
        [.. Enumerable.Range(1, Most).Select(n => (Items<FoundCell>)
        [
            (double)n, Phrase.Verbatim(Short($"{WaysToDerive.Formulas(n).Function}")),
            Phrase.Verbatim(Short($"{WaysToDerive.Formulas(n).Derivative}")), swell[n - 1][0], swell[n - 1][1],
            swell[n - 1][3],
        ])]);

    private static string Short(string formula) => formula.Length <= 36 ? formula : $"{formula[..33]}...";

    private static LinePlot Step(IReadOnlyList<double[]> errors, double[][] oneSided, double[][] central)
    {
        PlotLine Line(Phrase name, double[][] off)
        {
            var medians = WaysToDerive.Steps.Select((_, step) =>
                Measurement.Median("", [.. off.Select(seed => seed[step])]))
                .ToArray();
            return new(name, WaysToDerive.Steps, [.. medians.Select(median => median.Value)]) { HasMarks = true };
        }
        return new(new PlotPanel($"step h", $"error, relative",
            [Line($"one-sided", oneSided), Line($"central", central)])
        {
            IsXLogarithmic = true,
            IsYLogarithmic = true,
            Levels = [new($"forward mode, no step", Measurement.Median("", [.. errors.Select(seed => seed[1])]).Value)],
        });
    }

    private static LinePlot Cost(IReadOnlyList<double[]> costs) => new(new PlotPanel(
        $"parameters n", $"gradient over loss, operations",
        [
            new($"forward mode", [.. costs.Select(cost => cost[0])], [.. costs.Select(cost => cost[2] / cost[1])])
            {
                HasMarks = true,
            },
            new($"reverse mode", [.. costs.Select(cost => cost[0])], [.. costs.Select(cost => cost[3] / cost[1])])
            {
                HasMarks = true,
            },
        ])
    {
        IsXLogarithmic = true,
        IsYLogarithmic = true,
        Levels = [new($"bound of reverse mode: 6", 6)],
    });

    private static LinePlot Swell(IReadOnlyList<double[]> swell)
    {
        PlotLine Line(Phrase name, int column) => new(
            name, [.. Enumerable.Range(1, swell.Count).Select(n => (double)n)], [.. swell.Select(row => row[column])])
        { HasMarks = true };
        return new(new PlotPanel($"iterate n", $"parts or operations",
        [
            Line($"formula of the derivative", 1), Line($"formula of the function", 0), Line($"forward mode", 3),
            Line($"reverse mode", 4),
        ])
        { IsYLogarithmic = true });
    }
}
