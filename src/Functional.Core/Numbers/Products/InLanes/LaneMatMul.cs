using System.Numerics;
using Functional.Core.Numbers.Lanes;
using Functional.Core.Numbers.Streams;

namespace Functional.Core.Numbers.Products;

/// <summary>
/// The products of many networks at once, a network a lane: cell (i, j) of network l lies at (i columns + j)
/// <see cref="Count"/> + l. Each cell of each network is the chain of <see cref="MatMul"/>; no sum crosses lanes.
/// </summary>
internal static unsafe class LaneMatMul
{
    /// <summary>How many networks lie side by side.</summary>
    public const int Count = Reduce.Lanes;

    /// <summary>into = A B + bias, network by network; see <see cref="MatMul.Multiply"/>.</summary>
    public static void Multiply<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> into, int rows, int inner, int columns,
        bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(a, inner, 1, b, columns, 1, bias, into, rows, inner, columns, onto);

    /// <summary>into = A' B, network by network; see <see cref="MatMul.MultiplyLeftTransposed"/>.</summary>
    public static void MultiplyLeftTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(a, 1, rows, b, columns, 1, [], into, rows, inner, columns, onto);

    /// <summary>into = A B', network by network; see <see cref="MatMul.MultiplyRightTransposed"/>.</summary>
    public static void MultiplyRightTransposed<T>(
        ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> into, int rows, int inner, int columns, bool onto = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(a, inner, 1, b, 1, inner, [], into, rows, inner, columns, onto);

    private static void Run<T>(
        ReadOnlySpan<T> a, int aRow, int aInner, ReadOnlySpan<T> b, int bInner, int bColumn, ReadOnlySpan<T> bias,
        Span<T> into, int rows, int inner, int columns, bool onto)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (a.Length != rows * inner * Count || b.Length != inner * columns * Count
            || into.Length != rows * columns * Count || (bias.Length != 0 && bias.Length != columns * Count))
            throw new ArgumentException($"products of {rows} x {inner} and {inner} x {columns} in {Count} lanes got "
                + $"{a.Length} and {b.Length} cells, {bias.Length} biases and room for {into.Length}");
        fixed (T* pa = a, pb = b, pc = into, pbias = bias)
        {
            var product = new MatMul.Product<T>(
                new(pa, aRow * Count, aInner * Count), new(pb, bInner * Count, bColumn * Count), pbias, pc, rows, inner,
                columns, onto);
            var kernel = new Kernel<T>(product);
            Width.Run<Kernel<T>, T>(ref kernel, Width.Bits);
        }
    }

    private readonly struct Kernel<T>(in MatMul.Product<T> product) : IKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly MatMul.Product<T> product = product;

        // The lanes of one vector after those of another.
        public void Run<L, V>() where L : struct, ILanes<V, T> where V : struct
        {
            for (int lane = 0; lane < Count; lane += L.Count) LaneTile<L, V, T>.Run(product, lane);
        }
    }
}
