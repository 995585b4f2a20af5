using System.Numerics;
using System.Text.Json;
using Functional.Core.Forms;

namespace Functional.Formats;

/// <summary>Where a tensor lies: from one byte of the data to before another.</summary>
internal sealed record TensorPlace(string Name, string Type, long[] Shape, long From, long To);

/// <summary>
/// The header of a safetensors file: a JSON object with an object for each tensor, in any order, and texts. Every name
/// is there once, and each byte of the data belongs to one tensor. (huggingface/safetensors, README, "Format")
/// </summary>
internal static class SafeTensorsHeader
{
    public const string Metadata = "__metadata__";
    private const int MostSizes = 64;

    /// <summary>The tensors, in the order of their bytes, and the texts.</summary>
    /// <param name="header">Its text.</param>
    /// <param name="data">How many bytes follow it.</param>
    /// <exception cref="InvalidDataException">It is not one; the message says why.</exception>
    public static (List<TensorPlace> Places, Dictionary<string, string> Texts) Read(Memory<byte> header, long data)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            if (header.Span[0] != '{') throw NoHeader();
            if (JsonText.Fault(json.RootElement) is { } fault) throw Bad($"in its header {fault}");
            var (places, texts) = (new List<TensorPlace>(), new Dictionary<string, string>());
            foreach (var (name, entry) in Fields(json.RootElement, $"its header"))
                if (name != Metadata) places.Add(Place(name, entry, data));
                else
                    foreach (var (key, text) in Fields(entry, $"its metadata"))
                        texts[key] = Text(text, $"its metadata, {Visible.Quoted(key)}");
            return (Covering(places, data), texts);
        }
        catch (JsonException fault)
        {
            throw NoHeader(fault);
        }
    }

    private static TensorPlace Place(string name, JsonElement entry, long data)
    {
        Phrase what = $"tensor {Visible.Quoted(name)}";
        var fields = Fields(entry, what);
        foreach (string needed in (string[])["dtype", "shape", "data_offsets"])
            if (!fields.ContainsKey(needed)) throw Bad($"{what} has no {needed}");
        if (fields.Keys.FirstOrDefault(field => field is not ("dtype" or "shape" or "data_offsets")) is { } odd)
            throw Bad($"{what} has a field {Visible.Quoted(odd)}; it should have dtype, shape and data_offsets");
        string type = Text(fields["dtype"], $"{what}, dtype");
        long[] shape = Wholes(fields["shape"], $"{what}, shape");
        long[] offsets = Wholes(fields["data_offsets"], $"{what}, data_offsets");
        if (offsets is not [var from, var to] || to < from || to > data)
            throw Bad(
                $"{what} is said to lie at bytes [{string.Join(", ", offsets)}] of the data, which are {data} long");
        int size = type switch
        {
            "F32" => 4,
            "F64" => 8,
            _ => throw Bad($"{what} is of type {Visible.Quoted(type)}; it should be F32 or F64"),
        };
        if (to - from > Array.MaxLength)
            throw Bad($"{what} has {to - from} bytes; it should have at most {Array.MaxLength}");
        var bytes = shape.Aggregate((BigInteger)size, (product, count) => product * count);
        if (bytes != to - from)
            throw Bad($"{what} of shape [{string.Join(", ", shape)}] has {to - from} bytes; it should have {bytes}");
        return new(name, type, shape, from, to);
    }

    // In the order of their bytes, each of which belongs to one tensor.
    private static List<TensorPlace> Covering(List<TensorPlace> places, long data)
    {
        List<TensorPlace> ordered = [.. places.OrderBy(place => place.From).ThenBy(place => place.To)];
        var (before, end) = ("", 0L);
        foreach (var (name, _, _, from, to) in ordered)
        {
            if (from < end)
                throw Bad($"tensors {Visible.Quoted(before)} and {Visible.Quoted(name)} overlap at byte {from}");
            if (from > end)
                throw Bad(
                    $"bytes {end} to {from} of the data, before tensor {Visible.Quoted(name)}, belong to no tensor");
            (before, end) = (name, to);
        }
        return end == data ? ordered : throw Bad($"{data - end} bytes are left over after the last tensor");
    }

    private static Dictionary<string, JsonElement> Fields(JsonElement value, Phrase what)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Bad($"{what} is {Shown(value)}; it should be an object");
        var fields = new Dictionary<string, JsonElement>();
        foreach (var field in value.EnumerateObject())
            if (!fields.TryAdd(field.Name, field.Value))
                throw Bad($"{what} has {Visible.Quoted(field.Name)} twice; a name should be there once");
        return fields;
    }

    private static string Text(JsonElement value, Phrase what) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw Bad($"{what} is {Shown(value)}; it should be a string");

    private static long[] Wholes(JsonElement value, Phrase what)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Bad($"{what} is {Shown(value)}; it should be a list of whole numbers");
        int count = value.GetArrayLength();
        if (count > MostSizes) throw Bad($"{what} has {count} numbers; it should have at most {MostSizes}");
        return [.. value.EnumerateArray().Select(item => Whole(item, what))];
    }

    private static long Whole(JsonElement value, Phrase what) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole) && whole >= 0
            ? whole
            : throw Bad($"{what} has {Shown(value)}; it should have whole numbers, at least 0");

    private static string Shown(JsonElement value) => Visible.Quoted(value.GetRawText());

    private static Unreadable NoHeader(Exception? cause = null) =>
        new($"its header (from byte 8 on) is not the JSON of a safetensors file", cause);

    private static Unreadable Bad(Phrase how) => new(how);
}
