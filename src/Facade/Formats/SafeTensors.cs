using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Functional.Formats;

/// <summary>A named array of numbers: "F32" or "F64", its sizes, and its bytes.</summary>
internal sealed record Tensor(string Name, string Type, long[] Shape, ReadOnlyMemory<byte> Bytes);

/// <summary>A tensor that is to be written: what is said of it in the header, and how many bytes it has.</summary>
internal sealed record TensorHead(string Name, string Type, long[] Shape, int Length);

/// <summary>Writes the bytes of a tensor, by its place among those of a file.</summary>
internal delegate void FillBytes(int tensor, Span<byte> into);

/// <summary>
/// The safetensors format: 8 bytes with the header's length, a JSON header of tensors and texts, then the bytes.
/// Nothing that a file claims is believed: each size is checked against the file before memory is taken.
/// </summary>
internal static class SafeTensors
{
    private const int LongestHeader = 16 << 20;

    public static byte[] Write(IReadOnlyList<Tensor> tensors, IEnumerable<(string Name, string Text)> metadata)
    {
        byte[] file = [];
        return Write(
            [.. tensors.Select(tensor => new TensorHead(tensor.Name, tensor.Type, tensor.Shape, tensor.Bytes.Length))],
            metadata, (at, into) => tensors[at].Bytes.Span.CopyTo(into), ref file).Length == file.Length
            ? file
            : throw new InvalidOperationException("new room is as large as what is written into it");
    }

    /// <summary>Writes a file into memory.</summary>
    /// <param name="tensors">What there is.</param>
    /// <param name="metadata">Texts.</param>
    /// <param name="fill">Writes the bytes of a tensor, by its place among them.</param>
    /// <param name="room">The memory; another one afterwards where it was too small.</param>
    /// <returns>The file, within the memory.</returns>
    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<TensorHead> tensors, IEnumerable<(string Name, string Text)> metadata, FillBytes fill,
        ref byte[] room)
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
                ["data_offsets"] = new JsonArray(at, at += tensor.Length),
            };
        }
        string json = header.ToJsonString();
        json += new string(' ', (8 - json.Length % 8) % 8); // the numbers start at a multiple of 8
        byte[] text8 = Encoding.UTF8.GetBytes(json);
        long length = 8 + text8.Length + at;
        if (room.Length < length) room = new byte[length];
        BinaryPrimitives.WriteInt64LittleEndian(room, text8.Length);
        text8.CopyTo(room, 8);
        int place = 8 + text8.Length;
        for (int i = 0; i < tensors.Count; i++)
        {
            fill(i, room.AsSpan(place, tensors[i].Length));
            place += tensors[i].Length;
        }
        return room.AsMemory(0, (int)length);
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
