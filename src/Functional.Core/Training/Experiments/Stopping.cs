namespace Functional;

/// <summary>When training ends before its last epoch, as a function of a watched number after
/// each epoch so far.</summary>
public abstract record Stopping : Form<Stopping>
{
    /// <summary>Every way to stop, by the name it is written under.</summary>
    public static Kinds<Stopping> Kinds { get; } = new(
        "way to stop", ("never", new Never()), ("patience", new Patience()), ("target_reached", new TargetReached()));

    /// <summary>Every number that can be watched.</summary>
    internal static string[] Metrics { get; } = [TrainLoss, .. Evaluation.Names.Select(name => Prefix + name)];

    private const string TrainLoss = "train_loss", Prefix = "validation_";

    /// <summary>The number that it looks at, if any.</summary>
    public abstract string? Watched { get; }

    /// <summary>Whether training ends after these numbers, of which there is at least one.</summary>
    public abstract bool IsOver(IReadOnlyList<double> numbers);

    /// <summary>Whether the model after the last of these numbers is the one to keep.</summary>
    public virtual bool IsChosen(IReadOnlyList<double> numbers) => true;

    /// <summary>A watched number of an epoch; NaN where it has none of that name.</summary>
    internal static double Number(string metric, double trainLoss, Evaluation? validation) => metric == TrainLoss
        ? trainLoss
        : validation?.Measures.Where(measure => Prefix + measure.Name == metric).Select(
            measure => measure.Value).FirstOrDefault(double.NaN) ?? double.NaN;

    /// <summary>Whether a number needs a validation part.</summary>
    internal static bool NeedsValidation(string? metric) =>
        metric?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Whether a number of the validation part is one of those that a problem has.</summary>
    internal static bool IsOf(string metric, Problem problem) =>
        Evaluation.NamesOf(problem).Contains(metric[Prefix.Length..]);

    internal static bool IsLarger(string metric) =>
        metric != TrainLoss && Evaluation.IsBetterLarger(metric[Prefix.Length..]);
}

/// <summary>At the last epoch.</summary>
public sealed record Never : Stopping
{
    /// <inheritdoc/>
    public override string? Watched => null;
    /// <inheritdoc/>
    public override bool IsOver(IReadOnlyList<double> numbers) => false;
}

/// <summary>When the number has not become better for a while. (Prechelt, 1998)</summary>
/// <param name="Metric">What is watched: "train_loss", or "validation_" and a measure.</param>
/// <param name="Epochs">For how many epochs, at least 1.</param>
/// <param name="MinImprovement">By how much it must become better to count, at least 0.</param>
/// <param name="RestoreBest">Whether the model is that of the best epoch, not that of the last one.</param>
public sealed record Patience(
    string Metric = "validation_loss", int Epochs = 10, double MinImprovement = 0, bool RestoreBest = true) : Stopping
{
    /// <inheritdoc/>
    public override string? Watched => Metric;
    /// <inheritdoc/>
    public override bool IsOver(IReadOnlyList<double> numbers) => numbers.Count - 1 - Best(numbers) >= Epochs;
    /// <inheritdoc/>
    public override bool IsChosen(IReadOnlyList<double> numbers) => !RestoreBest || Best(numbers) == numbers.Count - 1;

    /// <inheritdoc/>
    protected internal override Stopping Each(Fields fields) => new Patience(
        fields.Choice("metric", Metric, Metrics),
        fields.Whole("epochs", Epochs, Interval.Between(1, 1_000_000)),
        fields.Real("min_improvement", MinImprovement, Interval.NotNegative),
        fields.Flag("restore_best", RestoreBest));

    // The place of the best number; the first one is, until a later one is better by enough.
    private int Best(IReadOnlyList<double> numbers)
    {
        int best = 0;
        for (int i = 1; i < numbers.Count; i++)
            if (double.IsNaN(numbers[best]) || (IsLarger(Metric)
                ? numbers[i] > numbers[best] + MinImprovement
                : numbers[i] < numbers[best] - MinImprovement))
                best = i;
        return best;
    }
}

/// <summary>When the number has reached a value.</summary>
/// <param name="Metric">What is watched: "train_loss", or "validation_" and a measure.</param>
/// <param name="Value">Good enough.</param>
public sealed record TargetReached(string Metric = "validation_loss", double Value = 0) : Stopping
{
    /// <inheritdoc/>
    public override string? Watched => Metric;
    /// <inheritdoc/>
    public override bool IsOver(IReadOnlyList<double> numbers) =>
        IsLarger(Metric) ? numbers[^1] >= Value : numbers[^1] <= Value;

    /// <inheritdoc/>
    protected internal override Stopping Each(Fields fields) => new TargetReached(
        fields.Choice("metric", Metric, Metrics), fields.Real("value", Value, Interval.Any));
}
