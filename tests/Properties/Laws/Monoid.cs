using CsCheck;

namespace Properties.Laws;

/// <summary>The laws of a monoid: joining is associative, and one element is neutral on both sides.</summary>
internal static class Monoid
{
    public static void Holds<A>(Gen<A> elements, Func<A, A, A> join, A neutral) where A : notnull =>
        Gen.Select(elements, elements, elements).Sample((x, y, z) =>
            join(join(x, y), z).Equals(join(x, join(y, z)))
            && join(neutral, x).Equals(x)
            && join(x, neutral).Equals(x), iter: 300);
}
