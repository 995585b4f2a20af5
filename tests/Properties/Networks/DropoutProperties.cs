using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Networks;

/// <summary>Dropout drops by key and cell, keeps the mean, and rests in inference.</summary>
public sealed class DropoutProperties
{
    private static readonly Gen<double> Rate = Gen.Double[0, 0.9];

    [Fact]
    public void A_cell_is_dropped_or_divided_by_the_share_kept() => Gen.Select(Rate, Any.Key).Sample((rate, key) =>
        Mask(rate, key, 10, 7).Cells.Span.ToArray().All(cell => cell == 0 || cell == 1 / (1 - rate)));

    [Fact]
    public void The_mask_does_not_depend_on_the_inputs() =>
        Gen.Select(Rate, Any.Key, Any.Matrix(5, 6)).Sample((rate, key, inputs) =>
            Pass(rate, key, inputs).Cells.Span.ToArray()
                .Zip(Mask(rate, key, 5, 6).Cells.Span.ToArray(), inputs.Cells.Span.ToArray())
                .All(x => x.First == x.Second * x.Third));

    [Fact]
    public void The_mask_of_fewer_rows_is_the_beginning_of_that_of_more() =>
        Gen.Select(Rate, Any.Key).Sample((rate, key) =>
            Mask(rate, key, 12, 5).Select([0, 1, 2, 3]) == Mask(rate, key, 4, 5));

    // 50 of 200 if the masks differ, else 100
    [Fact]
    public void Another_key_or_another_layer_draws_another_mask() => Any.Key.Sample(key =>
        Mask(0.5, key.At(0), 20, 10) != Mask(0.5, key.At(1), 20, 10)
        && Pass(Architecture.Of(200, new Dropout(0.5), new Dropout(0.5)), key, Ones(1, 200)) is var twice
        && twice.Cells.Span.ToArray().Count(cell => cell == 4) is > 10 and < 90);

    [Fact]
    public void The_mean_is_kept() => Gen.Select(Rate, Any.Key).Sample((rate, key) =>
        Math.Abs(Mask(rate, key, 100, 100).Cells.Span.ToArray().Average() - 1)
        < 0.001 + 6 * Math.Sqrt(rate / (1 - rate) / 10_000),
        iter: 50);

    [Fact]
    public void Inference_does_nothing() => Gen.Select(Rate, Any.Matrix(5, 6)).Sample((rate, inputs) =>
        new Network<double>(Architecture.Of(6, new Dropout(rate)), Vec<double>.Empty).Predict(inputs) == inputs);

    [Fact]
    public void Backward_drops_the_same_cells() =>
        Gen.Select(Rate, Any.Key, Any.Matrix(5, 6)).Sample((rate, key, delta) =>
    {
        var network = new Network<double>(Architecture.Of(6, new Dropout(rate)), Vec<double>.Empty);
        var tape = network.Forward(Ones(5, 6), Mode.Training(key)).Tape;
        return network.Backward(tape, delta).ToInputs == network.Forward(delta, Mode.Training(key)).Output;
    });

    private static Matrix<double> Mask(double rate, Key key, int rows, int width) => Pass(rate, key, Ones(rows, width));
    private static Matrix<double> Pass(double rate, Key key, Matrix<double> inputs) =>
        Pass(Architecture.Of(inputs.Columns, new Dropout(rate)), key, inputs);

    private static Matrix<double> Pass(Architecture architecture, Key key, Matrix<double> inputs) =>
        new Network<double>(architecture, Vec<double>.Empty).Forward(inputs, Mode.Training(key)).Output;

    private static Matrix<double> Ones(int rows, int width) =>
        new(rows, width, Vec<double>.Create(rows * width, 1.0, static (cells, one) => cells.Fill(one)));
}
