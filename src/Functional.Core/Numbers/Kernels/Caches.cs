using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Kernels;

/// <summary>What a product has to know of the processor's caches; it sets the speed, and no number ever depends on it.</summary>
internal static class Caches
{
    private const int Genu = 0x756E6547; // the beginning of "GenuineIntel", as the processor says its maker

    /// <summary>Whether the third cache is several times further away than the second, as in Intel's servers (about 70 ns), so that what falls out of the second
    /// is waited for. In AMD's the way is short, and packing costs more than it saves.</summary>
    public static readonly bool IsThirdFar = IsIntel;

    /// <summary>Whether the first cache has 48 KiB, as in Intel's servers with vectors of 512 bits; AMD's have 32.</summary>
    public static readonly bool IsFirstLarge = IsIntel;

    private static bool IsIntel => X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == Genu;
}
