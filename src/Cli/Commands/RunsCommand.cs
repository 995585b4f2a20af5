using System.CommandLine;
using System.Text.Json.Nodes;
using Functional.Cli.Reports;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional runs list|show</c>: what was done.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string> Directory = new("DIR")
    {
        Description = Terminal.Said($"where the runs are (runs)"),
        DefaultValueFactory = _ => "runs",
    };

    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };

    private static readonly Option<bool> Follow = new("--follow")
    {
        Description = Terminal.Said($"shows each epoch as it comes, until training ends; with --json, lines of JSON"),
    };

    public static void Fill(Command command)
    {
        var list = new Command(
            "list", Terminal.Said($"Names the runs below a directory. Example: functional runs list"))
        {
            Directory, Shared.Json,
        };
        list.SetAction(List);
        var show = new Command(
            "show", Terminal.Said($"Prints what a run's run.json says. Example: functional runs show runs/my-run"))
        {
            Run, Follow, Shared.Json,
        };
        show.SetAction(Show);
        command.With(list, show);
    }

    private static int List(ParseResult parsed)
    {
        string directory = parsed.GetValue(Directory)!;
        if (!System.IO.Directory.Exists(directory) && directory != "runs")
            throw new InvalidInputException($"{directory} is not there; it should be a directory of runs");
        var runs = new List<(string, JsonObject)>();
        foreach (string path in RunDirectory.All(directory))
        {
            var report = Attempt<JsonObject>.From(() => RunDirectory.LoadRecord(path));
            if (report.Succeeded) runs.Add((path, report.Value));
            else Terminal.Notes(report.Faults.Select(fault => fault.Phrase));
        }
        Terminal.Show(new RunsReport([.. runs]), parsed);
        return Status.Done;
    }

    // As it is kept; the history only for programs.
    private static int Show(ParseResult parsed)
    {
        string run = RunDirectory.Of(parsed.GetValue(Run)!);
        var report = RunDirectory.LoadRecord(run);
        if (parsed.GetValue(Follow)) return Followed(run, report, parsed.GetValue(Shared.Json));
        if (parsed.GetValue(Shared.Json)) report["history"] = new JsonArray([.. History(run)]);
        Terminal.Print(report);
        return Status.Done;
    }

    private static IEnumerable<JsonNode> History(string run) => MetricsFile.Read(run).Select(line => line.ToJson());

    // The file is read again and again: it is appended to by another process.
    private static int Followed(string run, JsonObject report, bool isJson)
    {
        using var interrupt = new Interrupt();
        int total = Experiment.Origin(report["experiment"]!.ToJsonString()).Epochs;
        for (int shown = 0; ; )
        {
            bool isTraining = RunDirectory.IsTraining(run); // looked at first: what it wrote last is then there
            var lines = MetricsFile.Read(run);
            foreach (var line in lines.Skip(shown))
                if (isJson) Console.WriteLine(line.ToJson().ToJsonString());
                else Terminal.Say(ProgressLine.Line(line.Epoch, total, line.TrainLoss, line.Validation));
            shown = lines.Count;
            if (!isTraining || interrupt.Token.WaitHandle.WaitOne(Often)) break;
        }
        return interrupt.Status ?? Status.Done;
    }

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(300);
}
