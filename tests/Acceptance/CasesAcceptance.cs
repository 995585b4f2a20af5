using Xunit;

namespace Acceptance;

/// <summary>Small files as real users have them: each does what they would expect, or says why
/// not and what to do.</summary>
public sealed class CasesAcceptance : IDisposable
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "cases");
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>A file, options, how many parameters the network has (so many inputs and outputs it found),
    /// and what is said.</summary>
    public static TheoryData<string, string, int, string> Read => new()
    {
        { "na.csv", "--missing mean", 579, "column \"a\": 9 x \"NA\" taken as missing" },
        { "question.csv", "--missing median", 579, "x \"?\" taken as missing" },
        { "target_na.csv", "--missing drop", 257, "1 of 300 rows is left out (an empty cell)" },
        { "target_thousands.csv", "--thousands ,", 257, "the task is to predict the number \"price\"" },
        { "thousands.csv", "--thousands ,", 579, "which of 3 classes \"label\"" },
        { "currency.csv", "", 387, "column \"price\": cells such as \"$1000\" are taken as numbers" },
        { "percent.csv", "", 387, "cells such as \"0%\" are taken as numbers" },
        { "dates.csv", "--columns date=days", 387, "which of 3 classes" },
        { "dates.csv", "--columns date=date_parts", 579, "which of 3 classes" },
        { "inf.csv", "--odd-cells missing --missing mean", 387,
            "1 odd cell is taken as missing, the first in row 6, \"inf\"" },
        { "overflow.csv", "--odd-cells missing --missing drop", 387, "the first in row 6, \"1e400\"" },
        { "unicode_minus.csv", "", 387, "which of 3 classes" },
        { "nbsp.csv", "", 387, "which of 3 classes" },
        { "decimalcomma.csv", "--decimal ,", 579, "\";\" stands between cells" },
        { "decimalcomma_quoted.csv", "--decimal ,", 579, "which of 3 classes" },
        { "semicolon.csv", "", 579, "\";\" stands between cells" },
        { "tab.tsv", "", 579, "a tab stands between cells" },
        { "pipe.csv", "", 579, "\"|\" stands between cells" },
        { "noheader.csv", "", 579, "its first line has a number or something like one, so it is taken for no header" },
        { "sep_line.csv", "", 387, "\";\" stands between cells, as its first line says" },
        { "shape_wine.csv", "", 321, "the task is to predict the number \"quality\"; --task classes" },
        { "shape_housing.data", "", 321, "blanks stand between cells" },
        { "oddlabels.csv", "", 452, "which of 4 classes \"label\" is (007, 1e3, Acme, Inc., say \"hi\")" },
        { "icd_train.csv", "", 514, "column \"code\" has codes such as \"001\"" },
        { "int_labels.csv", "", 387, "which of 3 classes \"y\" is (1, 2, 3); --task numbers" },
        { "float_labels.csv", "", 387, "which of 3 classes \"y\"" },
        { "int_labels.csv", "--task numbers", 257, "" },
        { "shape_kaggle_digits.csv", "--target label", 1738, "which of 10 classes \"label\"" },
        { "emptyheader.csv", "", 515, "column \"column_1\" is left out: it counts the rows" },
        { "emptyheader.csv", "--features b,color", 515, "" },
        { "id_text.csv", "", 387, "column \"id\" is left out: all its 60 texts differ" },
        { "leak_id.csv", "", 322, "column \"id\" is left out: it counts the rows" },
        { "shape_titanic.csv", "--target Survived --missing median --features Pclass,Sex,Age,SibSp,Fare,Embarked", 770,
            "which of 2 classes \"Survived\" is (0, 1)" },
        { "label_spaces.csv", "", 387, "blanks around texts do not count (30 cells)" },
        { "base.csv.gz", "", 579, "which of 3 classes" },
        { "ansi.csv", "", 258, "\\u001b[31mred" },
        { "multi.csv", "--target \"hot, very\",is_red --task labels", 322, "" },
        { "np_ok.npz", "", 515, "which of 3 classes \"y\" is (0, 1, 2)" },
        { "np_traintest.npz", "", 515, "which of 3 classes" },
        { "np_extra_arr.npz", "", 515, "left out: \"feature_names.npy\", \"meta.npy\"" },
        { "np_nan.npz", "--missing mean", 515, "" },
        { "np_nan.npz", "--missing drop", 515, "rows have a missing number and are left out" },
        { "np_neg.npz", "", 515, "which of 3 classes \"y\" is (-1, 0, 1); --task numbers" },
        { "np_neg.npz", "--task numbers", 385, "" },
        { "np_1based.npz", "", 515, "which of 3 classes \"y\" is (1, 2, 3)" },
        { "dupecommacol.csv", "--features \"last, first\",b", 322, "" },
    };

    [Theory, MemberData(nameof(Read))]
    public void A_file_is_read_as_its_author_meant_it_and_what_was_guessed_is_said(
        string file, string options, int parameters, string said)
    {
        string[] words = [.. Words(options).Select(word => word.Replace("is_red", "is red", StringComparison.Ordinal))];
        var done = Train(file, [.. words]);
        Assert.True(done.Status == 0, done.Errors);
        Assert.StartsWith($"{parameters} parameters,", done.Output, StringComparison.Ordinal);
        Assert.Contains(said, done.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("na.csv", "row 1, column \"a\" is empty, and so are 8 more of its cells", "--missing drop, mean")]
    [InlineData("target_na.csv", "row 138, column \"y\" is empty", "--missing drop")]
    [InlineData(
        "target_thousands.csv",
        "column \"price\": 300 of 300 cells are no plain numbers, the first in row 1 (\"269,319\")",
        "--decimal , or --thousands , says what a comma means")]
    [InlineData("thousands.csv", "60 of 60 cells are no plain numbers", "--thousands ,")]
    [InlineData("dates.csv", "row 1 (\"2024-01-01\")", "--columns date=days or date=date_parts")]
    [InlineData(
        "inf.csv", "1 of 60 cells is not a plain number, the first in row 6 (\"inf\")",
        "--odd-cells missing takes it as missing")]
    [InlineData("overflow.csv", "row 6 (\"1e400\")", "--odd-cells missing")]
    [InlineData("hex.csv", "row 6 (\"0x1F\")", "--odd-cells missing")]
    [InlineData("fortrand.csv", "row 6 (\"1.5D+02\")", "--odd-cells missing")]
    [InlineData("np_nan.npz", "the inputs have NaN in row 2, column 1", "--missing drop, mean, median, most_frequent")]
    [InlineData("decimalcomma.csv", "column \"a\": 60 of 60", "column \"b\": 60 of 60")]
    [InlineData("shape_titanic.csv", "column \"Age\" is empty", "column \"Cabin\" is empty")]
    public void What_is_not_sure_is_refused_with_the_place_and_the_remedy(string file, params string[] said)
    {
        var done = Train(file, file == "shape_titanic.csv" ? ["--target", "Survived"] : []);
        Assert.Equal(2, done.Status);
        Assert.All(said, part => Assert.Contains(part, done.Errors, StringComparison.Ordinal));
        Assert.False(Directory.Exists(scratch.At("run")));
    }

    [Fact]
    public void What_training_would_refuse_is_described()
    {
        string[] show = ["data", "show", "shape_titanic.csv", "--target", "Survived"];
        var (shown, json) = (Command.Run(show, Cases), Command.Run([.. show, "--json"], Cases).Json);
        Assert.Equal(0, shown.Status);
        Assert.Contains(
            "training would refuse it: shape_titanic.csv, row 1, column \"Age\" is empty", shown.Errors,
            StringComparison.Ordinal);
        Assert.Matches("(?m)^  Age +feature +number +125 missing +0.1 to 69", shown.Output);
        Assert.Equal(
            ["left out", "target", "feature", "left out", "feature", "feature", "feature", "feature",
                "feature", "feature"],
            json["columns"]!.AsArray().Select(column => (string)column!["role"]!));
        Assert.Equal(3, json["faults"]!.AsArray().Count);
    }

    [Theory, InlineData("houses.csv"), InlineData("hugetarget.csv"), InlineData("unix_seconds.csv")]
    public void Numbers_of_any_size_are_learned(string file)
    {
        var done = Command.Run(
            ["train", "--data", file, "--hidden", "32,32", "--activation", "tanh", "--rate", "0.01", "--epochs",
                "100", "--json", "--quiet", "--out", scratch.At("run")],
            Cases);
        Assert.InRange((double)done.Json["test"]!["r2"]!, 0.95, 1);
    }

    [Fact]
    public void What_cannot_be_learned_is_refused_with_the_reason()
    {
        Assert.Contains(
            "batch_size is 1; batch_norm should see at least 2 rows at a time",
            Train("n41.csv", ["--hidden", "4,batch_norm", "--batch", "1"]).Errors, StringComparison.Ordinal);
        Assert.Contains(
            "the inputs have 1E+308 in row 3, column 1", Train("extreme.csv", ["--precision", "double"]).Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("semicolon.csv", "", "pred_semicolon.csv")]
    [InlineData("noheader.csv", "", "pred_nh.csv")]
    [InlineData("decimalcomma.csv", "--decimal ,", "decimalcomma.csv")]
    [InlineData("dates.csv", "--columns date=date_parts", "dates.csv")]
    [InlineData("icd_train.csv", "", "icd_predict_numeric.csv")]
    [InlineData("icd_train.csv", "", "icd_predict_all.csv")]
    [InlineData("id_text.csv", "", "pred_unseen.csv")]
    [InlineData("oddlabels.csv", "", "pred2.csv")]
    public void Predictions_read_a_table_as_training_read_its_own(string file, string options, string samples)
    {
        Assert.Equal(0, Train(file, Words(options)).Status);
        var done = Command.Run(["predict", scratch.At("run"), "--data", samples, "--json"], Cases);
        Assert.True(done.Status == 0, done.Errors);
        int header = samples == "pred_nh.csv" ? 0 : 1;
        Assert.Equal(
            File.ReadLines(Path.Combine(Cases, samples)).Count(line => line.Length > 0) - header,
            (int)done.Json["rows"]!);
    }

    [Theory, InlineData("np_ok.npz"), InlineData("np_x.npy")]
    public void Predictions_take_arrays_as_training_does(string samples)
    {
        Assert.Equal(0, Train("np_ok.npz", []).Status);
        var done = Command.Run(["predict", scratch.At("run"), "--data", samples], Cases);
        Assert.StartsWith("row,class,p(0),p(1),p(2)\n1,", done.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_and_classes_are_matched_by_name_or_refused()
    {
        Assert.Equal(0, Train("w_abc.csv", []).Status);
        Command From(string file) => Command.Run(
            ["train", "--data", file, "--from", scratch.At("run"), "--epochs", "1", "--out",
                scratch.At($"from_{file}")],
            Cases);
        var other = From("w_xyz.csv");
        Assert.Equal(
            (2, "functional: w_xyz.csv, column \"label\" has the class \"yak\"; it should be one of \"cat\", \"dog\", "
                + "\"owl\"\n"),
            (other.Status, other.Errors));
        foreach (string file in (string[])["w_reorder.csv", "w_two.csv"])
        {
            Assert.Equal(0, From(file).Status);
            Assert.Equal(0, Command.Run(["evaluate", scratch.At($"from_{file}")], Cases).Status);
        }
        Assert.Equal(0, Command.Run(["evaluate", scratch.At("run"), "--data", "w_reorder.csv"], Cases).Status);
        Assert.Contains(
            "the class \"yak\"", Command.Run(["evaluate", scratch.At("run"), "--data", "w_xyz.csv"], Cases).Errors,
            StringComparison.Ordinal);
        var (straight, reordered) = (Predicted("w_abc.csv"), Predicted("w_reorder.csv"));
        Assert.Equal("row,color,class,p(cat),p(dog),p(owl)", straight[0]);
        Assert.Equal(straight.Length, reordered.Length);

        string[] Predicted(string file) =>
            Command.Run(["predict", scratch.At("run"), "--data", file, "--keep", "color"], Cases).Output.Split('\n');
    }

    [Fact]
    public void What_is_printed_of_a_prediction_can_be_chosen()
    {
        Assert.Equal(0, Train("w_abc.csv", []).Status);
        File.WriteAllText(scratch.At("new.csv"), "id,a,b,color\n007,1,2,red\n008,3,4,pink\n");
        Command Predict(params string[] options) =>
            Command.Run(["predict", scratch.At("run"), "--data", scratch.At("new.csv"), .. options], Cases);
        Assert.Contains(
            "row 2, column \"color\" is \"pink\"; it should be one of blue, green, red", Predict().Errors,
            StringComparison.Ordinal);
        var ignored = Predict("--unseen", "ignore", "--keep", "id", "--outputs", "both", "--json");
        Assert.Contains(
            "column \"color\": 1 of 2 cells are none of the categories that training saw", ignored.Errors,
            StringComparison.Ordinal);
        var row = ignored.Json["predictions"]![1]!;
        Assert.Equal((2, "008"), ((int)row["row"]!, (string)row["kept"]!["id"]!));
        double[] shares = [.. ((string[])["cat", "dog", "owl"]).Select(name => (double)row["probabilities"]![name]!)],
            logits = [.. ((string[])["cat", "dog", "owl"]).Select(name => (double)row["logits"]![name]!)];
        Assert.Equal(1, shares.Sum(), 1e-12);
        Assert.Equal(Math.Log(shares[0] / shares[1]), logits[0] - logits[1], 1e-9);
        Assert.StartsWith(
            "--outputs is \"all\"; it should be one of probabilities, logits, both",
            Predict("--outputs", "all").Errors["functional: ".Length..], StringComparison.Ordinal);
        Assert.Contains(
            "has no column \"nobody\"", Predict("--unseen", "ignore", "--keep", "nobody").Errors,
            StringComparison.Ordinal);
    }

    private Command Train(string file, string[] options) =>
        Command.Run(["train", "--data", file, "--epochs", "1", "--out", scratch.At("run"), .. options], Cases);

    private static string[] Words(string options) =>
        [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(new List<string>(), (words, word) =>
    {
        bool isOpen = words.Count > 0 && words[^1].Count(sign => sign == '"') % 2 == 1;
        if (isOpen) words[^1] += $" {word}";
        else words.Add(word);
        return words;
    })];
}
