using System.Text.Json.Nodes;
using Functional.Core.Randomness;

namespace Functional.Core.Ensembles;

/// <summary>A field of an experiment that takes several values.</summary>
/// <param name="Name">What it is called: its path.</param>
/// <param name="Values">Its values, each as JSON in one line; none where they are drawn from a range.</param>
internal sealed record VariedField(string Name, Items<string> Values)
{
    /// <summary>The range that values are drawn from; none where they are listed.</summary>
    public ValueRange? Range { get; private init; }

    private bool IsWhole { get; init; }

    /// <summary>The field of a range.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="range">The range, known to be without fault.</param>
    /// <param name="isWhole">Whether it holds whole numbers only.</param>
    public static VariedField Of(string name, ValueRange range, bool isWhole) =>
        new(name, [.. range.Values(isWhole).Select(value => Json(value, isWhole))])
        {
            Range = range.Count is null ? range : null,
            IsWhole = isWhole,
        };

    /// <summary>The least and the largest value of its range.</summary>
    public Items<string> Ends => Range is { } range ? [Json(range.From, IsWhole), Json(range.To, IsWhole)] : [];

    /// <summary>One of its values, each as likely as the others.</summary>
    public string Drawn(Key key) => Range is { } range
        ? Json(range.At(Draw.UniformAt(key, 0), IsWhole), IsWhole)
        : Values[Draw.Integers(key, 1, Values.Count)[0]];

    // Without a point where the field wants none.
    private static string Json(double value, bool isWhole) =>
        (isWhole ? JsonValue.Create((long)value) : JsonValue.Create(value)).ToJsonString();
}
