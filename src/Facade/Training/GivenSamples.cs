namespace Functional;

/// <summary>The samples that a training was given.</summary>
/// <param name="Data">All samples, or all but those of the other two.</param>
/// <param name="Validation">Those to be watched; null where a share of all is.</param>
/// <param name="Test">Those for the end; null where a share of all is.</param>
internal sealed record GivenSamples(Dataset<double> Data, Dataset<double>? Validation, Dataset<double>? Test)
{
    /// <summary>Where others are not these, a fault each: a training that goes on with others would have rows of
    /// one part in another one.</summary>
    public IEnumerable<Invalid> DifferencesFrom(GivenSamples others) =>
    [
        .. Difference($"data", Data, others.Data), .. Difference($"validation data", Validation, others.Validation),
        .. Difference($"test data", Test, others.Test),
    ];

    private static IEnumerable<Invalid> Difference(Phrase name, Dataset<double>? own, Dataset<double>? other)
    {
        if (own is null && other is not null)
            yield return new($"the training had no {name} of its own; going on with it should have none");
        else if (own is not null && other is null)
            yield return new(
                $"the training had {own.Rows} rows of {name} of its own; going on with it should have the same");
        else if (own is not null && !AreOne(own, other!))
            yield return new($"the {name} are not those of the training; going on with it should have the same");
    }

    private static bool AreOne(Dataset<double> own, Dataset<double> other) =>
        own.Inputs == other.Inputs && own.Targets == other.Targets && own.Weights == other.Weights;
}
