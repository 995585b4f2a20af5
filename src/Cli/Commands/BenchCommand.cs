using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Cli.Bench;

namespace Functional.Cli.Commands;

/// <summary><c>functional bench</c>: how long a step of a standard piece of work takes here.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string?> Name = new("workload") { Description = $"what to time: {string.Join(", ", Workload.All.Select(work => work.Name))}; all of them if none is given", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Net = new("--net") { Description = "instead of a workload, training steps of a ReLU net of these widths, inputs first", HelpName = "784-128-10" };
    private static readonly Option<string?> Batch = new("--batch") { Description = "samples a step of --net, 1 to 65536 (32)", HelpName = "N" };
    private static readonly Option<string?> Seconds = new("--seconds") { Description = "the length of a repetition, 0.001 to 3600 (0.4)", HelpName = "S" };
    private static readonly Option<string?> Count = new("--repetitions") { Description = "how many repetitions to take the median of, 1 to 1000 (5)", HelpName = "N" };
    private static readonly Option<string?> Epochs = new("--epochs") { Description = "how many epochs, for e2e_fashion_mnist, 1 to 1000 (5)", HelpName = "N" };

    public static void Fill(Command command)
    {
        command.With(Name, Net, Batch, Shared.Threads, Seconds, Count, Epochs, Shared.Json, Shared.Quiet);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var faults = new List<string>();
        int threads = (int)Number(parsed, Shared.Threads, "BENCH_THREADS", 0, 1, 1024, faults);
        var pace = new Pace();
        pace = new(
            Number(parsed, Seconds, "BENCH_SECONDS", pace.Seconds, 0.001, 3600, faults, whole: false),
            (int)Number(parsed, Count, "BENCH_REPS", pace.Repetitions, 1, 1000, faults),
            (int)Number(parsed, Epochs, "BENCH_EPOCHS", pace.Epochs, 1, 1000, faults));
        var works = Works(parsed, faults);
        if (faults.Count > 0) throw new InvalidInputException(faults.Select(fault => new Invalid(fault)));
        foreach (var work in works) Time(work, threads, pace, parsed);
        return Status.Done;
    }

    private static Workload[] Works(ParseResult parsed, List<string> faults)
    {
        int batch = (int)Number(parsed, Batch, "", 32, 1, 65536, faults);
        string? name = parsed.GetValue(Name);
        if (parsed.GetValue(Net) is { } net)
        {
            if (name is not null) faults.Add($"workload is \"{name}\"; with --net there should be none");
            int?[] widths = [.. net.Split('-').Select(width => int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int units) && units is >= 1 and <= 1 << 14 ? units : (int?)null)];
            if (widths.Length is < 2 or > 64 || widths.Contains(null)) faults.Add($"net is \"{net}\"; it should be 2 to 64 widths between 1 and {1 << 14}, such as 784-128-10");
            else return [new TrainingSteps("net", [.. widths.OfType<int>()], Activation.Relu, batch, new Adam())];
            return [];
        }
        if (parsed.GetValue(Batch) is not null) faults.Add("batch is given; it should not be without --net");
        if (name is null && parsed.GetValue(Shared.Json)) faults.Add("workload is missing; with --json there should be one");
        Workload[] works = [.. Workload.All.Where(work => name is null || work.Name == name)];
        if (works.Length == 0) faults.Add($"workload is \"{name}\"; it should be one of {string.Join(", ", Workload.All.Select(work => work.Name))}");
        return works;
    }

    private static void Time(Workload work, int threads, Pace pace, ParseResult parsed)
    {
        bool json = parsed.GetValue(Shared.Json);
        if (!json && !parsed.GetValue(Shared.Quiet)) Console.Error.WriteLine($"{work.Name}: {work.Description}");
        var (best, timing) = (threads == 0 ? Choices() : [threads])
            .Select(count => (Threads: count, Timing: work.Time(count, pace)))
            .MinBy(found => found.Timing.Median);
        double peak = Repetitions.PeakGigaflops(best), gigaflops = work.Flops / timing.Median / 1e3;
        if (json) Console.WriteLine(Json(work, best, timing, gigaflops, peak).ToJsonString());
        else Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{work.Name,-17} {timing.Median,10:F2} us a step  {best} thread{(best == 1 ? " " : "s")}  {gigaflops,7:F2} GFLOP/s {gigaflops / peak,4:P0} of peak"));
    }

    // 1, 2, 4 ... and all processors.
    private static IEnumerable<int> Choices()
    {
        for (int count = 1; count < Environment.ProcessorCount; count *= 2) yield return count;
        yield return Environment.ProcessorCount;
    }

    private static JsonObject Json(Workload work, int threads, Timing timing, double gigaflops, double peak)
    {
        var json = new JsonObject
        {
            ["workload"] = work.Name,
            ["us_per_step"] = timing.Median,
            ["threads"] = threads,
            ["gflops"] = gigaflops,
            ["peak_gflops"] = peak,
            ["repetitions"] = new JsonArray([.. timing.Microseconds.Select(time => JsonValue.Create(time))]),
        };
        if (timing.Epochs is not var (steps, accuracy)) return json;
        double seconds = timing.Microseconds.Average() * steps / 1e6;
        (json["seconds_per_epoch"], json["s_per_epoch"]) = (seconds, seconds);
        json["epochs"] = new JsonArray([.. timing.Microseconds.Select(time => JsonValue.Create(time * steps / 1e6))]);
        json["test_accuracy"] = accuracy;
        return json;
    }

    // An option; else what the environment says, by which a harness times several programs alike; else the usual.
    private static double Number(ParseResult parsed, Option<string?> option, string variable, double usual, double least, double most, List<string> faults, bool whole = true)
    {
        string? given = parsed.GetValue(option), text = given ?? (variable.Length > 0 ? Environment.GetEnvironmentVariable(variable) : null);
        if (string.IsNullOrEmpty(text)) return usual;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most && (!whole || Math.Floor(number) == number)) return number;
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{(given is null ? variable : option.Name.TrimStart('-'))} is \"{text}\"; it should be a {(whole ? "whole " : "")}number, between {least} and {most}"));
        return usual;
    }
}
