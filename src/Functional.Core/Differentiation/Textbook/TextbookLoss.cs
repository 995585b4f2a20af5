
#pragma warning disable RS0030 // the functions of an IReal are Elementary's

namespace Functional.Core.Differentiation.Textbook;

/// <summary>A loss that is made of a function over generic arithmetic.</summary>
internal interface ITextbookLoss
{
    T Of<T>(T[] outputs, T[] targets) where T : IReal<T>;
}

/// <summary>Every loss of one sample as its description has it, over generic arithmetic; to be multiplied with
/// the loss's factor.</summary>
internal static class TextbookLoss
{
    public static T Of<T>(Loss loss, T[] o, T[] t) where T : IReal<T> => loss switch
    {
        HalfSumSquaredError or MeanSquaredError => Sum(o, t, (x, y) => (x - y) * (x - y) / T.Of(2)),
        MeanAbsoluteError => Sum(o, t, (x, y) => T.Abs(x - y)),
        Huber(var delta) => Sum(o, t, (x, y) =>
            T.Abs(x - y) < T.Of(delta) ? (x - y) * (x - y) / T.Of(2) : T.Of(delta) * (T.Abs(x - y) - T.Of(delta / 2))),
        LogCosh => Sum(o, t, (x, y) => T.Log(T.Cosh(x - y))),
        Quantile(var level) => Sum(o, t, (x, y) => T.Max(T.Of(level) * (y - x), T.Of(level - 1) * (y - x))),
        PoissonNll => Sum(o, t, (x, y) => T.Exp(x) - y * x),
        SoftmaxCrossEntropy(var smoothing) => T.Of(1 - smoothing) * -LogShares(o)[Class(t)]
            + T.Of(smoothing / o.Length) * -LogShares(o).Aggregate((a, b) => a + b),
        SoftmaxCrossEntropySoftTargets => -Sum(LogShares(o), t, (p, share) => share * p),
        SoftmaxKlDiv => Sum(LogShares(o), t, (p, share) => share == T.Zero ? T.Zero : share * (T.Log(share) - p)),
        MultiMarginHinge(var margin) => o.Where((_, k) => k != Class(t))
            .Aggregate(T.Zero, (sum, x) => sum + T.Max(T.Of(margin) - o[Class(t)] + x, T.Zero)),
        CrammerSingerHinge(var margin) => OverRival(o, Class(t), T.Of(margin)),
        BinaryCrossEntropyWithLogits => Sum(o, t, (x, y) => T.LogP1(T.Exp(-T.Abs(x))) + T.Max(x, T.Zero) - y * x),
        BinaryCrossEntropy => Sum(o, t, (x, y) => -(y * T.Log(x)) - (T.One - y) * T.Log(T.One - x)),
        ITextbookLoss own => own.Of(o, t),
        _ => throw new InvalidOperationException($"no textbook has a {loss.GetType().Name}"),
    };

    // The rival is chosen by values alone: what is left is a straight line.
    private static T OverRival<T>(T[] o, int own, T margin) where T : IReal<T>
    {
        int rival = Enumerable.Range(0, o.Length).Where(k => k != own).DefaultIfEmpty(own).MaxBy(k => o[k].ToDouble());
        T missing = margin - o[own] + o[rival];
        return rival == own || missing.ToDouble() <= 0 ? T.Zero : missing;
    }

    private static T[] LogShares<T>(T[] o) where T : IReal<T>
    {
        T most = o.Aggregate(T.Max), sum = T.Log(o.Aggregate(T.Zero, (total, x) => total + T.Exp(x - most)));
        return [.. o.Select(x => x - most - sum)];
    }

    private static T Sum<T>(T[] o, T[] t, Func<T, T, T> term) where T : IReal<T> =>
        o.Zip(t, term).Aggregate(T.Zero, (sum, part) => sum + part);

    private static int Class<T>(T[] t) where T : IReal<T> => (int)t[0].ToDouble();
}
