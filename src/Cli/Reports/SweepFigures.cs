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
            ? (Phrase)$"validation {Evaluation.WordsOf(plan.Measure)}" : $"train {Evaluation.WordsOf(plan.Measure)}";
        Items<SweptField> fields = [.. plan.Request.Fields.Select((field, place) => new SweptField(
            field.Name, [.. judged.Select(row => Value(row.Values[place]))]))];
        // A network that has hardly learned would take the whole axis.
        double least = plan.Measure == "r2" ? LeastR2 : double.NegativeInfinity;
        Items<double> scores = [.. judged.Select(row => Math.Max(least, row.Score!.Mean))];
        Items<Items<double>> each =
            [.. judged.Select(row => (Items<double>)[.. row.Seeds.Select(seed => Math.Max(least, seed.Score))])];
        var notes = new List<Phrase>();
        if (plan.Rungs.Count > 1) notes.Add($"an experiment that was cut short has the score of its last rung");
        if (judged.Any(row => row.Seeds.Any(seed => seed.Score < least)))
            notes.Add($"an R2 below {LeastR2} counts as {LeastR2} here");
        var note = notes.Count > 0 ? Phrase.Join("; ", notes) : null;
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

    private const int LeastR2 = -1;

    private static SweptValue Value(string json) => new(
        SweepReport.Shown(json),
        JsonNode.Parse(json) is JsonValue value && value.TryGetValue(out double number) ? number : null);
}
