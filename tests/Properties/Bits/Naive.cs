using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Properties.Bits;

/// <summary>The product as the law says it, in the plainest way.</summary>
internal static class Naive
{
    /// <summary>A B + bias, one chain of fused multiply-adds a cell; without the links of A's
    /// zeros, if so wanted.</summary>
    public static T[] Product<T>(T[] a, T[] b, T[] bias, int rows, int inner, int columns, bool leavesZerosOut = false)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var c = new T[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            var sums = c.AsSpan(row * columns, columns);
            bias.CopyTo(sums);
            for (int p = 0; p < inner; p++)
            {
                T factor = a[row * inner + p];
                if (leavesZerosOut && factor == T.Zero) continue;
                var line = b.AsSpan(p * columns, columns);
                int column = 0;
                if (Vector.IsHardwareAccelerated && Fma.IsSupported)
                    for (; column + Vector<T>.Count <= columns; column += Vector<T>.Count)
                        FusedMultiplyAdd(new Vector<T>(factor), new(line[column..]), new(sums[column..]))
                            .CopyTo(sums[column..]);
                for (; column < columns; column++)
                    sums[column] = T.FusedMultiplyAdd(factor, line[column], sums[column]);
            }
        }
        return c;
    }

    // Several cells at once, each by itself: what a loop over them does, sooner.
    private static Vector<T> FusedMultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c) => typeof(T) == typeof(float)
        ? Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    public static T[] Transposed<T>(T[] cells, int rows, int columns)
    {
        var turned = new T[cells.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                turned[column * rows + row] = cells[row * columns + column];
        return turned;
    }

    /// <summary>Whether all bits are the same; all NaNs are one.</summary>
    public static bool AreSame<T>(T[] wanted, T[] got) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MemoryMarshal.AsBytes<T>(wanted).SequenceEqual(MemoryMarshal.AsBytes<T>(got))
        || Enumerable.Range(0, wanted.Length).All(i => (T.IsNaN(wanted[i]) && T.IsNaN(got[i]))
            || (wanted[i] == got[i] && T.IsNegative(wanted[i]) == T.IsNegative(got[i])));

    public static void Same<T>(T[] wanted, T[] got, string what) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!AreSame(wanted, got)) Assert.Fail($"{what} in {typeof(T).Name} has not the bits of the plainest way");
    }
}
