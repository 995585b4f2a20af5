using Functional;
using Functional.Core.Differentiation;
using Functional.Core.Explaining;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Explaining;

/// <summary>What the lecture writes on its slides, an explanation writes, too.</summary>
public sealed class LectureProperties
{
    private static readonly Initializer Drawn = new Initializer.GlorotUniform();

    private static Explanation Explained(Layer[] layers, double[] input, double[] target) =>
        Known.Is(Explanation.Of(
            Network<double>.Init(Architecture.Of(input.Length, layers), Drawn, Key.FromSeed(1)), Vec<double>.Of(input),
            Vec<double>.Of(target)));

    [Fact]
    public void A_network_of_3_5_4_3_is_one_formula() => Contains(
        Explained(
            [new Dense(5, Activation.Sigmoid, Bias: false), new Dense(4, Activation.Sigmoid, Bias: false),
                new Dense(3, Activation.Identity, Bias: false)],
            [1, -1, 0.5], [1, 2, 3]),
        "  ŷ = W{3}ᵀ · σ(W{2}ᵀ · σ(W{1}ᵀ · x))",
        @"\hat{\mathbf{y}} &= {\mathbf{W}^{\{3\}}}^\top \cdot "
            + @"{\overbrace{\sigma\mathopen{}\left({\mathbf{W}^{\{2\}}}^\top "
            + @"\cdot {\overbrace{\sigma\mathopen{}\left({\mathbf{W}^{\{1\}}}^\top \cdot "
            + @"\mathbf{x}\right)}^{\mathbf{a}^{\{2\}}}}\right)}^{\mathbf{a}^{\{3\}}}}");

    [Fact]
    public void One_hidden_layer_propagates_as_in_the_example()
    {
        var explained = Explained([new Dense(4, Activation.Sigmoid), new Dense(1)], [1, -1], [2]);
        Contains(explained,
            "z{2} = W{1}ᵀ · x + b{1}", "a{2} = φ(z{2})", "z{3} = W{2}ᵀ · a{2} + b{2}", "ŷ = φ(z{3}) = z{3}",
            "ECM = ½ · (y - ŷ)^2", "∂ECM/∂ŷ = -(y - ŷ)", "∂ECM/∂W{2} = ∂ECM/∂ŷ · ∂ŷ/∂z{3} · ∂z{3}/∂W{2}",
            "δ{3} = -(y - ŷ)", "∂ECM/∂w{2}_3,1 = δ{3} · a{2}_3",
            "∂ECM/∂W{1} = δ{3} · ∂z{3}/∂a{2} · ∂a{2}/∂z{2} · ∂z{2}/∂W{1}",
            "δ{2}_3 = w{2}_3,1 · δ{3} · σ(z{2}_3) · (1 - σ(z{2}_3))", "∂ECM/∂w{1}_2,3 = δ{2}_3 · x_2",
            @"\frac{\partial \mathrm{ECM}}{\partial \mathbf{W}^{\{2\}}} &= {\underbrace{\frac{\partial "
                + @"\mathrm{ECM}}{\partial \hat{y}} \cdot \frac{\partial \hat{y}}{\partial "
                + @"z^{\{3\}}}}_{\delta^{\{3\}}}} "
                + @"\cdot {\overbrace{\frac{\partial z^{\{3\}}}{\partial \mathbf{W}^{\{2\}}}}^{\mathbf{a}^{\{2\}}}}",
            @"\delta^{\{3\}} \cdot {\overbrace{\frac{\partial z^{\{3\}}}{\partial "
                + @"\mathbf{a}^{\{2\}}}}^{\mathbf{W}^{\{2\}}}} \cdot \frac{\partial \mathbf{a}^{\{2\}}}{\partial "
                + @"\mathbf{z}^{\{2\}}}");
        InThisOrder(
            explained.ToText(), "Forward propagation", "Layer 2 (hidden): 4 neurons, activation sigmoid",
            "Layer 3 (output): 1 neuron, activation linear", "Loss", "Backward propagation", "The error of layer 3",
            "∂ECM/∂w{2}_1,1", "The error of layer 2", "∂ECM/∂w{1}_1,1");
    }

