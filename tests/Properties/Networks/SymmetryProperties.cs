using CsCheck;
using Functional;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Properties.Laws;
using Xunit;

namespace Properties.Networks;

/// <summary>Different points of parameter space that are the same function: why a loss has
/// many equal valleys.</summary>
public sealed class SymmetryProperties
{
    private static readonly Gen<(int In, int Hidden, int Out, Key Key)> Sizes = Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 7], Gen.Int[1, 3], Any.Key);

    [Fact]
    public void Permuted_neurons_are_the_same_function() =>
        Gen.Select(Sizes, Any.SmoothActivation).Sample((size, phi) =>
    {
        var order = Draw.Permutation(size.Key, size.Hidden);
        return Same(size, phi, (w, unit) => w.Hidden(order[unit]));
    });

    [Fact]
    public void Rescaled_relu_neurons_are_the_same_function() =>
        Gen.Select(Sizes, Gen.Double[0.1, 10]).Sample((size, scale) =>
            Same(
                size, Activation.Relu,
                (w, unit) => w.Hidden(unit).Select((x, i) => i <= size.In ? x * scale : x / scale)));

    [Fact]
    public void Mirrored_tanh_neurons_are_the_same_function() => Sizes.Sample(size =>
        Same(size, Activation.Tanh, (w, unit) => w.Hidden(unit).Select(x => -x)));

    private static bool Same(
        (int In, int Hidden, int Out, Key Key) size, Activation phi, Func<Units, int, IEnumerable<double>> unit)
    {
        var network = new Network<double>(
            Architecture.Of(size.In, new Dense(size.Hidden, phi), new Dense(size.Out)),
            Draw.Normal<double>(size.Key.At(1), (size.In + 1 + size.Out) * size.Hidden + size.Out));
        var inputs = new Matrix<double>(5, size.In, Draw.Normal<double>(size.Key.At(2), 5 * size.In));
        var units = new Units(network.Parameters, size.In, size.Hidden, size.Out);
        var changed = units.With([.. Enumerable.Range(0, size.Hidden).Select(i => unit(units, i).ToArray())]);
        return Near.Equal(network.Predict(inputs), network.With(changed).Predict(inputs), 1e-12);
    }

    /// <summary>The parameters of a two-layer net seen unit by unit: weights from the inputs, bias,
    /// weights to the outputs.</summary>
    private sealed record Units(Vec<double> Parameters, int In, int Count, int Out)
    {
        public IEnumerable<double> Hidden(int unit) =>
            [.. Enumerable.Range(0, In + 1).Select(i => Parameters[i * Count + unit]),
                .. Parameters.Span.Slice((In + 1) * Count + unit * Out, Out).ToArray()];

        public Vec<double> With(double[][] units) => Vec<double>.Of(
        [
            .. Enumerable.Range(0, In + 1).SelectMany(i => units.Select(unit => unit[i])),
            .. units.SelectMany(unit => unit.Skip(In + 1)),
            .. Parameters.Span[^Out..].ToArray(),
        ]);
    }
}
