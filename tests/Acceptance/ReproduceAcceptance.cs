using Xunit;

namespace Acceptance;

/// <summary>A run can be done again by anyone, and whoever altered it is found out.</summary>
public sealed class ReproduceAcceptance : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("1", "DOTNET_EnableAVX2"), InlineData("2", "DOTNET_EnableAVX512"),
        InlineData("2", "DOTNET_EnableHWIntrinsic")]
    public void On_other_threads_and_widths_it_is_the_same_to_the_last_bit(string threads, string without)
    {
        Trained(
            "--data", "moons", "--samples", "100", "--epochs", "6", "--threads", "1", "--hidden",
            "8,batch_norm,dropout");
        var again = Command.Run(["reproduce", "run", "--threads", threads, "--quiet"], scratch.Path, [(without, "0")]);
        Assert.Equal((0, ""), (again.Status, again.Errors));
        Assert.StartsWith(
            "reproduced: data, 6 epochs, results and parameters are the same", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics.jsonl", "\"epoch\":4,", "\"epoch\":4,", 4, "train_loss")]
    [InlineData("run.json", "{\n  \"seed\": 42,\n", "{\n  \"seed\": 43,\n", null, "seed")]
    [InlineData("run.json", "    \"seed\": 42,", "    \"seed\": 43,", null, "data.sha256")] // toys are drawn from it
    [InlineData("run.json", "\"epochs\": 6,\n    \"", "\"epochs\": 7,\n    \"", null, "experiment_sha256")]
    [InlineData("run.json", "\"epochs\": 6,\n  \"", "\"epochs\": 5,\n  \"", null, "epochs")]
    [InlineData("run.json", "\"steps\": ", "\"steps\": 1", null, "steps")]
    [InlineData("run.json", "\"outcome\": \"finished\"", "\"outcome\": \"great\"", null, "outcome")]
    [InlineData("run.json", "\"numeric_law\": ", "\"numeric_law\": 1", null, "numeric_law")]
    [InlineData("run.json", "\"train_rows\": ", "\"train_rows\": 1", null, "data")]
    [InlineData("run.json", "\"parameter_count\": ", "\"parameter_count\": 1", null, "parameter_count")]
    [InlineData(
        "run.json", "\"precision\": \"float\",\n  \"threads", "\"precision\": \"double\",\n  \"threads", null, "precision")]
    [InlineData("run.json", "\"last_loss\": 0.", "\"last_loss\": 0.1", null, "last_loss")]
    [InlineData("run.json", "\"recall\": ", "\"recall\": 1", null, "train.recall")]
    public void What_was_altered_by_hand_is_named(string file, string what, string instead, int? epoch, string field)
    {
        Trained("--data", "moons", "--samples", "100", "--epochs", "6");
        string text = File.ReadAllText(scratch.At($"run/{file}"));
        if (file == "metrics.jsonl")
        {
            string[] lines = text.Split('\n');
            lines[3] = lines[3].Replace("\"train_loss\":0.", "\"train_loss\":0.0", StringComparison.Ordinal);
            text = string.Join('\n', lines);
        }
        else
        {
            Assert.Contains(what, text, StringComparison.Ordinal);
            text = text.Replace(what, instead, StringComparison.Ordinal);
        }
        File.WriteAllText(scratch.At($"run/{file}"), text);
        var again = Command.Run(["reproduce", "run", "--json", "--quiet"], scratch.Path);
        Assert.Equal(4, again.Status);
        Assert.Equal((false, epoch, field), (
            (bool)again.Json["reproduced"]!, (int?)again.Json["difference"]!["epoch"],
            (string)again.Json["difference"]!["field"]!));
    }

    [Fact]
    public void Files_that_are_gone_or_of_another_run_are_named()
    {
        Trained("--data", "moons", "--samples", "100", "--epochs", "3");
        string history = File.ReadAllText(scratch.At("run/metrics.jsonl"));
        string Field() => (string)
            Command.Run(["reproduce", "run", "--json", "--quiet"], scratch.Path).Json["difference"]!["field"]!;
        File.Delete(scratch.At("run/metrics.jsonl"));
        Assert.Equal("metrics.jsonl", Field());
        scratch.File("run/metrics.jsonl", history + "more");
        Assert.Equal("metrics.jsonl", Field());
        scratch.File("run/metrics.jsonl", history);
        Command.Run(
            ["train", "--data", "moons", "--samples", "100", "--epochs", "3", "--seed", "5", "--out", "other"],
            scratch.Path);
        File.Copy(scratch.At("other/model.safetensors"), scratch.At("run/model.safetensors"), overwrite: true);
        Assert.Equal("model.safetensors", Field());
        BadInput.Refused(scratch, ["evaluate", "run"], "the model in run is not the one its run.json describes");
    }

    [Fact]
    public void Data_that_became_others_are_named_and_those_that_moved_can_be_pointed_to()
    {
        string table = "x,y\n" + string.Concat(Enumerable.Range(1, 40).Select(x => $"{x},{x * x % 7}.5\n"));
        scratch.File("table.csv", table);
        Trained("--data", "table.csv", "--target", "y", "--epochs", "5");
        File.Move(scratch.At("table.csv"), scratch.At("moved.csv"));
        Directory.Move(scratch.At("run"), scratch.At("elsewhere"));
        BadInput.Refused(scratch, ["reproduce", "elsewhere"], "table.csv");
        var again = Command.Run(["reproduce", "elsewhere", "--data", "moved.csv", "--quiet"], scratch.Path);
        Assert.Equal(0, again.Status);
        scratch.File("moved.csv", table.Replace("1,1.5", "1,1.25", StringComparison.Ordinal));
        again = Command.Run(["reproduce", "elsewhere", "--data", "moved.csv", "--quiet"], scratch.Path);
        Assert.Equal(4, again.Status);
        Assert.StartsWith("not reproduced: the data are not those of the run", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_started_from_another_and_one_that_watched_its_curvature_hold_all_they_need()
    {
        Trained("--data", "moons", "--samples", "100", "--epochs", "2");
        string[] more =
            ["train", "--data", "moons", "--samples", "100", "--epochs", "4", "--curvature", "5steps", "--quiet"];
        Assert.Equal(0, Command.Run([.. more, "--from", "run", "--out", "warm"], scratch.Path).Status);
        Directory.Delete(scratch.At("run"), recursive: true);
        Assert.Equal(0, Command.Run(["reproduce", "warm", "--quiet"], scratch.Path).Status);
        Assert.Contains(
            "\"curvature\":[", File.ReadAllText(scratch.At("warm/metrics.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_was_killed_is_compared_as_far_as_it_came()
    {
        using var process = Command.Start(
            ["train", "--data", "moons", "--samples", "40", "--epochs", "100000", "--out", "run"], scratch.Path);
        process.StandardError.ReadLine();
        process.Kill();
        process.WaitForExit();
        var again = Command.Run(["reproduce", "run", "--quick", "--quiet"], scratch.Path);
        Assert.Equal(0, again.Status);
        Assert.StartsWith("reproduced so far: data and ", again.Output, StringComparison.Ordinal);
        Assert.EndsWith("functional resume run goes on with it\n", again.Output, StringComparison.Ordinal);
    }

    private void Trained(params string[] words) =>
        Assert.Equal(0, Command.Run(["train", .. words, "--out", "run", "--quiet"], scratch.Path).Status);
}
