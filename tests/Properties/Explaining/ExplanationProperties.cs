using System.Globalization;
using CsCheck;
using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Explaining;
using Functional.Core.Forms;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;
using ExplanationStep = Functional.Core.Explaining.ExplanationStep;

namespace Properties.Explaining;

/// <summary>An explanation's numbers are those of the network's own passes, its formulas have those numbers for
/// values, and every way to write it shows them.</summary>
public sealed class ExplanationProperties
{
    private sealed record Case(Network<double> Network, Loss Loss, Vec<double> Input, Vec<double> Target)
    {
        public Explanation Explained => Known.Is(Explanation.Of(Network, Input, Target, Loss));
        public Functional.Samples<double> Samples => new(new(1, Input.Length, Input), new(1, Target.Length, Target));
    }

    private static readonly Gen<Activation> Phi = Gen.OneOf(
        Any.Activation, Gen.OneOf([.. Custom.Activations.Select(pair => pair.Own)]))
        .Where(phi => phi.HasDerivative);

    // Dense layers, some with their activation apart, some with dropout before them.
    private static readonly Gen<Layer[]> Layers = Gen.Select(
        Gen.Int[1, 5], Phi, Gen.Bool, Gen.Int[0, 4]).Select((units, phi, bias, form) => form switch
    {
        0 => (Layer[])[new Dense(units, Activation.Identity, bias), new Activate(phi)],
        1 => [new Dropout(0.3), new Dense(units, phi, bias)],
        2 => [new Sequence([new Dense(units, phi, bias)])],
        _ => [new Dense(units, phi, bias)],
    });

    private static readonly Gen<Case> Cases =
        from inputs in Gen.Int[1, 4]
        from layers in Layers.Array[1, 3]
        let architecture = Architecture.Of(inputs, [.. layers.SelectMany(layer => layer)])
        from network in Any.Networks(Gen.Const(architecture))
        from loss in Gen.OneOf(Any.Loss, Gen.OneOf([.. Custom.Losses.Select(pair => pair.Own)]))
        from samples in Any.Samples(architecture, loss, 1)
        select new Case(network, loss, samples.Inputs.Cells, samples.Targets.Cells);

    [Fact]
    public void Its_numbers_are_those_of_the_networks_own_passes() => Cases.Sample(c =>
    {
        var explained = c.Explained;
        var names = new Reading(explained);
        var (value, gradient, _) = c.Network.LossGradient(c.Loss, c.Samples);
        int dense = 0;
        for (int l = 0; l < c.Network.Architecture.Layers.Count; l++)
        {
            var layer = c.Network.Architecture.Layers[l];
            bool isApart = layer is Dense && l + 1 < c.Network.Architecture.Layers.Count
                && c.Network.Architecture.Layers[l + 1] is Activate;
            if (layer is Dense or Sequence && ++dense > 0)
                Assert.Equal(
                    c.Network.Before(isApart ? l + 2 : l + 1).Predict(c.Samples.Inputs).Cells,
                    names.Activations(dense + 1));
        }
        Assert.Equal(dense + 1, names.Layers);
        Assert.Equal(value, names.Loss);
        Assert.Equal(gradient.Direction, names.Gradient);
        var delta = c.Loss.ValueAndDelta(c.Network.Predict(c.Samples.Inputs), c.Samples.Targets).Delta;
        Assert.Equal(delta.Cells, names.Slopes);
    }, iter: 500);

    [Fact]
    public void Deltas_are_the_derivatives_by_the_sums() => Cases.Sample(c =>
    {
        // The derivative by b is that by z; a network without b has one with zeros in its place.
        Layer[] layers = [.. Flat(c.Network.Architecture.Layers)
            .Select(layer => layer is Dense dense ? dense with { Bias = true } : layer)];
        var with = Architecture.Of(c.Network.Architecture.Inputs, layers);
        var names = new Reading(c.Explained);
        var network = new Network<double>(with, Vec<double>.Of([.. names.Parameters(zeros: true)]));
        var gradient = network.LossGradient(c.Loss, c.Samples).Gradient.Direction.Span.ToArray();
        int at = 0;
        var byBiases = with.Layout.SelectMany(slice =>
            gradient[at..(at += slice.Length)].Where(_ => slice.Name.EndsWith("bias", StringComparison.Ordinal)));
        Assert.Equal(byBiases, names.Deltas);
    }, iter: 300);

    [Fact]
    public void Its_formulas_have_its_numbers_for_values() => Cases.Sample(c =>
    {
        var explained = c.Explained;
        return explained.Steps.OfType<ExplanationStep.Worked>()
            .All(worked => worked.Formula.At<Real>(symbol => explained.Numbers[symbol]).Value is var value
                && Math.Abs(value - worked.Value) <= 1e-12 * (1 + Math.Abs(worked.Value)));
    }, iter: 500);

    [Fact]
    public void A_single_precision_network_is_explained_in_single_precision()
    {
        var network = Network<float>.Init(
            Architecture.Of(2, new Dense(3, Activation.Sigmoid), new Dense(1)), new Initializer.GlorotUniform(),
            Key.FromSeed(1));
        Vec<float> x = Vec<float>.Of(0.1f, -2), y = Vec<float>.Of(1);
        var names = new Reading(Known.Is(Explanation.Of(network, x, y)));
        var (value, gradient, _) = network.LossGradient(new HalfSumSquaredError(), new(new(1, 2, x), new(1, 1, y)));
        Assert.Equal(value, names.Loss);
        Assert.Equal(gradient.Direction.Span.ToArray().Select(slope => (double)slope), names.Gradient.Span.ToArray());
    }

