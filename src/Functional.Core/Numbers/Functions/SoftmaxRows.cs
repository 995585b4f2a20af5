using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Numbers.Functions;

/// <summary>Softmax: shares of one row of numbers, e^(x_k) / sum of e^(x_j), by way of the largest number so that
/// nothing overflows.</summary>
internal static class SoftmaxRows
{
    /// <summary>The shares. NaN anywhere makes everything NaN.</summary>
    public static void Of<T>(ReadOnlySpan<T> x, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Exponentials(x, into);
        Elementwise.Map(new Scale<T>(T.One / Reduce.Sum<T>(into)), into, into);
    }

    /// <summary>into = e^(x - max); returns the maximum. A NaN stays one.</summary>
    public static T Exponentials<T>(ReadOnlySpan<T> x, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T top = BelowTop(x, into);
        Elementwise.Map(default(Apply<Exp, T>), into, into);
        return top;
    }

    /// <summary>into = x - max; returns the maximum. A NaN stays one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T BelowTop<T>(ReadOnlySpan<T> x, Span<T> into) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T top = x[Largest.IndexOf(x)];
        Elementwise.Map(new Shift<T>(-top), x, into);
        return top;
    }
}
