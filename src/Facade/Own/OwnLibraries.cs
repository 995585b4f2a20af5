using System.Security.Cryptography;

namespace Functional;

/// <summary>The libraries of own parts that the command was given: a run depends on their code, not on their names
/// alone.</summary>
internal static class OwnLibraries
{
    /// <summary>The digest of all of them; null where there is none.</summary>
    public static string? Sha256 { get; private set; }

    /// <summary>Adds one.</summary>
    public static void Add(ReadOnlySpan<byte> library)
    {
        byte[] before = Sha256 is null ? [] : Convert.FromHexString(Sha256);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData([.. before, .. SHA256.HashData(library)]));
    }
}
