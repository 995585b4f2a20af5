using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>A bag on disk: a run's directory whose model is the bag, with the runs of its members in
/// <c>members/0</c>, <c>members/1</c> ..., each an ordinary run.</summary>
internal static class BagDirectory
{
    /// <summary>The field of a bag's run.json with the number of its members, and the directory of theirs.</summary>
    public const string Field = "bag", Within = "members";

    /// <summary>How many members the run has; null where it is no bag.</summary>
    public static int? Size(JsonObject report) =>
        report[Field] is JsonValue value && value.TryGetValue(out int members)
            && members is >= 1 and <= BagTraining.MostMembers
            ? members
            : null;

    /// <summary>The directory of a member's run.</summary>
    public static string Of(string run, int member) =>
        Path.Combine(run, Within, member.ToString(CultureInfo.InvariantCulture));

    /// <summary>The runs of the members that are there; none where it is no bag.</summary>
    public static IEnumerable<string> Members(string run)
    {
        var report = Attempt<JsonObject>.From(() => RunDirectory.LoadRecord(run));
        int members = report.Succeeded ? Size(report.Value) ?? 0 : 0;
        return Enumerable.Range(0, members).Select(member => Of(run, member))
            .Where(member => File.Exists(Path.Combine(member, RunFiles.Report)));
    }

    /// <summary>The digest of a bag's experiment: that of its members' and how many they are.</summary>
    public static string Digest(Experiment experiment, int members) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{experiment.Digest}\nbag of {members}\n")));

    /// <summary>Refuses a run that is not a member's.</summary>
    /// <param name="run">Its directory.</param>
    /// <param name="report">What its run.json says.</param>
    /// <param name="own">The member's experiment.</param>
    public static void RequireMember(string run, JsonObject report, Experiment own)
    {
        if ($"{report["experiment_sha256"]}" != own.Digest)
            throw new InvalidInputException($"{run} is not the run of this bag's member {own.Settings.Member}: its "
                + $"experiment is another");
    }

    /// <summary>What came of a member whose training is over.</summary>
    /// <param name="run">Its directory.</param>
    /// <param name="report">What its run.json says.</param>
    /// <param name="own">Its training.</param>
    /// <param name="threads">How many threads may help; 0 for all processors.</param>
    public static MemberEnd End(string run, JsonObject report, Trainer own, int threads)
    {
        var opened = OpenedRun.Read(run);
        return new(
            own.Results(opened.Model, opened.Outcome, threads, withThresholds: false), (int)report["epochs"]!,
            (long)report["steps"]!, JsonNumber.Read(report["seconds"]));
    }

    /// <summary>Refuses a bag where one network is wanted.</summary>
    public static void RequireOne(string run, JsonObject report)
    {
        if (Size(report) is { } members) throw NotOne(run, members);
    }

    /// <summary>The refusal.</summary>
    public static InvalidInputException NotOne(string run, int members) => Directory.Exists(Path.Combine(run, Within))
        ? new($"{run} is a bag of {members} networks; this takes one network, such as {Of(run, 0)}")
        : new InvalidInputException($"{run} is a bag of {members} networks; this takes one network");
}
