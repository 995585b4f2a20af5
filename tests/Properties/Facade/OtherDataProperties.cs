using System.Data;
using System.Text;
using Functional;
using Properties.Files;
using Xunit;

namespace Properties.Facade;

/// <summary>Where a model meets other data, columns and classes are matched by name or refused naming the difference.</summary>
public sealed class OtherDataProperties
{
    private static readonly double[,] Numbers = { { 0, 1 }, { 1, 0 }, { 2, 1 }, { 3, 0 }, { 4, 1 }, { 5, 0 }, { 6, 1 }, { 7, 0 } };
    private static readonly string[] Words = ["no", "no", "no", "no", "yes", "yes", "yes", "yes"];
    private static readonly int[] Counted = [0, 0, 0, 0, 1, 1, 1, 1];

    private static Classifier Trained(TargetRows targets) => Mlp.Classifier([4]).Train(Dataset.Of(Numbers, targets), Short).Model;

    private static Settings Short(Settings settings) => settings with { Epochs = 3 };

    [Fact]
    public void Classes_by_number_are_no_classes_by_name() => Assert.Contains(
        "the data have classes by number, 0, 1; they should be named, as one of \"no\", \"yes\"",
        Refusal(() => Trained(Words).Evaluate(Dataset.Of(Numbers, Counted))), StringComparison.Ordinal);

    [Fact]
    public void Classes_by_name_are_no_classes_by_number() => Assert.Contains(
        "the data have the classes \"no\", \"yes\"; they should be numbers from 0 to 1",
        Refusal(() => Trained(Counted).Evaluate(Dataset.Of(Numbers, Words))), StringComparison.Ordinal);

    [Theory, InlineData(false), InlineData(true)]
    public void Classes_named_by_numbers_are_those_numbers(bool areNamed)
    {
        string[] names = ["2", "2", "2", "2", "0", "0", "0", "1"];
        int[] numbers = [2, 2, 2, 2, 0, 0, 0, 1];
        var model = areNamed ? Trained(names) : Trained(numbers);
        Assert.Equal(model.Evaluate(Dataset.Of(Numbers, names)), model.Evaluate(Dataset.Of(Numbers, numbers)));
    }

    [Fact]
    public void Validation_data_by_number_are_no_classes_by_name() => Assert.Contains(
        "validation data: the data have classes by number",
        Refusal(() => Mlp.Classifier([4]).Train(Dataset.Of(Numbers, Words), Short, validation: Dataset.Of(Numbers, Counted))), StringComparison.Ordinal);

