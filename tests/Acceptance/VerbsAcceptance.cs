using Xunit;

namespace Acceptance;

/// <summary>A verb is found wherever it stands, and help on all of them knows all of them.</summary>
public sealed class VerbsAcceptance
{
    [Fact]
    public void Help_names_every_verb()
    {
        string help = Command.Run(["--help"]).Output;
        foreach (string verb in (string[])[
            "train <SPEC.json>", "evaluate <RUN>", "report <RUN>",
            "predict <RUN>", "gradcheck <SPEC.json>", "explain <SPEC.json|RUN>",
            "summary <SPEC.json>", "data ", "runs ", "init <DATA>", "schema ", "bench <workload>"])
            Assert.Contains($"  {verb}", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summary", "--hidden", "8")]
    [InlineData("--debug", "summary", "--hidden", "8")]
    [InlineData("@words.rsp")]
    public void A_verb_stands_first_or_after_an_option_or_in_a_file(params string[] words)
    {
        using var scratch = new Scratch();
        scratch.File("words.rsp", "summary\n--hidden\n8\n");
        var summary = Command.Run(words, scratch.Path);
        Assert.Equal((0, ""), (summary.Status, summary.Errors));
        Assert.Contains("dense", summary.Output, StringComparison.Ordinal);
    }
}
