using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary>Files that are torn, altered, foreign or lying, and places that cannot be written.</summary>
public sealed class BadFiles : IDisposable
{
    private const string Overlapping =
        """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[],"data_offsets":[2,6]}}""";

    private readonly Scratch scratch = new();
    private readonly byte[] model;

    public BadFiles()
    {
        Assert.Equal(0, Command.Run(
            ["train", "--data", "xor", "--samples", "40", "--epochs", "2", "--quiet", "--out", "run"],
            scratch.Path).Status);
        model = File.ReadAllBytes(scratch.At("run/model.safetensors"));
    }

    public void Dispose() => scratch.Dispose();

    [Fact] public void An_empty_model_is_refused() => Refused([], "it ends within the first 8 bytes");
    [Fact] public void A_model_cut_in_its_header_is_refused() => Refused(model[..100], "bytes follow");
    [Fact] public void A_model_cut_in_its_numbers_is_refused() => Refused(model[..^9], "is said to lie at bytes");
    [Fact] public void A_model_with_bytes_too_many_is_refused() => Refused([.. model, 0], "1 bytes are left over");
    [Fact]
    public void Random_bytes_are_refused() =>
        Refused([.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i * 31 + i))], "header is said to be");
    [Fact] public void A_header_of_2_to_the_62_bytes_is_refused() => Refused(With(0, 1L << 62), "4611686018427387904");
    [Fact] public void An_altered_parameter_is_refused() => Refused(Flipped(HeaderEnd + 5), "it was altered");
    [Fact] public void An_altered_scaling_is_refused() => Refused(Flipped(model.Length - 3), "it was altered");
    [Fact] public void An_altered_activation_is_refused() => Refused(Replaced("tanh", "relu"), "it was altered");
    [Fact]
    public void An_altered_loss_is_refused() =>
        Refused(Replaced("label_smoothing\\u0022:0", "label_smoothing\\u0022:0.5"), "it was altered");

    [Fact]
    public void A_foreign_safetensors_file_is_refused() => Refused(
        Tensors("""{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4),
        "without the metadata of a model");

    [Fact]
    public void A_tensor_of_another_type_is_refused() => Refused(
        Tensors("""{"weight":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4),
        "is of type \"BF16\"; it should be F32 or F64");

    [Fact]
    public void A_shape_that_lies_is_refused() => Refused(
        Tensors("""{"weight":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", 4),
        "it should have");

    [Fact]
    public void Offsets_that_overlap_are_refused() => Refused(
        Tensors(Overlapping, 6),
        "tensors \"a\" and \"b\" overlap at byte 2");

    [Fact]
    public void A_model_whose_tensors_are_listed_in_another_order_is_the_same_model()
    {
        var header = JsonNode.Parse(Encoding.UTF8.GetString(model.AsSpan(8..HeaderEnd)))!.AsObject();
        var turned = new JsonObject(header.Reverse().Select(of => KeyValuePair.Create(of.Key, of.Value?.DeepClone())));
        byte[] file = [.. Tensors(turned.ToJsonString(), 0), .. model[HeaderEnd..]];
        string[] predict = ["predict", "run", "--data", "xor"];
        string before = Command.Run(predict, scratch.Path).Output;
        File.WriteAllBytes(scratch.At("run/model.safetensors"), file);
        var after = Command.Run(predict, scratch.Path);
        Assert.Equal((0, before, ""), (after.Status, after.Output, after.Errors));
    }

    [Fact]
    public void A_text_that_is_there_twice_is_refused() => Refused(
        Tensors("""{"__metadata__":{"format":"functional-model/1","format":"functional-model/1"}}""", 0),
        "its metadata has \"format\" twice");

    [Fact]
    public void A_huge_architecture_is_refused() => Refused(
        Replaced("\\u0022units\\u0022:32", "\\u0022units\\u0022:1048576"), "parameters; it should have at most");
    [Fact]
    public void An_activation_that_is_not_Unicode_is_refused() =>
        Refused(Replaced("tanh", "\\\\ud800"), "activation is \"\\ud800\" (not Unicode)");
    [Fact]
    public void A_name_in_the_header_that_is_not_Unicode_is_refused() => Refused(
        Replaced("functional-model/1", "\\ud800"), "in its header __metadata__.format is \"\\ud800\" (not Unicode)");

    [Fact]
    public void A_byte_in_the_header_that_is_not_Unicode_is_refused()
    {
        byte[] altered = [.. model];
        altered[model.AsSpan().IndexOf("classification"u8)] = 0xFF;
        Refused(altered, "in its header __metadata__.problem is");
    }

    [Fact]
    public void A_tensor_that_is_not_the_architectures_is_refused() =>
        Refused(Replaced("\\u0022units\\u0022:32", "\\u0022units\\u0022:31"), "it should be F32 of shape");

    [Theory]
    [InlineData("1,2,3", "has rows of 3 numbers; they should be of 2")]
    [InlineData("1,2\n1", "row 2 has 1 cell; it should have 2")]
    [InlineData("1,2\n1,x", "column \"column_2\": 1 of 2 cells is not a number, the first in row 2 (\"x\")")]
    [InlineData("1,2\n#3,4", "column \"column_1\": 1 of 2 cells is not a number, the first in row 2 (\"#3\")")]
    [InlineData("1;2;5\n3;4;5", "has rows of 3 numbers; they should be of 2")]
    [InlineData("1,2\n1e39,4", "the samples have 1E+39 in row 2, column 1; it should stay finite in float, scaled")]
    [InlineData("1,inf", "column \"column_2\": 1 of 1 cells is not a number, the first in row 1 (\"inf\")")]
    [InlineData("1,2\n,3", "row 2, column 1 is empty; it should be a finite number")]
    [InlineData("", "samples.csv")]
    public void Samples_that_are_not_what_the_model_takes_are_refused(string csv, string message)
    {
        scratch.File("samples.csv", csv);
        BadInput.Refused(scratch, ["predict", "run", "--data", "samples.csv"], message);
    }

    [Fact]
    public void Samples_that_are_not_there_are_refused() =>
        BadInput.Refused(scratch, ["predict", "run", "--data", "none.csv"], "none.csv is not there");

    [Theory]
    [InlineData("{", "it is not JSON (line 1)")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("{\"seed\": 1, \"seed\": 2}", "a field is given twice")]
    [InlineData("{}", "seed is missing; it should be a number")]
    [InlineData(
        "{\"data\": [{\"name\": \"\\ud800\"}]}", "data[0].name is \"\\ud800\" (not Unicode); it should be a text")]
    [InlineData(
        "{\"data\": {\"\\udc00\": 1}}", "data.\\udc00 (not Unicode) is the name of a field; it should be a text")]
    [InlineData(
        "{\"seed\": 1, \"epochs\": 2, \"parameters_sha256\": \"\", \"data\": \"x\"}",
        "data is \"x\"; it should be an object")]
    public void A_report_that_is_not_one_is_refused(string report, string message)
    {
        scratch.File("run/run.json", report);
        BadInput.Refused(scratch, ["evaluate", "run"], "run.json is not the report of a run", message);
    }

    [Fact]
    public void A_field_of_a_report_that_was_altered_is_named()
    {
        string report = File.ReadAllText(scratch.At("run/run.json"));
        string digest = (string)JsonNode.Parse(report)!["data"]!["sha256"]!;
        scratch.File("run/run.json", report.Replace($"\"{digest}\"", "5", StringComparison.Ordinal));
        BadInput.Refused(scratch, ["evaluate", "run"], "data.sha256 is 5; it should be a string");
        scratch.File("run/run.json", report.Replace(digest, $"0{digest[1..]}", StringComparison.Ordinal));
        BadInput.Refused(scratch, ["evaluate", "run"], "the data have SHA-256", "the run was trained on 0");
        scratch.File(
            "run/run.json", report.Replace("\"numeric_law\": 2", "\"numeric_law\": 1", StringComparison.Ordinal));
        BadInput.Refused(scratch, ["evaluate", "run"], "run follows numeric law 1; this version has 2");
        var altered = (JsonObject)JsonNode.Parse(report)!;
        altered["test"] = 5;
        scratch.File("run/run.json", altered.ToJsonString());
        BadInput.Refused(scratch, ["evaluate", "run"], "test is 5; it should be an object, or null");
    }

    [Theory]
    [InlineData("nothing", "it is not JSON")]
    [InlineData("{\"data\": {\"name\": \"\\ud800\"}}", "data.name is \"\\ud800\" (not Unicode)")]
    public void A_broken_run_does_not_hide_the_others(string report, string message)
    {
        Directory.CreateDirectory(scratch.At("broken"));
        scratch.File("broken/run.json", report);
        var list = Command.Run(["runs", "list", ".", "--json"], scratch.Path);
        Assert.Equal((0, 1), (list.Status, list.Json["runs"]!.AsArray().Count));
        Assert.Contains(
            $"broken/run.json is not the report of a run: {message}", list.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_found_out_before_training_and_nothing_stays()
    {
        string disk = scratch.At("disk");
        Directory.CreateDirectory(disk);
        bool mounted = Shell("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
        try
        {
            // Where nothing may be mounted, a directory that takes no files stands for the full one.
            BadInput.Refused(
                scratch, ["train", "--epochs", "1", "--out", mounted ? "disk/run" : "/proc/run"], "cannot be written");
        }
        finally
        {
            if (mounted) Shell("umount", disk);
        }
    }

    private int HeaderEnd => 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(model);

    private void Refused(byte[] bytes, string message)
    {
        File.WriteAllBytes(scratch.At("run/model.safetensors"), bytes);
        BadInput.Refused(scratch, ["predict", "run", "--data", "xor"], "model.safetensors is not a model", message);
    }

    private byte[] With(int at, long word)
    {
        byte[] bytes = [.. model];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), word);
        return bytes;
    }

    private byte[] Flipped(int at)
    {
        byte[] bytes = [.. model];
        bytes[at] ^= 1;
        return bytes;
    }

    private byte[] Replaced(string text, string other)
    {
        string header = Encoding.UTF8.GetString(model.AsSpan(8..HeaderEnd));
        Assert.Contains(text, header, StringComparison.Ordinal);
        return [.. Tensors(header.Replace(text, other, StringComparison.Ordinal), 0), .. model[HeaderEnd..]];
    }

    private static byte[] Tensors(string header, int data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), bytes = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    private static bool Shell(string command, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
