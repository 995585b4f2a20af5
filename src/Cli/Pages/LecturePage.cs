using Functional.Lecture;
using Functional.Lecture.Measuring;
using Functional.Runs;

namespace Functional.Cli.Pages;

/// <summary>The lecture as one page, or the page of one claim: every claim with its figures, judged.</summary>
/// <param name="Results">In the lecture's order; at least one.</param>
/// <param name="Language">Of its words.</param>
internal sealed record LecturePage(Items<ClaimResult> Results, Language Language)
{
    private readonly PageWriter writing = new(Language);

    /// <summary>The page.</summary>
    public string Text
    {
        get
        {
            ClaimSection[] claims = [.. Results.Select(result => new ClaimSection(result, writing, Language))];
            Phrase footer = $"Written by functional {RunHeader.Library}. Every number of this page follows from its "
                + $"claim and its seeds by the same operations in the same order: whoever measures again reads the "
                + $"same digits.";
            return claims is [var alone]
                ? writing.Page(Phrase.Verbatim(alone.Title), OfOne(alone), alone.Sections, footer)
                : writing.Page(Title, Header(), claims.Select(claim => claim.Whole), footer);
        }
    }

    private static Phrase Title => $"Dense networks: the lecture, measured";

    private IEnumerable<object?> OfOne(ClaimSection alone)
    {
        var claim = Results[0].Claim;
        yield return Html.Classed("p", "kind", $"{claim.Name} · {writing.Say(StandingWords.Of(claim.Chapter))}");
        yield return Html.Of("h1", alone.Title);
        yield return alone.Head;
    }

    private IEnumerable<object?> Header()
    {
        yield return Html.Classed("p", "kind", writing.Say($"the lecture, claim by claim"));
        yield return Html.Of("h1", writing.Say(Title));
        yield return writing.P($"A lecture on dense networks makes claims. Here each one is measured over random seeds "
            + $"and judged by criteria that give their reasons; a claim that does not hold is a result, too.");
        yield return writing.Table(
            $"The claims and their verdicts.", [$"claim", $"sentence", $"seeds", $"verdict"], [2],
            Results.Select(result => new object?[]
            {
                Html.Of("a", ("href", $"#{result.Claim.Name}"), result.Claim.Name), result.Claim.Sentence,
                $"{result.Order.Seeds}", StandingWords.Of(result.Standing),
            }));
    }
}
