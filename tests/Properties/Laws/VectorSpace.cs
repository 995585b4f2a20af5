using CsCheck;

namespace Properties.Laws;

/// <summary>The laws of a vector space over the real numbers, up to rounding; addition commutes to the bit.</summary>
internal static class VectorSpace
{
    /// <param name="vectors">Three at a time, with cells of size about one.</param>
    /// <param name="add">x + y</param>
    /// <param name="scale">a x</param>
    /// <param name="distance">Between two vectors.</param>
    public static void Holds<V>(
        Gen<(V X, V Y, V Z)> vectors, Func<V, V, V> add, Func<double, V, V> scale, Func<V, V, double> distance)
        where V : notnull
    {
        bool Near(V left, V right) => distance(left, right) < 1e-13;
        Gen.Select(vectors, Gen.Double[-3, 3], Gen.Double[-3, 3]).Sample((v, a, b) =>
            add(v.X, v.Y).Equals(add(v.Y, v.X))
            && scale(1, v.X).Equals(v.X)
            && Near(add(add(v.X, v.Y), v.Z), add(v.X, add(v.Y, v.Z)))
            && Near(add(v.X, scale(0, v.Y)), v.X)
            && Near(add(v.X, scale(-1, v.X)), scale(0, v.X))
            && Near(scale(a, scale(b, v.X)), scale(a * b, v.X))
            && Near(scale(a + b, v.X), add(scale(a, v.X), scale(b, v.X)))
            && Near(scale(a, add(v.X, v.Y)), add(scale(a, v.X), scale(a, v.Y))), iter: 200);
    }
}
