using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Functional.Formats;

/// <summary>A named array of numbers: "F32" or "F64", its sizes, and its bytes.</summary>
internal sealed record Tensor(string Name, string Type, long[] Shape, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// The safetensors format: 8 bytes with the header's length, a JSON header of tensors and texts, then the bytes.
/// Nothing that a file claims is believed: each size is checked against the file before memory is taken.
/// </summary>
internal static class SafeTensors
{
    private const int LongestHeader = 16 << 20;
    private const string Metadata = "__metadata__";

    public static byte[] Write(IReadOnlyList<Tensor> tensors, IEnumerable<(string Name, string Text)> metadata)
    {
        var texts = new JsonObject();
        foreach (var (name, text) in metadata) texts[name] = text;
        var header = new JsonObject { [Metadata] = texts };
        long at = 0;
        foreach (var tensor in tensors)
        {
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(at, at += tensor.Bytes.Length),
            };
        }
        string json = header.ToJsonString();
        json += new string(' ', (8 - json.Length % 8) % 8); // the numbers start at a multiple of 8
        byte[] text8 = Encoding.UTF8.GetBytes(json), file = new byte[8 + text8.Length + at];
        BinaryPrimitives.WriteInt64LittleEndian(file, text8.Length);
        text8.CopyTo(file, 8);
        long place = 8 + text8.Length;
        foreach (var tensor in tensors)
        {
            tensor.Bytes.CopyTo(file.AsMemory((int)place));
            place += tensor.Bytes.Length;
        }
        return file;
    }

    /// <exception cref="InvalidDataException">The file is not one; the message says where.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(Stream file)
    {
        Span<byte> word = stackalloc byte[8];
        if (file.ReadAtLeast(word, 8, throwOnEndOfStream: false) < 8) throw new InvalidDataException("it ends within the first 8 bytes, the header's length");
        long length = BinaryPrimitives.ReadInt64LittleEndian(word), rest = file.Length - 8;
        if (length < 2 || length > Math.Min(rest, LongestHeader))
            throw new InvalidDataException($"its header is said to be {length} bytes long (bytes 0 to 7); {rest} bytes follow");
        var header = new byte[length];
        file.ReadExactly(header);
        long data = rest - length;
        try
        {
            using var json = JsonDocument.Parse(header);
            var tensors = new Dictionary<string, Tensor>();
            var metadata = new Dictionary<string, string>();
            long expected = 0;
            foreach (var entry in json.RootElement.EnumerateObject())
                if (entry.Name == Metadata)
                    foreach (var text in entry.Value.EnumerateObject()) metadata[text.Name] = text.Value.GetString()!;
                else
                {
                    var (type, shape, from, to) = Described(entry, data);
                    if (from != expected) throw new InvalidDataException($"tensor \"{entry.Name}\" starts at byte {from} of the data; the one before it ends at {expected}");
                    expected = to;
                    var bytes = new byte[to - from];
                    file.ReadExactly(bytes);
                    if (!tensors.TryAdd(entry.Name, new(entry.Name, type, shape, bytes))) throw new InvalidDataException($"tensor \"{entry.Name}\" is there twice");
                }
            if (expected != data) throw new InvalidDataException($"{data - expected} bytes are left over after the last tensor");
            return (tensors, metadata);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("its header (from byte 8 on) is not the JSON of a safetensors file", fault);
        }
    }

    private static (string Type, long[] Shape, long From, long To) Described(JsonProperty entry, long data)
    {
        string type = entry.Value.GetProperty("dtype").GetString()!;
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [var from, var to] || from < 0 || to < from || to > data)
            throw new InvalidDataException($"tensor \"{entry.Name}\" is said to lie at bytes {string.Join(" to ", offsets)} of the data, which are {data} long");
        int size = type switch { "F32" => 4, "F64" => 8, _ => throw new InvalidDataException($"tensor \"{entry.Name}\" is of type {type}; it should be F32 or F64") };
        var cells = shape.Aggregate(System.Numerics.BigInteger.One, (product, count) => product * count);
        if (to - from > Array.MaxLength) throw new InvalidDataException($"tensor \"{entry.Name}\" has {to - from} bytes; it should have at most {Array.MaxLength}");
        if (shape.Any(count => count < 0) || cells * size != to - from)
            throw new InvalidDataException($"tensor \"{entry.Name}\" of shape [{string.Join(", ", shape)}] has {to - from} bytes; it should have {cells * size}");
        return (type, shape, from, to);
    }
}
