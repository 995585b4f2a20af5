using System.Runtime.Intrinsics.X86;

namespace Functional.Core.Numbers.Threads;

/// <summary>What a product has to know of the processor's caches; it sets the speed, and no number
/// ever depends on it.</summary>
internal static class Caches
{
    private const int Genu = 0x756E6547, Auth = 0x68747541; // the beginnings of "GenuineIntel" and "AuthenticAMD"
    private const int Zen5 = 0x1A;                          // AMD's family 26

    /// <summary>Whether the third cache is several times further away than the second, as in Intel's servers (about
    /// 70 ns), so that what falls out of the second is waited for. In AMD's the way is short, and packing costs
    /// more than it saves.</summary>
    public static readonly bool IsThirdFar = IsIntel;

    /// <summary>Whether the first cache has 48 KiB, as in Intel's servers with vectors of 512
    /// bits; AMD's have 32.</summary>
    public static readonly bool IsFirstLarge = IsIntel;

    /// <summary>Whether a dense tile of 512-bit vectors is faster than a product that leaves zeros out, half of
    /// them zero: AMD from Zen 5 on, which handles 512 bits in one step (measured there: 1024-2048-2048-1000 in 78
    /// ms dense, 104 without zeros). Intel's servers are faster without zeros.</summary>
    public static readonly bool IsDenseFaster = IsMadeBy(Auth) && Family >= Zen5;

    private static bool IsIntel => IsMadeBy(Genu);

    private static bool IsMadeBy(int maker) => X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == maker;

    // Its low part, to which the high part is added where that is 15.
    private static int Family
    {
        get
        {
            int id = X86Base.CpuId(1, 0).Eax, low = id >> 8 & 15;
            return low == 15 ? low + (id >> 20 & 255) : low;
        }
    }
}
