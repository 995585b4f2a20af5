using CsCheck;
using Functional;
using Functional.Core.Numbers;
using Xunit;

namespace Properties.Facade;

/// <summary>Models as programs use them: a row at a time or a table, by the names of columns and classes.</summary>
public sealed class PredictorProperties
{
    private sealed record Item(string? Color, double? Size, double Price);

    private static readonly Item[] Items = [.. Enumerable.Range(0, 120).Select(i => new Item(
        i % 11 == 0 ? null : new[] { "red", "green", "blue" }[i % 3], i % 7 == 0 ? null : i * 37 % 50,
        i % 3 * 20 + i * 37 % 50 * 0.5))];

    private static Table Typed(IEnumerable<Item> items) =>
        Table.Of(items).Category("color", item => item.Color).Number("size", item => item.Size)
            .Number("price", item => item.Price).Category("dear", item => item.Price > 30 ? "yes" : "no");

    private static Settings Filled(Settings settings) =>
        settings with { Epochs = 5, Missing = new MissingCells.Median(Indicators: true) };

    private static readonly Lazy<Classifier> Dear = new(() => Mlp.Classifier([8]).Train(
        Table.Of(Items).Category("color", item => item.Color).Number("size", item => item.Size)
            .Category("dear", item => item.Price > 30 ? "yes" : "no"),
        "dear", Filled).Model);

    private static readonly Lazy<Regressor> Price = new(() => Mlp.Regressor([8]).Train(
        Table.Of(Items).Category("color", item => item.Color).Number("size", item => item.Size)
            .Number("price", item => item.Price),
        "price", Filled).Model);

    [Fact]
    public void A_row_is_predicted_as_in_a_table()
    {
        var table = Typed(Items);
        var (classes, shares, prices) =
            (Dear.Value.Predict(table), Dear.Value.PredictProbabilities(table), Price.Value.Predict(table));
        foreach (var (row, item) in Items.Index())
        {
            (string, Cell)[] cells = [("size", item.Size), ("color", item.Color)];
            Assert.Equal(classes[row], Dear.Value.Predict(cells));
            Assert.Equal(shares[row]["yes"], Dear.Value.PredictProbabilities(cells)["yes"]);
            Assert.Equal(prices[row, 0], Price.Value.Predict(cells));
            Assert.Equal(shares[row][classes[row].Class], classes[row].Probability);
            Assert.Equal(1, shares[row].Sum(), 1e-12);
        }
    }

    [Fact]
    public void A_column_that_is_not_given_is_missing() => Assert.Equal(
        Dear.Value.Predict(("color", "red"), ("size", double.NaN)), Dear.Value.Predict(("color", "red")));

