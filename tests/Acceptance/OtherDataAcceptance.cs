using Xunit;

namespace Acceptance;

/// <summary>Where a run meets other data, its target, columns and classes are looked for by name, or refused naming the difference.</summary>
public sealed class OtherDataAcceptance(OtherDataAcceptance.TrainedRun of) : IClassFixture<OtherDataAcceptance.TrainedRun>
{
    private readonly Scratch scratch = of.Scratch;

    public sealed class TrainedRun : IDisposable
    {
        internal readonly Scratch Scratch = new();

        public TrainedRun()
        {
            Scratch.File("t.csv", Table("a,z,b,y", i => $"{i % 10},{(i % 3 == 0 ? "red" : "blue")},{i % 2},{(i % 10 > 4 ? "yes" : "no")}"));
            Command.Run(["train", "--data", "t.csv", "--epochs", "2", "--out", "run", "--quiet"], Scratch.Path);
        }

        public void Dispose() => Scratch.Dispose();
    }

    public static TheoryData<string, string> Places => new()
    {
        { "y,b,z,a", "yes,1,red,9\nno,0,blue,1\n" }, { "a,z,b,y,note", "9,red,1,yes,maybe\n1,blue,0,no,x\n" }, { "a,z,b,y", "9,red,1,yes\n8,blue,0,yes\n" },
    };

    // The target of a run that was trained without --target is the column it was, wherever it stands now.
    [Theory, MemberData(nameof(Places))]
    public void The_target_is_found_by_its_name(string header, string rows)
    {
        scratch.File("other.csv", $"{header}\n{string.Concat(Enumerable.Repeat(rows, 20))}");
        var evaluated = Run("evaluate", "run", "--data", "other.csv", "--json");
        Assert.Equal(40, (int)evaluated.Json["result"]!["rows"]!);
        var warm = Run("train", "--from", "run", "--data", "other.csv", "--epochs", "1", "--out", $"warm{header.Length}{rows.Length}", "--json", "--quiet");
        Assert.Equal("y", $"{warm.Json["experiment"]!["data"]!["target"]![0]}");
        Assert.Equal(["a", "z", "b"], warm.Json["experiment"]!["task"]!["features"]!.AsArray().Select(feature => $"{feature!["name"]}"));
        Assert.Equal(["no", "yes"], warm.Json["experiment"]!["task"]!["labels"]!.AsArray().Select(label => $"{label}"));
    }

    [Fact]
    public void An_experiment_that_was_written_down_keeps_its_target_for_other_data()
    {
        scratch.File("other.csv", Table("y,a", i => $"{(i % 10 > 4 ? "good" : "bad")},{i % 10}"));
        var trained = Run("train", "run/run.json", "--data", "other.csv", "--epochs", "1", "--out", "again", "--json", "--quiet");
        Assert.Equal(["bad", "good"], trained.Json["experiment"]!["task"]!["labels"]!.AsArray().Select(label => $"{label}"));
    }

    [Theory]
    [InlineData("a,z,b,y", "9,red,1,maybe\n", "column \"y\" has the class \"maybe\"; it should be one of \"no\", \"yes\"")]
    [InlineData("a,z,b", "9,red,1\n", "other.csv has no column \"y\"")]
    [InlineData("a,z,y", "9,red,yes\n", "other.csv has no column \"b\"")]
    [InlineData("a,z,b,y", "9,green,1,yes\n", "column \"z\" has \"green\"; it should have only \"blue\", \"red\"")]
    public void What_differs_is_refused_by_name(string header, string row, string fault)
    {
        scratch.File("other.csv", $"{header}\n{string.Concat(Enumerable.Repeat(row, 20))}");
        foreach (string[] words in (string[][])[["evaluate", "run", "--data", "other.csv"], ["train", "--from", "run", "--data", "other.csv", "--out", "warm"]])
        {
            var refused = Command.Run(words, scratch.Path);
            Assert.Equal(2, refused.Status);
            Assert.Contains(fault, refused.Errors, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(scratch.Path, "warm")));
    }

    [Fact]
    public void A_run_may_be_named_by_its_report() =>
        Assert.Equal(Run("evaluate", "run", "--json").Json["parameters_sha256"]!.ToString(), Run("evaluate", "run/run.json", "--json").Json["parameters_sha256"]!.ToString());

    private static string Table(string header, Func<int, string> row) =>
        $"{header}\n{string.Concat(Enumerable.Range(0, 60).Select(i => row(i) + "\n"))}";

    private Command Run(params string[] words)
    {
        var run = Command.Run(words, scratch.Path);
        Assert.True(run.Status == 0, run.Errors);
        return run;
    }
}
