using System.Text.Json.Nodes;

namespace Functional.Cli.Reports;

/// <summary>Runs, a line each.</summary>
/// <param name="Runs">Their directories, and what their run.json says.</param>
internal sealed record RunsReport(Items<(string Directory, JsonObject Report)> Runs) : Report
{
    public override JsonObject ToJson() =>
        new() { ["runs"] = new JsonArray([.. Runs.Select(run => Line(run.Directory, run.Report))]) };

    public override IEnumerable<string> ToText(Language language, int width) =>
        from run in Runs
        let line = Line(run.Directory, run.Report)
        let phrase = (Phrase)($"{line["run"],-40} {line["data"],-10} "
            + $"seed {line["seed"],-6} epochs {line["epochs"],-5} test {line["test"]}")
        select phrase.In(language);

    private static JsonObject Line(string directory, JsonObject report) => new()
    {
        ["run"] = directory,
        ["data"] = report["data"]!["name"]!.DeepClone(),
        ["seed"] = report["seed"]!.DeepClone(),
        ["epochs"] = report["epochs"]?.DeepClone(),
        ["test"] = (report["test"]?["accuracy"] ?? report["test"]?["r2"])?.DeepClone(),
        ["parameters_sha256"] = report["parameters_sha256"]?.DeepClone(),
    };
}
