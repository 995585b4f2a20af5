using System.Buffers.Binary;
using System.Text;
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

    public static byte[] Write(IReadOnlyList<Tensor> tensors, IEnumerable<(string Name, string Text)> metadata)
    {
        var texts = new JsonObject();
        foreach (var (name, text) in metadata) texts[name] = text;
        var header = new JsonObject { [SafeTensorsHeader.Metadata] = texts };
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

    /// <summary>Reads all tensors and texts.</summary>
    /// <exception cref="InvalidDataException">The file is not one; the message says where.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(Stream file)
    {
        Span<byte> word = stackalloc byte[8];
        if (file.ReadAtLeast(word, 8, throwOnEndOfStream: false) < 8)
            throw new Unreadable($"it ends within the first 8 bytes, the header's length");
        long length = BinaryPrimitives.ReadInt64LittleEndian(word), rest = file.Length - 8;
        if (length < 2 || length > Math.Min(rest, LongestHeader))
            throw new Unreadable($"its header is said to be {length} bytes long (bytes 0 to 7); {rest} bytes follow");
        var header = new byte[length];
        file.ReadExactly(header);
        var (places, metadata) = SafeTensorsHeader.Read(header, rest - length);
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, type, shape, from, to) in places)
        {
            var bytes = new byte[to - from];
            file.ReadExactly(bytes);
            tensors.Add(name, new(name, type, shape, bytes));
        }
        return (tensors, metadata);
    }
}
