using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Lanes;

/// <summary>How many bits of numbers the processor handles at once. It changes the speed, never the bits.</summary>
internal static class Width
{
    /// <summary>True where one instruction multiplies and adds with one rounding; without it every kernel goes one
    /// number at a time through <see cref="Fused"/>.</summary>
    public static bool HasFma => Fma.IsSupported || Avx512F.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Whether there are 32 registers for vectors, and not 16.</summary>
    public static bool HasManyRegisters => Avx512F.VL.IsSupported || !X86Base.IsSupported;

    /// <summary>512, 256, 128, or 64 for one number at a time.</summary>
    public static int Bits =>
        !HasFma ? 64
        : Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 64;

    /// <summary>The bits of the widest vector that so many cells fill.</summary>
    public static int Fitting<T>(int cells) where T : unmanaged
    {
        int bits = Bits;
        if (bits == 512 && cells < Vector512<T>.Count) bits = 256;
        if (bits == 256 && cells < Vector256<T>.Count) bits = 128;
        return bits == 128 && cells < Vector128<T>.Count ? 64 : bits;
    }

    /// <summary>Runs a kernel over lanes of so many bits: the one place where a width becomes a type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<K, T>(ref K kernel, int bits)
        where K : struct, IKernel<T>, allows ref struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (bits)
        {
            case 512: kernel.Run<Lanes512<T>, Vector512<T>>(); break;
            case 256: kernel.Run<Lanes256<T>, Vector256<T>>(); break;
            case 128: kernel.Run<Lanes128<T>, Vector128<T>>(); break;
            default: kernel.Run<Scalar<T>, T>(); break;
        }
    }
}

/// <summary>Arithmetic over lanes, written once for every width: what it reads and writes are its fields.</summary>
internal interface IKernel<T> where T : unmanaged
{
    void Run<L, V>() where L : struct, ILanes<V, T> where V : struct;
}
