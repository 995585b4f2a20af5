using Functional;
using Functional.Core.Explaining;

namespace Properties.Explaining;

/// <summary>Explanations that are known to be without fault.</summary>
internal static class Known
{
    public static Explanation Is(LanguageExt.Validation<Invalid, Explanation> found) =>
        found.Match(
            Succ: explanation => explanation, Fail: faults => throw new ArgumentException(string.Join(" | ", faults)));
}
