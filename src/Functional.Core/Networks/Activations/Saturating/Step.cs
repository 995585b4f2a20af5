using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>The unit step: phi(z) = 1 where z >= 0, else 0. Its derivative is zero wherever it has one, and taken as
/// zero at the jump: nothing learns through it.</summary>
internal sealed record Step : Activation
{
    internal override bool HasDerivative => false;

    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Value<T>), z, a);

    // NaN goes on as NaN, so that a diverged sum is seen.
    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Map(new Scale<T>(T.Zero), delta, delta);

    private readonly struct Value<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(
                L.LessOrEqual(L.All(T.Zero), z), L.All(T.One), L.Select(L.Less(z, L.All(T.Zero)), L.All(T.Zero), z));
    }
}
