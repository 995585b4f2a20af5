using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Functional.Formats;
using Xunit;

namespace Properties.Files;

/// <summary>The safetensors format: what its header may say, and what is said of one that may not.</summary>
public sealed class SafeTensorsProperties
{
    private static readonly Gen<(int[] Sizes, int Seed)> Sizes = Gen.Select(Gen.Int[0, 5].Array[1, 6], Gen.Int);

    [Fact]
    public void Tensors_may_be_listed_in_any_order() => Sizes.Sample((sizes, seed) =>
    {
        Tensor[] tensors = [.. sizes.Select((size, i) => new Tensor($"t{i}", "F32", [size], Bytes(40 * i, 4 * size)))];
        byte[] file = SafeTensors.Write(tensors, [("a", "b")]);
        int end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8..end))!.AsObject();
        string[] entries = [.. header.Select(entry => $"\"{entry.Key}\":{entry.Value!.ToJsonString()}")];
        new Random(seed).Shuffle(entries);
        var (read, texts) = Read($"{{{string.Join(',', entries)}}}", file[end..]);
        return (texts["a"], read.Count) == ("b", tensors.Length) && tensors.All(of => Same(of, read[of.Name]));
    });

    // In the headers below, A stands for the fields of one number, up to where it lies.
    [Theory]
    [InlineData("""{"b":A[4,8]},"a":A[0,4]}}""", 8)]
    [InlineData("""{"none":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]},"b":A[4,8]},"a":A[0,4]}}   """, 8)]
    [InlineData("{}", 0)]
    public void A_good_header_is_read(string header, int data)
    {
        foreach (var (name, tensor) in Read(header, Bytes(0, data)).Tensors)
            Assert.Equal(name switch { "a" => Bytes(0, 4), "b" => Bytes(4, 4), _ => [] }, tensor.Bytes.ToArray());
    }

    [Theory]
    [InlineData("""{"a":A[0,4]},"b":A[8,12]}}""", 12,
        "bytes 4 to 8 of the data, before tensor `b`, belong to no tensor")]
    [InlineData("""{"b":A[8,12]},"a":A[4,8]}}""", 12,
        "bytes 0 to 4 of the data, before tensor `a`, belong to no tensor")]
    [InlineData("""{"a":A[0,4]}}""", 5, "1 bytes are left over after the last tensor")]
    [InlineData("{}", 3, "3 bytes are left over after the last tensor")]
    [InlineData("""{"b":A[2,6]},"a":A[0,4]}}""", 6, "tensors `a` and `b` overlap at byte 2")]
    [InlineData("""{"a":A[0,4]},"b":A[0,4]}}""", 4, "tensors `a` and `b` overlap at byte 0")]
    [InlineData("""{"a":A[0,8]}}""", 8, "tensor `a` of shape [1] has 8 bytes; it should have 4")]
    [InlineData("""{"a":A[4,0]}}""", 4, "tensor `a` is said to lie at bytes [4, 0] of the data, which are 4 long")]
    [InlineData("""{"a":A[0,4,8]}}""", 8,
        "tensor `a` is said to lie at bytes [0, 4, 8] of the data, which are 8 long")]
    [InlineData("""{"\u001b[0m":A[0,8]}}""", 4,
        "tensor `\\u001b[0m` is said to lie at bytes [0, 8] of the data, which are 4 long")]
    public void Bytes_that_do_not_belong_to_one_tensor_are_refused(string header, int data, string message) =>
        Refused(header, data, message);

    [Theory]
    [InlineData("""{"a":A[0,4]},"a":A[4,8]}}""", 8, "its header has `a` twice; a name should be there once")]
    [InlineData("""{"a":A[0,4]},"\u0061":A[0,4]}}""", 4, "its header has `a` twice; a name should be there once")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F64"}}""", 4,
        "tensor `a` has `dtype` twice; a name should be there once")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", 0, "its metadata has `x` twice; a name should be there once")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0,
        "its header has `__metadata__` twice; a name should be there once")]
    public void A_name_that_is_there_twice_is_refused(string header, int data, string message) =>
        Refused(header, data, message);

    [Theory]
    [InlineData("""{"__metadata__":{"x":{"y":1}}}""", "its metadata, `x` is `{`y`:1}`; it should be a string")]
    [InlineData("""{"__metadata__":{"x":null}}""", "its metadata, `x` is `null`; it should be a string")]
    [InlineData("""{"__metadata__":[1]}""", "its metadata is `[1]`; it should be an object")]
    [InlineData("""{"a":5}""", "tensor `a` is `5`; it should be an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "tensor `a` has no data_offsets")]
    [InlineData("""{"a":A[0,4],"scale":2}}""",
        "tensor `a` has a field `scale`; it should have dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":32,"shape":[],"data_offsets":[0,4]}}""",
        "tensor `a`, dtype is `32`; it should be a string")]
    [InlineData("""{"a":A["0",4]}}""", "tensor `a`, data_offsets has ``0``; it should have whole numbers, at least 0")]
    [InlineData("""{"a":A[0,1e99]}}""",
        "tensor `a`, data_offsets has `1e99`; it should have whole numbers, at least 0")]
    [InlineData("""{"a":A[-4,0]}}""", "tensor `a`, data_offsets has `-4`; it should have whole numbers, at least 0")]
    [InlineData("""{"a":A[0.5,4]}}""", "tensor `a`, data_offsets has `0.5`; it should have whole numbers, at least 0")]
    [InlineData("""{"a":A 4}}""", "tensor `a`, data_offsets is `4`; it should be a list of whole numbers")]
    [InlineData(
        """{"a\ud800":A[0,4]}}""", "in its header a\\ud800 (not Unicode) is the name of a field; it should be a text")]
    [InlineData("[1]", "its header (from byte 8 on) is not the JSON of a safetensors file")]
    [InlineData("{]", "its header (from byte 8 on) is not the JSON of a safetensors file")]
    [InlineData("  {}", "its header (from byte 8 on) is not the JSON of a safetensors file")]
    public void A_header_of_another_form_is_refused(string header, string message) => Refused(header, 4, message);

    [Fact]
    public void A_shape_of_millions_of_sizes_is_refused_at_once() => Refused(
        """{"a":{"dtype":"F32","data_offsets":[],"shape":[9""" + new StringBuilder().Insert(0, ",9", 3_999_999) + "]}}",
        4, "tensor `a`, shape has 4000000 numbers; it should have at most 64");

    private static void Refused(string header, int data, string message) => Assert.Equal(
        message.Replace('`', '"'), Assert.Throws<Unreadable>(() => Read(header, new byte[data])).Message);

    private static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Texts) Read(
        string header, byte[] data)
    {
        header = header.Replace("A", """{"dtype":"F32","shape":[1],"data_offsets":""", StringComparison.Ordinal);
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return SafeTensors.Read(new MemoryStream([.. length, .. text, .. data]));
    }

    private static bool Same(Tensor x, Tensor y) =>
        x.Type == y.Type && x.Shape.SequenceEqual(y.Shape) && x.Bytes.Span.SequenceEqual(y.Bytes.Span);

    private static byte[] Bytes(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (byte)i)];
}
