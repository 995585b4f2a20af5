namespace Functional.Figures;

/// <summary>Curves of very many points, with fewer that look the same.</summary>
internal static class Thinning
{
    /// <summary>More points than a page shows beside each other.</summary>
    private const int MostStretches = 300;

    /// <summary>The points of a curve; of many, the first, the least and the largest of each of 300 stretches, in
    /// their order. What is not finite stands for a gap, and stays one.</summary>
    public static (double[] Xs, double[] Ys) Of(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        int count = Math.Min(xs.Count, ys.Count);
        if (count <= 3 * MostStretches) return ([.. xs.Take(count)], [.. ys.Take(count)]);
        int[] kept =
        [
            .. Enumerable.Range(0, MostStretches).SelectMany(stretch =>
            {
                int first = (int)((long)count * stretch / MostStretches),
                    next = (int)((long)count * (stretch + 1) / MostStretches);
                int[] all = [.. Enumerable.Range(first, next - first)];
                int[] finite = [.. all.Where(i => double.IsFinite(ys[i]))];
                int[] ends = finite.Length == 0 ? [] : [finite.MinBy(i => ys[i]), finite.MaxBy(i => ys[i])];
                return all.Take(1).Concat(ends).Concat(all.Except(finite).Take(1)).Distinct().Order();
            }),
        ];
        return ([.. kept.Select(i => xs[i])], [.. kept.Select(i => ys[i])]);
    }
}
