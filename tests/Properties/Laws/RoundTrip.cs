using CsCheck;

namespace Properties.Laws;

/// <summary>What is written is read back as it was.</summary>
internal static class RoundTrip
{
    public static void Holds<A, W>(Gen<A> values, Func<A, W> write, Func<W, A> read) where A : notnull =>
        values.Sample(value => read(write(value)).Equals(value), iter: 200);
}
