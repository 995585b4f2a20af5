using System.Data;
using System.Globalization;
using System.IO.Compression;
using Functional;
using Properties.Files;
using Xunit;

namespace Properties.Facade;

/// <summary>Tables from C#: whatever they come from, the same cells give the same model.</summary>
public sealed class TableProperties
{
    private sealed record Customer(string Id, string? Plan, double? Age, int Tickets, bool Churned);

    private static readonly Customer[] Customers = [.. Enumerable.Range(0, 80).Select(i => new Customer(
        $"c{i:000}x", i % 11 == 3 ? null : (string[])["gold", "free", "trial"] is var plans ? plans[i % 3] : null,
        i % 7 == 0 ? null : 20 + i * 13 % 50, i * i % 9, i * i % 9 + (i % 3 == 1 ? 3 : 0) > 5))];

    private static Settings Short(Settings settings) => settings with { Epochs = 3, Missing = new MissingCells.Mean() };

    private static Table Typed(IEnumerable<Customer> customers) => Table.Of(customers)
        .Category("plan", c => c.Plan)
        .Number("age", c => c.Age)
        .Number("tickets", c => c.Tickets)
        .Category("churned", c => c.Churned ? "yes" : "no");

    private static IReadOnlyDictionary<string, object?>[] Rows =>
        [.. Customers.Select(c => new Dictionary<string, object?>
        {
            ["id"] = c.Id, ["plan"] = c.Plan, ["age"] = c.Age, ["tickets"] = c.Tickets,
            ["churned"] = c.Churned ? "yes" : "no",
        })];

    [Fact]
    public void The_same_cells_give_the_same_model_whatever_they_come_from()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "id,plan,age,tickets,churned\n" + string.Concat(Customers.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{c.Id},{c.Plan},{c.Age},{c.Tickets},{(c.Churned ? "yes" : "no")}\n"))));
        using var table = new DataTable();
        foreach (var (name, type) in new[]
        {
            ("id", typeof(string)), ("plan", typeof(string)), ("age", typeof(double)), ("tickets", typeof(int)),
            ("churned", typeof(string))
        })
            table.Columns.Add(name, type);
        foreach (var row in Rows) table.Rows.Add([.. row.Values.Select(cell => cell ?? DBNull.Value)]);
        using var reader = table.CreateDataReader();
        Table[] tables = [Table.Read(path), Typed(Customers), Table.OfDictionaries(Rows), Table.Of(reader)];
        File.Delete(path);
        Assert.Single(
            tables.Select(from => Mlp.Classifier([8]).Train(from, "churned", Short).Model.ParametersSha256).Distinct());
        Assert.Equal(
            Mlp.Classifier([8]).Train(Typed(Customers), "churned", Short).Results.Model.Schema!.Features
                .Select(feature => feature.Name),
            ["plan", "age", "tickets"]);
    }

