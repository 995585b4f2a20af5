using System.Text;
using Xunit;

namespace Acceptance;

/// <summary>Data files that are not what they should be: one clear line with file, row and
/// column, exit status 2.</summary>
public sealed class BadData
{
    public static TheoryData<string, string, string> Tables => new()
    {
        { "a,b\n1,2\n3\n", "", "row 2 has 1 cell; it should have 2" },
        { "a,b\n1,2\n3,x\n", "--task numbers",
            "column \"b\": 1 of 2 cells is not a plain number, the first in row 2 (\"x\")" },
        { "a,b\n1,2\n3,\n", "", "row 2, column \"b\" is empty; it should hold a value" },
        { "a,b\n", "", "has 0 rows; it should have at least 1" },
        { "", "", "has 0 rows; it should have at least 1" },
        { "a,b\n1,p\n2,p\n", "", "column \"b\" has 1 class; there should be 2 to 65536" },
        { "a,b\n1,p\n2,q\n", "--target c",
            "has no column \"c\"; it should be a number from 1 to 2 or one of \"a\", \"b\"" },
        { "a,b\n1,p\n2,q\n", "--target a --features a,b", "column \"a\" is a target and a feature" },
        { "a,b,a\n1,2,3\n", "", "columns 1 and 3 are both named \"a\"" },
        { "a,b\n1,p\0\n2,q\n", "", "data.csv, line 2" },
        { "a,b\n\"1,p\n2,q\n", "", "data.csv" },
        { "a,b\n1,p\n2,q\n", "--delimiter ab", "delimiter is \"ab\"; it should be one character" },
        { "a,b\n1,p\n2,q\n", "--missing 1e999", "missing is \"1e999\"; it should be a known way with missing cells" },
        { "a,b\n1,p\n2,q\n", "--indicators", "indicators are given; missing cells should then be filled (--missing "
            + "mean, median, most_frequent, or a number)" },
        { "a,b\n1,p\n2,q\n", "--missing drop --indicators",
            "indicators are given; missing cells should then be filled" },
        { "a,b\n1,p\n2,q\n", "--missing guess",
            "missing is \"guess\"; it should be a known way with missing cells: refuse, drop, mean, median, "
                + "most_frequent, constant" },
        { "a,b,w\n1,p,1\n2,q,-1\n", "--target b --weight w",
            "row 2, column \"w\" is -1; a weight should be at least 0" },
        { "a,b\n1,p\n2,q\n", "--class-weights given",
            "class_weights.weights has 0 weights; there should be one for each of the 2 classes" },
        { "a,b\n1,2\n2,3.5\n", "--class-weights balanced", "it should be \"equal\" where numbers are predicted" },
        { "a,b\n1,-2\n2,3.5\n", "--loss poisson_nll",
            "the targets have -2 in row 1, column 1; for the loss \"poisson_nll\" it should be at least 0 and finite" },
    };

    [Theory, MemberData(nameof(Tables))]
    public void A_faulty_table_is_refused(string csv, string options, string message)
    {
        using var scratch = new Scratch();
        scratch.File("data.csv", csv);
        BadInput.Refused(
            scratch,
            ["train", "--data", "data.csv", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], message);
    }

    [Fact]
    public void A_table_in_another_encoding_is_refused()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch.At("data.csv"), Encoding.Latin1.GetBytes("a,b\n1,ni\u00f1o\n2,q\n"));
        BadInput.Refused(scratch, ["train", "--data", "data.csv"], "is not UTF-8");
    }

    [Fact]
    public void Faults_of_data_and_of_settings_come_together()
    {
        using var scratch = new Scratch();
        BadInput.Refused(
            scratch, ["train", "--data", "none.csv", "--batch", "0", "--out", "/proc/run"], "none.csv is not there",
            "batch_size is 0");
    }

    [Fact]
    public void Faulty_arrays_are_refused()
    {
        using var scratch = new Scratch();
        BadInput.Refused(
            scratch, ["train", "--data", "."],
            "has no train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte");
        foreach (string name in (string[])[
            "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"])
            scratch.File(name, "not images");
        BadInput.Refused(scratch, ["train", "--data", "."], "train-images-idx3-ubyte is not an IDX file");
        scratch.File("x.npy", "?");
        BadInput.Refused(scratch, ["train", "--data", "x.npy"], "x.npy holds one array");
        scratch.File("x.npz", "?");
        BadInput.Refused(scratch, ["train", "--data", "x.npz"], "x.npz is");
    }

    [Fact]
    public void A_table_can_be_trained_on_evaluated_and_predicted_from()
    {
        using var scratch = new Scratch();
        var text = new StringBuilder("kind,size,colour,weight,note\n");
        for (int i = 0; i < 60; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{(i % 3 == 0 ? "small" : "large")},{(i % 7 == 0 ? "" : i % 3 == 0 ? "1.5" : "9.25")},"
                    + $"{(i % 2 == 0 ? "red" : "\"blue, dark\"")},1,x{i}\n");
        scratch.File("data.csv", text.ToString());
        string[] train = ["train", "--data", "data.csv", "--target", "kind", "--features", "size,colour", "--weight",
            "weight", "--missing", "median", "--epochs", "40", "--rate", "0.05", "--json", "--quiet", "--out", "run"];
        var run = Command.Run(train, scratch.Path);
        Assert.Equal((0, ""), (run.Status, run.Errors));
        Assert.InRange((double)run.Json["train"]!["accuracy"]!, 0.8, 1);
        var evaluated = Command.Run(["evaluate", "run", "--json"], scratch.Path).Json["test"]!.AsObject();
        Assert.True(evaluated.Remove("thresholds"));
        Assert.Equal(run.Json["test"]!.ToJsonString(), evaluated.ToJsonString());
        scratch.File("new.csv", "colour,size\nred,1.5\n\"blue, dark\",9\nred,\n");
        string[] lines = Command.Run(["predict", "run", "--data", "new.csv"], scratch.Path).Output.TrimEnd()
            .Split('\n');
        Assert.Equal((4, "small", "large"), (lines.Length, lines[1].Split(',')[1], lines[2].Split(',')[1]));
        scratch.File("odd.csv", "colour,size\ngreen,1\n");
        BadInput.Refused(
            scratch, ["predict", "run", "--data", "odd.csv"],
            "row 1, column \"colour\" is \"green\"; it should be one of blue, dark, red");
    }
}
