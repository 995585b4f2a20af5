using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Passes;

/// <summary>What a forward pass may depend on, to the bit.</summary>
public sealed class PredictionProperties
{
    private static Gen<(Network<double> Network, Matrix<double> Inputs)> WithInputs(Gen<Network<double>> networks) =>
        networks.SelectMany(network => Gen.Int[1, 9].SelectMany(rows => Any.Matrix(rows, network.Architecture.Inputs))
            .Select(inputs => (network, inputs)));

    [Fact]
    public void Predict_is_forward_in_inference() => WithInputs(Any.Network).Sample((network, inputs) =>
        network.Predict(inputs) == network.Forward(inputs).Output
        && network.Forward(inputs).Output == network.Forward(inputs).Tape.Output);

    [Fact]
    public void A_prediction_of_a_row_does_not_depend_on_the_other_rows() =>
        WithInputs(Any.Network).Sample((network, inputs) =>
            Enumerable.Range(0, inputs.Rows)
                .All(row => network.Predict(inputs.Select([row])) == network.Predict(inputs).Select([row])));

    [Fact]
    public void A_row_of_many_is_predicted_as_it_is_alone() => Any.Key.Sample(key =>
    {
        var network = Wide(key);
        var inputs = new Matrix<float>(700, 50, Draw.Normal<float>(key, 700 * 50));
        var outputs = network.Predict(inputs);
        return Enumerable.Range(0, 700).Where(row => row % 256 is 0 or 255 || row == 699)
            .All(row => network.Predict(inputs.Select([row])) == outputs.Select([row]))
            && network.Predict(inputs, threads: 1) == outputs && network.Predict(inputs, threads: 3) == outputs
            && network.Forward(inputs).Output == outputs;
    }, iter: 3);

    [Fact]
    public void A_network_is_its_first_layers_and_then_the_others() =>
        Gen.Select(WithInputs(Any.Network), Gen.Int[0, 4]).Sample((x, at) =>
    {
        int cut = Math.Min(at, x.Network.Architecture.Layers.Count);
        return x.Network.From(cut).Predict(x.Network.Before(cut).Predict(x.Inputs)) == x.Network.Predict(x.Inputs);
    });

    [Fact]
    public void Training_passes_with_one_key_are_one_pass() =>
        Gen.Select(WithInputs(Any.Network), Any.Key).Sample((x, key) =>
            x.Network.Forward(x.Inputs, Mode.Training(key)) == x.Network.Forward(x.Inputs, Mode.Training(key)),
            iter: 50);

    [Fact]
    public void A_sequence_is_its_layers() => WithInputs(Any.Network).Sample((network, inputs) =>
        new Network<double>(
            Architecture.Of(inputs.Columns, new Sequence(network.Architecture.Layers)), network.Parameters,
            network.Running).Predict(inputs) == network.Predict(inputs));

    [Fact]
    public void A_residual_layer_adds_body_and_shortcut() =>
        Gen.Select(Any.SmoothActivation, Any.Key).Sample((phi, key) =>
    {
        Layer body = new Dense(3, phi), way = new Dense(3);
        var whole = Network<double>.Init(
            Architecture.Of(2, new Residual([body], [way])), new Initializer.HeNormal(), key);
        var inputs = new Matrix<double>(4, 2, Draw.Normal<double>(key, 8));
        var left = new Network<double>(Architecture.Of(2, body), Vec<double>.Of(whole.Parameters.Span[..9]))
            .Predict(inputs);
        var right = new Network<double>(Architecture.Of(2, way), Vec<double>.Of(whole.Parameters.Span[9..]))
            .Predict(inputs);
        return whole.Predict(inputs).Cells
            == (new Gradient<double>(left.Cells) + new Gradient<double>(right.Cells)).Direction;
    }, iter: 50);

    // W and b read off at zero and at the unit vectors.
    [Fact]
    public void A_network_without_non_linearities_is_one_affine_map() =>
        WithInputs(Any.LinearNetwork).Sample((network, inputs) =>
    {
        int width = inputs.Columns;
        var zero = new Gradient<double>(network.Predict(new(1, width, Vec<double>.Zeros(width))).Cells);
        var rows = Enumerable.Range(0, width)
            .Select(i => new Gradient<double>(network.Predict(Unit(width, i)).Cells) - zero).ToArray();
        return Enumerable.Range(0, inputs.Rows).All(row => Near.Equal(
            rows.Select((w, i) => inputs[row, i] * w).Aggregate(zero, (sum, part) => sum + part).Direction,
            network.Predict(inputs.Select([row])).Cells, 1e-12));
    });

    private static Matrix<double> Unit(int width, int at) =>
        new(1, width, Vec<double>.Create(width, at, static (cells, at) => cells[at] = 1));

    private static Network<float> Wide(Key key) =>
        Network<float>.Init(
            Architecture.Of(50, new Dense(100, Activation.Relu), new LayerNorm(), new Dense(10, Activation.Tanh)),
            new Initializer.HeNormal(), key.For(Purpose.Init));
}
