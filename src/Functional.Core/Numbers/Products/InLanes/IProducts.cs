using System.Numerics;

namespace Functional.Core.Numbers.Products;

/// <summary>The products that a dense layer is made of, of one network or of many side by side.</summary>
internal interface IProducts
{
    /// <summary>How many networks' numbers lie side by side.</summary>
    static abstract int Networks { get; }

    /// <summary>into = A B + bias, or into + A B.</summary>
    static abstract void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> into, int rows, int inner, int columns,
        int threads, bool onto = false, bool isTurned = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>into = A' B, or into + A' B.</summary>
    static abstract void MultiplyLeftTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads,
        bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>into = A B', or into + A B'.</summary>
    static abstract void MultiplyRightTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads,
        bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Those of one network.</summary>
internal readonly struct OneProduct : IProducts
{
    public static int Networks => 1;

    public static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> into, int rows, int inner, int columns,
        int threads, bool onto, bool isTurned)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MatMul.Multiply(a, b, bias, into, rows, inner, columns, threads, onto, isTurned);

    public static void MultiplyLeftTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads, bool onto)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MatMul.MultiplyLeftTransposed(a, b, into, rows, inner, columns, threads, onto);

    public static void MultiplyRightTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads, bool onto)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MatMul.MultiplyRightTransposed(a, b, into, rows, inner, columns, threads, onto);
}

/// <summary>Those of 16 networks in the lanes of vectors, on the thread that asks.</summary>
internal readonly struct LaneProducts : IProducts
{
    public static int Networks => LaneMatMul.Count;

    public static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> into, int rows, int inner, int columns,
        int threads, bool onto, bool isTurned)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LaneMatMul.Multiply(a, b, bias, into, rows, inner, columns, onto);

    public static void MultiplyLeftTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads, bool onto)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LaneMatMul.MultiplyLeftTransposed(a, b, into, rows, inner, columns, onto);

    public static void MultiplyRightTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, int threads, bool onto)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LaneMatMul.MultiplyRightTransposed(a, b, into, rows, inner, columns, onto);
}
