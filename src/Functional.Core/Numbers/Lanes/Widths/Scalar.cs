using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Core.Numbers.Lanes;

/// <summary>One lane: the definition of what the wider ones compute.</summary>
internal readonly struct Scalar<T> : ILanes<T, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;
    public static T Load(ref T source, nuint at) => Unsafe.Add(ref source, at);
    public static void Store(T lanes, ref T target, nuint at) => Unsafe.Add(ref target, at) = lanes;
    public static T All(T value) => value;
    public static T Add(T a, T b) => a + b;
    public static T Subtract(T a, T b) => a - b;
    public static T Multiply(T a, T b) => a * b;
    public static T Divide(T a, T b) => a / b;
    public static T Sqrt(T a) => T.Sqrt(a);
    public static T Fma(T a, T b, T c) => Fused.MultiplyAdd(a, b, c);
    public static T Less(T a, T b) => Mask(a < b);
    public static T LessOrEqual(T a, T b) => Mask(a <= b);
    public static T Equal(T a, T b) => Mask(a == b);
    public static bool Any(T mask) => Bits(mask) != 0;
    public static T And(T a, T b) => FromBits(Bits(a) & Bits(b));
    public static T Or(T a, T b) => FromBits(Bits(a) | Bits(b));
    public static T Xor(T a, T b) => FromBits(Bits(a) ^ Bits(b));
    public static T Select(T mask, T yes, T no) => FromBits((Bits(mask) & Bits(yes)) | (~Bits(mask) & Bits(no)));
    public static T ShiftLeft(T a, int bits) => FromBits(Bits(a) << bits);
    public static T ShiftRight(T a, int bits) => FromBits(Bits(a) >>> bits);

    public static T Through<F>(T x) where F : struct, IFunction => typeof(T) == typeof(double)
        ? Unsafe.BitCast<double, T>(F.At<Scalar<double>, double>(Unsafe.BitCast<T, double>(x)))
        : Unsafe.BitCast<float, T>((float)F.AtFloat<F, Scalar<double>, double>(Unsafe.BitCast<T, float>(x)));

    private static T Mask(bool set) => set ? FromBits(-1) : default;

    private static long Bits(T x) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<T, long>(x)
        : Unsafe.BitCast<T, int>(x);

    private static T FromBits(long bits) => typeof(T) == typeof(double)
        ? Unsafe.BitCast<long, T>(bits)
        : Unsafe.BitCast<int, T>((int)bits);
}
