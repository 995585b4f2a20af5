using System.Text.Json;

namespace Functional.Core.Forms;

/// <summary>The members of a type of choices by the names they are written under: <c>MostFrequent</c> is
/// "most_frequent".</summary>
internal static class Choices<E> where E : struct, Enum
{
    private static readonly E[] Members = Enum.GetValues<E>();

    /// <summary>Every name.</summary>
    public static string[] Names { get; } =
        [.. Members.Select(member => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{member}"))];

    /// <summary>The member of a name; null where there is none.</summary>
    public static E? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var at ? Members[at] : null;

    /// <summary>A member's name.</summary>
    public static string NameOf(E member) =>
        Array.IndexOf(Members, member) is >= 0 and var at ? Names[at] : $"{member}";
}
