using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Differentiation.Custom;

/// <summary>A function over packs of numbers.</summary>
internal interface IPacked
{
    Pack<L, V> At<L, V>(Pack<L, V> x) where L : struct, ILanes<V, double> where V : struct;
}

/// <summary>The loops around a function over packs: in either precision, evaluated in double
/// and rounded once.</summary>
internal static class Packed
{
    private const int Stretch = 512; // numbers at once, near at hand

    /// <summary>into[i] = f(x[i]), or that times what into held; into may be x itself.</summary>
    [SkipLocalsInit]
    public static void Map<F, T>(F f, ReadOnlySpan<T> x, Span<T> into, bool times = false)
        where F : struct, IPacked where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> wide = stackalloc double[Stretch], found = stackalloc double[Stretch];
        for (int first = 0; first < x.Length; first += Stretch)
        {
            int count = Math.Min(Stretch, x.Length - first);
            ReadOnlySpan<double> from = Wide(x.Slice(first, count), wide);
            LaneDivergence.Forget();
            Elementwise.Map(new OverLanes<F>(f), from, found[..count]);
            if (LaneDivergence.IsThere) OneByOne(f, from, found);
            Narrow(found[..count], into.Slice(first, count), times);
        }
    }

    public static double Lane<V>(V lanes, int i) where V : struct => Lane(ref lanes, i);

    public static ref double Lane<V>(ref V lanes, int i) where V : struct =>
        ref Unsafe.Add(ref Unsafe.As<V, double>(ref lanes), i);

    private static void OneByOne<F>(F f, ReadOnlySpan<double> x, Span<double> into) where F : struct, IPacked
    {
        for (int i = 0; i < x.Length; i++) into[i] = f.At<Scalar<double>, double>(new(x[i])).Lanes;
    }

    private static ReadOnlySpan<double> Wide<T>(ReadOnlySpan<T> x, Span<double> room) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) return MemoryMarshal.Cast<T, double>(x);
        Widening.Of(x, room);
        return room[..x.Length];
    }

    private static void Narrow<T>(ReadOnlySpan<double> x, Span<T> into, bool times) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            var doubles = MemoryMarshal.Cast<T, double>(into);
            if (times) Elementwise.Zip(default(Multiply<double>), doubles, x, doubles);
            else x.CopyTo(doubles);
            return;
        }
        var floats = MemoryMarshal.Cast<T, float>(into);
        ref double source = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(floats[..x.Length]);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var narrow = Vector.Narrow(
                Vector.LoadUnsafe(ref source, (nuint)i),
                Vector.LoadUnsafe(ref source, (nuint)(i + Vector<double>.Count)));
            (times ? narrow * Vector.LoadUnsafe(ref to, (nuint)i) : narrow).StoreUnsafe(ref to, (nuint)i);
        }
        for (; i < x.Length; i++) floats[i] = times ? (float)x[i] * floats[i] : (float)x[i];
    }

    private readonly struct OverLanes<F>(F f) : IMap<double> where F : struct, IPacked
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<L, V>(V x) where L : struct, ILanes<V, double> where V : struct => f.At<L, V>(new(x)).Lanes;
    }
}
