using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Core.Numbers.Streams;

/// <summary>The largest of many numbers.</summary>
internal static class Largest
{
    /// <summary>Where the largest number is; the first of equals. No number is larger than a NaN, and a NaN is
    /// larger than none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOf<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = 0, first = 0;
        ref T numbers = ref MemoryMarshal.GetReference(x);
        for (; first <= x.Length - Vector<T>.Count; first += Vector<T>.Count)
            if (Vector.GreaterThanAny(Vector.LoadUnsafe(ref numbers, (nuint)first), new Vector<T>(x[best])))
                best = Later(x, first, first + Vector<T>.Count, best);
        return Later(x, first, x.Length, best);
    }

    private static int Later<T>(ReadOnlySpan<T> x, int first, int end, int best)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = first; i < end; i++)
            if (x[i] > x[best])
                best = i;
        return best;
    }
}