    // A column that would be left out is learned from where it is named, and no other is.
    [Fact]
    public void Features_and_a_weight_are_chosen_by_name()
    {
        string[] names = ["id", "tickets"];
        var trained = Mlp.Classifier([4]).Train(Table.OfDictionaries(Rows), "churned", Short, features: names);
        Assert.Equal(names, trained.Model.Model.Schema!.Features.Select(feature => feature.Name));
        IReadOnlyDictionary<string, object?>[] once =
            [.. Rows.Select((row, i) => new Dictionary<string, object?>(row) { ["w"] = i % 4 == 0 ? 0 : 1 })];
        var weighted = Mlp.Classifier([4]).Train(Table.OfDictionaries(once), "churned", Short, weight: "w").Model;
        var counted = Mlp.Classifier([4]).Train(
            Table.OfDictionaries(once.Where((_, i) => i % 4 != 0)), "churned", Short,
            features: ["plan", "age", "tickets"]).Model;
        Assert.Equal(counted.ParametersSha256, weighted.ParametersSha256);
        Assert.DoesNotContain("w", weighted.Model.Schema!.Features.Select(feature => feature.Name));
        Assert.Contains("no column \"weights\"", Assert.Throws<InvalidInputException>(
            () => Mlp.Classifier([4]).Train(Table.OfDictionaries(once), "churned", Short, weight: "weights")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_an_array_and_of_columns_are_one()
    {
        var numbers = new double[40, 3];
        for (int row = 0; row < 40; row++)
            (numbers[row, 0], numbers[row, 1], numbers[row, 2]) =
                (row * 7 % 5, row % 3 == 0 ? double.NaN : row * 0.5, row * 7 % 5 - 1.5);
        Table columns = Table.Of(Enumerable.Range(0, 40)).Number("column_1", row => numbers[row, 0])
            .Number("column_2", row => numbers[row, 1]).Number("column_3", row => numbers[row, 2]);
        string[] models = [.. new[] { Table.Of(numbers), columns }
            .Select(table => Mlp.Regressor([4]).Train(table, "column_3", Short).Model.ParametersSha256)];
        Assert.Equal(models[0], models[1]);
        using var scratch = new Scratch();
        string archive = scratch.Write("n.npz", NpzFileProperties.Npz(
            CompressionLevel.Fastest,
            ("x.npy", NpyFileProperties.Npy(
                "<f8", false, [40, 2], [.. Enumerable.Range(0, 80).Select(i => numbers[i / 2, i % 2])])),
            ("y.npy", NpyFileProperties.Npy(
                "<f8", false, [40], [.. Enumerable.Range(0, 40).Select(row => numbers[row, 2])]))));
        var settings = Mlp.Regressor([4]).Train(columns, "column_3", Short).Experiment.Settings with
        {
            Data = new NumpyFile(archive)
        };
        Assert.Equal(models[0], Experiment.Of(settings).Train().Model.ParametersSha256);
    }

    [Fact]
    public void A_model_gives_probabilities_by_the_names_of_classes()
    {
        var heard = new List<int>();
        var trained = Mlp.Classifier([8])
            .Train(Typed(Customers), "churned", Short, progress: new Synchronous(epoch => heard.Add(epoch.Number)));
        Assert.Equal([1, 2, 3], heard);
        var shares = trained.Model.PredictProbabilities(Typed(Customers.Take(5)));
        Assert.Equal(5, shares.Count);
        Assert.All(shares, row => Assert.Equal(1, row["yes"] + row["no"], 1e-12));
        Assert.Equal(["no", "yes"], trained.Results.Model.Schema!.Labels);
    }

    [Fact]
    public void Own_rows_for_validation_and_test_are_matched_by_name()
    {
        Table swapped = Table.Of(Customers.Take(20)).Category("churned", c => c.Churned ? "yes" : "no")
            .Number("tickets", c => c.Tickets).Number("age", c => c.Age).Category("plan", c => c.Plan);
        var straight = Mlp.Classifier([8]).Train(
            Typed(Customers), "churned", Short, validation: Typed(Customers.Take(20)), test: Typed(Customers.Take(20)));
        var other = Mlp.Classifier([8]).Train(Typed(Customers), "churned", Short, validation: swapped, test: swapped);
        Assert.Equal(
            (straight.Validation.Loss, straight.Test.Loss, 20),
            (other.Validation.Loss, other.Test.Loss, other.Test.Rows));
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        Refused(
            "column \"age\" is empty, and so are 11 more of its cells",
            () => Mlp.Classifier([8]).Train(Typed(Customers), "churned"));
        Refused(
            "has no column \"churn\"; it should be a number from 1 to 4 or one of \"plan\", \"age\"",
            () => Mlp.Classifier([8]).Train(Typed(Customers), "churn"));
        Refused(
            "row 1, column \"churned\" is \"no\"; it should be a number",
            () => Mlp.Regressor([8]).Train(Typed(Customers), "churned", Short));
        Refused(
            "column \"x\" has numbers (row 1: 1) and texts (row 2: \"two\"); it should have one of them",
            () => Table.OfDictionaries([
                new Dictionary<string, object?> { ["x"] = 1 }, new Dictionary<string, object?> { ["x"] = "two" }]));
        Refused(
            "2 columns of the table are named \"a\"; names should differ",
            () => Table.Of([1, 2]).Number("a", x => x).Number("a", x => x).ToTable());
        Refused(
            "row 2, column \"a\" is Infinity; it should be finite, or NaN where it is missing",
            () => Table.Of([1.0, double.PositiveInfinity]).Number("a", x => x).ToTable());
        Refused(
            "the table has 0 rows; it should have at least 1",
            () => Table.Of(Array.Empty<int>()).Number("a", x => x).ToTable());
        var trained = Mlp.Classifier([8]).Train(Typed(Customers), "churned", Short);
        Refused(
            "row 1, column \"plan\" is \"platinum\"; it should be one of free, gold, trial",
            () => trained.Results.Model.Inputs(Typed([Customers[1] with { Plan = "platinum" }])));
    }

    [Fact]
    public void A_table_says_what_its_columns_are() => Assert.Equal(
        "80 rows of 5 columns: id (left out: all its 80 texts differ), plan (3 categories, 7 missing), age (number, 12 "
            + "missing), tickets (number), churned (2 categories)",
        Table.OfDictionaries(Rows).ToString());

    private static void Refused(string message, Func<object> attempt) =>
        Assert.Contains(message, Assert.Throws<InvalidInputException>(attempt).Message, StringComparison.Ordinal);

    private sealed class Synchronous(Action<Epoch> hear) : IProgress<Epoch>
    {
        public void Report(Epoch value) => hear(value);
    }
}
