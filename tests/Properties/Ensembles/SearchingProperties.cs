using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Functional;
using Functional.Core.Ensembles;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Ensembles;

/// <summary>The arithmetic of sweeps: paths, ranges, which experiments are tried, and which go on.</summary>
public sealed class SearchingProperties
{
    private static readonly Gen<Key> AnyKey = Gen.ULong.Select(Key.FromSeed);

    private static readonly Gen<ValueRange> Ranges = Gen.Select(
        Gen.Int[-40, 300], Gen.OneOf(Gen.Int[1, 5], Gen.Int[1, 4000]), Gen.Int[2, 40], Gen.Bool,
        (from, width, count, isLogarithmic) =>
            new ValueRange(
                isLogarithmic ? Math.Abs(from) + 1 : from, Math.Abs(from) + 1 + width, count, isLogarithmic));

    [Theory]
    [InlineData("optimizer.rate"), InlineData("hidden[0].units"), InlineData("hidden[1].body[2].rate")]
    [InlineData("batch_size"), InlineData("a[0][1]")]
    public void A_path_is_written_as_it_was_read(string text) =>
        Assert.Equal(text, $"{FieldPath.Parse(text)}");

    [Theory]
    [InlineData(""), InlineData("Optimizer"), InlineData("a..b"), InlineData("a["), InlineData("a[x]")]
    [InlineData("a[-1]"), InlineData(".a"), InlineData("a."), InlineData("a b"), InlineData("[0]")]
    public void What_is_no_path_is_none(string text) => Assert.Null(FieldPath.Parse(text));

    [Theory]
    [InlineData("optimizer.rate", """{"optimizer":{"kind":"adam","rate":7},"hidden":[{"units":4},"relu"]}""")]
    [InlineData("hidden[0].units", """{"optimizer":{"kind":"adam","rate":1},"hidden":[{"units":7},"relu"]}""")]
    [InlineData("hidden", """{"optimizer":{"kind":"adam","rate":1},"hidden":7}""")]
    [InlineData(
        "hidden[1].slope",
        """{"optimizer":{"kind":"adam","rate":1},"hidden":[{"units":4},{"kind":"relu","slope":7}]}""")]
    public void A_value_stands_where_its_path_leads_and_nothing_else_moves(string path, string expected)
    {
        var fields = Fields();
        Assert.Null(FieldPath.Parse(path)!.Put(fields, 7));
        Assert.Equal(expected, fields.ToJsonString());
    }

    [Theory]
    [InlineData("hidden[2].units", "hidden[2].units: hidden has no item [2]; its last one is [1]")]
    [InlineData("hidden.units", "hidden.units: hidden is [{ \"units\": 4 }, \"relu\"]; it has no field units")]
    [InlineData("optimizer[0]", "optimizer[0]: optimizer is { \"kind\": \"adam\", \"rate\": 1 }; it should be a list")]
    [InlineData("loss.delta", "loss.delta: there is no loss here; it is left open")]
    [InlineData("optimizer.rate.x", "optimizer.rate.x: optimizer.rate is 1; it has no field x")]
    public void A_path_that_leads_nowhere_says_where_it_ends(string path, string fault) =>
        Assert.Equal(fault, FieldPath.Parse(path)!.Put(Fields(), 7)?.Message);

    [Fact]
    public void A_range_begins_and_ends_where_it_says_and_goes_up_at_even_steps() =>
        Ranges.Sample(range =>
        {
            double[] values = [.. range.Values(isWhole: false)];
            double Step(int i) => range.IsLogarithmic ? Math.Log(values[i] / values[i - 1]) : values[i] - values[i - 1];
            return (values.Length, values[0], values[^1]) == (range.Count, range.From, range.To)
                && Enumerable.Range(1, values.Length - 1).All(i =>
                    Step(i) > 0 && Math.Abs(Step(i) - Step(1)) <= 1e-8 * (Math.Abs(range.From) + range.To));
        });

    [Fact]
    public void Decades_are_what_people_write() => Assert.Equal(
        [0.0001, 0.001, 0.01, 0.1, 1, 10], ValueRange.Log(1e-4, 10, 6).Values(isWhole: false));

    [Fact]
    public void Of_a_whole_field_each_value_is_whole_and_there_once() =>
        Ranges.Sample(range =>
        {
            double[] values = [.. range.Values(isWhole: true)];
            return values.All(value => value == Math.Floor(value)) && values[0] == range.From && values[^1] == range.To
                && values.Zip(values.Skip(1), (low, high) => low < high).All(isUp => isUp);
        });

    [Fact]
    public void What_is_drawn_lies_in_its_range() =>
        Gen.Select(Ranges, Gen.Double[0, 0.9999999999999999], Gen.Bool).Sample((range, share, isWhole) =>
        {
            double value = range.At(share, isWhole);
            return value >= range.From && value <= range.To && (!isWhole || value == Math.Floor(value));
        });

    // The bits of the first release: a seed draws the same experiments in every one.
    [Fact]
    public void Draws_are_frozen() => Assert.Equal(
        ["0.0035412927462 51 sgd", "0.000767020548539 34 adam"],
        Found(Search.Random(2), Three, Key.FromSeed(20261127))
            .Select(trial => string.Join(' ', trial.Values).Replace("\"", "", StringComparison.Ordinal)));

