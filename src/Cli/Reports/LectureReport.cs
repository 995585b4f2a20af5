using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli.Reports;

/// <summary>The lecture's claims, each with its last verdict.</summary>
/// <param name="Claims">In the lecture's order.</param>
internal sealed record LectureReport(Items<(Claim Claim, ResultLine? Last)> Claims) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["claims"] = new JsonArray([.. Claims.Select(one => (JsonNode)new JsonObject
        {
            ["name"] = one.Claim.Name,
            ["chapter"] = Choices<Chapter>.NameOf(one.Claim.Chapter),
            ["sentence"] = $"{one.Claim.Sentence}",
            ["standing"] = one.Last is { } last ? Choices<Standing>.NameOf(last.Standing) : null,
            ["seeds"] = one.Last?.Order.Seeds,
            ["digest"] = one.Last?.Digest,
            ["version"] = one.Last?.Version,
        })]),
    };

    public override IEnumerable<string> ToText(Language language, int width)
    {
        int names = Claims.Max(one => one.Claim.Name.Length);
        foreach (var chapter in Claims.GroupBy(one => one.Claim.Chapter))
        {
            if (chapter.Key != Claims[0].Claim.Chapter) yield return "";
            yield return StandingWords.Of(chapter.Key).In(language);
            foreach (var (claim, last) in chapter)
            {
                string verdict = last is null ? ((Phrase)$"not measured").In(language)
                    : StandingWords.Of(last.Standing).In(language);
                string line = $"  {claim.Name.PadRight(names)}  {verdict.PadRight(15)}  {claim.Sentence.In(language)}";
                foreach (string row in Wrapped(line, width, names + 21)) yield return row;
            }
        }
    }
}
