namespace Functional;

/// <summary>What is kept with a model for people; no prediction depends on it.</summary>
public sealed record ModelMetadata : Form<ModelMetadata>
{
    /// <summary>When it was trained, as its maker says; empty where nobody did.</summary>
    public string Date { get; init; } = "";

    /// <summary>Whatever its maker wants to say, a text each: "production", "customer=ACME".</summary>
    public Items<string> Tags { get; init; } = [];

    /// <summary>The version of the library that made it.</summary>
    public string Library { get; init; } = "";

    /// <summary>The version of the numeric law that its training followed; 0 where that is not known.</summary>
    public int NumericLaw { get; init; }

    /// <summary>Of a model that this library makes: no date, no tags, its own versions.</summary>
    public static ModelMetadata Current { get; } = new()
    {
        Library = typeof(ModelMetadata).Assembly.GetName().Version!.ToString(3),
        NumericLaw = Core.Training.NumericLaw.Version,
    };

    /// <inheritdoc/>
    protected internal override ModelMetadata Each(Fields fields) => new()
    {
        Date = fields.Text("date", Date),
        Tags = fields.Texts("tags", Tags),
        Library = fields.Text("library", Library),
        NumericLaw = fields.Whole("numeric_law", NumericLaw, Interval.Between(0, 1_000_000)),
    };
}
