using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Data;
using Xunit;

namespace Properties.Data;

/// <summary>What becomes of samples on their way into a network: filled, marked, scaled, learned on the
/// training part alone.</summary>
public sealed class EncodingProperties
{
    private static readonly Gen<double[]> Column = Gen.Double[-100, 100].Array[5, 60];

    private static Matrix<double> Of(double[] column) => new(column.Length, 1, Vec<double>.Of(column));

    [Fact]
    public void Robust_scaling_is_its_formula() => Column.Sample(column =>
    {
        double Quantile(double share)
        {
            double[] sorted = [.. column.Order()];
            double at = share * sorted.Length;
            int whole = (int)at;
            return at == whole && whole > 0 ? (sorted[whole - 1] + sorted[whole]) / 2 : sorted[whole];
        }
        double width = Quantile(0.75) - Quantile(0.25), median = Quantile(0.5);
        var scaled = new Scaler.Robust().Learn(Of(column)).Apply<double>(Of(column));
        for (int i = 0; i < column.Length; i++)
        {
            double z = (column[i] - median) / (width > 0 ? width : (column.Max() - column.Min()) / 2);
            Assert.Equal(z / Math.Sqrt(1 + z / 3 * (z / 3)), scaled[i, 0], 1e-9);
        }
    });

    [Fact]
    public void No_outlier_rules_a_robust_scaling() =>
        Gen.Select(Column, Gen.OneOf(1e3, 1e9, 1e300)).Sample((column, far) =>
    {
        var scaling = new Scaler.Robust().Learn(Of([.. column, far]));
        var scaled = scaling.Apply<double>(Of([.. column, far, -far, 2 * far]));
        Assert.All(scaled.Cells.Span.ToArray(), z => Assert.InRange(z, -3, 3));
        Assert.InRange(scaled[column.Length, 0], 0, 3);
        Assert.Equal(scaled[column.Length, 0], scaled[column.Length + 2, 0], 0.2);
    });

    [Fact]
    public void A_robust_scaling_of_mostly_one_number_takes_the_range() =>
        Assert.Equal((1.0, 2 / 9.0), new Scaler.Robust().Learn(Of([1, 1, 1, 1, 1, 1, 1, 10])) is var scaling
            ? (scaling.Shift[0], scaling.Factor[0])
            : default);