    [Fact]
    public void One_hidden_neuron_is_derived_factor_by_factor_as_on_the_slide()
    {
        var network = new Network<double>(
            Architecture.Of(1, new Dense(1, Activation.Sigmoid), new Dense(1)), Vec<double>.Of(0.5, -0.25, 2, 0.125));
        var explained = Known.Is(Explanation.OfOneNeuron(network, 1.5, 1, Language.Spanish));
        Contains(explained,
            "Cálculo de gradientes: 1 capa oculta con 1 neurona", "a(1)_1 = σ(w(1)_1,1 · x_1 + b(1)_1)",
            "a(2)_1 = w(2)_1,1 · a(1)_1 + b(2)_1", "δ(3) = ŷ - y", "δ(2) = ∂½[ŷ - y]²/∂u",
            "∂½[ŷ - y]²/∂w(2)_1,1 = ∂½[ŷ - y]²/∂u · ∂u/∂a(2)_1 · ∂a(2)_1/∂z(2)_1 · ∂z(2)_1/∂w(2)_1,1", "∂u/∂a(2)_1 = 1",
            "∂a(2)_1/∂z(2)_1 = 1", "∂z(2)_1/∂a(1)_1 = w(2)_1,1 = 2",
            "∂a(1)_1/∂z(1)_1 = σ(z(1)_1) · (1 - σ(z(1)_1))", "∂z(1)_1/∂w(1)_1,1 = x_1 = 1.5",
            "(ŷ - y) · w(2)_1,1 · σ(z(1)_1) · (1 - σ(z(1)_1)) · x_1",
            @"a_{1}^{(1)} &= \sigma\mathopen{}\left({\overbrace{w_{1,1}^{(1)} \, x_{1} + "
                + @"b_{1}^{(1)}}^{z_{1}^{(1)}}}\right)",
            @"a_{1}^{(2)} &= {\overbrace{w_{1,1}^{(2)} \, a_{1}^{(1)} + b_{1}^{(2)}}^{z_{1}^{(2)}}}",
            @"_{\delta^{(2)} = \left(\hat{y} - y\right) \, w_{1,1}^{(2)} \, \sigma\mathopen{}\left(z_{1}^{(1)}\right) "
                + @"\, \left(1 - \sigma\mathopen{}\left(z_{1}^{(1)}\right)\right)}");

        var gradient = network.LossGradient(
            new HalfSumSquaredError(),
            new(new(1, 1, Vec<double>.Of(1.5)), new(1, 1, Vec<double>.Of(1)))).Gradient.Direction;
        double[] shown = [.. ((string[])["w(1)_1,1", "b(1)_1", "w(2)_1,1", "b(2)_1"]).Select(
            name => explained.Steps.OfType<ExplanationStep.Worked>()
                .Single(worked => worked.Sides[0].Text == $"∂½[ŷ - y]²/∂{name}").Value)];
        Assert.Equal(gradient.Span.ToArray(), shown);
        Assert.All(explained.Steps.OfType<ExplanationStep.Worked>(), worked =>
            Assert.Equal(worked.Value, worked.Formula.At<Real>(symbol => explained.Numbers[symbol]).Value, 1e-14));
    }

    [Fact]
    public void Softmax_and_cross_entropy_are_written_as_in_textbooks()
    {
        var network = Network<double>.Init(Architecture.Of(2, new Dense(3)), Drawn, Key.FromSeed(1));
        Contains(Known.Is(Explanation.Of(network, Vec<double>.Of(1, 2), Vec<double>.Of(1), new SoftmaxCrossEntropy())),
            "The sample is of class 1, counted from 0: output 2 should win.",
            "L = ln(exp(ŷ_1) + exp(ŷ_2) + exp(ŷ_3)) - ŷ_2",
            "∂L/∂ŷ_2 = exp(ŷ_2) / (exp(ŷ_1) + exp(ŷ_2) + exp(ŷ_3)) - 1");
        var probabilities = Network<double>.Init(
            Architecture.Of(2, new Dense(2, Activation.Softmax)), Drawn, Key.FromSeed(1));
        Contains(
            Known.Is(Explanation.Of(probabilities, Vec<double>.Of(1, 2), Vec<double>.Of(1, 0), new MeanSquaredError())),
            "ŷ_1 = φ(z{2})_1 = exp(z{2}_1) / (exp(z{2}_1) + exp(z{2}_2))",
            "δ{2}_1 = ŷ_1 · (∂L/∂ŷ_1 - (∂L/∂ŷ_1 · ŷ_1 + ∂L/∂ŷ_2 · ŷ_2))");
    }

    private static void Contains(Explanation explained, params string[] pieces)
    {
        string written = string.Join(
            ' ',
            $"{explained.ToText()} {explained.ToLatex()}".Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(pieces, piece => Assert.Contains(
            string.Join(' ', piece.Split(' ', StringSplitOptions.RemoveEmptyEntries)), written,
            StringComparison.Ordinal));
    }

    private static void InThisOrder(string text, params string[] pieces) => Assert.Equal(pieces, pieces.OrderBy(
        piece => text.IndexOf($"{piece}", StringComparison.Ordinal) is >= 0 and var at
            ? at
            : throw new ArgumentException($"no {piece}")));
}