    [Theory]
    [InlineData("colour", "red", "the row has \"colour\"; a column should be one of color, size")]
    [InlineData("color", "pink", "\"color\" is \"pink\"; it should be one of blue, green, red")]
    [InlineData("size", "big", "\"size\" is \"big\"; it should be a number")]
    public void A_row_that_does_not_fit_is_refused_by_name(string name, string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => Dear.Value.Predict((name, text))).Message);

    [Fact]
    public void A_category_that_training_never_saw_is_none_of_the_values_where_that_was_asked_for()
    {
        Table pink = Typed(Items.Select((item, i) => i % 5 == 0 ? item with { Color = "pink" } : item));
        var trained = Mlp.Classifier([8]).Train(
            Typed(Items), "dear", settings => Filled(settings) with { Unseen = UnseenCategories.Ignore },
            validation: pink);
        string path = Path.GetTempFileName();
        trained.Model.Save(path);
        var model = Classifier.Load(path);
        File.Delete(path);
        Assert.Equal(trained.Model, model);
        Assert.Equal(trained.Validation.Accuracy, model.Evaluate(pink).Accuracy);
        var rows = model.Predict(pink);
        Assert.Equal(rows[5], model.Predict(("color", "pink"), ("size", Items[5].Size), ("price", Items[5].Price)));
        Assert.Equal(Items.Length, rows.Count);
        Assert.Contains("pink", Assert.Throws<InvalidInputException>(
            () => Mlp.Classifier([8]).Train(Typed(Items), "dear", Filled, validation: pink)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_row_comes_at_once() => Assert.Equal(3, Assert.Throws<InvalidInputException>(
        () => Dear.Value.Predict(("a", 1), ("size", double.PositiveInfinity), ("color", 7))).Faults.Count);

    [Fact]
    public void A_model_that_fills_nothing_wants_every_column()
    {
        var model = Mlp.Regressor([4]).Train(
            Table.Of(Items).Number("i", item => item.Price).Number("y", item => 2 * item.Price), "y",
            settings => settings with { Epochs = 2 }).Model;
        Assert.Contains(
            "the row has no \"i\"", Assert.Throws<InvalidInputException>(() => model.Predict()).Message,
            StringComparison.Ordinal);
    }

    // Each count of rows has offsets of its own, which are kept.
    [Fact]
    public void Predictions_of_one_row_and_of_several_in_turns_allocate_their_results_alone()
    {
        var model = Mlp.Regressor([4]).Train(
            Table.Of(Items).Number("i", item => item.Price).Number("y", item => 2 * item.Price), "y",
            settings => settings with { Epochs = 1 }).Model;
        Matrix<double>[] inputs =
            [.. Enumerable.Range(1, 4).Select(n => new Matrix<double>(2 * n, 1, Vec<double>.Zeros(2 * n)))];
        Turns(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Turns(100);
        // 2,000 bytes where frames are made anew.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100.0 / inputs.Length, 0, 1500);

        void Turns(int times)
        {
            for (int i = 0; i < times; i++)
                foreach (var some in inputs) model.Predict(some, threads: 1);
        }
    }

    [Fact]
    public void Predicting_a_row_allocates_nothing()
    {
        var (dear, price) = (Dear.Value, Price.Value);
        double sum = Sum(dear, price, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Sum(dear, price, 1000);
        Assert.True(double.IsFinite(sum));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static double Sum(Classifier dear, Regressor price, int times)
        {
            double sum = 0;
            for (int i = 0; i < times; i++)
                sum += dear.Predict(("color", "red"), ("size", i)).Probability
                    + price.Predict(("size", i), ("color", "blue"));
            return sum;
        }
    }

    [Fact]
    public void A_row_has_as_many_numbers_as_there_are_targets()
    {
        var two = Mlp.Regressor([4]).Train(
            Table.Of(Items).Number("i", item => item.Price).Number("y", item => 2 * item.Price)
                .Number("z", item => -item.Price),
            ["y", "z"], settings => settings with { Epochs = 2 }).Model;
        Assert.Contains(
            "predicts 2 numbers; PredictAll", Assert.Throws<InvalidInputException>(() => two.Predict(("i", 3))).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, two.PredictAll(("i", 3)).Length);
        Assert.Equal("Regressor: predicts \"y\", \"z\" (2 numbers) from columns i; 18 parameters", two.ToString());
    }

    [Fact]
    public void Any_number_of_threads_may_ask() => Assert.Single(
        Enumerable.Range(0, 400).AsParallel().WithDegreeOfParallelism(4)
            .Select(_ => Dear.Value.Predict(("color", "green"), ("size", 31))).Distinct());

    [Fact]
    public void A_saved_model_keeps_what_is_known_of_it()
    {
        string path = Path.GetTempFileName();
        var marked = Dear.Value.At(0.3).With(new ModelMetadata { Date = "2026-11-26", Tags = ["shop", "v=2"] });
        marked.Save(path);
        var loaded = Classifier.Load(path);
        Assert.Equal(marked, loaded);
        Assert.Equal((0.3, "2026-11-26"), (loaded.Model.Threshold, loaded.Metadata.Date));
        Assert.Equal<string[]>(["shop", "v=2"], [.. loaded.Metadata.Tags]);
        Assert.Equal<string[]>(
            ["color", "size", "dear", "no", "yes"], [.. loaded.Columns, .. loaded.Targets, .. loaded.Classes]);
        Assert.Contains(
            "a model of another kind; it should be one that predicts numbers",
            Assert.Throws<InvalidInputException>(() => Regressor.Load(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void A_table_with_its_target_evaluates_as_its_samples_do()
    {
        var evaluated = Price.Value.Evaluate(Typed(Items));
        double[] errors =
            [.. Items.Select((item, row) => Math.Abs(item.Price - Price.Value.Predict(Typed(Items))[row, 0]))];
        Assert.Equal(errors.Average(), evaluated.MeanAbsoluteError, 1e-6);
    }

    [Fact]
    public void A_threshold_moves_predictions_and_evaluations_alike()
    {
        var table = Typed(Items);
        foreach (double threshold in (double[])[0, 0.2, 0.5, 0.8, 1])
        {
            var model = Dear.Value.At(threshold);
            int found = model.Predict(table).Count(row => row.Class == "yes");
            Assert.Equal(found, Dear.Value.PredictProbabilities(table).Count(row => row["yes"] >= threshold));
            Assert.Equal(found, model.Predict(model.Model.Inputs(table)).Span.ToArray().Sum());
            Assert.Equal(found, model.Evaluate(table).Report.PredictedCount[1]);
            var point = Dear.Value.Thresholds(table).At(threshold);
            Assert.Equal(found, point.TruePositives + point.FalsePositives);
            Assert.Equal(model.Evaluate(table).Accuracy, point.Accuracy, 1e-12);
        }
        Assert.Contains(
            "threshold is 1.5; it should be between 0 and 1",
            Assert.Throws<InvalidInputException>(() => Dear.Value.At(1.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_curve_of_thresholds_is_that_of_counting() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 1], Gen.Int[0, 3]).Array[1, 40].Sample(rows =>
    {
        var (scores, truth, weights) = (
            Vec<double>.Of([.. rows.Select(row => row.Item1 / 8.0)]), Vec<int>.Of([.. rows.Select(row => row.Item2)]),
            Vec<double>.Of([.. rows.Select(row => (double)row.Item3)]));
        var curve = ThresholdCurve.Of(scores, truth, weights);
        double Weight(Func<(int, int, int), bool> of) => rows.Where(of).Sum(row => row.Item3);
        foreach (double threshold in (double[])[0, 0.1, 0.25, 0.5, 1])
        {
            var point = curve.At(threshold);
            Assert.Equal(Weight(row => row.Item1 / 8.0 >= threshold && row.Item2 == 1), point.TruePositives, 1e-9);
            Assert.Equal(Weight(row => row.Item1 / 8.0 >= threshold && row.Item2 == 0), point.FalsePositives, 1e-9);
            Assert.Equal(Weight(row => row.Item1 / 8.0 < threshold && row.Item2 == 1), point.FalseNegatives, 1e-9);
            Assert.Equal(Weight(row => row.Item1 / 8.0 < threshold && row.Item2 == 0), point.TrueNegatives, 1e-9);
        }
        Assert.All(curve.Points.Zip(curve.Points.Skip(1)), pair => Assert.True(
            pair.Item1.Threshold > pair.Item2.Threshold && pair.Item1.TruePositives <= pair.Item2.TruePositives));
        Assert.Equal(curve.Points.Max(point => point.F1), curve.BestF1.F1);
    });

    [Fact]
    public void Arrays_of_every_kind_are_the_same_samples()
    {
        double[,] table = { { 1, 2 }, { 3, double.NaN }, { 5, 6 }, { 7, 8 }, { 2, 1 }, { 4, 3 } };
        double[][] rows = [.. Enumerable.Range(0, 6).Select(row => (double[])[table[row, 0], table[row, 1]])];
        float[][] singles = [.. rows.Select(row => Array.ConvertAll(row, x => (float)x))];
        int[] classes = [0, 1, 0, 1, 0, 1];
        string[] names = [.. classes.Select(label => label == 0 ? "a" : "b")];
        Dataset<double>[] all =
        [
            Dataset.Of(table, classes), Dataset.Of(rows, classes), Dataset.Of(singles, classes),
            Dataset.Of(InputRows.Of(singles.SelectMany(row => row).ToArray(), 2), classes),
        ];
        Assert.All(all, data => Assert.Equal(all[0], data));
        Assert.Equal(all[0].Targets, Dataset.Of(table, names).Targets);
        Settings Short(Settings settings) =>
            settings with { Epochs = 2, Test = 0, Validation = 0, Missing = new MissingCells.Mean() };
        Assert.Equal(
            Mlp.Classifier([3]).Train(all[0], Short).Model.ParametersSha256,
            Mlp.Classifier([3]).Train(Dataset.Of(rows, names), Short).Model.ParametersSha256);
        Assert.Equal("b", Mlp.Classifier([3]).Train(Dataset.Of(rows, names), Short).Model.Classes[1]);
        Assert.Contains(
            "NaN, a missing cell, in row 2, column 2",
            Assert.Throws<InvalidInputException>(() => Mlp.Classifier([3]).Train(all[0])).Message,
            StringComparison.Ordinal);
        Assert.Equal(5, Mlp.Classifier([3])
            .Train(all[0], settings => Short(settings) with { Missing = new MissingCells.Drop() }).Train.Rows);
        Assert.Contains(
            "row 2 of the inputs has 1 numbers; it should have 2",
            Assert.Throws<InvalidInputException>(() => Dataset.Of((double[][])[[1, 2], [3]], new[] { 1.0, 2 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_hinge_makes_no_probabilities()
    {
        var trained = Mlp.Classifier([4]).Train(
            Datasets.Draw(new Moons(60), 1),
            settings => settings with { Epochs = 2, Loss = new MultiMarginHinge() }).Model;
        Assert.Equal(double.NaN, new ClassPrediction("a", 0, double.NaN).Probability);
        Assert.Contains(
            "makes no probabilities", Assert.Throws<InvalidInputException>(() => trained.At(0.5)).Message,
            StringComparison.Ordinal);
    }
}
