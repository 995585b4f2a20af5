using System.CommandLine;
using System.Globalization;
using Functional.Cli.Pages;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli.Commands;

/// <summary><c>functional claim</c>: a claim of the lecture, measured and judged.</summary>
internal static class ClaimCommand
{
    private static readonly Argument<string> Name = new("NAME")
    {
        Description = Terminal.Said($"the claim, such as xor-impossible; functional lecture lists them"),
    };
    private static readonly Option<string?> Seeds = new("--seeds")
    {
        HelpName = "N",
        Description = Terminal.Said($"how many seeds, 1 to {ClaimOrder.MostSeeds} (as many as the claim says)"),
    };
    private static readonly Option<string?> First = new("--seed")
    {
        HelpName = "N",
        Description = Terminal.Said($"the first seed; the others follow it (1)"),
    };
    private static readonly Option<string?> Plant = new("--plant")
    {
        HelpName = "FALSEHOOD",
        Description = Terminal.Said($"changes the experiment so that the claim must fail, to see that it can"),
    };

    private static readonly Option<bool> Page = new("--report")
    {
        Description = Terminal.Said($"writes the claim's page beside its result, in one file that needs no network"),
    };

    public static void Fill(Command command)
    {
        command.With(
            Name, Seeds, First, LectureOptions.Full, Plant, LectureOptions.Where, LectureOptions.Again, Page,
            FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json, Shared.Quiet);
        command.SetAction(Measure);
    }

    private static int Measure(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        string directory = LectureOptions.Directory(parsed, faults);
        FigureFiles.Check(parsed, faults);
        string name = parsed.GetValue(Name)!;
        var claim = Claims.Named(name);
        if (claim is null)
            faults.Add(new($"there is no claim {Visible.Quoted(name)}; there are "
                + $"{string.Join(", ", Claims.All.Select(known => known.Name))}"));
        int seeds = LandscapeOptions.Whole(
            Seeds, claim is null ? 1 : ClaimOrder.Usual(claim, parsed.GetValue(LectureOptions.Full)).Seeds, 1,
            ClaimOrder.MostSeeds, parsed, faults);
        var order = new ClaimOrder(seeds, FirstSeed(parsed, faults), parsed.GetValue(LectureOptions.Full),
            parsed.GetValue(Plant));
        if (claim is not null) faults.AddRange(Faults(claim, order));
        if (claim is null || faults.Count > 0) throw new InvalidInputException(faults);

        using var interrupt = new Interrupt();
        try
        {
            using var progress = LectureOptions.Line(parsed);
            var desk = LectureOptions.Desk(parsed, directory, threads, claim, progress);
            var (result, seconds) = interrupt.Await(() => desk.Measure(claim, order, interrupt.Token));
            progress.Dispose();
            if (parsed.GetValue(Page)) LectureOptions.Write(
                Path.Combine(directory, claim.Name, $"page{order.Suffix}.{Terminal.NameOf(Terminal.Language)}.html"),
                new LecturePage([result], Terminal.Language), parsed);
            FigureFiles.Save(
                parsed, result.Findings.Figures.Select(figure => (figure.Name, figure.Figure)));
            Terminal.Show(new ClaimReport(result, seconds), parsed);
            return result.Standing == Standing.Holds ? Status.Done : Status.CheckFailed;
        }
        catch (OperationCanceledException)
        {
            return LectureOptions.Interrupted(interrupt, directory);
        }
    }

    private static ulong FirstSeed(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(First) is not { } text) return 1;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
        faults.Add(new($"--seed is {Visible.Quoted(text)}; it should be a whole number, 0 or more"));
        return 1;
    }

    private static IEnumerable<Invalid> Faults(Claim claim, ClaimOrder order)
    {
        if (order.IsFull && claim.FullForm is null)
            yield return new($"--full changes nothing here: {claim.Name} has but one form");
        if (order.Falsehood is { } planted && claim.Falsehoods.All(falsehood => falsehood.Name != planted))
            yield return new($"--plant is {Visible.Quoted(planted)}; {claim.Name} has "
                + $"{string.Join(", ", claim.Falsehoods.Select(falsehood => falsehood.Name))}");
        if (order.FirstSeed > ulong.MaxValue - (ulong)(order.Seeds - 1))
            yield return new($"{Seeds.Name} is {order.Seeds}; from seed {order.FirstSeed} on there should be at most "
                + $"{ulong.MaxValue - order.FirstSeed + 1}");
        if (claim.Missing(order.IsFull) is { } missing) yield return new(missing);
    }
}
