using System.Data;
using Functional;
using Xunit;
using static Properties.Facade.OtherDataProperties;

namespace Properties.Facade;

/// <summary>What a program's objects hold becomes cells by their types, or is refused by them.</summary>
public sealed class ObjectCellProperties
{
    private enum Plan { Free, Gold }

    [Fact]
    public void Members_of_enums_and_truth_values_are_the_same_from_anywhere()
    {
        using var rows = new DataTable();
        rows.Columns.Add("plan", typeof(Plan));
        rows.Columns.Add("is_new", typeof(bool));
        for (int i = 0; i < 4; i++) rows.Rows.Add((Plan)(i % 2), i > 1);
        var same = Rows(4, i => new() { ["plan"] = (Plan)(i % 2), ["is_new"] = i > 1 });
        using var reader = rows.CreateDataReader();
        Assert.Equal(same.Columns, Table.Of(reader).Columns);
        Assert.Equal<string[]>(["Free", "Gold"], [.. ((Column.Categories)same.Columns[0]).Values]);
        Assert.Equal<string[]>(["no", "yes"], [.. ((Column.Categories)same.Columns[1]).Values]);
    }

    public static TheoryData<object, string> Odd => new()
    {
        { TimeSpan.FromHours(1),
            "is a TimeSpan; it should be a number, a text, a date, a truth value or a member of an enum" },
        { Guid.Empty, "is a Guid; it should be" }, { (int[])[1, 2], "is a Int32[]; it should be" },
        { long.MaxValue, "is 9223372036854775807; a whole number should be one that double holds, "
            + "as all up to 2^53 are, or a text" },
    };

    [Theory, MemberData(nameof(Odd))]
    public void What_is_no_cell_is_refused_by_its_type(object cell, string fault) =>
        Refused($"the rows, row 2, column \"x\" {fault}", () => Rows(2, i => new() { ["x"] = i == 0 ? null : cell }));

    [Fact]
    public void Dates_are_days_from_anywhere()
    {
        Dictionary<string, object?>[] rows = [.. Enumerable.Range(0, 8).Select(i => new Dictionary<string, object?>
        {
            ["when"] = i == 3 ? null : new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc),
            ["y"] = i > 3 ? "late" : "early",
        })];
        var table = Table.OfDictionaries(rows);
        Assert.Equal([20454, 20455, 20456, double.NaN], ((Column.Numbers)table.Columns[0]).Cells.Span[..4].ToArray());
        Assert.EndsWith(
            "dates are taken as days since 1970-01-01", $"{Assert.Single(table.Notes).Text}", StringComparison.Ordinal);
        Settings Filled(Settings settings) => Short(settings) with { Missing = new MissingCells.Mean() };
        var model = Mlp.Classifier([4]).Train(table, "y", Filled).Model;
        Assert.Equal(model.Predict(table)[7], model.Predict(("when", new DateOnly(2026, 1, 8))));
        rows[1]["when"] = 7;
        Refused("has dates (row 1) and other cells (row 2", () => Table.OfDictionaries(rows));
    }

    [Fact]
    public void Truth_values_are_labels()
    {
        var table = Rows(30, i => new() { ["x"] = i, ["spam"] = i > 9, ["urgent"] = i % 2 });
        Assert.Equal(2, Mlp.MultiLabelClassifier([4]).Train(table, ["spam", "urgent"], Short).Model.Labels.Count);
    }

    [Fact]
    public void What_is_null_is_refused_by_its_place()
    {
        Refused("row 2 of the inputs is null", () => { InputRows rows = (float[][])[[1f], null!]; });
        Refused("row 1 is null", () => Table.OfDictionaries([null!]));
        Assert.Throws<ArgumentNullException>(() => Table.Of(Words).Number(null!, _ => 1));
        Assert.Throws<ArgumentNullException>(() => Table.Of(Words).Category("a", null!));
    }

    private static Table Rows(int count, Func<int, Dictionary<string, object?>> row) =>
        Table.OfDictionaries(Enumerable.Range(0, count).Select(row));
}
