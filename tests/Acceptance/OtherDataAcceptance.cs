using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary>Where a run meets other data, its target, columns and classes are found by name, or
/// refused by name.</summary>
public sealed class OtherDataAcceptance(OtherDataAcceptance.TrainedRun of)
    : IClassFixture<OtherDataAcceptance.TrainedRun>
{
    private readonly Scratch scratch = of.Scratch;

    public sealed class TrainedRun : IDisposable
    {
        internal readonly Scratch Scratch = new();

        public TrainedRun()
        {
            Scratch.File("t.csv", Table(
                "a,z,b,y", i => $"{i % 10},{(i % 3 == 0 ? "red" : "blue")},{i % 2},{(i % 10 > 4 ? "yes" : "no")}"));
            Command.Run(["train", "--data", "t.csv", "--epochs", "2", "--out", "run", "--quiet"], Scratch.Path);
        }

        public void Dispose() => Scratch.Dispose();
    }

    public static TheoryData<string, string> Places => new()
    {
        { "y,b,z,a", "yes,1,red,9\nno,0,blue,1\n" },
        { "a,z,b,y,note", "9,red,1,yes,maybe\n1,blue,0,no,x\n" },
        { "a,z,b,y", "9,red,1,yes\n8,blue,0,yes\n" },
    };

    // The target of a run that was trained without --target is the column it was, wherever it stands now.
    [Theory, MemberData(nameof(Places))]
    public void The_target_is_found_by_its_name(string header, string rows)
    {
        scratch.File("other.csv", $"{header}\n{string.Concat(Enumerable.Repeat(rows, 20))}");
        var evaluated = Run("evaluate", "run", "--data", "other.csv", "--json");
        Assert.Equal(40, (int)evaluated.Json["result"]!["rows"]!);
        var warm = Trained($"warm{header.Length}{rows.Length}", "--from", "run", "--data", "other.csv");
        Assert.Equal("y", $"{warm["data"]!["target"]![0]}");
        Assert.Equal(["a", "z", "b"], warm["task"]!["features"]!.AsArray().Select(feature => $"{feature!["name"]}"));
        Assert.Equal(["no", "yes"], Labels(warm));
    }

    [Fact]
    public void An_experiment_that_was_written_down_keeps_its_target_for_other_data()
    {
        scratch.File("other.csv", Table("y,a", i => $"{(i % 10 > 4 ? "good" : "bad")},{i % 10}"));
        Assert.Equal(["bad", "good"], Labels(Trained("again", "run/run.json", "--data", "other.csv")));
    }

    [Fact]
    public void A_column_is_kept_once()
    {
        Assert.Contains(
            "--keep has \"z\" twice; it should have it once",
            Command.Run(["predict", "run", "--data", "t.csv", "--keep", "z,z"], scratch.Path).Errors,
            StringComparison.Ordinal);
        Assert.Contains(
            "--keep has \"z\" twice",
            Command.Run(["predict", "run", "--data", "t.csv", "--keep", "z,2", "--json"], scratch.Path).Errors,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "row,z,class", Run("predict", "run", "--data", "t.csv", "--keep", "z").Output, StringComparison.Ordinal);
    }

    // Parts are no columns of the file: what is odd is the date.
    [Fact]
    public void Dates_in_another_order_are_named_as_dates()
    {
        scratch.File("days.csv", Table("d,y", i => $"2024-{1 + i % 12:00}-{1 + i % 28:00},{i % 5}.5"));
        Run("train", "--data", "days.csv", "--columns", "d=date_parts", "--epochs", "1", "--out", "dated", "--quiet");
        scratch.File("others.csv", "d\n31/01/2024\n");
        var refused = Command.Run(["predict", "dated", "--data", "others.csv"], scratch.Path);
        Assert.Equal(2, refused.Status);
        Assert.Equal(
            "functional: others.csv, column \"d\": 1 of 1 cells is not a date, the first in row 1 (\"31/01/2024\"); "
            + "--dates says their order (ymd, dmy or mdy), --odd-cells missing takes it as missing\n", refused.Errors);
    }

    [Theory]
    [InlineData(
        "a,z,b,y", "9,red,1,maybe\n", "column \"y\" has the class \"maybe\"; it should be one of \"no\", \"yes\"")]
    [InlineData("a,z,b", "9,red,1\n", "other.csv has no column \"y\"")]
    [InlineData("a,z,y", "9,red,yes\n", "other.csv has no column \"b\"")]
    [InlineData("a,z,b,y", "9,green,1,yes\n", "column \"z\" has \"green\"; it should have only \"blue\", \"red\"")]
    public void What_differs_is_refused_by_name(string header, string row, string fault)
    {
        scratch.File("other.csv", $"{header}\n{string.Concat(Enumerable.Repeat(row, 20))}");
        string[] evaluate = ["evaluate", "run", "--data", "other.csv"];
        string[] train = ["train", "--from", "run", "--data", "other.csv", "--out", "warm"];
        foreach (string[] words in (string[][])[evaluate, train])
        {
            var refused = Command.Run(words, scratch.Path);
            Assert.Equal(2, refused.Status);
            Assert.Contains(fault, refused.Errors, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(scratch.Path, "warm")));
    }

    // A column, be it the target, means the same with another sign, or is refused.
    [Theory]
    [InlineData("94%", "0.5", "cells are no numbers of the same kind")]
    [InlineData("94%", "$5", "cells are no numbers of the same kind")]
    [InlineData("94", "50%", "cells are no numbers of the same kind")]
    public void The_sign_of_the_target_is_kept(string was, string became, string fault)
    {
        string Row(string cell, int i) => $"{i},{cell.Replace('4', (char)('0' + i % 10))}\n";
        string Rows(string cell) => "a,t\n" + string.Concat(Enumerable.Range(0, 30).Select(i => Row(cell, i)));
        scratch.File("signed.csv", Rows(was));
        scratch.File("unlike.csv", Rows(became));
        string run = $"signed{was.Length}{became.Length}{became[0] == '$'}";
        Run("train", "--data", "signed.csv", "--task", "numbers", "--epochs", "1", "--out", run, "--quiet");
        var refused = Command.Run(["evaluate", run, "--data", "unlike.csv"], scratch.Path);
        Assert.Equal(2, refused.Status);
        Assert.Contains(fault, refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_without_names_are_said_to_be_taken_by_their_places()
    {
        scratch.File("two.csv", Table("v,w,y", i => $"{i},{-i},{(i > 30 ? "1" : "0")}"));
        Run("train", "--data", "two.csv", "--epochs", "1", "--out", "two", "--quiet");
        const string said = "moons has no names of columns: its columns are taken by their places";
        Assert.Contains(said, Run("evaluate", "two", "--data", "moons").Errors, StringComparison.Ordinal);
        Assert.Contains(said, Run("predict", "two", "--data", "moons").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_data_make_of_an_experiment_is_said()
    {
        scratch.File("fewer.csv", Table("a,z,b,y", i => $"{i % 10},red,{i % 2},{(i % 10 > 4 ? "yes" : "maybe")}"));
        string errors = Run("train", "run/run.json", "--data", "fewer.csv", "--epochs", "1", "--out", "fewer").Errors;
        Assert.Contains(
            "the data have the classes \"maybe\"; the experiment was written down with \"no\"", errors,
            StringComparison.Ordinal);
        Assert.Contains(
            "the data have 3 inputs; the experiment was written down with 4", errors, StringComparison.Ordinal);
        scratch.File("same.csv", Table("a,y", i => $"{i % 10},{(i % 10 > 4 ? "yes" : "no")}"));
        Run("train", "--data", "same.csv", "--epochs", "1", "--out", "same", "--quiet");
        scratch.File("same.csv", Table("a,y", i => $"{i % 9},{(i % 10 > 4 ? "yes" : "no")}"));
        Assert.Contains(
            "those of the run had", Run("train", "same/run.json", "--out", "same_again").Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_in_a_spec_is_read_whatever_else_is_in_it()
    {
        scratch.File("task.json", """{ "data": "t.csv", "epochs": 1, "task": 17 }""");
        var refused = Command.Run(["train", "task.json"], scratch.Path);
        Assert.Equal((2, "functional: task is 17; it should be an object\n"), (refused.Status, refused.Errors));
        var data = Command.Run(["train", "t.csv"], scratch.Path);
        Assert.Equal(
            (2, "functional: t.csv is data, and no experiment; --data t.csv trains on it\n"),
            (data.Status, data.Errors));
    }

    [Fact]
    public void A_warm_start_has_the_network_of_its_model()
    {
        Trained("narrow", "--data", "t.csv", "--hidden", "3,dropout", "--activation", "tanh", "--precision", "double");
        var warm = Trained("narrow_warm", "--from", "narrow", "--data", "t.csv");
        var hidden = warm["hidden"]!;
        Assert.Equal(
            ("3", "dropout", "double"), ($"{hidden[0]!["units"]}", $"{hidden[1]!["kind"]}", $"{warm["precision"]}"));
        Assert.Equal(0, Command.Run(["evaluate", "narrow_warm"], scratch.Path).Status);
    }

    [Fact]
    public void A_run_may_be_named_by_its_report() =>
        Assert.Equal(Run("evaluate", "run").Output, Run("evaluate", "run/run.json").Output);

    private JsonNode Trained(string directory, params string[] words) =>
        Run(["train", .. words, "--epochs", "1", "--out", directory, "--json", "--quiet"]).Json["experiment"]!;

    private static IEnumerable<string> Labels(JsonNode experiment) =>
        experiment["task"]!["labels"]!.AsArray().Select(label => $"{label}");

    private static string Table(string header, Func<int, string> row) =>
        $"{header}\n{string.Concat(Enumerable.Range(0, 60).Select(i => row(i) + "\n"))}";

    private Command Run(params string[] words)
    {
        var run = Command.Run(words, scratch.Path);
        Assert.True(run.Status == 0, run.Errors);
        return run;
    }
}
