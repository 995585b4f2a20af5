namespace Functional.Core.Networks;

/// <summary>A named piece of a flat vector: where <c>W</c> of the first layer ends and its <c>b</c> begins.</summary>
/// <param name="Name">The path to it, such as <c>0.weight</c> or <c>2.body.1.gamma</c>.</param>
/// <param name="Shape">Its sizes; cells are row-major.</param>
public sealed record Slice(string Name, Items<int> Shape)
{
    /// <summary>How many numbers.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    internal static IEnumerable<Slice> Within(string path, IEnumerable<Slice> slices) =>
        slices.Select(slice => slice with { Name = $"{path}.{slice.Name}" });
}
