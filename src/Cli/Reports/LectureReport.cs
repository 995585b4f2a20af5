using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli.Reports;

/// <summary>The lecture's claims, each with its last verdict.</summary>
/// <param name="Claims">In the lecture's order, each with its last result here.</param>
internal sealed record LectureReport(Items<(Claim Claim, ResultLine? Here)> Claims) : Report
{
    /// <summary>The claims of the lecture and what was measured in a directory.</summary>
    public static LectureReport Of(ClaimDesk desk) =>
        new([.. Functional.Lecture.Claims.All.Select(claim => (claim, desk.Last(claim)))]);

    public override JsonObject ToJson() => new()
    {
        ["claims"] = new JsonArray(
            [.. Claims.Select(one => (one.Claim, Last: one.Here ?? ResultLine.Recorded(one.Claim),
            IsHere: one.Here is not null)).Select(one => (JsonNode)new JsonObject
        {
            ["name"] = one.Claim.Name,
            ["chapter"] = Choices<Chapter>.NameOf(one.Claim.Chapter),
            ["sentence"] = $"{one.Claim.Sentence}",
            ["standing"] = one.Last is { } last ? Choices<Standing>.NameOf(last.Standing) : null,
            ["seeds"] = one.Last?.Order.Seeds,
            ["digest"] = one.Last?.Digest,
            ["version"] = one.Last?.Version,
            ["measured_here"] = one.IsHere,
        })]),
    };

    public override IEnumerable<string> ToText(Language language, int width)
    {
        int names = Claims.Max(one => one.Claim.Name.Length);
        foreach (var chapter in Claims.GroupBy(one => one.Claim.Chapter))
        {
            if (chapter.Key != Claims[0].Claim.Chapter) yield return "";
            yield return StandingWords.Of(chapter.Key).In(language);
            foreach (var (claim, here) in chapter)
            {
                var last = here ?? ResultLine.Recorded(claim);
                string verdict = last is null ? ((Phrase)$"not measured").In(language)
                    : StandingWords.Of(last.Standing).In(language) + (here is null ? "*" : "");
                string line = $"  {claim.Name.PadRight(names)}  {verdict.PadRight(15)}  {claim.Sentence.In(language)}";
                foreach (string row in Wrapped(line, width, names + 21)) yield return row;
            }
        }
        if (Claims.All(one => one.Here is not null)) yield break;
        yield return "";
        Phrase note = $"* recorded with this version; functional claim NAME measures it here";
        foreach (string row in Wrapped(note.In(language), width, 2)) yield return row;
    }
}
