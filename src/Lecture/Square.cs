namespace Functional.Lecture;

/// <summary>A hidden unit of one's own: z². A layer of them is a polynomial of degree 2, however wide it is.</summary>
internal sealed record Square : ActivationFunction<Square>
{
    /// <inheritdoc/>
    public override T Value<T>(T z) => z * z;
}
