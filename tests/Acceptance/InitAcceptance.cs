using Xunit;

namespace Acceptance;

/// <summary><c>functional init</c> writes a spec that says every setting and changes none.</summary>
public sealed class InitAcceptance : IDisposable
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "cases");
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("base.csv"), InlineData("semicolon.csv"), InlineData("int_labels.csv"),
        InlineData("target_thousands.csv", "--thousands", ",")]
    [InlineData("na.csv", "--missing", "mean"), InlineData("noheader.csv"),
        InlineData("multi.csv", "--target", "\"hot, very\",is red", "--task", "labels")]
    [InlineData("np_ok.npz"), InlineData("emptyheader.csv"), InlineData("shape_wine.csv"), InlineData("houses.csv")]
    public void Its_spec_trains_to_the_bits_of_the_options(string file, params string[] options)
    {
        File.Copy(Path.Combine(Cases, file), scratch.At(file));
        Directory.CreateDirectory(scratch.At("specs"));
        var init = Init([file, "--out", Path.Combine("specs", "spec.json"), .. options]);
        Assert.Equal((0, ""), (init.Status, init.Errors));
        string expected = Trained(["--data", file, "--epochs", "2", .. options]);
        Assert.Equal(64, expected.Length);
        Assert.Equal(expected, Trained([Path.Combine("specs", "spec.json"), "--epochs", "2"]));
    }

    [Theory]
    [InlineData("moons"), InlineData("penguins"), InlineData("auto-mpg")]
    public void So_does_that_of_a_data_set(string name)
    {
        Assert.Equal(0, Init([name]).Status);
        Assert.Equal(Trained(["--data", name, "--epochs", "2"]), Trained(["spec.json", "--epochs", "2"]));
    }

    [Fact]
    public void It_says_what_was_found_in_a_file()
    {
        File.Copy(Path.Combine(Cases, "semicolon.csv"), scratch.At("semicolon.csv"));
        Init(["semicolon.csv"]);
        string[] spec = File.ReadAllLines(scratch.At("spec.json"));
        Assert.Contains(
            spec,
            line => line.Contains("the task is to predict which of 3 classes \"label\"", StringComparison.Ordinal));
        Assert.Contains(spec, line => line.Contains("\";\" stands between cells", StringComparison.Ordinal));
        Assert.Contains(spec, line => line.TrimStart().StartsWith("// label   target", StringComparison.Ordinal));
        Assert.Contains("    \"target\": [\"label\"],", spec);
        Assert.Contains("    \"task\": \"classes\",", spec);
        Assert.All(spec, line => Assert.InRange(line.Length, 0, 120));
    }

    [Fact]
    public void What_training_would_refuse_is_said_in_the_spec_and_on_standard_error()
    {
        File.Copy(Path.Combine(Cases, "na.csv"), scratch.At("na.csv"));
        var init = Init(["na.csv"]);
        Assert.Equal(0, init.Status);
        Assert.Contains("training would refuse it", init.Errors, StringComparison.Ordinal);
        Assert.Contains(
            "// training would refuse it", File.ReadAllText(scratch.At("spec.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_not_overwritten()
    {
        scratch.File("spec.json", "mine");
        BadInput.Refused(scratch, ["init", "moons"], "spec.json is there already; --out should name a new file");
        Assert.Equal("mine", File.ReadAllText(scratch.At("spec.json")));
    }

    [Theory]
    [InlineData("missing.csv", "missing.csv")]
    [InlineData("mnist", "data is \"mnist\"; it should be a known data set")]
    [InlineData("given", "data is \"given\"; it should name data")]
    [InlineData("csv_file", "data.path is \"\"")]
    public void What_is_no_data_is_refused_and_nothing_is_written(string name, string message)
    {
        BadInput.Refused(scratch, ["init", name], message);
        Assert.False(File.Exists(scratch.At("spec.json")));
    }

    [Fact]
    public void A_place_that_is_not_there_is_refused() =>
        BadInput.Refused(
            scratch, ["init", "moons", "--out", Path.Combine("none", "spec.json")], "spec.json cannot be written");

    [Fact]
    public void Its_help_has_an_example() =>
        Assert.Contains("functional init table.csv", Command.Run(["init", "--help"]).Output, StringComparison.Ordinal);

    private Command Init(string[] words) => Command.Run(["init", .. words], scratch.Path);

    private string Trained(string[] words) =>
        (string)Command.Run(["train", "--again", .. words, "--quiet", "--json"], scratch.Path)
            .Json["parameters_sha256"]!;
}
