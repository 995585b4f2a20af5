using Functional.Core.Forms;
using Functional.Landscapes;
using Functional.Runs;

namespace Functional.Reports;

/// <summary>A card for a model's readers, in Markdown: what it learned from, how well it does, how to do it again. What
/// it is meant for its author says. (Mitchell et al., "Model cards for model reporting", 2019)</summary>
internal static class ModelCard
{
    /// <summary>The name of its file, beside the model.</summary>
    public const string Name = "card.md";

    private const string Begin = "<!-- author -->", End = "<!-- /author -->";

    /// <summary>The card of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="language">Of its words.</param>
    /// <param name="before">The card that is there, whose author's words stay; null where there is none.</param>
    public static string Of(ReportedRun run, Language language, string? before = null) =>
        string.Join("\n", Lines(run, before is null ? null : Authors(before)).Select(line => line.In(language))) + "\n";

    /// <summary>Whether a file is a card, or may be written over.</summary>
    public static bool IsCard(string text) => Authors(text) is not null;

    // What an author wrote between the marks.
    private static string? Authors(string card)
    {
        int from = card.IndexOf(Begin, StringComparison.Ordinal), to = card.IndexOf(End, StringComparison.Ordinal);
        return from < 0 || to < from ? null : card[(from + Begin.Length)..to].Trim('\r', '\n');
    }

    private static IEnumerable<Phrase> Lines(ReportedRun run, string? authors)
    {
        var (report, experiment) = (run.Report, run.Experiment);
        var verdict = Verdict.On(run);
        yield return $"# {run.Name}";
        yield return Phrase.Empty;
        yield return verdict.Headline.Text;
        foreach (var finding in verdict.Findings) yield return $"- {finding.Text}";
        yield return Phrase.Empty;
        yield return Heading($"Intended use");
        yield return Phrase.Empty;
        yield return Phrase.Verbatim(Begin);
        if (authors is null)
            yield return $"_To be written by its author: what the model is for, for whom, and what it should not be "
                + $"used for. What stands between these marks stays when the card is written again._";
        else
            foreach (string line in authors.Split('\n')) yield return Phrase.Verbatim(line.TrimEnd('\r'));
        yield return Phrase.Verbatim(End);
        yield return Phrase.Empty;
        yield return Heading($"Data");
        yield return Phrase.Empty;
        var (train, validation, test) = run.Run.Trainer.Rows;
        yield return experiment.Settings.Data is FileSource
            ? (Phrase)$"- name: {run.DataName}"
            : $"- name: {run.DataName} ({Phrase.Of(experiment.Settings.Data.Description)})";
        yield return $"- digest of the numbers (SHA-256): `{(string?)report["data"]!["sha256"]}`";
        foreach (var file in DataFile.Of(experiment.Settings.Data))
            yield return $"- file: `{Path.GetFileName(file.Path)}`, {file.Length} bytes, SHA-256 `{file.Sha256}`";
        yield return $"- to be predicted: {experiment.Problem}, from {experiment.Inputs} inputs";
        yield return $"- samples: {train} train, {validation} validation, {test} test";
        yield return Phrase.Empty;
        yield return Heading($"Metrics");
        yield return Phrase.Empty;
        if (run.Inspection is { } inspection)
            foreach (var line in Metrics(inspection)) yield return line;
        else yield return $"Training diverged: there is nothing to measure.";
        yield return Phrase.Empty;
        yield return Heading($"Model");
        yield return Phrase.Empty;
        yield return $"- file: `{RunFiles.Model}`, {run.Model.Architecture.ParameterCount} parameters";
        yield return $"- parameters (SHA-256): `{(string?)report["parameters_sha256"]}`";
        foreach (var row in SettingRow.Of(experiment).Where(row => !row.IsDefault))
            yield return $"- {row.Field}: {row.Value}";
        yield return Phrase.Empty;
        yield return Heading($"How to do it again");
        yield return Phrase.Empty;
        yield return Phrase.Verbatim("```");
        yield return Phrase.Verbatim($"functional reproduce {run.Name}");
        yield return Phrase.Verbatim($"functional train {run.Name}/{RunFiles.Report}");
        yield return Phrase.Verbatim("```");
        yield return Phrase.Empty;
        yield return $"The same parameters come out to the last bit, whatever the machine and the number of threads "
            + $"(numeric law {report["numeric_law"]}, functional {report["library"]}, {report["precision"]}).";
    }

    private static Phrase Heading(Phrase words) => $"## {words}";

    private static IEnumerable<Phrase> Metrics(RunInspection inspection)
    {
        var heads = inspection.Parts.Select(part => (Phrase)$"{part.Part.Name} ({part.Evaluation.Rows})");
        yield return $"| {(Phrase)$"measure"} | {Phrase.Join(" | ", heads)} |";
        yield return Phrase.Verbatim("|---|" + string.Concat(inspection.Parts.Select(_ => "---|")));
        foreach (var estimate in inspection.Judged.Estimates)
            yield return Phrase.Verbatim($"| {estimate.Measure} | "
                + string.Join(" | ", inspection.Parts.Select(part => Cell(part, estimate.Measure))) + " |");
        yield return Phrase.Empty;
        yield return $"In brackets: 95 % intervals by bootstrap.";
    }

    private static string Cell(InspectedPart part, string measure) => part[measure] is { } one
        ? $"{Numerals.Of(one.Value, 4)} [{Numerals.Of(one.Low, 4)}, {Numerals.Of(one.High, 4)}]"
        : "–";
}
