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
            Run, Shared.Json,
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
            var report = Attempt<JsonObject>.From(() => RunDirectory.LoadReport(path));
            if (report.Succeeded) runs.Add((path, report.Value));
            else Terminal.Notes(report.Faults.Select(fault => fault.Phrase));
        }
        Terminal.Show(new RunsReport([.. runs]), parsed);
        return Status.Done;
    }

    // As it is kept; the history only for programs.
    private static int Show(ParseResult parsed)
    {
        var report = RunDirectory.LoadReport(parsed.GetValue(Run)!);
        if (!parsed.GetValue(Shared.Json)) report.Remove("history");
        Terminal.Print(report);
        return Status.Done;
    }
}
