using Functional.Core.Data;

namespace Functional;

/// <summary>What is learned from what: what the data say, where <see cref="Settings"/> are
/// what a person says.</summary>
/// <param name="Problem">What is to be predicted.</param>
/// <param name="Inputs">How many numbers a sample has, at least 1.</param>
public sealed record LearningTask(Problem Problem, int Inputs) : Form<LearningTask>
{
    /// <summary>The columns that inputs come from; none where they have no names.</summary>
    public Items<Feature> Features { get; init; } = [];

    /// <summary>The names of classes or labels by their numbers; none where they have none.</summary>
    public Items<string> Labels { get; init; } = [];

    /// <summary>The columns of the targets; none where they have no names.</summary>
    public Items<string> Targets { get; init; } = [];

    /// <summary>The task of samples.</summary>
    public static LearningTask Of(Dataset<double> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Problem, data.Inputs.Columns)
        {
            Features = data.Schema?.Features ?? [],
            Labels = data.Schema?.Labels ?? [],
            Targets = data.Schema?.Targets ?? [],
        };
    }

    /// <summary>Where it differs from the task that an experiment was written down with, a fault each. Names count
    /// where both have some.</summary>
    internal IEnumerable<Invalid> DifferencesFrom(LearningTask written)
    {
        if (Problem != written.Problem)
            yield return new($"the data are for {Problem}; the experiment was written down for {written.Problem}");
        if (Inputs != written.Inputs)
            yield return new($"the data have {Inputs} inputs; the experiment was written down with {written.Inputs}");
        (Phrase What, string[] Found, string[] Written)[] names =
        [
            ($"columns", Names(Features), Names(written.Features)), ($"classes", [.. Labels], [.. written.Labels]),
            ($"targets", [.. Targets], [.. written.Targets]),
        ];
        foreach (var (what, found, known) in names)
            if (found.Length > 0 && known.Length > 0 && !found.SequenceEqual(known))
                yield return new($"the data have the {what} {Listed(found, known)}; the experiment was written down "
                    + $"with {Listed(known, found)}");
    }

    /// <inheritdoc/>
    protected internal override LearningTask Each(Fields fields) =>
        new(fields.One("problem", Problem, Problem.Kinds), fields.Whole("inputs", Inputs, Interval.Between(1, 1 << 30)))
        {
            Features = fields.Many("features", Features, Feature.Kinds),
            Labels = fields.Texts("labels", Labels),
            Targets = fields.Texts("targets", Targets),
        };

    /// <summary>A task to read another into.</summary>
    internal static LearningTask Any { get; } = new(new Problem.Regression(1), 1);

    private static string[] Names(Items<Feature> features) =>
        [.. features.Select(feature =>
            feature.Values.Count == 0 ? feature.Name : $"{feature.Name} ({string.Join(", ", feature.Values)})")];

    // What only one of them has, where that is what differs.
    private static Phrase Listed(string[] names, string[] others)
    {
        string[] own = [.. names.Except(others)];
        return Phrase.Listed(own.Length > 0 ? own : names);
    }
}
