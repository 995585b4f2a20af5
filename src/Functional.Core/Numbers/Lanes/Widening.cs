using System.Numerics;
using System.Runtime.InteropServices;

namespace Functional.Core.Numbers.Lanes;

/// <summary>Numbers of either precision in double, which holds them all.</summary>
internal static class Widening
{
    /// <summary>into[i] = x[i]</summary>
    public static void Of<T>(ReadOnlySpan<T> x, Span<double> into) where T : unmanaged
    {
        into = into[..x.Length];
        if (typeof(T) == typeof(double)) MemoryMarshal.Cast<T, double>(x).CopyTo(into);
        else Floats(MemoryMarshal.Cast<T, float>(x), into);
    }

    private static void Floats(ReadOnlySpan<float> x, Span<double> into)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        ref double to = ref MemoryMarshal.GetReference(into);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out var lower, out var upper);
            lower.StoreUnsafe(ref to, (nuint)i);
            upper.StoreUnsafe(ref to, (nuint)(i + Vector<double>.Count));
        }
        for (; i < x.Length; i++) into[i] = x[i];
    }
}
