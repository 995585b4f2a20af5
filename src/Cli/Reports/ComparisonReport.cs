using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Runs;
using Functional.Store;

namespace Functional.Cli.Reports;

/// <summary>Runs side by side: what differs in their experiments, what came out, their curves.</summary>
/// <param name="Runs">Their directories.</param>
/// <param name="Fields">All fields of each.</param>
/// <param name="Histories">The epochs of each.</param>
/// <param name="Format">As what.</param>
internal sealed record ComparisonReport(
    IReadOnlyList<string> Runs, IReadOnlyList<IReadOnlyDictionary<string, FieldValue>> Fields,
    IReadOnlyList<IReadOnlyList<EpochLine>> Histories, TextTableFormat Format) : Report
{
    private const int PlotWidth = 60, PlotHeight = 6;

    private static readonly string[] Parts = ["train.", "validation.", "test."];

    public override JsonObject ToJson() => new()
    {
        ["runs"] = List(Runs),
        ["differences"] = Table(Different),
        ["results"] = Table(Results),
    };

    public override IEnumerable<string> ToText(Language language, int width)
    {
        if (Format != TextTableFormat.Text)
            return Rows([.. Different, .. Results]).Lines(Format);
        return Sections(language);
    }

    private IEnumerable<string> Sections(Language language)
    {
        string[] different = [.. Different];
        if (different.Length == 0) yield return ((Phrase)$"the experiments are the same").In(language);
        else
            foreach (string line in Rows(different).Lines(Format))
                yield return line;
        yield return "";
        foreach (string line in Rows([.. Results.Where(IsMain)]).Lines(Format)) yield return line;
        double[] losses = [.. Histories.SelectMany(history => history).Select(Loss).Where(double.IsFinite)];
        if (losses.Length == 0) yield break;
        for (int run = 0; run < Runs.Count; run++)
        {
            if (Histories[run].Count == 0) continue;
            yield return "";
            bool isWatched = Histories[run][0].Validation is not null;
            yield return (isWatched
                ? (Phrase)$"{Runs[run]}: validation loss over {Counted.Epochs(Histories[run].Count)}"
                : $"{Runs[run]}: train loss over {Counted.Epochs(Histories[run].Count)}").In(language);
            foreach (string line in CurvePlot.Lines(
                [.. Histories[run].Select(Loss)], losses.Min(), losses.Max(), PlotWidth, PlotHeight))
                yield return line;
        }
    }

    private static double Loss(EpochLine line) => line.Validation?.Loss ?? line.TrainLoss;

    private IEnumerable<string> Names => Fields.SelectMany(fields => fields.Keys).Distinct();

    private static bool IsResult(string name) => Parts.Any(part => name.StartsWith(part, StringComparison.Ordinal))
        || name is RunFields.State or RunFields.EpochsTrained or "steps" or "seconds" or "parameters_sha256";

    // Every other measure is in the formats for programs.
    private static bool IsMain(string name) =>
        name.Split('.') is not [_, var measure] || measure == "loss" || RunFields.Scores.Contains(measure);

    private IEnumerable<string> Different => Names.Where(name => !IsResult(name) && name is not (RunFields.Score
            or RunFields.Group or "experiment_sha256" or "threads")
        && Fields.Select(fields => Value(fields, name)).Distinct().Count() > 1);

    private IEnumerable<string> Results => Names.Where(IsResult);

    private static FieldValue? Value(IReadOnlyDictionary<string, FieldValue> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value : null;

    private TextTable Rows(IReadOnlyList<string> names) => new(
        ["", .. Runs.Select(run => Path.GetFileName(Path.TrimEndingDirectorySeparator(run)))],
        [.. names.Select(name =>
            (IReadOnlyList<string>)[name, .. Fields.Select(fields => Cell(Value(fields, name)))])]);

    // Of a digest, people read the beginning.
    private string Cell(FieldValue? value) =>
        value is { Text: { Length: > 16 } digest } && digest.All(char.IsAsciiHexDigitLower)
            && Format != TextTableFormat.Csv
            ? digest[..16]
            : TextTable.Cell(value, isExact: Format == TextTableFormat.Csv);

    private JsonObject Table(IEnumerable<string> names) => new(names.Select(name => KeyValuePair.Create(
        name, (JsonNode?)new JsonArray([.. Fields.Select(fields => Value(fields, name) switch
        {
            { Number: { } number } => (JsonNode)number,
            { Text: { } text } => text,
            _ => null,
        })]))));
}
