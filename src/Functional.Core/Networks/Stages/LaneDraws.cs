using Functional.Core.Numbers.Products;
using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>What the networks in the lanes of one stage draw from: a key each, for the step at hand, and a dropout rate
/// each for every layer that drops.</summary>
internal sealed class LaneDraws
{
    private readonly List<double[]> rates = [];

    /// <summary>The key of each network's step.</summary>
    public Key[] Keys { get; } = new Key[LaneMatMul.Count];

    /// <summary>Which networks do the step at hand; the others draw nothing, and what a program brought along never
    /// sees their numbers.</summary>
    public bool[] IsDue { get; } = new bool[LaneMatMul.Count];

    /// <summary>A place for the rates of one more layer that drops, in the order of the architecture.</summary>
    public double[] NextRates()
    {
        rates.Add(new double[LaneMatMul.Count]);
        return rates[^1];
    }

    /// <summary>Seats a network with its rates, in the order of its architecture.</summary>
    public void Seat(int lane, IEnumerable<double> dropoutRates)
    {
        foreach (var (own, rate) in rates.Zip(dropoutRates, (own, rate) => (own, rate))) own[lane] = rate;
    }
}

/// <summary>Where a layer is in the lanes: the numbers of 16 networks side by side, a network a lane.</summary>
/// <param name="Draws">What the whole draws from.</param>
/// <param name="Path">Its place among its parents' layers, from the outermost on: from these the keys of what it draws
/// are derived.</param>
internal sealed record LanePlace(LaneDraws Draws, Items<uint> Path)
{
    /// <summary>The place of one of its parts.</summary>
    public LanePlace At(int part) => this with { Path = [.. Path, (uint)part] };

    /// <summary>The key that the layer draws from in one network, at the step at hand.</summary>
    public Key KeyOf(int lane)
    {
        var key = Draws.Keys[lane];
        foreach (uint part in Path) key = key.At(part);
        return key;
    }
}
