using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

#pragma warning disable RS0030 // the one place that calls the runtime's

namespace Functional.Core.Numbers.Lanes;

/// <summary>
/// a b + c, rounded once: the one place where a number alone is multiplied and added. Where the processor has an
/// instruction for it this is that instruction; elsewhere it is made of operations that are exact in every C library.
/// </summary>
internal static class Fused
{
    /// <summary>a b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd<T>(T a, T b, T c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return As<double, T>(OfDoubles(As<T, double>(a), As<T, double>(b), As<T, double>(c)));
        if (typeof(T) == typeof(float))
            return As<float, T>(OfFloats(As<T, float>(a), As<T, float>(b), As<T, float>(c)));
        throw new NotSupportedException($"the precision is {typeof(T).Name}; it should be Single or Double");
    }

    /// <summary>
    /// A library's fused multiply-add of doubles, but for a b + 0, which is the product. Some libraries add the zero
    /// after rounding, so that a negative product below the least number comes out as +0 (musl, and with it
    /// WebAssembly; the exact sum says -0).
    /// </summary>
    public static double InSoftware(double a, double b, double c, Func<double, double, double, double> library) =>
        c == 0 && a != 0 && b != 0 ? a * b : library(a, b, c);

    /// <summary>
    /// The same of floats, without a library. The product of two floats is exact in double; the sum is rounded to odd
    /// there, which keeps what the rounding to float has to know. (Boldo and Melquiond, "Emulation of FMA and correctly
    /// rounded sums", 2008)
    /// </summary>
    public static float InSoftware(float a, float b, float c)
    {
        double product = (double)a * b, sum = product + c;
        double part = sum - product, lost = (product - (sum - part)) + (c - part); // two-sum (Knuth)
        return (float)(double.IsFinite(sum) ? RoundToOdd(sum, lost) : sum);
    }

    // Of sum + lost, which lies between two doubles where lost is not zero, the one whose last bit is set.
    private static double RoundToOdd(double sum, double lost)
    {
        long bits = BitConverter.DoubleToInt64Bits(sum);
        if (lost == 0 || (bits & 1) != 0) return sum;
        return BitConverter.Int64BitsToDouble(lost > 0 == sum > 0 ? bits + 1 : bits - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OfDoubles(double a, double b, double c) =>
        Fma.IsSupported ? Fma.MultiplyAddScalar(Alone(a), Alone(b), Alone(c)).ToScalar()
        : Width.HasFma ? Math.FusedMultiplyAdd(a, b, c)
        : InSoftware(a, b, c, Math.FusedMultiplyAdd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float OfFloats(float a, float b, float c) =>
        Fma.IsSupported ? Fma.MultiplyAddScalar(Alone(a), Alone(b), Alone(c)).ToScalar()
        : Width.HasFma ? MathF.FusedMultiplyAdd(a, b, c)
        : InSoftware(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Alone<T>(T x) => Vector128.CreateScalarUnsafe(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static U As<T, U>(T x) where T : unmanaged where U : unmanaged => Unsafe.BitCast<T, U>(x);
}
