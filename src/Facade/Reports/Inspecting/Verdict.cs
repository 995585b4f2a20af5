using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Landscapes;

namespace Functional.Reports;

/// <summary>How a finding is meant.</summary>
internal enum Tone
{
    /// <summary>As one would wish.</summary>
    Good,

    /// <summary>Neither.</summary>
    Plain,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Bad,
}

/// <summary>A finding on a run in a sentence.</summary>
internal sealed record Finding(Tone Tone, Phrase Text);

/// <summary>What is to be thought of a run: the sentence that matters, and what stands out beside it.</summary>
/// <param name="Headline">The sentence.</param>
/// <param name="Findings">The rest.</param>
internal sealed record Verdict(Finding Headline, Items<Finding> Findings)
{
    private const double Noticeable = 0.02, Clearly = 0.1;

    /// <summary>The verdict on a run.</summary>
    public static Verdict On(ReportedRun run)
    {
        if (run.Inspection is not { } inspection)
            return new(
                new(Tone.Bad, $"Training diverged at step {(long?)run.Report["outcome"]?["diverged_at_step"] ?? 0}: "
                    + $"its loss was no longer finite. There is no usable model; a smaller learning rate may help."),
                []);
        return new(Main(run, inspection.Judged), [.. Rest(run, inspection)]);
    }

    private static Finding Main(ReportedRun run, InspectedPart judged) => judged.Evaluation switch
    {
        ClassificationReport classes => new(
            judged["accuracy"]!.Low > classes.MajorityShare ? Tone.Good : Tone.Warning,
            $"{Samples(judged)}, it is right in {Percent(judged["accuracy"]!.Value)} of cases "
                + $"(95 % interval {Percent(judged["accuracy"]!.Low)} to {Percent(judged["accuracy"]!.High)}); "
                + $"always answering {Visible.Quoted(run.ClassName(classes.MajorityClass))} would be right in "
                + $"{Percent(classes.MajorityShare)}."),
        RegressionReport numbers => new(
            judged[Root]!.High < numbers.RootMeanSquaredErrorOfMean ? Tone.Good : Tone.Warning,
            $"{Samples(judged)}, its typical error (RMSE) is {Numerals.Of(judged[Root]!.Value, 3)} "
                + $"(95 % interval {Numerals.Of(judged[Root]!.Low, 3)} to {Numerals.Of(judged[Root]!.High, 3)}); "
                + $"always answering the mean would be off by {Numerals.Of(numbers.RootMeanSquaredErrorOfMean, 3)}."),
        _ => new(
            Tone.Plain,
            $"{Samples(judged)}, {Percent(judged["accuracy"]!.Value)} of its labels are right "
                + $"(95 % interval {Percent(judged["accuracy"]!.Low)} to {Percent(judged["accuracy"]!.High)}), and "
                + $"all labels of a sample in {Percent(judged["exact_match"]!.Value)}."),
    };

    private const string Root = "root_mean_squared_error";

    private static Phrase Samples(InspectedPart judged) => judged.Part == DataPart.Train
        ? (Phrase)$"On the {judged.Evaluation.Rows} samples that it learned from, for there are no others"
        : judged.Part == DataPart.Validation
            ? (Phrase)$"On the {judged.Evaluation.Rows} samples of the validation part"
            : $"On {judged.Evaluation.Rows} samples that it never saw";

    private static IEnumerable<Finding> Rest(ReportedRun run, RunInspection inspection)
    {
        if (run.End == RunEnd.Interrupted)
            yield return new(Tone.Warning, $"Training was interrupted after {run.History.Count} of "
                + $"{run.Experiment.Settings.Epochs} epochs; functional resume goes on with it.");
        if (Baseline(inspection.Judged) is { } baseline) yield return baseline;
        if (Perfect(inspection.Judged) is { } perfect) yield return perfect;
        if (Overfitting(inspection) is { } overfitting) yield return overfitting;
        if (Course(run) is { } course) yield return course;
        int dead = inspection.Layers.Where(IsHidden).Sum(layer => layer.Last.DeadUnits);
        int units = inspection.Layers.Where(IsHidden).Sum(layer => layer.Units);
        if (dead > 0)
            yield return new(
                dead > Clearly * units ? Tone.Warning : Tone.Plain,
                $"{dead} of {units} hidden units say the same for every sample: they are dead.");

        bool IsHidden(LayerActivations layer) =>
            layer.Layer < inspection.Layers.Count - 1 && layer.Kind is "dense" or "activate";
    }

