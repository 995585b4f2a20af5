using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Data;

/// <summary>Toy problems from a key, cut into parts and scaled.</summary>
public sealed class DataProperties
{
    private static readonly Gen<(Toy Toy, Key Key)> Toys = Gen.Select(Any.Toy, Any.Key);

    [Fact]
    public void A_toy_has_the_shape_it_says() => Toys.Sample((toy, key) => toy.Make(key) is var data
        && data.Inputs.Columns == toy.InputCount && data.Problem == toy.Problem && data.Rows == Samples(toy)
        && Dataset<double>.Check(data.Problem, data.Inputs, data.Targets).IsSuccess);

    [Fact]
    public void A_toy_is_a_function_of_its_key() => Toys.Sample((toy, key) =>
        toy.Make(key) == toy.Make(key)
        && (toy is Planar { Noise: 0 } || toy.Make(key).Inputs != toy.Make(key.At(1)).Inputs),
        iter: 50);

    [Fact]
    public void Classes_are_as_large_as_each_other() => Toys.Where(x => x.Toy is Planar).Sample((toy, key) =>
        Shares(toy.Make(key)).ToArray() is var counts && counts.Max() - counts.Min() <= 1);

    [Fact]
    public void Without_noise_exclusive_or_is_its_truth_table() => Any.Key.Sample(key =>
        new Xor(40, 0).Make(key) is var data && Enumerable.Range(0, 40)
            .All(row => data.Targets[row, 0] == (data.Inputs[row, 0] != data.Inputs[row, 1] ? 1 : 0)),
        iter: 20);

    [Fact]
    public void Without_noise_circles_have_their_radii() => Any.Key.Sample(key =>
        new Circles(40, 0).Make(key) is var data && Enumerable.Range(0, 40).All(row =>
            Math.Abs(Math.Sqrt(data.Inputs[row, 0] * data.Inputs[row, 0] + data.Inputs[row, 1] * data.Inputs[row, 1])
                - (data.Targets[row, 0] == 0 ? 1 : 0.5)) < 1e-15), iter: 20);

    [Fact]
    public void Without_noise_a_sine_is_a_sine() => Gen.Select(Any.Key, Gen.Double[0.1, 5]).Sample((key, frequency) =>
        new Sine(40, 0, frequency).Make(key) is var data && Enumerable.Range(0, 40)
            .All(row => Math.Abs(data.Targets[row, 0] - Math.Sin(Math.PI * frequency * data.Inputs[row, 0])) < 1e-14),
        iter: 20);

    [Fact]
    public void Parts_are_disjoint_and_complete() => Cuts.Sample((data, test, validation, key) =>
        Split<double>.Of(data, test, validation, key) is var parts
        && Rows(parts.Train).Concat(Rows(parts.Validation)).Concat(Rows(parts.Test)).Order()
            .SequenceEqual(Enumerable.Range(0, data.Rows))
        && Rows(parts.Train).SequenceEqual(Rows(parts.Train).Order())
        && parts == Split<double>.Of(data, test, validation, key));

    [Fact]
    public void Every_part_has_its_share_of_all_rows_and_to_within_one_of_each_class() =>
        Cuts.Sample((data, test, validation, key) =>
    {
        var parts = Split<double>.Of(data, test, validation, key);
        int[] all = Shares(data), tested = Shares(parts.Test), validated = Shares(parts.Validation);
        return parts.Test.Rows == Rounded(data.Rows * test)
            && parts.Validation.Rows == Rounded((data.Rows - parts.Test.Rows) * validation)
            && all.Select((count, label) =>
                Math.Abs(tested[label] - count * test) < 1 + 1e-9
                && Math.Abs(validated[label] - (count - tested[label]) * validation) < 1 + 1e-9).All(near => near);
    });

    [Theory, InlineData(100, 2, 40), InlineData(100, 3, 60), InlineData(50, 12, 120), InlineData(20, 8, 32)]
    public void Small_classes_together_give_their_share(int classes, int each, int tested)
    {
        var data = Classes(classes, each);
        var parts = Split<double>.Of(data, 0.2, 0, Key.FromSeed(1));
        Assert.Equal(tested, parts.Test.Rows);
        Assert.All(Shares(parts.Test), count => Assert.InRange(count, (int)(0.2 * each), (int)(0.2 * each) + 1));
        Assert.NotEqual(Rows(parts.Test), Rows(Split<double>.Of(data, 0.2, 0, Key.FromSeed(2)).Test));
    }

    // of 400 in 5 classes
    [Fact]
    public void Every_class_is_as_likely_to_give_one_more() => Assert.All(
        Enumerable.Range(0, 200)
            .SelectMany(seed => Shares(Split<double>.Of(Classes(5, 2), 0.2, 0, Key.FromSeed((ulong)seed)).Test).Index())
            .GroupBy(of => of.Index).Select(of => of.Sum(each => each.Item)), taken => Assert.InRange(taken, 50, 110));

