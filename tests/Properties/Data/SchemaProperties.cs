using System.Globalization;
using CsCheck;
using Functional;
using Functional.Data;
using Xunit;

namespace Properties.Data;

/// <summary>Wherever a model meets data, columns and classes are matched by name, or refused
/// naming the difference.</summary>
public sealed class SchemaProperties
{
    private static readonly string[] Colors = ["red", "green", "blue"], Animals = ["cat", "dog", "owl"];

    /// <summary>A table: the names of its columns and their cells, one list a column.</summary>
    private sealed record Columns(string[] Names, string[][] Cells)
    {
        public Dataset<double> Data(string target = "animal")
        {
            string text = string.Join(',', Names) + "\n" + string.Concat(Enumerable.Range(0, Cells[0].Length)
                .Select(row => string.Join(',', Cells.Select(column => column[row])) + "\n"));
            return TableData.Load(
                TableFile.Read(new StringReader(text), "t", new()), new CsvFile("t", [target], [])).Data;
        }

        public Columns Ordered(int[] order) => new([.. order.Select(i => Names[i])], [.. order.Select(i => Cells[i])]);

        public Columns With(string name, Func<string[], string[]> edit) =>
            this with { Cells = [.. Cells.Select((column, i) => Names[i] == name ? edit(column) : column)] };

        public Columns Renamed(string name, string other) =>
            this with { Names = [.. Names.Select(own => own == name ? other : own)] };

        public Columns Without(string name) =>
            Ordered([.. Enumerable.Range(0, Names.Length).Where(i => Names[i] != name)]);

        public Columns And(string name, string[] cells) => new([.. Names, name], [.. Cells, cells]);
    }

    private static readonly Gen<Columns> Tables =
        from a in Gen.Double[-3, 3].Array[40]
        from b in Gen.Double[100, 900].Array[40]
        from colors in Gen.Int[0, 2].Array[40]
        from animals in Gen.Int[0, 2].Array[37]
        select new Columns(["a", "b", "color", "animal"],
        [
            [.. a.Select(x => x.ToString("R", CultureInfo.InvariantCulture))],
            [.. b.Select(x => x.ToString("R", CultureInfo.InvariantCulture))],
            [.. colors.Select((color, row) => Colors[row < 3 ? row : color])],
            [.. Animals, .. animals.Select(animal => Animals[animal])],
        ]);

    private static readonly Gen<(Columns Table, int[] Order)> Permuted = Gen.Select(
        Tables, Gen.Shuffle(new[] { 0, 1, 2, 3 }));

    private static Settings Short(Settings options) => options with { Epochs = 1, Test = 0 };

    private static readonly Mlp<Classifier, ClassificationReport> Net = Mlp.Classifier([4]);

    [Fact]
    public void The_order_of_columns_does_not_count() => Permuted.Sample((table, order) =>
    {
        var (data, permuted) = (
            table.Data(),
            table.Ordered(order).And("more", [.. table.Cells[0].Select((_, row) => $"{row * row}")]).Data());
        var trained = Net.Train(data, Short);
        Assert.Equal(trained.Model.Evaluate(data).Loss, trained.Model.Evaluate(permuted).Loss);
        Assert.Equal(trained.Model.Evaluate(data).Confusion, trained.Model.Evaluate(permuted).Confusion);
        Assert.Equal(
            Net.Train(data, Short, validation: data).Validation.Loss,
            Net.Train(data, Short, validation: permuted).Validation.Loss);
        Assert.Equal(
            Net.Train(data, Short, from: trained.Model).Model.ParametersSha256,
            Net.Train(permuted, Short, from: trained.Model).Model.ParametersSha256);
        Assert.Equal(
            Net.Continue(trained, data, 1).Model.ParametersSha256,
            Net.Continue(trained, permuted, 1).Model.ParametersSha256);
    }, iter: 20);

    [Fact]
    public void Classes_and_categories_that_are_not_there_leave_the_others_in_their_places() => Tables.Sample(table =>
    {
        var trained = Net.Train(table.Data(), Short);
        int[] rows =
            [.. Enumerable.Range(0, 40).Where(row => table.Cells[2][row] != "green" && table.Cells[3][row] != "dog")];
        if (rows.Select(row => table.Cells[3][row]).Distinct().Count() < 2) return;
        var few = new Columns(table.Names, [.. table.Cells.Select(column => rows.Select(row => column[row]).ToArray())])
            .Data();
        Assert.Equal(trained.Model.Evaluate(table.Data().Select(rows)).Loss, trained.Model.Evaluate(few).Loss);
    }, iter: 50);

    public static TheoryData<string, string> Differences => new()
    {
        { "renamed", "the data have no column \"a\"; they have \"z\", \"b\", \"color\"" },
        { "removed", "the data have no column \"color\"" },
        { "kind", "column \"color\" is a number in the data; it should be a category" },
        { "value", "column \"color\" has \"pink\"; it should have only \"blue\", \"green\", \"red\"" },
        { "class", "the data have the class \"yak\"; it should be one of \"cat\", \"dog\", \"owl\"" },
    };

    [Theory, MemberData(nameof(Differences))]
    public void Every_difference_is_named_everywhere(string difference, string message)
    {
        var table = Tables.Single();
        var other = difference switch
        {
            "renamed" => table.Renamed("a", "z"),
            "removed" => table.Without("color"),
            "kind" => table.With("color", cells => [.. cells.Select((_, row) => $"{row / 2.0}")]),
            "value" => table.With("color", cells => ["pink", .. cells.Skip(1)]),
            _ => table.With("animal", cells => ["yak", .. cells.Skip(1)]),
        };
        var trained = Net.Train(table.Data(), Short);
        Assert.All((Action[])
        [
            () => trained.Model.Evaluate(other.Data()), () => Net.Train(table.Data(), Short, validation: other.Data()),
            () => Net.Train(other.Data(), Short, from: trained.Model), () => Net.Continue(trained, other.Data(), 1),
        ], meeting =>
            Assert.Contains(message, Assert.Throws<InvalidInputException>(meeting).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_of_another_target_is_refused()
    {
        var table = Tables.Single();
        var numbers = Mlp.Regressor([4]).Train(table.Without("b").Data("a"), Short);
        Assert.Contains(
            "the data have the targets \"b\"; they should be \"a\"",
            Assert.Throws<InvalidInputException>(() => numbers.Model.Evaluate(table.Without("a").Data("b"))).Message,
            StringComparison.Ordinal);
    }
}
