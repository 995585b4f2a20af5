using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Lanes;

/// <summary>How many bits of numbers the processor handles at once. It changes the speed, never the bits.</summary>
internal static class Width
{
    /// <summary>True where one instruction multiplies and adds with one rounding; without it every kernel goes one number
    /// at a time through <see cref="Fused"/>.</summary>
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
}