    [Fact]
    public void What_a_split_leaves_empty_is_said_and_has_no_numbers()
    {
        var trained = Mlp.Classifier([2])
            .Train(Classes(3, 2), options => options with { Epochs = 1, Test = 0.2, Validation = 0.01 });
        Assert.Equal(
        [
            "validation is 0.01 of the samples, which is 0 rows: there is no validation part",
            "the test part has no sample of 2 of 3 classes: "
                + string.Join(", ", Shares(trained).Index().Where(of => of.Item == 0).Select(of => of.Index)),
        ], trained.Notes.Select(note => $"{note}"));
        Assert.Null(trained.Results.Validation);
        Assert.Contains(
            "there is no validation part", Assert.Throws<InvalidInputException>(() => trained.Validation).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("train       accuracy", $"{trained}", StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_cuts_elsewhere() => Any.Key.Sample(key =>
        Numbered(new Moons(100).Make(key)) is var data && !Rows(Split<double>.Of(data, 0.3, 0, key).Test)
            .SequenceEqual(Rows(Split<double>.Of(data, 0.3, 0, key.At(1)).Test)),
        iter: 30);

    [Fact]
    public void Scaling_is_learned_on_the_training_part_alone() => Gen.Select(
        Gen.OneOf<Scaler>(new Scaler.Standard(), new Scaler.Range()), Gen.Double[-9, 9]).Sample((scaler, far) =>
    {
        var experiment = Experiment.Check(
            new Settings { Data = new Moons(60), Hidden = [new Dense(2)], Scaling = scaler })
            .IfFail(_ => throw new InvalidOperationException());
        var data = new Moons(60).Make(Key.FromSeed(1));
        var whole = experiment.Prepare<double>(Numbered(data));
        int[] learned = Rows(whole.Parts.Train, whole.Encoding.Scaling);
        double[] changed = [.. data.Inputs.Cells.Span];
        for (int row = 0; row < 60; row++)
            if (!learned.Contains(row)) changed[2 * row + 1] += far;
        var other = experiment.Prepare<double>(
            Numbered(Dataset<double>.Of(data.Problem, new(60, 2, Vec<double>.Of(changed)), data.Targets)));
        return learned.Length == whole.Parts.Train.Rows && other.Encoding == whole.Encoding
            && other.Parts.Train == whole.Parts.Train && (Math.Abs(far) < 1e-9 || other.Parts.Test != whole.Parts.Test);
    }, iter: 30);

    private static readonly Gen<(Dataset<double>, double, double, Key)> Cuts = Gen.Select(
        Any.Toy.Where(toy => toy is Planar), Gen.Double[0, 0.95], Gen.Double[0, 0.95], Any.Key).Select(
            (toy, test, validation, key) => (Numbered(toy.Make(key)), test, validation, key));

    /// <summary>The first feature of a row becomes its number.</summary>
    private static Dataset<double> Numbered(Dataset<double> data) => Dataset<double>.Of(
        data.Problem,
        new(data.Rows, data.Inputs.Columns, Vec<double>.Of([.. data.Inputs.Cells.Span.ToArray()
            .Select((x, i) => i % data.Inputs.Columns == 0 ? i / data.Inputs.Columns : x)])),
        data.Targets);

    private static int[] Rows(Dataset<double> data, Scaling? scaling = null) =>
        [.. Enumerable.Range(0, data.Rows).Select(row => (int)Math.Round(
            scaling is null ? data.Inputs[row, 0] : data.Inputs[row, 0] / scaling.Factor[0] + scaling.Shift[0]))];

    private static int[] Shares(Dataset<double> data)
    {
        var counts = new int[((Problem.Classification)data.Problem).Classes];
        foreach (double label in data.Targets.Cells.Span) counts[(int)label]++;
        return counts;
    }

    private static int Samples(Toy toy) =>
        toy switch
        {
            Planar planar => planar.Samples,
            Curve curve => curve.Samples,
            Mnist1D lines => lines.Samples,
            _ => -1,
        };

    private static int[] Shares(Trained<Classifier, ClassificationReport> trained) =>
        [.. trained.Test.Report.Support.Span.ToArray().Select(count => (int)count)];

    private static int Rounded(double rows) => (int)Math.Round(rows, MidpointRounding.AwayFromZero);

    private static Dataset<double> Classes(int classes, int each) => Dataset<double>.Of(
        new Problem.Classification(classes),
        new(classes * each, 1, Vec<double>.Of([.. Enumerable.Range(0, classes * each).Select(row => (double)row)])),
        new(
            classes * each, 1,
            Vec<double>.Of([.. Enumerable.Range(0, classes * each).Select(row => (double)(row % classes))])));
}
