using System.Text.Json.Nodes;

namespace Functional.Formats;

/// <summary>A number as JSON has it: one that is not finite becomes null, and null reads as NaN.</summary>
internal static class JsonNumber
{
    public static JsonNode? Of(double number) => double.IsFinite(number) ? number : null;

    /// <exception cref="InvalidOperationException">It is no number.</exception>
    /// <exception cref="FormatException">It is no number.</exception>
    public static double Read(JsonNode? number) => (double?)number ?? double.NaN;
}
