using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Differentiation;

/// <summary>A gradient that is wrong in a single number is found wrong, whichever number it is.</summary>
public sealed class PlantedFaultProperties
{
    private static readonly Layer[] Inner = [new Dense(5, Activation.Tanh), new BatchNorm(), new LayerNorm(),
        new Dense(3, Activation.Sigmoid)];

    // Along seven random directions of length 1, a coordinate of n has more than 0.3 / sqrt(n) in one of them.
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void A_fault_in_any_single_coordinate_is_found_in_its_layer_and_in_no_other(ulong seed) =>
        Assert.All(Enumerable.Range(0, Inner.Length), layer =>
        {
            int count = (int)Inner[layer].Parameters(layer == 0 ? 2 : 5);
            double fault = 0.01 * Checked(layer, 0, 0, seed)[layer].Norm;
            Assert.All(Enumerable.Range(0, count), at => Assert.All(Checked(layer, at, fault, seed), of =>
            {
                var (least, most) = of.Layer == layer + 1 ? (0.003 / Math.Sqrt(count), 0.02) : (0, 1e-7);
                Assert.InRange(of.RelativeError, least, most);
            }));
        });

    [Fact]
    public void A_coordinate_that_is_no_number_is_found() =>
        Assert.All(Enumerable.Range(0, 15), at =>
            Assert.Equal(double.NaN, Checked(0, at, double.NaN)[0].RelativeError));

    // By differences alone: no textbook has a layer that is wrong on purpose.
    private static IReadOnlyList<LayerCheck> Checked(int layer, int at, double fault, ulong seed = 1)
    {
        Layer[] layers = [.. Inner.Select((inner, i) => i == layer ? new Faulty(inner, at, fault) : inner),
            new Dense(2)];
        var network = Network<double>.Init(Architecture.Of(2, layers), new Initializer.GlorotNormal(),
            Key.FromSeed(seed));
        var samples = new Moons(Samples: 30).Make(Key.FromSeed(1)).For(new SoftmaxCrossEntropy());
        var check = new GradientCheck(network, samples, new SoftmaxCrossEntropy(), Key.FromSeed(seed).At(1));
        return check.Compare(new[] { Way.Backward, Way.Central, Way.Richardson }
            .ToDictionary(way => way, check.Slopes));
    }

    /// <summary>A layer whose derivative by one of its parameters is off by a fault.</summary>
    private sealed record Faulty(Layer Inner, int At, double Fault) : Layer
    {
        internal override int Outputs(int inputs) => Inner.Outputs(inputs);
        internal override long Parameters(int inputs) => Inner.Parameters(inputs);
        internal override IEnumerable<Slice> Layout(int inputs) => Inner.Layout(inputs);
        internal override IEnumerable<Slice> RunningLayout(int inputs) => Inner.RunningLayout(inputs);
        protected internal override Layer Each(Fields fields) => this; // never written down
        internal override Stage<T> Stage<T>(int inputs) =>
            new FaultyStage<T>(Inner.Stage<T>(inputs), At, T.CreateChecked(Fault));
    }

    private sealed class FaultyStage<T>(Stage<T> inner, int place, T fault)
        : Stage<T>(inner.Inputs, inner.Outputs, inner.Parameters, inner.Running)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        public override long Tape(int rows) => inner.Tape(rows);
        public override long Scratch(int rows) => inner.Scratch(rows);
        public override void Init(Key key, Initializer initializer, Span<T> parameters, Span<T> running) =>
            inner.Init(key, initializer, parameters, running);

        public override void Forward(in Pass pass, in Point<T> at, in Into<T> into) => inner.Forward(pass, at, into);

        public override void Backward(in Pass pass, in Point<T> at, in Adjoint<T> adjoint, Span<T> scratch)
        {
            inner.Backward(pass, at, adjoint, scratch);
            adjoint.Gradient[place] += fault;
        }

        public override void Tangent(in Pass pass, in Point<T> at, in PointTangent<T> along, in Into<T> into) =>
            inner.Tangent(pass, at, along, into);

        public override void BackwardTangent(
            in Pass pass, in Point<T> at, in PointTangent<T> along, in Adjoint<T> adjoint, in Adjoint<T> tangent,
                Span<T> scratch) =>
            inner.BackwardTangent(pass, at, along, adjoint, tangent, scratch);
    }
}