    // Neither may be told from the other where the interval holds what would be had without learning.
    private static Finding? Baseline(InspectedPart judged) => judged.Evaluation switch
    {
        ClassificationReport classes when !(judged["accuracy"]!.Low > classes.MajorityShare) => new(
            Tone.Warning, $"That is not clearly better than always giving the most frequent class."),
        RegressionReport numbers when !(judged[Root]!.High < numbers.RootMeanSquaredErrorOfMean) => new(
            Tone.Warning, $"That is not clearly better than always giving the mean."),
        _ => null,
    };

    // No mistake in n: the resamples have none either, yet up to 3 / n may be wrong. (the rule of three)
    private static Finding? Perfect(InspectedPart judged) =>
        judged.Evaluation is ClassificationReport { Accuracy: 1, Rows: var rows }
        ? new(Tone.Plain, $"Without a mistake, the interval has no width; among other samples, up to "
            + $"{Percent(Math.Min(1, 3.0 / rows))} may still be wrong (95 %, by the rule of three).")
        : null;

    private static Finding? Overfitting(RunInspection inspection)
    {
        if (inspection[DataPart.Train] is not { } train || inspection.Judged is not { Part: not DataPart.Train } judged)
            return null;
        bool areNumbers = judged.Evaluation is RegressionReport;
        string measure = areNumbers ? "r2" : "accuracy";
        if (train[measure] is not { } seen || judged[measure] is not { } unseen) return null;
        double gap = seen.Value - unseen.Value;
        (string learned, string other) = areNumbers
            ? (Numerals.Fixed(seen.Value, 3), Numerals.Fixed(unseen.Value, 3))
            : (Percent(seen.Value), Percent(unseen.Value));
        var what = areNumbers ? (Phrase)$"R2" : $"accuracy";
        if (seen.Low > unseen.High)
            return gap > Clearly
                ? new(Tone.Warning, $"It overfits: {what} is {learned} on what it learned from and {other} on the "
                    + $"rest, and the intervals do not meet.")
                : new(Tone.Plain, $"It overfits a little: {what} is {learned} on what it learned from and {other} on "
                    + $"the rest, and the intervals do not meet.");
        return new(Tone.Good, $"No overfitting beyond chance: {what} is {learned} on what it learned from and {other} "
            + $"on the rest, and the intervals meet.");
    }

    private static Finding? Course(ReportedRun run)
    {
        if (run.History.Count < 10) return null;
        bool isWatched = run.History.All(line => line.Validation is not null);
        var losses = ReportedRun.Smoothed(
            run.History.Select(line => isWatched ? line.Validation!.Loss : line.TrainLoss));
        if (!losses.All(double.IsFinite)) return null;
        double least = losses.Min(), last = losses[^1], before = losses[losses.Count - 1 - losses.Count / 10];
        int best = losses.Index().First(loss => loss.Item == least).Index;
        var which = isWatched ? (Phrase)$"validation loss" : $"training loss";
        if (last > (1 + Clearly) * least && best < 0.9 * losses.Count)
            return new(Tone.Warning, $"The {which} (smoothed) was least at epoch {run.History[best].Epoch} and is "
                + $"{Numerals.Of(last / least, 3)} times that at the end: early stopping may give a better model.");
        if (last < (1 - Noticeable) * before)
            return new(Tone.Plain, $"It was still improving: over the last tenth of its epochs the {which} "
                + $"(smoothed) fell by {Percent(1 - last / before)}; more epochs may help.");
        return new(Tone.Plain, $"It has settled: over the last tenth of its epochs the {which} (smoothed) changed by "
            + $"{Percent(Math.Abs(last / before - 1))}.");
    }

    /// <summary>A share in hundredths.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? $"{Numerals.Fixed(100 * share, 1)} %" : "–";
}