    [Fact]
    public void Data_may_have_one_of_the_classes_alone()
    {
        string[] one = [.. Words.Select(_ => "yes")];
        var evaluation = Trained(Words).Evaluate(Dataset.Of(Numbers, one));
        Assert.Equal((0, 8), (evaluation.Counts.RowSums[0], evaluation.Counts.RowSums[1]));
        Table all = Rows(Words), part = Rows(one);
        var trained = Mlp.Classifier([4]).Train(all, "y", Short, validation: part, test: part);
        Assert.Equal(8, trained.Test.Counts.RowSums[1]);
        Assert.Equal(trained.Test.Accuracy, trained.Model.Evaluate(part).Accuracy);
        Assert.Contains("the data have 1 class", Refusal(() => Mlp.Classifier([4]).Train(Dataset.Of(Numbers, one), Short)), StringComparison.Ordinal);
        Assert.Contains("has 1 class", Refusal(() => Mlp.Classifier([4]).Train(part, "y", Short)), StringComparison.Ordinal);
        Assert.Contains(
            "column \"y\" has the class \"maybe\"; it should be one of \"no\", \"yes\"",
            Refusal(() => trained.Model.Evaluate(Rows([.. one.SkipLast(1), "maybe"]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_a_column_twice_is_refused()
    {
        var model = Mlp.Classifier([4]).Train(Rows(Words), "y", Short).Model;
        Assert.Contains("the row has \"b\" twice; it should have it once", Refusal(() => model.Predict(("a", 1), ("b", 2), ("b", 3))), StringComparison.Ordinal);
        Assert.Contains("a cell without a name", Refusal(() => model.Predict(("a", 1), ("b", 2), (null!, 3))), StringComparison.Ordinal);
        Assert.Contains("between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => model.PredictProbabilities(("a", 1), ("b", 2))[7]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_goes_on_with_its_own_parts_alone()
    {
        var (data, part) = (Dataset.Of(Numbers, Words), Dataset.Of(Numbers, Words.Reverse().ToArray()));
        var net = Mlp.Classifier([4]);
        var trained = net.Train(data, Short, validation: part, test: part);
        Assert.Contains("the training had 8 rows of test data of its own", Refusal(() => net.Continue(trained, data, 2, part)), StringComparison.Ordinal);
        Assert.Contains("the validation data are not those of the training", Refusal(() => net.Continue(trained, data, 2, data, part)), StringComparison.Ordinal);
        Assert.Contains("the data are not those of the training", Refusal(() => net.Continue(trained, part, 2, part, part)), StringComparison.Ordinal);
        Assert.Contains("the training had no test data of its own", Refusal(() => net.Continue(net.Train(data, Short), data, 2, test: part)), StringComparison.Ordinal);
        var whole = net.Train(data, settings => settings with { Epochs = 5 }, validation: part, test: part);
        Assert.Equal(whole.Model, net.Continue(trained, data, 2, part, part).Model);
    }

    [Fact]
    public void A_warm_start_keeps_how_samples_are_scaled()
    {
        var net = Mlp.Classifier([4]);
        var first = net.Train(Dataset.Of(Numbers, Words), Short);
        double[,] others = { { 100, 7 }, { 140, 0 }, { 90, 1 }, { 10, 0 }, { 4, 1 }, { 5, 0 }, { 6, 1 }, { 7, 0 } };
        Settings Still(Settings settings) => settings with { Epochs = 1, Optimizer = new Sgd(1e-30) };
        var warm = net.Train(Dataset.Of(others, Words), Still, from: first.Model);
        Assert.Equal(first.Model.ParametersSha256, warm.Model.ParametersSha256);
        Assert.Equal(first.Model.Predict(((InputRows)Numbers).Numbers), warm.Model.Predict(((InputRows)Numbers).Numbers));
        Assert.Contains(warm.Notes, note => note.StartsWith("samples are scaled as those of the model to start from", StringComparison.Ordinal));
        Assert.DoesNotContain(net.Train(Dataset.Of(Numbers, Words), Still, from: first.Model).Notes, note => note.StartsWith("samples are scaled", StringComparison.Ordinal));
        var on = net.Train(Dataset.Of(others, Words), settings => settings with { Epochs = 4 }, from: first.Model);
        Assert.Equal(on.Model, net.Continue(net.Train(Dataset.Of(others, Words), settings => settings with { Epochs = 2 }, from: first.Model), Dataset.Of(others, Words), 2).Model);
    }

    private enum Plan { Free, Gold }

    [Fact]
    public void Members_of_enums_and_truth_values_are_the_same_from_anywhere()
    {
        using var rows = new DataTable();
        rows.Columns.Add("plan", typeof(Plan));
        rows.Columns.Add("is_new", typeof(bool));
        for (int i = 0; i < 4; i++) rows.Rows.Add((Plan)(i % 2), i > 1);
        var same = Table.OfDictionaries(Enumerable.Range(0, 4).Select(i => new Dictionary<string, object?> { ["plan"] = (Plan)(i % 2), ["is_new"] = i > 1 }));
        using var reader = rows.CreateDataReader();
        Assert.Equal(same.Columns, Table.Of(reader).Columns);
        Assert.Equal<string[]>(["Free", "Gold"], [.. ((Column.Categories)same.Columns[0]).Values]);
        Assert.Equal<string[]>(["no", "yes"], [.. ((Column.Categories)same.Columns[1]).Values]);
    }

    public static TheoryData<object, string> Odd => new()
    {
        { TimeSpan.FromHours(1), "is a TimeSpan; it should be a number, a text, a date, a truth value or a member of an enum" },
        { Guid.Empty, "is a Guid; it should be" }, { (int[])[1, 2], "is a Int32[]; it should be" },
        { long.MaxValue, "is 9223372036854775807; a whole number should be at most 2^53, or a text" },
    };

    [Theory, MemberData(nameof(Odd))]
    public void What_is_no_cell_is_refused_by_its_type(object cell, string fault) => Assert.Contains(
        $"the rows, row 2, column \"x\" {fault}",
        Refusal(() => Table.OfDictionaries([new Dictionary<string, object?> { ["x"] = null }, new Dictionary<string, object?> { ["x"] = cell }])), StringComparison.Ordinal);

    [Fact]
    public void Dates_are_days_from_anywhere()
    {
        Dictionary<string, object?>[] rows = [.. Enumerable.Range(0, 8).Select(i => new Dictionary<string, object?>
        {
            ["when"] = i == 3 ? null : new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc), ["y"] = i > 3 ? "late" : "early",
        })];
        var table = Table.OfDictionaries(rows);
        Assert.Equal([20454, 20455, 20456, double.NaN], ((Column.Numbers)table.Columns[0]).Cells.Span[..4].ToArray());
        Assert.Contains("dates are taken as days since 1970-01-01", Assert.Single(table.Notes).Text, StringComparison.Ordinal);
        var model = Mlp.Classifier([4]).Train(table, "y", settings => Short(settings) with { Missing = new MissingCells.Mean() }).Model;
        Assert.Equal(model.Predict(table)[7], model.Predict(("when", new DateOnly(2026, 1, 8))));
        rows[1]["when"] = 7;
        Assert.Contains("has dates (row 1) and other cells (row 2", Refusal(() => Table.OfDictionaries(rows)), StringComparison.Ordinal);
    }

    [Fact]
    public void Truth_values_are_labels()
    {
        var table = Table.OfDictionaries(Enumerable.Range(0, 30).Select(i => new Dictionary<string, object?> { ["x"] = i, ["spam"] = i > 9, ["urgent"] = i % 2 }));
        Assert.Equal(2, Mlp.MultiLabelClassifier([4]).Train(table, ["spam", "urgent"], Short).Model.Labels.Count);
    }

    [Fact]
    public void A_category_that_is_empty_in_every_row_is_still_one()
    {
        Table Of(Func<int, string?> plan) => Table.Of(Enumerable.Range(0, 20)).Category("plan", plan).Number("x", i => i).Category("y", i => i > 9 ? "a" : "b");
        var model = Mlp.Classifier([4]).Train(Of(i => i % 2 == 0 ? "gold" : "free"), "y", settings => Short(settings) with { Missing = new MissingCells.Mean() }).Model;
        Assert.Equal(20, model.Evaluate(Of(_ => null)).Rows);
    }

    [Fact]
    public void A_number_is_no_category_whatever_was_seen()
    {
        Table Of(bool isNumber) => Table.Of(Enumerable.Range(0, 20)) is var rows
            ? (isNumber ? rows.Number("plan", i => i) : rows.Category("plan", i => i % 2 == 0 ? "gold" : "free")).Number("x", i => i).Category("y", i => i > 9 ? "a" : "b")
            : null!;
        var model = Mlp.Classifier([4]).Train(Of(false), "y", settings => Short(settings) with { Unseen = UnseenCategories.Ignore }).Model;
        Assert.Equal("\"plan\" is \"3\"; it should be one of free, gold", Refusal(() => model.Predict(("plan", 3), ("x", 1))));
        Refusal(() => model.Predict(Of(true)));
        Refusal(() => model.Evaluate(Of(true)));
    }

    [Fact]
    public void What_settings_leave_out_is_named()
    {
        Assert.Contains("optimizer is null", Refusal(() => Mlp.Classifier([4]).Train(Dataset.Of(Numbers, Words), settings => settings with { Optimizer = null! })), StringComparison.Ordinal);
        Assert.Contains("hidden is null", Refusal(() => Mlp.Classifier([4]).Train(Dataset.Of(Numbers, Words), settings => settings with { Hidden = null! })), StringComparison.Ordinal);
        Assert.Contains("there are 0 targets", Refusal(() => Mlp.Classifier([4]).Train(Rows(Words), [], Short)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_diverged_or_was_cut_says_so()
    {
        var diverged = Mlp.Classifier([4]).Train(Dataset.Of(Numbers, Words), settings => Short(settings) with { Optimizer = new Sgd(1e30) });
        Assert.StartsWith("training diverged at step", diverged.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_in_another_notation_of_numbers_is_refused()
    {
        using var scratch = new Scratch();
        string file = scratch.Write("eu.csv", Encoding.UTF8.GetBytes("a;y\n" + string.Concat(Enumerable.Range(1, 30).Select(i => $"{i}.{i + 100};{(i > 15 ? "big" : "small")}\n"))));
        var european = Table.Read(file, new TableFormat { DecimalPoint = ",", Thousands = "." });
        var model = Mlp.Classifier([4]).Train(european, "y", Short).Model;
        Assert.Equal(model.Predict(european), model.Predict(Table.Read(file, model.Format)));
        var other = Table.Read(file);
        foreach (var act in (Action[])[() => model.Predict(other), () => model.Evaluate(other), () => Mlp.Classifier([4]).Train(european, "y", Short, validation: other)])
            Assert.Contains("was read with \".\" as decimal sign and \"\" between thousands, and the model's own table with \",\" and \".\"", Refusal(act), StringComparison.Ordinal);
        model.Predict(other with { IsOfText = false });
    }

    [Fact]
    public void What_is_null_is_refused_by_its_place()
    {
        Assert.Contains("row 2 of the inputs is null", Refusal(() => { InputRows rows = (float[][])[[1f], null!]; }), StringComparison.Ordinal);
        Assert.Contains("row 1 is null", Refusal(() => Table.OfDictionaries([null!])), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Table.Of(Words).Number(null!, _ => 1));
        Assert.Throws<ArgumentNullException>(() => Table.Of(Words).Category("a", null!));
    }

    private static Table Rows(string[] classes) => Table.Of(Enumerable.Range(0, classes.Length))
        .Number("a", i => Numbers[i, 0]).Number("b", i => Numbers[i, 1]).Category("y", i => classes[i]);

    private static string Refusal(Action act) => Assert.Throws<InvalidInputException>(act).Message;
}
