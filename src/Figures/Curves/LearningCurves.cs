namespace Functional.Figures;

/// <summary>The loss of each epoch on the training and the validation part, and below it a score, if there is
/// one.</summary>
/// <param name="Epochs">Their numbers.</param>
/// <param name="TrainLosses">Of each.</param>
/// <param name="ValidationLosses">Of each; null where an epoch has none.</param>
/// <param name="ScoreName">What the score is, such as "accuracy".</param>
/// <param name="Scores">On the validation part, of each; null where an epoch has none.</param>
/// <param name="Kept">The epoch whose model was kept.</param>
public sealed record LearningCurves(
    Items<int> Epochs, Items<double> TrainLosses, Items<double?>? ValidationLosses = null, Phrase? ScoreName = null,
    Items<double?>? Scores = null, int? Kept = null) : Figure
{
    /// <summary>The curves of a training's epochs.</summary>
    public static LearningCurves From(IEnumerable<Epoch> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        Epoch[] all = [.. epochs];
        bool hasValidation = all.Any(epoch => epoch.Validation is not null);
        var last = all.LastOrDefault();
        return new(
            [.. all.Select(epoch => epoch.Number)], [.. all.Select(epoch => epoch.TrainLoss)],
            hasValidation ? [.. all.Select(epoch => epoch.Validation?.Loss)] : null,
            hasValidation ? Phrase.Of(all.First(epoch => epoch.Validation is not null).Validation!.Score.Name) : null,
            hasValidation ? [.. all.Select(epoch => epoch.Validation?.Score.Value)] : null,
            all.FirstOrDefault(epoch => ReferenceEquals(epoch.Model, last?.Kept))?.Number);
    }

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Epochs);
        ArgumentNullException.ThrowIfNull(TrainLosses);
        var look = page.Look;
        double[] xs = [.. Epochs.Select(epoch => (double)epoch)];
        double[] validation = Numbers(ValidationLosses), scores = Numbers(Scores);
        bool hasScores = scores.Any(double.IsFinite);
        List<LegendKey> keys = [LegendKey.Of($"training part", look[0])];
        if (validation.Any(double.IsFinite) || hasScores) keys.Add(LegendKey.Of($"validation part", look[1]));
        if (Kept is { } kept) keys.Add(new($"epoch {kept} was kept", look.Edge) { Pattern = look.Pattern(2) });
        page.Legend(keys);
        var x = AxisRange.Of($"epoch", xs, mayBeLogarithmic: false, room: 0.02) with { IsWhole = true };
        var loss = new Panel(page, x, AxisRange.Of($"loss", [.. TrainLosses, .. validation])) { ShowsX = !hasScores };
        var score = hasScores
            ? new Panel(page, x, AxisRange.Of(ScoreName ?? (Phrase)$"score", scores, mayBeLogarithmic: false,
                room: 0.08))
            : null;
        if (Kept is { } at)
            foreach (var panel in (Panel?[])[loss, score]) panel?.Vertical(at, look.Edge, look.Pattern(2), 0.7f);
        loss.Line(xs, TrainLosses, look[0].Color, look[0].Pattern);
        loss.Line(xs, validation, look[1].Color, look[1].Pattern);
        score?.Line(xs, scores, look[1].Color, look[1].Pattern);
        if (score is null) page.Stack((loss, 1));
        else page.Stack((loss, 1.5f), (score, 1));
    }

    private static double[] Numbers(Items<double?>? numbers) =>
        [.. (numbers ?? []).Select(number => number ?? double.NaN)];
}
