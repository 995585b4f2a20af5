using System.Xml.Linq;
using Xunit;

namespace Acceptance;

/// <summary>Pictures on request.</summary>
public sealed class FiguresAcceptance
{
    private static readonly string[] Train =
        ["train", "--data", "moons", "--samples", "60", "--hidden", "5", "--activation", "tanh", "--epochs", "6",
            "--out", "run"];

    [Fact]
    public void A_training_draws_its_curves_its_mistakes_and_what_it_decides()
    {
        using var scratch = new Scratch();
        var run = Command.Run([.. Train, "--figures", "pictures/all", "--curvature", "2steps"], scratch.Path);
        Assert.Equal(0, run.Status);
        Assert.Contains("figures in pictures/all: learning, confusion, decision, curvature", run.Errors,
            StringComparison.Ordinal);
        string[] names = ["confusion", "curvature", "decision", "learning"];
        Assert.Equal(names, Names(scratch, "*.svg"));
        Assert.Equal(names, Names(scratch, "*.png"));
        Assert.All(Directory.GetFiles(Folder(scratch), "*.svg"),
            file => Assert.Equal("svg", XDocument.Load(file).Root!.Name.LocalName));
        Assert.All(Directory.GetFiles(Folder(scratch), "*.png"),
            file => Assert.Equal(0x89, File.ReadAllBytes(file)[0]));
    }

    [Fact]
    public void Verbs_that_look_at_a_loss_draw_it_in_Spanish_and_on_black_too()
    {
        using var scratch = new Scratch();
        Assert.Equal(0, Command.Run([.. Train, "--quiet"], scratch.Path).Status);
        foreach (string verb in (string[])
            [
                "landscape run --grid 5 --plane path", "spectrum run --density --layers",
                "saddles --data xor --samples 4 --noise 0 --test 0 --validation 0 --hidden 2 --activation tanh "
                    + "--seeds 4 --epochs 9",
            ])
            Assert.Equal(0, Command.Run(
                [.. verb.Split(' '), "--figures", "pictures/all", "--theme", "dark", "--language", "es", "--quiet"],
                    scratch.Path).Status);
        Assert.Equal(["accuracy", "layers", "path", "relief", "saddles", "spectrum", "surface"],
            Names(scratch, "*.svg"));
        Assert.Contains("pérdida", File.ReadAllText(Path.Combine(Folder(scratch), "path.svg")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--theme dark", "--theme changes nothing without --figures")]
    [InlineData("--figures pictures --theme pink", "--theme is \"pink\"; it should be one of light, dark, print")]
    [InlineData("--figures run.txt", "--figures is \"run.txt\"; it should be a directory")]
    public void What_does_not_fit_is_refused_before_training(string options, string message)
    {
        using var scratch = new Scratch();
        scratch.File("run.txt", "not a directory");
        var run = Command.Run([.. Train, .. options.Split(' ')], scratch.Path);
        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(scratch.Path, "run")));
    }

    private static string Folder(Scratch scratch) => Path.Combine(scratch.Path, "pictures", "all");

    private static string[] Names(Scratch scratch, string pattern) =>
        [.. Directory.GetFiles(Folder(scratch), pattern).Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)];
}
