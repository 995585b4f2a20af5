using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Threads;

namespace Functional.Core.Numbers.Products;

/// <summary>Nothing but independent chains of fused multiply-adds, kept in registers: as fast as the processor can
/// go, and the measure of a product's speed.</summary>
/// <param name="flops">Operations a part: two for each multiply-add of each lane.</param>
internal readonly struct Peak<T>(long flops) : IParts where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part, int parts)
    {
        var kernel = new Kernel(flops);
        Width.Run<Kernel, T>(ref kernel, Width.Bits);
    }

    private readonly struct Kernel(long flops) : IKernel<T>
    {
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            if (T.IsNaN(Chains<L, V>(flops))) throw new InvalidOperationException("the chains should stay finite");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Chains<L, V>(long flops) where L : struct, ILanes<V, T> where V : struct
    {
        V x = L.All(T.CreateChecked(0.999)), y = L.All(T.CreateChecked(0.001));
        V a = x, b = y, c = x, d = y, e = x, f = y, g = x, h = y, i = x, j = y, k = x, l = y;
        for (long n = flops / (24L * L.Count); n > 0; n--)
        {
            a = L.Fma(a, x, y);
            b = L.Fma(b, x, y);
            c = L.Fma(c, x, y);
            d = L.Fma(d, x, y);
            e = L.Fma(e, x, y);
            f = L.Fma(f, x, y);
            g = L.Fma(g, x, y);
            h = L.Fma(h, x, y);
            i = L.Fma(i, x, y);
            j = L.Fma(j, x, y);
            k = L.Fma(k, x, y);
            l = L.Fma(l, x, y);
        }
        V sum = L.Add(
            L.Add(L.Add(a, b), L.Add(c, d)), L.Add(L.Add(L.Add(e, f), L.Add(g, h)), L.Add(L.Add(i, j), L.Add(k, l))));
        Span<T> lanes = stackalloc T[L.Count];
        L.Store(sum, ref lanes[0], 0);
        return lanes[0];
    }
}
