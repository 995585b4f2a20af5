using System.Text.Json.Nodes;
using Functional.Figures;
using Functional.Sweeps;

namespace Functional.Cli.Reports;

/// <summary>The figures of a sweep.</summary>
/// <param name="plan">The sweep.</param>
/// <param name="rows">Its results.</param>
internal sealed class SweepFigures(SweepPlan plan, IReadOnlyList<SweepRow> rows)
{
    /// <summary>All that there are: the effect of each field, a map for each two fields, and a line for each
    /// experiment.</summary>
    public IEnumerable<(string Name, Figure Figure)> All()
    {
        SweepRow[] judged = [.. rows.Where(row => row.Score is not null).OrderBy(row => row.Number)];
        if (judged.Length == 0) yield break;
        Phrase measure = plan.HasValidation
            ? (Phrase)$"validation {Phrase.Of(plan.Measure)}" : $"train {Phrase.Of(plan.Measure)}";
        Items<SweptField> fields = [.. plan.Request.Fields.Select((field, place) => new SweptField(
            field.Name, [.. judged.Select(row => Value(row.Values[place]))]))];
        Items<double> scores = [.. judged.Select(row => row.Score!.Mean)];
        Items<Items<double>> each = [.. judged.Select(row => (Items<double>)[.. row.Seeds.Select(seed => seed.Score)])];
        Phrase? note = plan.Rungs.Count > 1
            ? (Phrase)$"an experiment that was cut short has the score of its last rung" : null;
        yield return ("effects", new MainEffects(measure, fields, each) { Note = note });
        if (fields.Count > 1) yield return ("parallel", new ParallelCoordinates(measure, fields, scores)
        {
            IsBetterLarger = plan.IsBetterLarger,
            Note = note,
        });
        for (int x = 0; x < fields.Count; x++)
            for (int y = x + 1; y < fields.Count; y++)
                yield return (fields.Count == 2 ? "map" : $"map-{x + 1}-{y + 1}", new ScoreMap(
                    measure, fields[x], fields[y], scores)
                { Note = note });
    }

    private static SweptValue Value(string json) => new(
        SweepReport.Shown(json),
        JsonNode.Parse(json) is JsonValue value && value.TryGetValue(out double number) ? number : null);
}
