using System.Text.Json.Nodes;
using Functional.Cli.Bench;

namespace Functional.Cli.Reports;

/// <summary>How long a step of a piece of work takes.</summary>
/// <param name="Work">What was timed.</param>
/// <param name="Threads">On how many threads.</param>
/// <param name="Timing">What was measured.</param>
/// <param name="PeakGigaflops">What the processor could do on so many threads.</param>
internal sealed record BenchReport(Workload Work, int Threads, Timing Timing, double PeakGigaflops) : Report
{
    private double Gigaflops => Work.Flops / Timing.Median / 1e3;

    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["workload"] = Work.Name,
            ["us_per_step"] = Timing.Median,
            ["threads"] = Threads,
            ["gflops"] = Gigaflops,
            ["peak_gflops"] = PeakGigaflops,
            ["repetitions"] = new JsonArray([.. Timing.Microseconds.Select(time => JsonValue.Create(time))]),
        };
        if (Timing.MedianAlone is { } alone) json["us_per_step_alone"] = alone;
        if (Timing.Epochs is not var (steps, accuracy)) return json;
        double seconds = Timing.Microseconds.Average() * steps / 1e6;
        (json["seconds_per_epoch"], json["s_per_epoch"]) = (seconds, seconds);
        json["epochs"] = new JsonArray([.. Timing.Microseconds.Select(time => JsonValue.Create(time * steps / 1e6))]);
        json["test_accuracy"] = accuracy;
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width)
    {
        var threads = Threads == 1 ? (Phrase)$"1 thread" : $"{Threads} threads";
        Phrase line = $"{Work.Name,-17} {Timing.Median,10:F2} us a step  {threads,-9}  {Gigaflops,7:F2} GFLOP/s "
            + $"{Gigaflops / PeakGigaflops,4:P0} of peak";
        if (Timing.MedianAlone is not { } alone) return [line.In(language)];
        Phrase many = $"{"",-17} {alone,10:F2} us a step one by one; {alone / Timing.Median:F1} times as fast at once";
        return [line.In(language), many.In(language)];
    }
}
