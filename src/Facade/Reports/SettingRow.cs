using System.Text.Json.Nodes;
using Functional.Core.Forms;

namespace Functional.Reports;

/// <summary>A setting of an experiment.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Value">What it is; parameters of a kind that have their default are left out.</param>
/// <param name="Usual">What it would be if nothing were said about it, for these data.</param>
internal sealed record SettingRow(string Field, string Value, string Usual)
{
    /// <summary>Whether nobody changed it.</summary>
    public bool IsDefault => Value == Usual;

    /// <summary>The settings of an experiment, in the order of its JSON.</summary>
    public static Items<SettingRow> Of(Experiment experiment)
    {
        var settings = experiment.Settings;
        var plain = Settings.For(settings.Data) with { Data = settings.Data };
        var usual = Experiment.Check(plain, experiment.Task)
            .Match(Succ: found => found.Settings, Fail: _ => plain);
        var (own, others) = (Written.Of(settings, isShort: true), Written.Of(usual, isShort: true));
        return [.. own.Select(field => new SettingRow(field.Key, Said(field.Value), Said(others[field.Key])))];
    }

    /// <summary>JSON as a person reads it: <c>dense (units 256, activation relu)</c>.</summary>
    public static string Said(JsonNode? value) => value switch
    {
        null => "–",
        JsonArray list => list.Count == 0 ? "–" : string.Join(" → ", list.Select(Said)),
        JsonObject { Count: 1 } named when named["kind"] is { } kind => Said(kind),
        JsonObject named when named["kind"] is { } kind =>
            $"{Said(kind)} ({string.Join(", ", named.Where(field => field.Key != "kind").Select(Named))})",
        JsonObject plain => string.Join(", ", plain.Select(Named)),
        _ => value.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? Visible.Line((string)value!)
            : value.ToJsonString(),
    };

    private static string Named(KeyValuePair<string, JsonNode?> field) => $"{field.Key} {Said(field.Value)}";
}
