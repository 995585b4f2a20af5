using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Reports;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>What came of a training.</summary>
/// <param name="Run">All that there is to tell of it.</param>
/// <param name="Directory">Where it is kept.</param>
internal sealed record TrainReport(RunReport Run, string Directory) : Report
{
    public override JsonObject ToJson() => Run.ToJson(Directory);

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().Select(line => line.In(language));

    private IEnumerable<Phrase> Lines()
    {
        var results = Run.Results;
        long parameters = results.Model.Architecture.ParameterCount;
        yield return $"{Counted.Parameters(parameters)}, {Counted.Epochs(Run.History.Count)}, "
            + $"{Counted.Steps(Run.Steps)} in {Run.Seconds:F1} s";
        foreach (var line in EvaluationText.Of(results)) yield return line;
        if (Run.Curvature is [var first, .., var last])
            yield return $"{(Phrase)$"curvature",-12}largest eigenvalue {Numerals.Of(first.Largest[0], 4)} at first, "
                + $"{Numerals.Of(last.Largest[0], 4)} at step {last.Step}"
                + $"{(last.StableBelow is { } limit
                    ? (Phrase)$", stable below {Numerals.Of(limit, 4)}" : Phrase.Empty)}";
        yield return Phrase.Empty;
        yield return $"{(Phrase)$"parameters",-12}{results.Model.ParametersSha256}";
        yield return $"{(Phrase)$"run",-12}{Directory}";
    }
}
