using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Formats;
using Functional.Reports;
using Functional.Runs;

namespace Functional.Cli.Reports;

/// <summary>A run's model on the parts of the data that it was trained on.</summary>
/// <param name="Run">The run's directory.</param>
/// <param name="Results">On its parts.</param>
internal sealed record EvaluationReport(string Run, TrainingResults Results) : Report
{
    public override JsonObject ToJson()
    {
        var (model, validation, test) = (Results.Model, Results.Validation, Results.Test);
        var json = new JsonObject
        {
            ["run"] = Path.GetFullPath(Run),
            ["parameters_sha256"] = model.ParametersSha256,
            ["train"] = EvaluatedPart.ToJson(Results.Train),
            ["validation"] = validation is null ? null : EvaluatedPart.ToJson(validation),
            ["test"] = test is null ? null : EvaluatedPart.ToJson(test),
        };
        if (Results.NotDrawn is { } others) json["not_drawn"] = EvaluatedPart.ToJson(others);
        return json;
    }

    public override IEnumerable<string> ToText(Language language, int width) =>
        EvaluationText.Of(Results)
            .Concat(EvaluatedPart.Thresholds(Results.Test, Results.Model.Schema?.Labels))
            .Select(line => line.In(language));
}

/// <summary>A run's model on other data.</summary>
/// <param name="Data">What the data are called.</param>
/// <param name="Model">The model.</param>
/// <param name="Part">On them.</param>
internal sealed record OtherDataReport(string Data, Model Model, Evaluation Part) : Report
{
    public override JsonObject ToJson() => new()
    {
        ["data"] = Data,
        ["parameters_sha256"] = Model.ParametersSha256,
        ["result"] = EvaluatedPart.ToJson(Part),
    };

    public override IEnumerable<string> ToText(Language language, int width) =>
        Lines().Select(line => line.In(language));

    private IEnumerable<Phrase> Lines()
    {
        var names = Model.Schema?.Labels;
        yield return $"{Part}";
        foreach (var line in EvaluationText.More(Part, names)) yield return line;
        if (Part is not ClassificationReport classes) yield break;
        foreach (var line in EvaluationText.Confusion(classes.Counts, names)) yield return line;
        foreach (var line in EvaluatedPart.Thresholds(Part, names)) yield return line;
    }
}

/// <summary>An evaluation, and what would become of the second of two classes from other probabilities on.</summary>
internal static class EvaluatedPart
{
    private const int MostPoints = 200; // so few that they can be drawn, so many that nothing is missed
    private static readonly double[] Shown = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    public static JsonObject ToJson(Evaluation part)
    {
        var json = RunReport.Part(part);
        if (part is not ClassificationReport { Thresholds: { } curve }) return json;
        json["thresholds"] = new JsonArray([.. Some(curve).Select(point => (JsonNode)new JsonObject
        {
            ["threshold"] = JsonNumber.Of(point.Threshold),
            ["precision"] = JsonNumber.Of(point.Precision),
            ["recall"] = JsonNumber.Of(point.Recall),
            ["f1"] = JsonNumber.Of(point.F1),
            ["false_positive_rate"] = JsonNumber.Of(point.FalsePositiveRate),
            ["accuracy"] = JsonNumber.Of(point.Accuracy),
        })]);
        return json;
    }

    public static IEnumerable<Phrase> Thresholds(Evaluation? part, Items<string>? names)
    {
        if (part is not ClassificationReport { Thresholds: { } curve }) yield break;
        // One class alone: nothing to weigh up.
        if (curve.Points[0] is { FalseNegatives: 0 } or { TrueNegatives: 0 }) yield break;
        string second = names is { Count: 2 } ? Core.Forms.Visible.Quoted(names[1]) : "1";
        yield return Phrase.Empty;
        yield return $"class {second} from a probability on (--threshold):";
        foreach (double threshold in Shown) yield return $"  {curve.At(threshold)}";
        yield return $"best F1, from {Numerals.Of(curve.BestF1.Threshold, 17)} on:";
        yield return $"  {curve.BestF1.Measures}";
    }

    private static IEnumerable<ThresholdPoint> Some(ThresholdCurve curve) => Enumerable.Range(0, MostPoints + 1)
        .Select(i => curve.Points[(int)((long)i * (curve.Points.Count - 1) / MostPoints)]).Distinct();
}
