using System.Numerics;
using Functional.Core.Networks;

namespace Functional.Core.Ensembles;

/// <summary>Whether networks go side by side in lanes or one by one over cores: a matter of speed, as it was measured,
/// and never of bits.</summary>
internal enum LaneChoice
{
    /// <summary>Whichever is faster.</summary>
    Faster,

    /// <summary>Always in lanes.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>The measurements behind <see cref="LaneChoice.Faster"/>.</summary>
internal static class LaneCosts
{
    /// <summary>Whether so many networks are trained faster side by side than one after the other.</summary>
    public static bool IsFaster<T>(Architecture architecture, int rows, int networks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => networks > 3;
}
