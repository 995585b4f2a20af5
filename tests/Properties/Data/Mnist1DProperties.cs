using CsCheck;
using Functional;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Properties.Generators;
using Xunit;

namespace Properties.Data;

/// <summary>MNIST-1D from a key: lines like digits, as Greydanus and Kobak (2024) make them.</summary>
public sealed class Mnist1DProperties(ITestOutputHelper output)
{
    [Fact]
    public void A_key_has_one_answer() => Gen.Select(Any.Key, Any.Key).Where((a, b) => a != b).Sample((a, b) =>
        Lines(a).Equals(Lines(a)) && !Lines(a).Equals(Lines(b)), iter: 20);

    [Fact]
    public void Every_class_is_equally_often() => Any.Key.Sample(key => Lines(key).Targets.Cells.Span.ToArray()
        .GroupBy(label => label).Select(group => group.Count()).SequenceEqual(Enumerable.Repeat(20, 10)), iter: 20);

    [Fact]
    public void Samples_are_lines_of_40_numbers_of_mean_0_and_deviation_1() => Any.Key.Sample(key =>
        Lines(key).Inputs.Cells.Span.ToArray() is var cells && cells.Length == 200 * 40
            && Math.Abs(cells.Average()) < 1e-12 && Math.Abs(cells.Average(x => x * x) - 1) < 1e-12
            && cells.All(x => Math.Abs(x) < 8), iter: 20);

    // The line of a sample is its own; what the others change is the common mean and deviation.
    [Fact]
    public void A_larger_set_begins_with_the_smaller_but_for_its_scale() => Any.Key.Sample(key =>
    {
        double[] few = Cells(new Mnist1D(20), key), many = Cells(new Mnist1D(300), key)[..few.Length];
        double scale = (many[1] - many[0]) / (few[1] - few[0]), offset = many[0] - scale * few[0];
        return few.Zip(many, (x, y) => Math.Abs(scale * x + offset - y)).All(error => error < 1e-9);
    }, iter: 20);

    // Lines are moved about, so that the nearest of a thousand is often of another class; by chance it is so for 90 %.
    [Fact]
    public void The_nearest_line_is_of_the_same_class_more_often_than_by_chance()
    {
        var data = new Mnist1D(1000).Make(Key.FromSeed(1));
        int right = Enumerable.Range(0, 300).Count(row => Enumerable.Range(0, data.Rows).Where(other => other != row)
            .MinBy(other => Distance(data.Inputs.Row(row), data.Inputs.Row(other))) % 10 == row % 10);
        output.WriteLine($"nearest neighbour right: {right} of 300");
        Assert.InRange(right, 90, 210);
    }

    // Published: logistic regression 32 %, a net of 40-100-100-10 65 to 68 % (1,000 test lines, 6,000 steps of Adam).
    [Theory, InlineData(false, 0.27, 0.37), InlineData(true, 0.60, 0.72)]
    public void It_is_as_hard_as_the_published_set(bool isDeep, double least, double most)
    {
        var data = new Mnist1D(5000).Make(Key.FromSeed(42)).To<float>();
        var split = Split<float>.Of(data, 0.2, 0, Key.FromSeed(1));
        Layer[] hidden = isDeep ? [new Dense(100, Activation.Relu), new Dense(100, Activation.Relu)] : [];
        var learner = new Learner(new SoftmaxCrossEntropy(), new Adam(0.01), Key.FromSeed(1));
        var start = learner.Begin(Network<float>.Init(
            Architecture.Of(40, [.. hidden, new Dense(10)]), new Initializer.HeUniform(), Key.FromSeed(2)));
        var batches = Batches.From(split.Train.For(learner.Loss), 100, Key.FromSeed(3)).Take(6000);
        var outputs = learner.Fold(start, batches, threads: 1).Network.Predict(split.Test.Inputs);
        double accuracy = Enumerable.Range(0, split.Test.Rows).Average(row => outputs.Row(row) is var scores
            && scores.IndexOf(scores.ToArray().Max()) == (int)split.Test.Targets[row, 0] ? 1.0 : 0.0);
        output.WriteLine($"test accuracy {accuracy}");
        Assert.InRange(accuracy, least, most);
    }

    private static Dataset<double> Lines(Key key) => new Mnist1D(200).Make(key);
    private static double[] Cells(Toy toy, Key key) => toy.Make(key).Inputs.Cells.Span.ToArray();
    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (x[i] - y[i]) * (x[i] - y[i]);
        return sum;
    }
}
