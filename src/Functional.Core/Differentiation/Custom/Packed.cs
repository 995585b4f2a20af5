using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Kernels;

namespace Functional.Core.Differentiation.Custom;

/// <summary>A function over packs of numbers.</summary>
internal interface IPacked
{
    static abstract Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct;
}

/// <summary>A function over packs as a function over lanes.</summary>
internal readonly struct Packed<F> : IFunction where F : struct, IPacked
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        Doubt.Forget();
        var found = F.At<L, V>(new(x));
        return Doubt.IsThere ? OneByOne<L, V>(x) : found.Lanes;
    }

    private static V OneByOne<L, V>(V x) where L : struct, ILanes<V, double> where V : struct
    {
        for (int i = 0; i < L.Count; i++) Packed.Lane(ref x, i) = F.At<Scalar<double>, double>(new(Packed.Lane(x, i))).Lanes;
        return x;
    }
}

/// <summary>The lanes of a vector of doubles, one by one.</summary>
internal static class Packed
{
    public static double Lane<V>(V lanes, int i) where V : struct => Lane(ref lanes, i);

    public static ref double Lane<V>(ref V lanes, int i) where V : struct => ref Unsafe.Add(ref Unsafe.As<V, double>(ref lanes), i);
}