    [Fact]
    public void Targets_are_not_drawn_in() => Assert.Contains(
        "target_scaling is \"robust\"; it should be one that can be undone: none, standard, range",
        Assert.Throws<InvalidInputException>(() => Mlp.Regressor([2]).Train(
            Dataset.Of(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } }, new[] { 1.0, 2, 3, 4 }),
            settings => settings with { TargetScaling = new Scaler.Robust() })).Message,
        StringComparison.Ordinal);

    private static Dataset<double> Load(string text, MissingCells missing) =>
        TableData.Load(TableFile.Read(new StringReader(text), "t", new()), new CsvFile("t", ["y"], []), missing).Data;

    private const string Holes = "a,c,y\n1,red,1.5\n,blue,2.5\n3,,3.5\n4,red,4.5\n";

    [Fact]
    public void A_constant_fills_numbers_and_leaves_categories_none()
    {
        var data = Load(Holes, new MissingCells.Constant(-7));
        var encoding = Encoding.Learn(data, new MissingCells.Constant(-7), new Scaler.None(), null);
        Assert.Equal([1, 0, 1, -7, 1, 0, 3, 0, 0, 4, 0, 1], encoding.Inputs<double>(data.Inputs).Cells.Span.ToArray());
    }

    // Counted by weight; of several, the first of the column's values, which are in order.
    [Fact]
    public void The_most_frequent_category_fills_the_gaps_of_a_column_of_categories() => Gen.Select(
        Gen.OneOf("red", "blue", "green", "").Array[1, 25].Where(cells => cells.Any(cell => cell.Length > 0)),
            Gen.Int[1, 3].Array[26], Gen.Bool,
        Gen.OneOf<MissingCells>(new MissingCells.Mean(), new MissingCells.Median(), new MissingCells.MostFrequent()))
            .Sample((cells, weights, isWeighted, way) =>
        {
            var rows = cells.Append("").Select((cell, row) =>
                (Cell: cell, Weight: isWeighted ? weights[row] : 1)).ToArray();
            string text = "a,c,w,y\n" + string.Concat(
                rows.Select((of, row) => $"{row},{of.Cell},{of.Weight},{row % 4 + 0.5}\n"));
            var data = TableData.Load(
                TableFile.Read(new StringReader(text), "t", new()),
                    new CsvFile("t", ["y"], ["a", "c"]) { Weight = isWeighted ? "w" : "" }, way).Data;
            string[] values = [.. cells.Where(cell => cell.Length > 0).Distinct().Order(StringComparer.Ordinal)];
            double Weight(string value) => rows.Where(of => of.Cell == value).Sum(of => (double)of.Weight);
            string most = values.First(value => Weight(value) == values.Max(Weight));
            var inputs = Encoding.Learn(data, way, new Scaler.None(), null).Inputs<double>(data.Inputs);
            return rows.Index().All(of => values.Index().All(value =>
                (inputs[of.Index, 1 + value.Index] == 1)
                == (value.Item == (of.Item.Cell.Length > 0 ? of.Item.Cell : most))));
        });

    [Fact]
    public void Indicators_stand_beside_the_columns_that_have_missing_cells()
    {
        var data = Load(Holes, new MissingCells.Mean(Indicators: true));
        Assert.Equal<string[]>(
            ["a", "c", "a (missing)", "c (missing)"], [.. data.Schema!.Features.Select(feature => feature.Name)]);
        Assert.Equal([0, 1, 0, 0], Enumerable.Range(0, 4).Select(row => data.Inputs[row, 3]));
        Assert.Equal([0, 0, 1, 0], Enumerable.Range(0, 4).Select(row => data.Inputs[row, 4]));
        Assert.Contains("has a column \"a (missing)\"", Assert.Throws<InvalidInputException>(
            () => Load("a,a (missing),y\n1,2,1.5\n,3,2.5\n", new MissingCells.Mean(Indicators: true))).Message,
            StringComparison.Ordinal);
    }

    // Where it matters that a cell is missing, the net sees it; other data, with or without holes, are matched by name.
    [Fact]
    public void Indicators_are_made_of_other_data_too()
    {
        string Text(Func<int, bool> isMissing, Func<int, bool> isYes) =>
            "a,b,y\n" + string.Concat(Enumerable.Range(0, 200)
                .Select(i => $"{(isMissing(i) ? "" : i * 7 % 10)},{i % 5},{(isYes(i) ? "yes" : "no")}\n"));
        Table Read(string text) => TableFile.Read(new StringReader(text), "t", new());
        var trained = Mlp.Classifier([8])
            .Train(Read(Text(i => i % 2 == 0, i => i % 2 == 0)), "y", settings => settings with
            {
                Epochs = 60,
                Missing = new MissingCells.Mean(Indicators: true),
            });
        Assert.Equal(1, trained.Test.Accuracy);
        Assert.All(trained.Model.Predict(Read(Text(_ => false, i => i == 0))), row => Assert.Equal("no", row.Class));
        Assert.Equal(1, trained.Model.Evaluate(Read(Text(i => i % 3 == 0, i => i % 3 == 0))).Accuracy);
        Assert.Equal("yes", trained.Model.Predict(("b", 3)).Class);
        var plain = Mlp.Classifier([8]).Train(
            Read(Text(i => i % 2 == 0, i => i % 2 == 0)), "y",
            settings => settings with { Epochs = 60, Missing = new MissingCells.Mean() });
        Assert.InRange(plain.Test.Accuracy, 0, 0.99);
    }

    [Fact]
    public void Adding_a_constant_to_inputs_changes_results_by_rounding_alone() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Int[0, 2]).Sample((far, which) =>
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(i => Math.Round(i * 37 % 60 / 7.0, 3))];
        Scaler scaler = which switch { 0 => new Scaler.Standard(), 1 => new Scaler.Range(), _ => new Scaler.Robust() };
        Trained<Regressor, RegressionReport> On(double add) => Mlp.Regressor([6], Activation.Tanh).Train(
            Dataset.Of(Of([.. x.Select(value => value + add)]), x.Select(value => Math.Sin(value)).ToArray()),
            settings => settings with { Epochs = 5, Scaling = scaler });
        Assert.Equal(On(0).Test.R2, On(Math.Round(far)).Test.R2, 1e-4);
    }, iter: 10);
}
