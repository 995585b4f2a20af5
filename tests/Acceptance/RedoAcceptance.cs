using Xunit;

namespace Acceptance;

/// <summary>An experiment is one value: what a run wrote down does the same again, from anywhere.</summary>
public sealed class RedoAcceptance
{
    private const string Table =
        "a,b,y\n1,x,no\n2,z,yes\n,x,no\n4,z,yes\n5,x,no\n6,z,yes\n7,x,no\n8,z,yes\n9,x,no\n10,z,yes\n";

    [Theory]
    [InlineData("moons", "--epochs", "2")]
    [InlineData("penguins", "--epochs", "2", "--indicators", "--missing", "mean")]
    [InlineData("data/t.csv", "--epochs", "2", "--missing", "median", "--columns", "a=number")]
    public void A_run_is_trained_again_from_another_directory(params string[] data)
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(Path.Combine(scratch.Path, "data"));
        scratch.File("data/t.csv", Table);
        var first = Command.Run(["train", "--data", .. data, "--out", "run", "--json", "--quiet"], scratch.Path);
        var again = Command.Run(
            ["train", Path.Combine(scratch.Path, "run/run.json"), "--out", Path.Combine(scratch.Path, "again"),
                "--json", "--quiet"],
            Path.GetTempPath());
        Assert.True(again.Status == 0, again.Errors);
        foreach (string field in (string[])["parameters_sha256", "experiment_sha256"])
            Assert.Equal($"{first.Json[field]}", $"{again.Json[field]}");
        var evaluated = Command.Run(["evaluate", Path.Combine(scratch.Path, "again"), "--json"], Path.GetTempPath());
        Assert.True(evaluated.Status == 0, evaluated.Errors);
    }

    [Fact]
    public void Files_of_a_spec_lie_where_it_says()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(Path.Combine(scratch.Path, "specs"));
        scratch.File("specs/t.csv", Table);
        scratch.File(
            "specs/spec.json",
            """{ "data": { "kind": "csv_file", "path": "t.csv", "target": ["y"] }, "missing": "drop", "epochs": 1 }""");
        var run = Command.Run(["train", "specs/spec.json", "--out", "run", "--json", "--quiet"], scratch.Path);
        Assert.True(run.Status == 0, run.Errors);
        Assert.Equal(Path.Combine(scratch.Path, "specs", "t.csv"), $"{run.Json["experiment"]!["data"]!["path"]}");
    }

    [Fact]
    public void Other_data_in_place_of_those_of_a_spec_are_read_as_those_were()
    {
        using var scratch = new Scratch();
        scratch.File("other.csv", Table.Replace("y\n", "y,z\n", StringComparison.Ordinal)
            .Replace("no\n", "no,1.5\n", StringComparison.Ordinal)
            .Replace("yes\n", "yes,2.5\n", StringComparison.Ordinal));
        scratch.File(
            "spec.json",
            """{ "data": { "kind": "csv_file", "path": "t.csv", "target": ["y"] }, "missing": "drop", "epochs": 1 }""");
        var run = Command.Run(
            ["train", "spec.json", "--data", "other.csv", "--out", "run", "--json", "--quiet"], scratch.Path);
        Assert.True(run.Status == 0, run.Errors);
        Assert.Equal(9, (int)run.Json["data"]!["train_rows"]! + (int)run.Json["data"]!["validation_rows"]!
            + (int)run.Json["data"]!["test_rows"]!);
    }

    [Fact]
    public void Data_that_became_others_are_refused_by_name()
    {
        using var scratch = new Scratch();
        scratch.File("t.csv", Table);
        Command.Run(
            ["train", "--data", "t.csv", "--missing", "drop", "--epochs", "1", "--out", "run", "--quiet"],
            scratch.Path);
        scratch.File("t.csv", Table.Replace("10,z,yes", "10,z,maybe", StringComparison.Ordinal));
        var again = Command.Run(["train", "run/run.json", "--out", "again"], scratch.Path);
        Assert.Equal(2, again.Status);
        Assert.Contains(
            "the data have the classes \"maybe\"; the experiment was written down with \"no\", \"yes\"", again.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_is_looked_at_and_given()
    {
        using var scratch = new Scratch();
        Command.Run(["train", "--data", "moons", "--epochs", "5", "--out", "run", "--quiet"], scratch.Path);
        var evaluated = Command.Run(["evaluate", "run"], scratch.Path);
        Assert.Contains("from 0.5: precision", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("best F1, from 0.", evaluated.Output, StringComparison.Ordinal);
        var json = Command.Run(["evaluate", "run", "--threshold", "0", "--json"], scratch.Path).Json;
        Assert.Equal(0, (double)json["test"]!["confusion"]![0]![0]!);
        Assert.True(json["test"]!["thresholds"]!.AsArray().Count > 10);
        var predicted = Command.Run(["predict", "run", "--data", "moons", "--threshold", "1"], scratch.Path);
        Assert.DoesNotContain(
            predicted.Output.Split('\n').Skip(1), line => line.Split(',') is [_, "1", .., var p] && p != "1");
        var refused = Command.Run(["predict", "run", "--data", "moons", "--threshold", "2"], scratch.Path);
        Assert.Equal(
            (2, "functional: threshold is 2; it should be between 0 and 1\n"), (refused.Status, refused.Errors));
    }
}
