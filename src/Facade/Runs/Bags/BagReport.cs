using System.Text.Json.Nodes;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>What came of a member's training.</summary>
/// <param name="Results">What came out.</param>
/// <param name="Epochs">Whole epochs done.</param>
/// <param name="Steps">Steps done.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record MemberEnd(TrainingResults Results, int Epochs, long Steps, double Seconds);

/// <summary>All that is to be told of a bag that was trained.</summary>
/// <param name="Header">What was known before its first step.</param>
/// <param name="Results">The bag's results and those of its members.</param>
/// <param name="Ends">How its members ended.</param>
/// <param name="Directory">Where it is kept.</param>
internal sealed record BagReport(RunHeader Header, BagResults Results, Items<MemberEnd> Ends, string Directory)
{
    /// <summary>Steps of all members.</summary>
    public long Steps => Ends.Sum(end => end.Steps);

    /// <summary>The report as a JSON object: that of a run, with its members. Steps and seconds are those of all
    /// members together, epochs those of the longest one.</summary>
    public JsonObject ToJson()
    {
        double seconds = 0;
        foreach (var end in Ends) seconds += end.Seconds;
        var json = new RunReport(Header, Results.Bag, Steps, [], seconds).ToJson(Directory, withHistory: false);
        json["epochs"] = Ends.Max(end => end.Epochs);
        json.Remove("last_loss");
        json[BagDirectory.Field] = Ends.Count;
        json["experiment_sha256"] = BagDirectory.Digest(Header.Experiment, Ends.Count);
        json["mean_of_members"] = new JsonObject
        {
            ["score"] = JsonNumber.Of(Results.MeanScore),
            ["loss"] = JsonNumber.Of(Results.MeanLoss),
        };
        json["members"] = new JsonArray([.. Ends.Index().Select(end => (JsonNode)Member(end.Index, end.Item))]);
        return json;
    }

    private static JsonObject Member(int number, MemberEnd end)
    {
        var last = BagResults.Last(end.Results);
        return new()
        {
            ["member"] = number,
            ["epochs"] = end.Epochs,
            ["steps"] = end.Steps,
            ["score"] = JsonNumber.Of(last.Score.Value),
            ["loss"] = JsonNumber.Of(last.Loss),
            ["parameters_sha256"] = end.Results.Model.ParametersSha256,
        };
    }
}
