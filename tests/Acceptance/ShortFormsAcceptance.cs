using Xunit;

namespace Acceptance;

/// <summary>What may be written short in a SPEC file means what the options mean.</summary>
public sealed class ShortFormsAcceptance : IDisposable
{
    private const string Cells = "a,b,kind\n1,2,x\n2,1,y\n3,5,x\n4,4,y\n5,6,x\n6,5,y\n7,9,x\n8,8,y\n9,9,x\n1,4,y\n";
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Numbers_and_a_path_are_the_options_hidden_and_data()
    {
        Directory.CreateDirectory(scratch.At("specs"));
        scratch.File("specs/table.csv", Cells);
        scratch.File("specs/short.json", """{ "data": "table.csv", "hidden": [6, 5], "epochs": 3 }""");
        string trained = Trained("specs/short.json");
        Assert.Equal(64, trained.Length);
        Assert.Equal(trained, Trained("--data", "specs/table.csv", "--hidden", "6,5", "--epochs", "3"));
        Assert.Equal(trained, Trained("specs/short.json", "--seed", "42"));
        Assert.NotEqual(trained, Trained("specs/short.json", "--activation", "tanh"));
        Assert.Equal(
            Trained("specs/short.json", "--activation", "tanh"),
            Trained("--data", "specs/table.csv", "--hidden", "6,5", "--epochs", "3", "--activation", "tanh"));
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_said_with_the_place_that_was_looked_at()
    {
        Directory.CreateDirectory(scratch.At("specs"));
        scratch.File("specs/short.json", """{ "data": "none.csv" }""");
        BadInput.Refused(scratch, ["train", "specs/short.json"], Path.Combine("specs", "none.csv"));
    }

    private string Trained(params string[] words) =>
        (string)Command.Run(["train", "--again", .. words, "--quiet", "--json"], scratch.Path)
            .Json["parameters_sha256"]!;
}
