using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z / (1 + |z|), phi'(z) = (1 - |a|)^2; phi''(z) = -2 sign(a) (1 - |a|)^3.
/// (Bergstra et al., 2009)</summary>
internal sealed record Softsign : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Value<T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    internal override void SecondDerivative<T>(ReadOnlySpan<T> from, Span<T> into) =>
        Elementwise.Map(default(Curvature<T>), from, into);

    private readonly struct Value<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct
        {
            V size = Signs.Size<L, V, T>(z);
            V far = L.Select(
                L.Less(size, L.All(T.PositiveInfinity)), L.Divide(z, L.Add(L.All(T.One), size)),
                Signs.Of<L, V, T>(z, T.One));
            return L.Select(L.Equal(z, z), far, z);
        }
    }

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct
        {
            V rest = L.Subtract(L.All(T.One), Signs.Size<L, V, T>(a));
            return L.Multiply(delta, L.Multiply(rest, rest));
        }
    }

    private readonly struct Curvature<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a) where L : struct, ILanes<V, T> where V : struct
        {
            V rest = L.Subtract(L.All(T.One), Signs.Size<L, V, T>(a));
            return L.Multiply(Signs.Of<L, V, T>(a, T.CreateTruncating(-2)), L.Multiply(rest, L.Multiply(rest, rest)));
        }
    }
}
