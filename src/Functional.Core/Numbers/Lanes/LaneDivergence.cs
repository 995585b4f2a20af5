namespace Functional.Core.Numbers.Lanes;

/// <summary>Whether a question that lanes answer differently was asked since the thread last forgot: what followed
/// is right for the first lane alone.</summary>
internal static class LaneDivergence
{
    [ThreadStatic] private static bool isThere;

    public static bool IsThere => isThere;

    public static void Arise() => isThere = true;

    public static void Forget() => isThere = false;
}
