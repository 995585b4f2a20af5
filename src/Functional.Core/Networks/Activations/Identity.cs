namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z, phi'(z) = 1.</summary>
internal sealed record Identity : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width)
    {
        if (z != a) z.CopyTo(a);
    }

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) { }
}
