using System.Text;
using Functional;
using Properties.Files;
using Xunit;

namespace Properties.Facade;

/// <summary>Where a model meets other data, columns and classes are matched by name or refused
/// naming the difference.</summary>
public sealed class OtherDataProperties
{
    internal static readonly double[,] Inputs =
        { { 0, 1 }, { 1, 0 }, { 2, 1 }, { 3, 0 }, { 4, 1 }, { 5, 0 }, { 6, 1 }, { 7, 0 } };
    internal static readonly string[] Words = ["no", "no", "no", "no", "yes", "yes", "yes", "yes"];
    private static readonly int[] Counted = [0, 0, 0, 0, 1, 1, 1, 1];

    private static Classifier Trained(TargetRows targets) =>
        Mlp.Classifier([4]).Train(Dataset.Of(Inputs, targets), Short).Model;

    internal static Settings Short(Settings settings) => settings with { Epochs = 3 };

    [Fact]
    public void Classes_by_number_are_no_classes_by_name() => Refused(
        "the data have classes by number, 0, 1; they should be named, as one of \"no\", \"yes\"",
        () => Trained(Words).Evaluate(Dataset.Of(Inputs, Counted)));

    [Fact]
    public void Classes_by_name_are_no_classes_by_number() => Refused(
        "the data have the classes \"no\", \"yes\"; they should be numbers from 0 to 1",
        () => Trained(Counted).Evaluate(Dataset.Of(Inputs, Words)));

    [Fact]
    public void A_class_that_is_named_by_a_number_is_met_by_that_number()
    {
        int[] numbers = [.. Words.Select(word => word == "no" ? 5 : 7)];
        string[] names = [.. numbers.Select(number => $"{number}")];
        var model = Trained(names);
        Assert.Equal(model.Evaluate(Dataset.Of(Inputs, names)), model.Evaluate(Dataset.Of(Inputs, numbers)));
        Refused(
            "the data have classes by number, 0, 1; they should be named",
            () => model.Evaluate(Dataset.Of(Inputs, Counted)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Classes_named_by_numbers_are_those_numbers(bool areNamed)
    {
        string[] names = ["2", "2", "2", "2", "0", "0", "0", "1"];
        int[] numbers = [2, 2, 2, 2, 0, 0, 0, 1];
        var model = areNamed ? Trained(names) : Trained(numbers);
        Assert.Equal(model.Evaluate(Dataset.Of(Inputs, names)), model.Evaluate(Dataset.Of(Inputs, numbers)));
    }

    [Fact]
    public void Validation_data_by_number_are_no_classes_by_name() => Refused(
        "validation data: the data have classes by number",
        () => Mlp.Classifier([4]).Train(Dataset.Of(Inputs, Words), Short, validation: Dataset.Of(Inputs, Counted)));

    [Fact]
    public void Data_may_have_one_of_the_classes_alone()
    {
        string[] one = [.. Words.Select((_, i) => i == 0 ? " yes " : "yes")]; // blanks around a name do not count
        var evaluation = Trained(Words).Evaluate(Dataset.Of(Inputs, one));
        Assert.Equal((0, 8), (evaluation.Counts.RowSums[0], evaluation.Counts.RowSums[1]));
        Table all = Rows(Words), part = Rows(one);
        var trained = Mlp.Classifier([4]).Train(all, "y", Short, validation: part, test: part);
        Assert.Equal(8, trained.Test.Counts.RowSums[1]);
        Assert.Equal(trained.Test.Accuracy, trained.Model.Evaluate(part).Accuracy);
        Refused("the data have 1 class", () => Mlp.Classifier([4]).Train(Dataset.Of(Inputs, one), Short));
        Refused("has 1 class", () => Mlp.Classifier([4]).Train(part, "y", Short));
        Refused(
        "column \"y\" has the class \"maybe\"; it should be one of \"no\", \"yes\"",
        () => trained.Model.Evaluate(Rows([.. one.SkipLast(1), "maybe"])));
    }

    [Fact]
    public void A_row_with_a_column_twice_is_refused()
    {
        var model = Mlp.Classifier([4]).Train(Rows(Words), "y", Short).Model;
        Refused("the row has \"b\" twice; it should have it once", () => model.Predict(("a", 1), ("b", 2), ("b", 3)));
        Refused("a cell without a name", () => model.Predict(("a", 1), ("b", 2), (null!, 3)));
        var shares = model.PredictProbabilities(("a", 1), ("b", 2));
        Assert.Contains(
            "between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => shares[7]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_that_is_empty_in_every_row_is_still_one()
    {
        Table empty = With(rows => rows.Category("plan", _ => null));
        var model = Mlp.Classifier([4])
            .Train(Plans, "y", settings => Short(settings) with { Missing = new MissingCells.Mean() }).Model;
        Assert.Equal(20, model.Evaluate(empty).Rows);
    }

    [Fact]
    public void A_number_is_no_category_whatever_was_seen()
    {
        Table numbers = With(rows => rows.Number("plan", i => i));
        var model = Mlp.Classifier([4])
            .Train(Plans, "y", settings => Short(settings) with { Unseen = UnseenCategories.Ignore }).Model;
        Refused("\"plan\" is \"3\"; it should be one of free, gold", () => model.Predict(("plan", 3), ("x", 1)));
        Refused("column \"plan\"", () => model.Predict(numbers));
        Refused("column \"plan\"", () => model.Evaluate(numbers));
    }

    [Fact]
    public void A_table_in_another_notation_of_numbers_is_refused()
    {
        using var scratch = new Scratch();
        string rows = string.Concat(
            Enumerable.Range(1, 30).Select(i => $"{i}.{i + 100};{(i > 15 ? "big" : "small")}\n"));
        string file = scratch.Write("eu.csv", Encoding.UTF8.GetBytes($"a;y\n{rows}"));
        var european = Table.Read(file, new TableFormat { Decimal = ",", Thousands = "." });
        var model = Mlp.Classifier([4]).Train(european, "y", Short).Model;
        Assert.Equal(model.Predict(european), model.Predict(Table.Read(file, model.Format)));
        var other = Table.Read(file);
        const string fault =
            "was read with \".\" as decimal sign and \"\" between thousands, "
            + "and the model's own table with \",\" and \".\"";
        Refused(fault, () => model.Predict(other));
        Refused(fault, () => model.Evaluate(other));
        Refused(fault, () => Mlp.Classifier([4]).Train(european, "y", Short, validation: other));
        model.Predict(other with { IsOfText = false });
    }

    private static Table Plans => With(rows => rows.Category("plan", i => i % 2 == 0 ? "gold" : "free"));

    private static Table With(Func<TableOf<int>, TableOf<int>> plan) =>
        plan(Table.Of(Enumerable.Range(0, 20))).Number("x", i => i).Category("y", i => i > 9 ? "a" : "b");

    internal static Table Rows(string[] classes) => Table.Of(Enumerable.Range(0, classes.Length))
        .Number("a", i => Inputs[i, 0]).Number("b", i => Inputs[i, 1]).Category("y", i => classes[i]);

    internal static void Refused(string fault, Action act) =>
        Assert.Contains(fault, Refusal(act), StringComparison.Ordinal);

    internal static string Refusal(Action act) => Assert.Throws<InvalidInputException>(act).Message;
}