    [Fact]
    public void A_longer_random_search_begins_with_the_shorter_one_and_none_is_alike_another() =>
        Gen.Select(AnyKey, Gen.Int[1, 60], Gen.Int[1, 60]).Sample((key, some, more) =>
        {
            var few = Three[1..]; // 128 combinations, so that some are drawn twice
            var longer = Found(Search.Random(some + more), few, key);
            return Found(Search.Random(some), few, key) == (Items<Trial>)[.. longer.Take(some)]
                && longer.Select(trial => trial.Values).Distinct().Count() == some + more;
        });

    [Fact]
    public void A_random_search_for_all_combinations_finds_them_all() =>
        Gen.Select(AnyKey, Gen.Int[1, 5], Gen.Int[1, 5]).Sample((key, a, b) =>
        {
            VariedField[] fields = [Listed("a", a), Listed("b", b)];
            Items<string>[] Sorted(Search search) =>
                [.. Found(search, fields, key).Select(trial => trial.Values).OrderBy(values => $"{values}")];
            return Sorted(Search.Random(a * b)).SequenceEqual(Sorted(Search.Grid));
        });

    [Fact]
    public void In_a_grid_the_last_field_varies_fastest() => Assert.Equal(
        ["0 0 0", "0 0 1", "0 0 2", "0 1 0", "0 1 1", "0 1 2", "1 0 0", "1 0 1", "1 0 2", "1 1 0", "1 1 1", "1 1 2"],
        Found(Search.Grid, [Listed("a", 2), Listed("b", 2), Listed("c", 3)], default)
            .Select(trial => string.Join(' ', trial.Values)));

    [Theory]
    [InlineData("grid", "rate has a range without a count of values")]
    [InlineData("random:0", "the search is for 0 experiments")]
    [InlineData("random:100001", "the search is for 100001 experiments; it should be for 1 to 100000")]
    public void A_search_that_cannot_be_done_says_why(string text, string fault) => Assert.Contains(
        fault, string.Join('\n', Trials.Of(Search.Parse(text, 3, 1)!, Three, default).FailToSeq()),
        StringComparison.Ordinal);

    [Fact]
    public void More_experiments_than_there_are_is_a_fault() => Assert.Contains(
        "the search is for 5 experiments; the fields have 4 combinations",
        Trials.Of(Search.Random(5), [Listed("a", 2), Listed("b", 2)], default).FailToSeq().Single().Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_last_rung_is_the_whole_training_and_each_keeps_its_share() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[1, 1000], Gen.Int[2, 9], Gen.Int[1, 20])
            .Sample((trials, epochs, eta, least) =>
        {
            var rungs = Rungs.Of(trials, epochs, eta, least);
            bool couldBeMore = rungs[^1].Trials >= eta && rungs[0].Epochs >= eta * least;
            return rungs[0].Trials == trials && rungs[^1].Epochs == epochs && !couldBeMore
                && (rungs.Count == 1 || rungs[0].Epochs >= least)
                && rungs.Zip(rungs.Skip(1), (one, next) => next.Trials == one.Trials / eta && next.Trials >= 1
                    && one.Epochs == next.Epochs / eta && one.Epochs >= 1).All(holds => holds);
        });

    [Fact]
    public void Nine_experiments_of_nine_epochs_are_three_of_three_and_then_one() => Assert.Equal(
        [new(9, 1), new(3, 3), new(1, 9)], Rungs.Of(9, 9, 3, 1));

    [Fact]
    public void The_best_are_better_than_the_others_and_of_equal_ones_the_first_stays() =>
        Gen.Select(Gen.OneOf(Gen.Int[0, 5].Select(score => (double)score), Gen.Const(double.NaN)).Array[1, 20],
            Gen.Int[1, 20], Gen.Bool).Sample((scores, count, isLarger) =>
        {
            count = Math.Min(count, scores.Length);
            var best = Rungs.Best(scores, count, isLarger);
            double Value(int place) => double.IsNaN(scores[place]) ? double.NegativeInfinity
                : isLarger ? scores[place] : -scores[place];
            return best.Count == count && best.SequenceEqual(best.Order().Distinct())
                && best.All(inside => Enumerable.Range(0, scores.Length).Except(best).All(outside =>
                    Value(inside) > Value(outside) || Value(inside) == Value(outside) && inside < outside));
        });

    private static readonly VariedField[] Three =
    [
        VariedField.Of("rate", ValueRange.Log(1e-4, 1), isWhole: false),
        VariedField.Of("units", ValueRange.Lin(1, 64), isWhole: true),
        new("optimizer", ["\"adam\"", "\"sgd\""]),
    ];

    private static VariedField Listed(string name, int count) =>
        new(name, [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

    private static Items<Trial> Found(Search search, VariedField[] fields, Key key) =>
        (Items<Trial>)Trials.Of(search, fields, key);

    private static JsonObject Fields() => (JsonObject)JsonNode.Parse(
        """{"optimizer":{"kind":"adam","rate":1},"hidden":[{"units":4},"relu"]}""")!;
}
