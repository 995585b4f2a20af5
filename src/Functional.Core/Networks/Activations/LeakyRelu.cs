using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z where z > 0, else slope z; phi'(z) = 1 where z > 0, else the slope (at zero, too). (Maas,
/// Hannun and Ng, 2013)</summary>
/// <param name="NegativeSlope">The slope below zero, at least 0: then a is positive only where z is.</param>
internal sealed record LeakyRelu(double NegativeSlope) : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(new Value<T>(T.CreateTruncating(NegativeSlope)), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(new Derivative<T>(T.CreateTruncating(NegativeSlope)), a, delta, delta);

    /// <inheritdoc/>
    protected internal override Activation Each(Fields fields) =>
        new LeakyRelu(fields.Real("negative_slope", NegativeSlope, Interval.NotNegative));

    private readonly struct Value<T>(T slope) : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.LessOrEqual(z, L.All(T.Zero)), L.Multiply(L.All(slope), z), z);
    }

    private readonly struct Derivative<T>(T slope) : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(L.Less(L.All(T.Zero), a), delta, L.Multiply(L.All(slope), delta));
    }
}