    [Fact]
    public void Every_way_to_write_it_shows_every_number() => Cases.Sample(c =>
    {
        var explained = c.Explained;
        string text = explained.ToText(17), markdown = explained.ToMarkdown(17), latex = explained.ToLatex(17);
        foreach (double number in explained.Steps.OfType<ExplanationStep.Worked>().Select(worked => worked.Value)
            .Concat(explained.Numbers.Values))
        {
            string shown = Numerals.Of(number, 17), mantissa = shown.Split('e')[0];
            Assert.Contains(shown, text, StringComparison.Ordinal);
            Assert.Contains(mantissa, markdown, StringComparison.Ordinal);
            Assert.Contains(mantissa, latex, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("E-", markdown + latex, StringComparison.Ordinal);
        foreach (string written in (string[])[markdown, latex])
            foreach (var (open, close) in new[] { ('{', '}'), ('(', ')') })
                Assert.Equal(written.Count(sign => sign == open), written.Count(sign => sign == close));
    }, iter: 100);

    [Fact]
    public void It_prints_itself_as_text() => Cases.Sample(c =>
    {
        var explained = c.Explained;
        Assert.Equal(explained.ToText(), explained.ToString());
        foreach (var notation in explained.Steps.OfType<ExplanationStep.Worked>().SelectMany(worked => worked.Sides))
            Assert.Equal(notation.Text, notation.ToString());
    }, iter: 30);

    [Fact]
    public void Languages_differ_in_words_alone() => Cases.Sample(c =>
    {
        var (english, spanish) =
            (c.Explained, Known.Is(Explanation.Of(c.Network, c.Input, c.Target, c.Loss, Language.Spanish)));
        Assert.Equal(
            english.Steps.Where(step => step is not (ExplanationStep.Heading or ExplanationStep.Prose)),
            spanish.Steps.Where(step => step is not (ExplanationStep.Heading or ExplanationStep.Prose)));
        Assert.Equal(english.Steps.Select(step => step.GetType()), spanish.Steps.Select(step => step.GetType()));
        foreach (var (first, second) in Enumerable.Zip(english.Steps, spanish.Steps)
            .Where(pair => pair.First is ExplanationStep.Heading or ExplanationStep.Prose))
            Assert.NotEqual(first, second);
    }, iter: 30);

    [Fact]
    public void Without_a_target_only_forward_is_explained_the_step_function_too()
    {
        // not((x1 and x2) or not(x1 or x2)): the lecture's way to XOR
        var xor = new Network<double>(
            Architecture.Of(2, new Dense(2, Activation.Step), new Dense(1, Activation.Step)),
            Vec<double>.Of(1, -1, 1, -1, -1.5, 0.5, -1, -1, 0.5));
        double[] found = [.. new (double, double)[] { (0, 0), (1, 0), (0, 1), (1, 1) }.Select(
            x => new Reading(Known.Is(Explanation.Of(xor, Vec<double>.Of(x.Item1, x.Item2)))).Activations(3)[0])];
        Assert.Equal([0, 1, 1, 0], found);
        Assert.DoesNotContain(
            "δ", Known.Is(Explanation.Of(xor, Vec<double>.Of(0, 1))).ToText(), StringComparison.Ordinal);
    }

    private static IEnumerable<Layer> Flat(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer is Sequence sequence ? Flat(sequence.Layers) : [layer]);

    /// <summary>The numbers of an explanation by the lecture's names.</summary>
    private sealed class Reading(Explanation explained)
    {
        private readonly Dictionary<string, double> numbers = explained.Numbers.ToDictionary(
            number => number.Key.Name, number => number.Value);
        private readonly Dictionary<string, double> worked = explained.Steps.OfType<ExplanationStep.Worked>()
            .ToDictionary(step => step.Sides[0].Text, step => step.Value);

        public int Layers => numbers.Keys.Where(name => name.StartsWith("z{", StringComparison.Ordinal)).Max(LayerOf);
        public double Loss => worked.First(step => step.Key is "ECM" or "L").Value;
        public Vec<double> Slopes => Vec<double>.Of(
            [.. worked.Where(step => step.Key.Contains("/∂ŷ", StringComparison.Ordinal)).Select(step => step.Value)]);
        public Vec<double> Gradient => Vec<double>.Of([.. worked.Where(step =>
            step.Key.Contains("/∂w{", StringComparison.Ordinal) || step.Key.Contains("/∂b{", StringComparison.Ordinal))
            .OrderBy(step => LayerOf(step.Key)).Select(step => step.Value)]);
        public double[] Deltas => [.. Enumerable.Range(2, Layers - 1).SelectMany(n => Named("δ", n).Span.ToArray())];
        public Vec<double> Activations(int n) => n == Layers
            ? Vec<double>.Of([.. numbers.Where(number => number.Key.StartsWith('ŷ')).Select(number => number.Value)])
            : Named("a", n);

        public IEnumerable<double> Parameters(bool zeros) => Enumerable.Range(1, Layers - 1).SelectMany(l => (double[])
            [.. Named("w", l).Span, .. Named("b", l) is { Length: > 0 } biases || !zeros
                ? Named("b", l).Span.ToArray()
                : new double[Named("z", l + 1).Length]]);

        private Vec<double> Named(string name, int layer) => Vec<double>.Of(
            [.. numbers.Where(number => number.Key.StartsWith($"{name}{{{layer}}}", StringComparison.Ordinal))
                .Select(number => number.Value)]);
        private static int LayerOf(string name) => int.Parse(
            name.AsSpan()[(name.IndexOf('{', StringComparison.Ordinal) + 1)..name.IndexOf(
                '}', StringComparison.Ordinal)],
            CultureInfo.InvariantCulture);
    }
}
