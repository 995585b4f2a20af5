using System.CommandLine;
using System.Globalization;
using Functional.Cli.Bench;
using Functional.Cli.Reports;

namespace Functional.Cli.Commands;

/// <summary><c>functional bench</c>: how long a step of a standard piece of work takes here.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string?> Name = new("workload")
    {
        Description = Terminal.Said(
            $"what to time: {string.Join(", ", Workload.All.Select(work => work.Name))}; all of them if none is given"),
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Net = new("--net")
    {
        Description = Terminal.Said(
            $"instead of a workload, training steps of a ReLU net of these widths, inputs first"),
        HelpName = "784-128-10"
    };
    private static readonly Option<string?> Batch =
        new("--batch") { Description = Terminal.Said($"samples a step of --net, 1 to 65536 (32)"), HelpName = "N" };
    private static readonly Option<string?> Seconds = new("--seconds")
    {
        Description = Terminal.Said($"the length of a repetition, 0.001 to 3600 (0.4)"),
        HelpName = "S"
    };
    private static readonly Option<string?> Count = new("--repetitions")
    {
        Description = Terminal.Said($"how many repetitions to take the median of, 1 to 1000 (5)"),
        HelpName = "N"
    };
    private static readonly Option<string?> Epochs = new("--epochs")
    {
        Description = Terminal.Said($"how many epochs, for e2e_fashion_mnist, 1 to 1000 (5)"),
        HelpName = "N"
    };

    public static void Fill(Command command)
    {
        command.With(Name, Net, Batch, Shared.Threads, Seconds, Count, Epochs, Shared.Json, Shared.Quiet);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = (int)Number(parsed, Shared.Threads, "BENCH_THREADS", 0, 1, 1024, faults);
        var pace = new Pace();
        pace = new(
            Number(parsed, Seconds, "BENCH_SECONDS", pace.Seconds, 0.001, 3600, faults, whole: false),
            (int)Number(parsed, Count, "BENCH_REPS", pace.Repetitions, 1, 1000, faults),
            (int)Number(parsed, Epochs, "BENCH_EPOCHS", pace.Epochs, 1, 1000, faults));
        var works = Works(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults);
        foreach (var work in works) Time(work, threads, pace, parsed);
        return Status.Done;
    }

    private static Workload[] Works(ParseResult parsed, List<Invalid> faults)
    {
        int batch = (int)Number(parsed, Batch, "", 32, 1, 65536, faults);
        string? name = parsed.GetValue(Name);
        if (parsed.GetValue(Net) is { } net)
        {
            if (name is not null) faults.Add(new($"workload is \"{name}\"; with --net there should be none"));
            int?[] widths = [.. net.Split('-').Select(width =>
                int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int units)
                    && units is >= 1 and <= 1 << 14
                ? units
                : (int?)null)];
            if (widths.Length is < 2 or > 64 || widths.Contains(null))
                faults.Add(
                    new($"net is \"{net}\"; it should be 2 to 64 widths between 1 and {1 << 14}, such as 784-128-10"));
            else return [new TrainingSteps("net", [.. widths.OfType<int>()], Activation.Relu, batch, new Adam())];
            return [];
        }
        if (parsed.GetValue(Batch) is not null) faults.Add(new($"batch is given; it should not be without --net"));
        if (name is null && parsed.GetValue(Shared.Json))
            faults.Add(new($"workload is missing; with --json there should be one"));
        Workload[] works = [.. Workload.All.Where(work => name is null || work.Name == name)];
        if (works.Length == 0)
            faults.Add(new($"workload is \"{name}\"; it should be one of "
                + $"{string.Join(", ", Workload.All.Select(work => work.Name))}"));
        return works;
    }

    private static void Time(Workload work, int threads, Pace pace, ParseResult parsed)
    {
        bool json = parsed.GetValue(Shared.Json);
        if (!json && !parsed.GetValue(Shared.Quiet))
            Console.Error.WriteLine($"{work.Name}: {Terminal.Said(work.Description)}");
        var (best, timing) = (threads == 0 ? Choices() : [threads])
            .Select(count => (Threads: count, Timing: work.Time(count, pace)))
            .MinBy(found => found.Timing.Median);
        var report = new BenchReport(work, best, timing, Repetitions.PeakGigaflops(best));
        if (json) Console.WriteLine(report.ToJson().ToJsonString());
        else Terminal.Show(report, parsed);
    }

    // 1, 2, 4 ... and all processors.
    private static IEnumerable<int> Choices()
    {
        for (int count = 1; count < Environment.ProcessorCount; count *= 2) yield return count;
        yield return Environment.ProcessorCount;
    }

    // An option; else what the environment says, by which a harness times several programs alike; else the usual.
    private static double Number(
        ParseResult parsed, Option<string?> option, string variable, double usual, double least, double most,
        List<Invalid> faults, bool whole = true)
    {
        string? given = parsed.GetValue(option),
            text = given ?? (variable.Length > 0 ? Environment.GetEnvironmentVariable(variable) : null);
        if (string.IsNullOrEmpty(text)) return usual;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number >= least && number <= most && (!whole || Math.Floor(number) == number))
            return number;
        string name = given is null ? variable : option.Name.TrimStart('-');
        faults.Add(new(whole
            ? (Phrase)$"{name} is \"{text}\"; it should be a whole number, between {least} and {most}"
            : $"{name} is \"{text}\"; it should be a number, between {least} and {most}"));
        return usual;
    }
}
