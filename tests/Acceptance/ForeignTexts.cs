using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Acceptance;

/// <summary>What files that others made have to say is shown to people, not obeyed by their terminal, and not lost in
/// silence.</summary>
public sealed class ForeignTexts : IDisposable
{
    private const string Red = "a\u001b[31m", Turned = "b\u202ec", Torn = "d\ne,\u009b";
    private readonly Scratch scratch = new();

    public ForeignTexts()
    {
        var table = new StringBuilder($"size,{Red},kind\n");
        string[] kinds = [Red, Turned, $"\"{Torn}\""];
        for (int i = 0; i < 60; i++)
            table.Append(CultureInfo.InvariantCulture, $"{i % 3},{kinds[i % 2]},{kinds[i % 3]}\n");
        scratch.File("data.csv", table.ToString());
        scratch.File("new.csv", $"size,{Red}\n0,{Red}\n1,{Turned}\n2,{Red}\n");
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Names_from_files_are_shown_and_not_obeyed()
    {
        Assert.Contains("a\\u001b[3…    0", Train().Output, StringComparison.Ordinal);
        Assert.Contains("d\\u000ae,…    2", Shown("evaluate", "run").Output, StringComparison.Ordinal);
        Assert.Contains("b\\u202ec", Shown("data", "show", "data.csv").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_shows_what_it_quotes()
    {
        Train();
        scratch.File("odd.csv", $"size,{Red}\n0,x\n");
        Fault(
            "column \"a\\u001b[31m\" is \"x\"; it should be one of a\\u001b[31m, b\\u202ec",
            "predict", "run", "--data", "odd.csv");
        Fault("\\u001b[32m.csv is not there", "predict", "run", "--data", "\u001b[32m.csv");
        File.Move(scratch.At("data.csv"), scratch.At("\u001b[31m.csv"));
        Fault(
            "\\u001b[31m.csv has no column \"\\u001b[0m\"", "data", "show", "\u001b[31m.csv", "--target", "\u001b[0m");
        Fault("--\\u001b[31m is not an option here", "train", "--\u001b[31m");
    }

    [Fact]
    public void Predictions_are_data_for_programs_and_shown_to_people()
    {
        Train();
        string[] predict = ["predict", "run", "--data", "new.csv"];
        Assert.Equal([Red, Turned, $"\"{Torn}\""], Classes(Command.Run(predict, scratch.Path).Output));
        Assert.Equal(["a\\u001b[31m", "b\\u202ec", "\"d\\u000ae,\\u009b\""], Classes(OnTerminal(predict)));
        var rows = Command.Run([.. predict, "--json"], scratch.Path).Json["predictions"]!.AsArray();
        Assert.Equal([Red, Turned, Torn], rows.Select(row => (string)row!["class"]!));
    }

    [Fact]
    public void A_class_name_of_digits_stays_a_name()
    {
        scratch.File("codes.csv", $"x,kind\n{string.Concat(Enumerable.Repeat("0,007\n1,b\n", 20))}");
        string[] train = ["train", "--data", "codes.csv", "--epochs", "50", "--rate", "0.05", "--out", "codes"];
        Assert.Equal(0, Command.Run(train, scratch.Path).Status);
        scratch.File("x.csv", "x\n0\n1\n");
        var rows =
            Command.Run(["predict", "codes", "--data", "x.csv", "--json"], scratch.Path).Json["predictions"]!.AsArray();
        Assert.Equal(["\"007\"", "\"b\""], rows.Select(row => row!["class"]!.ToJsonString()));
    }

    [Fact]
    public void Labels_are_columns_of_a_table_and_a_list_in_JSON()
    {
        scratch.File("labels.csv", $"x,\"a,b\",c\n{string.Concat(Enumerable.Repeat("0,1,1\n1,0,0\n", 20))}");
        string[] train = ["train", "--data", "labels.csv", "--target", "2,3", "--task", "labels", "--rate", "0.05"];
        Assert.Equal(0, Command.Run([.. train, "--epochs", "50", "--quiet", "--out", "labels"], scratch.Path).Status);
        scratch.File("x.csv", "x\n0\n1\n");
        string[] rows = Command.Run(["predict", "labels", "--data", "x.csv"], scratch.Path).Output.Split('\n');
        Assert.Equal("row,\"a,b\",c,\"p(a,b)\",p(c)", rows[0]);
        Assert.StartsWith("1,1,1,", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("2,0,0,", rows[2], StringComparison.Ordinal);
        var json = Command.Run(["predict", "labels", "--data", "x.csv", "--json"], scratch.Path).Json["predictions"]!
            .AsArray();
        Assert.Equal(["[\"a,b\",\"c\"]", "[]"], json.Select(row => row!["labels"]!.ToJsonString()));
    }

    [Fact]
    public void A_run_with_a_foreign_name_is_listed_and_its_name_not_obeyed()
    {
        string[] train = ["train", "--data", "xor", "--epochs", "1", "--quiet", "--out", "runs/\u001b[31m"];
        Assert.Equal(0, Command.Run(train, scratch.Path).Status);
        Assert.Contains("runs/\\u001b[31m", Shown("runs", "list").Output, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void What_an_archive_has_beside_inputs_and_targets_is_said(bool quiet)
    {
        Npz("data.npz", ("names", "<U1", "(40,)", 160), ("x", "|u1", "(40, 2)", 80), ("y", "|b1", "(40,)", 40));
        string[] train = ["train", "--data", "data.npz", "--epochs", "1", "--json", "--out", "run"];
        var run = Command.Run(quiet ? [.. train, "--quiet"] : train, scratch.Path);
        string[] parts = ["train_rows", "validation_rows", "test_rows"];
        Assert.Equal((0, 40), (run.Status, parts.Sum(part => (int)run.Json["data"]![part]!)));
        const string Note = "functional: data.npz: only the arrays x, y are read; left out: \"names.npy\"\n";
        Assert.Equal(!quiet, run.Errors.Contains(Note, StringComparison.Ordinal));
    }

    // The cell after the number of each row.
    private static string[] Classes(string csv) =>
        [.. Regex.Matches(csv, "^\\d+,(\"(?:[^\"]|\"\")*\"|[^,]*),", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)];

    private Command Train() =>
        Shown("train", "--data", "data.csv", "--epochs", "100", "--rate", "0.05", "--out", "run");

    private void Fault(string message, params string[] arguments) =>
        Assert.Contains(message, Shown(arguments).Errors, StringComparison.Ordinal);

    private Command Shown(params string[] arguments)
    {
        var run = Command.Run(arguments, scratch.Path);
        Assert.DoesNotContain(
            run.Output + run.Errors, sign => sign != '\n' && (char.IsControl(sign) || sign == '\u202e'));
        return run;
    }

    // The command's output where it goes to a terminal, which util-linux makes.
    private string OnTerminal(params string[] arguments)
    {
        string command = $"dotnet '{Command.Dll}' {string.Join(' ', arguments)}";
        var start = new ProcessStartInfo("script", ["-q", "-e", "-c", command, "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = scratch.Path,
        };
        start.Environment["TERM"] = "dumb"; // no other signs than the command's own
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private void Npz(string name, params (string Name, string Type, string Shape, int Bytes)[] arrays)
    {
        using var archive = ZipFile.Open(scratch.At(name), ZipArchiveMode.Create);
        foreach (var array in arrays)
        {
            string header = $"{{'descr': '{array.Type}', 'fortran_order': False, 'shape': {array.Shape}, }}\n";
            using var entry = archive.CreateEntry($"{array.Name}.npy").Open();
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)]);
            entry.Write([.. Enumerable.Range(0, array.Bytes).Select(i => (byte)(i % 2))]);
        }
    }
}
