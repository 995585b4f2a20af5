using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Training;
using Functional.Formats;

namespace Functional;

/// <summary>Range tests as files: a table (.csv) with a line a step, or all of it (.json).</summary>
public static class RateFile
{
    private static readonly string[] Endings = [".csv", ".json"];

    /// <summary>Why a range test cannot be written under a name; null where its ending says how.</summary>
    public static Phrase? Fault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0')) return $"the file is \"{path}\"; it should be a path";
        if (!Endings.Contains(Ending(path)))
            return $"{path} ends in no form of a range test; it should end in one of {string.Join(", ", Endings)}";
        return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))
            ? null
            : (Phrase)$"{path} cannot be written: its directory is not there";
    }

    /// <summary>Writes a range test, whole or not at all, in the form that the name's ending says.</summary>
    /// <exception cref="InvalidInputException">The ending is another one, or it cannot be written there.</exception>
    public static void Save(this RateCurve curve, string path)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (Fault(path) is { } fault) throw new InvalidInputException(fault);
        Atomically.Write(path, Encoding.UTF8.GetBytes(
            Ending(path) == ".csv" ? Csv(curve) : curve.ToJson().ToJsonString() + "\n"));
    }

    /// <summary>The steps and what they suggest.</summary>
    public static JsonObject ToJson(this RateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new()
        {
            ["from"] = curve.Range.From,
            ["to"] = curve.Range.To,
            ["steps"] = curve.Range.Steps,
            ["smoothing"] = curve.Range.Smoothing,
            ["end"] = Choices<RateEnd>.NameOf(curve.End),
            ["descent"] = JsonNumber.Of(curve.Descent),
            ["descent_by_chance"] = JsonNumber.Of(curve.Chance),
            ["steepest"] = curve.Steepest,
            ["tenth_of_minimum"] = curve.TenthOfMinimum,
            ["recommended"] = curve.Recommended,
            ["points"] = new JsonArray([.. curve.Points.Select(point => (JsonNode)new JsonObject
            {
                ["step"] = point.Step,
                ["rate"] = point.Rate,
                ["loss"] = point.Loss,
                ["smoothed"] = point.Smoothed,
            })]),
        };
    }

    private static string Csv(RateCurve curve) =>
        "step,rate,loss,smoothed\n" + string.Concat(curve.Points.Select(point => string.Create(
            CultureInfo.InvariantCulture, $"{point.Step},{point.Rate:R},{point.Loss:R},{point.Smoothed:R}\n")));

    private static string Ending(string path) => Path.GetExtension(path).ToLowerInvariant();
}
