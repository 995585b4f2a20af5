namespace Functional.Core.Numbers.Threads;

/// <summary>What a thread last made of two numbers, for one purpose: it is not made again where the
/// same two alternate.</summary>
/// <typeparam name="P">The purpose: a type for each.</typeparam>
/// <typeparam name="A">What is made.</typeparam>
internal static class LastTwo<P, A> where P : struct where A : class
{
    [ThreadStatic] private static (double Key, A? Value) recent, before;

    /// <summary>The value of a number; made anew where neither of the last two is its.</summary>
    public static A Of(double key, Func<double, A> make)
    {
        if (Has(recent, key)) return recent.Value!;
        if (Has(before, key)) return before.Value!;
        (before, recent) = (recent, (key, make(key)));
        return recent.Value!;
    }

    private static bool Has((double Key, A? Value) kept, double key) =>
        kept.Value is not null && BitConverter.DoubleToInt64Bits(kept.Key) == BitConverter.DoubleToInt64Bits(key);
}
