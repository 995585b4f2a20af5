using System.CommandLine;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional runs list|show</c>: what was done.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string> Directory = new("DIR") { Description = "where the runs are (runs)", DefaultValueFactory = _ => "runs" };
    private static readonly Argument<string> Run = new("RUN") { Description = "a run's directory" };

    public static void Fill(Command command)
    {
        var list = new Command("list", "Names the runs below a directory. Example: functional runs list") { Directory, Shared.Json };
        list.SetAction(List);
        var show = new Command("show", "Prints what a run's run.json says. Example: functional runs show runs/my-run") { Run, Shared.Json };
        show.SetAction(Show);
        command.With(list, show);
    }

    private static int List(ParseResult parsed)
    {
        string directory = parsed.GetValue(Directory)!;
        if (!System.IO.Directory.Exists(directory) && directory != "runs") throw new InvalidInputException($"{directory} is not there; it should be a directory of runs");
        var runs = new JsonArray();
        foreach (string path in RunDirectory.All(directory))
            try
            {
                runs.Add((JsonNode)Summary(path, RunDirectory.LoadReport(path)));
            }
            catch (InvalidInputException broken)
            {
                Console.Error.WriteLine($"functional: {broken.Message}");
            }
        if (parsed.GetValue(Shared.Json)) Terminal.Print(new JsonObject { ["runs"] = runs });
        else
            foreach (var run in runs)
                Console.WriteLine(Visible.Line($"{run!["run"],-40} {run["data"],-10} "
                    + $"seed {run["seed"],-6} epochs {run["epochs"],-5} test {run["test"]}"));
        return Status.Done;
    }

    private static JsonObject Summary(string path, JsonObject report) => new()
    {
        ["run"] = path,
        ["data"] = report["data"]!["name"]!.DeepClone(),
        ["seed"] = report["seed"]!.DeepClone(),
        ["epochs"] = report["epochs"]!.DeepClone(),
        ["test"] = (report["test"]?["accuracy"] ?? report["test"]?["r2"])?.DeepClone(),
        ["parameters_sha256"] = report["parameters_sha256"]!.DeepClone(),
    };

    private static int Show(ParseResult parsed)
    {
        string run = parsed.GetValue(Run)!;
        var report = RunDirectory.LoadReport(run);
        if (!parsed.GetValue(Shared.Json)) report.Remove("history");
        Terminal.Print(report);
        return Status.Done;
    }
}
