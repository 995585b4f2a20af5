using Functional.Core.Networks;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Landscapes;

/// <summary>Critical points with one loss, one index and as many zero directions: one point and those that are it in
/// another order or with other signs of its units, or a whole set of points that zero directions lead along.</summary>
/// <param name="Points">Those of them that no symmetry makes one, in the order in which they were found.</param>
/// <param name="Times">How many searches ended in the family.</param>
public sealed record CriticalFamily(Items<CriticalPoint> Points, int Times)
{
    /// <summary>The first one.</summary>
    public CriticalPoint First => Points[0];
}

/// <summary>What searches from many starts found.</summary>
/// <param name="Families">From the least loss up.</param>
/// <param name="RanOff">Searches that ran off to infinity.</param>
/// <param name="Stalled">Searches that ended where the gradient is not nothing.</param>
public sealed record CriticalPoints(
    Items<CriticalFamily> Families, Items<SearchEnd.RanOff> RanOff, Items<SearchEnd.Stalled> Stalled)
{
    private const double SameLoss = 1e-7;

    /// <summary>Searches from every start; those that end in one family are told together.</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="samples">Its mean is over these.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static CriticalPoints Of(
        IReadOnlyList<Network<double>> starts, Loss loss, Samples<double> samples, int threads = 0) =>
        Of(Ends(starts, loss, samples, threads));

    /// <summary>Where the search from each start ends.</summary>
    /// <param name="starts">The starts.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="samples">Its mean is over these.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static IReadOnlyList<SearchEnd> Ends(
        IReadOnlyList<Network<double>> starts, Loss loss, Samples<double> samples, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(starts);
        var ends = new SearchEnd[starts.Count];
        var searches = new Searches(starts, loss, samples, ends);
        Workers.Share(ref searches, ends.Length, Workers.Count(threads));
        return ends;
    }

    /// <summary>The families of some ends.</summary>
    public static CriticalPoints Of(IReadOnlyList<SearchEnd> ends)
    {
        var families = new List<CriticalFamily>();
        foreach (var found in ends.OfType<SearchEnd.Found>())
        {
            int at = families.FindIndex(family => IsOne(family.First, found.Point));
            if (at < 0) families.Add(new([found.Point], 1));
            else families[at] = new(
                families[at].Points.Any(point => point.Network.IsSameUpToSymmetry(found.Point.Network))
                    ? families[at].Points
                    : [.. families[at].Points, found.Point],
                families[at].Times + 1);
        }
        return new(
            [.. families.OrderBy(family => family.First.Loss).ThenBy(family => family.First.Index)],
            [.. ends.OfType<SearchEnd.RanOff>()], [.. ends.OfType<SearchEnd.Stalled>()]);
    }

    private static bool IsOne(CriticalPoint one, CriticalPoint other) =>
        one.Index == other.Index && one.Zeros == other.Zeros
        && Math.Abs(one.Loss - other.Loss) <= SameLoss * (1 + Math.Abs(one.Loss));

    private readonly struct Searches(
        IReadOnlyList<Network<double>> starts, Loss loss, Samples<double> samples, SearchEnd[] ends) : IParts
    {
        public void Run(int part, int parts) => ends[part] = starts[part].CriticalPoint(loss, samples);
    }
}
