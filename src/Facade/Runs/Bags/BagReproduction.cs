using System.Text.Json.Nodes;

namespace Functional.Runs;

/// <summary>A bag done again: each member's run, up to the first that is another; and the bag of them.</summary>
/// <param name="Members">What was compared of each member.</param>
/// <param name="Bag">The first thing of the bag itself that is not the same; null where all is, or nothing of it was
/// compared.</param>
internal sealed record BagReproduction(Items<Reproduction> Members, Discrepancy? Bag)
{
    /// <summary>Whether all that was compared is the same.</summary>
    public bool IsReproduced => Bag is null && Members.All(member => member.First is null);

    /// <summary>Compares a bag with its training, done again.</summary>
    /// <param name="run">Its directory.</param>
    /// <param name="report">What its run.json says.</param>
    /// <param name="isQuick">Whether the first epochs of each member are enough.</param>
    /// <param name="moved">Where its data are now; where they were unless given.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    /// <param name="again">The epochs of a member's training.</param>
    /// <param name="isInterrupted">Whether to go no further.</param>
    /// <exception cref="InvalidInputException">A member's run is missing, or not of this bag.</exception>
    public static BagReproduction Of(
        string run, JsonObject report, bool isQuick, string? moved, int threads,
        Func<RecordedTraining, IEnumerable<Epoch>> again, Func<bool> isInterrupted)
    {
        void Point(JsonObject fields)
        {
            if (moved is not null) RecordedTraining.PointTo(fields, moved);
        }
        var bag = RecordedTraining.ReadAsItIs(run, report, edit: Point);
        int count = BagDirectory.Size(report)!.Value;
        string digest = BagDirectory.Digest(bag.Trainer.Experiment, count);
        if ($"{report["experiment_sha256"]}" != digest)
            return new([], new(null, "experiment_sha256", $"{report["experiment_sha256"]}", digest));
        var (found, ends) = (new List<Reproduction>(), new List<MemberEnd>());
        for (int member = 0; member < count && !isInterrupted(); member++)
        {
            string own = BagDirectory.Of(run, member);
            var recorded = RecordedTraining.ReadAsItIs(own, RunDirectory.LoadReport(own), edit: Point);
            BagDirectory.RequireMember(own, recorded.Report, bag.Trainer.OfMember(member).Experiment);
            found.Add(Reproduction.Of(own, recorded, again(recorded), isQuick, threads));
            if (found[^1].First is not null) return new([.. found], null);
            ends.Add(BagDirectory.End(own, recorded.Report, recorded.Trainer, threads));
        }
        return new([.. found], isQuick || isInterrupted() ? null : AtTheEnd(run, report, bag, ends, threads));
    }

    private static Discrepancy? AtTheEnd(
        string run, JsonObject report, RecordedTraining bag, IEnumerable<MemberEnd> ends, int threads)
    {
        var results = BagResults.Of(
            bag.Trainer, [.. ends.Select(end => end.Results)], threads, withThresholds: false);
        var now = new BagReport(bag.Header(1), results, [.. ends], run).ToJson();
        foreach (string field in now.Select(field => field.Key).Union(report.Select(field => field.Key)))
            if (!Reproduction.Incidental.Contains(field)
                && !JsonNode.DeepEquals(Reproduction.Parsed(now[field]), report[field]))
                return Reproduction.Within(field, report[field], Reproduction.Parsed(now[field]));
        return RunDirectory.LoadModel(run).FileSha256 is var digest && digest != results.Bag.Model.FileSha256
            ? new(null, RunFiles.Model, digest, results.Bag.Model.FileSha256)
            : null;
    }
}
