using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Reports;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>What came of the training of a bag.</summary>
/// <param name="Bag">All that there is to tell of it.</param>
internal sealed record TrainBagReport(BagReport Bag) : Report
{
    public override JsonObject ToJson() => Bag.ToJson();

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().Select(line => line.In(language));

    private IEnumerable<Phrase> Lines()
    {
        var model = Bag.Results.Bag.Model;
        yield return $"{model.MemberCount} networks of {Counted.Parameters(model.Architecture.ParameterCount)}, "
            + $"{Counted.Steps(Bag.Steps)}";
        foreach (var line in EvaluationText.Of(Bag.Results.Bag)) yield return line;
        yield return Phrase.Empty;
        foreach (var line in Bag.Results.Table()) yield return line;
        yield return Phrase.Empty;
        yield return $"{(Phrase)$"parameters",-12}{model.ParametersSha256}";
        yield return $"{(Phrase)$"run",-12}{Bag.Directory}";
    }
}
