using Functional.Core.Curvature;
using Functional.Core.Numbers;

namespace Functional.Landscapes;

/// <summary>Pieces of work that are counted as they are done, by any thread.</summary>
/// <param name="total">How many there are, as far as is known.</param>
/// <param name="progress">Hears of the share that is done.</param>
internal sealed class Tally(double total, IProgress<double>? progress)
{
    private readonly Lock pen = new();
    private int done;

    /// <summary>So many more are done.</summary>
    public void Add(int pieces)
    {
        lock (pen) progress?.Report((done += pieces) / total);
    }
}

/// <summary>An operator whose products are counted.</summary>
/// <param name="map">The operator.</param>
/// <param name="products">The count.</param>
internal sealed class CountedOperator(LinearOperator<double> map, Tally products) : LinearOperator<double>
{
    public override int Size => map.Size;

    protected override IReadOnlyList<Vec<double>> Products(IReadOnlyList<Vec<double>> vectors)
    {
        var found = map.Apply(vectors);
        products.Add(vectors.Count);
        return found;
    }
}
