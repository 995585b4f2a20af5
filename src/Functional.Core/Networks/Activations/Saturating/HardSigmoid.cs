using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Networks.Activations;

/// <summary>phi(z) = z / 6 + 1/2 between -3 and 3, 0 below, 1 above; phi'(z) = 1/6 where 0 &lt; a &lt; 1, else 0.
/// (Howard et al., 2019)</summary>
internal sealed record HardSigmoid : Activation
{
    internal override void Apply<T>(ReadOnlySpan<T> z, Span<T> a, int width) =>
        Elementwise.Map(default(Value<T>), z, a);

    internal override void MultiplyByDerivative<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> a, Span<T> delta, int width) =>
        Elementwise.Zip(default(Derivative<T>), a, delta, delta);

    private readonly struct Value<T> : IMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V z) where L : struct, ILanes<V, T> where V : struct
        {
            V line = L.Add(L.Divide(z, L.All(T.CreateTruncating(6))), L.All(T.CreateTruncating(0.5)));
            return L.Select(
                L.Less(line, L.All(T.Zero)), L.All(T.Zero), L.Select(L.Less(L.All(T.One), line), L.All(T.One), line));
        }
    }

    private readonly struct Derivative<T> : IZip<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V a, V delta) where L : struct, ILanes<V, T> where V : struct =>
            L.Select(
                L.And(L.Less(L.All(T.Zero), a), L.Less(a, L.All(T.One))), L.Divide(delta, L.All(T.CreateTruncating(6))),
                L.All(T.Zero));
    }
}
