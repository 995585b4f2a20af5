namespace Functional.Core.Ensembles;

/// <summary>A rung of successive halving.</summary>
/// <param name="Trials">How many experiments reach for it.</param>
/// <param name="Epochs">The epoch that they are trained up to.</param>
internal sealed record Rung(int Trials, int Epochs);

/// <summary>Successive halving: which experiments go on. (Jamieson and Talwalkar, 2016; Li et al., 2018, algorithm 1
/// with one bracket)</summary>
internal static class Rungs
{
    /// <summary>The rungs, from the first to the last, which has the experiment's own length: as many as leave one
    /// experiment at the end and <paramref name="minEpochs"/> at the beginning.</summary>
    /// <param name="trials">How many experiments begin.</param>
    /// <param name="epochs">The experiment's own length.</param>
    /// <param name="eta">The share that goes on is 1/eta.</param>
    /// <param name="minEpochs">The least that the first rung has.</param>
    public static Items<Rung> Of(int trials, int epochs, int eta, int minEpochs)
    {
        int cuts = 0;
        for (long share = eta; share <= trials && minEpochs * share <= epochs; share *= eta) cuts++;
        return [.. Enumerable.Range(0, cuts + 1).Select(rung =>
            new Rung((int)(trials / Power(eta, rung)), (int)(epochs / Power(eta, cuts - rung))))];
    }

    /// <summary>The best of some scores, as places in their own order. Scores that are not finite come last; of equal
    /// ones the first is better.</summary>
    /// <param name="scores">One for each experiment.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="isBetterLarger">Whether the largest is the best.</param>
    public static IReadOnlyList<int> Best(IReadOnlyList<double> scores, int count, bool isBetterLarger) =>
        [.. Ordered(scores, isBetterLarger).Take(count).Order()];

    /// <summary>All places, the best first.</summary>
    public static IEnumerable<int> Ordered(IReadOnlyList<double> scores, bool isBetterLarger) =>
        Enumerable.Range(0, scores.Count).OrderBy(place =>
            !double.IsFinite(scores[place]) ? double.PositiveInfinity
            : isBetterLarger ? -scores[place] : scores[place]);

    private static long Power(long x, int n)
    {
        long power = 1;
        for (int i = 0; i < n; i++) power *= x;
        return power;
    }
}
