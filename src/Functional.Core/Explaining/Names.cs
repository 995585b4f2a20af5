using Functional.Core.Differentiation.Symbolic;

namespace Functional.Core.Explaining;

/// <summary>The lecture's names. Layer 1 is the input; W{l} and b{l} lead from layer l to layer l + 1,
/// w{l}_i,j from neuron i to neuron j: z{l+1} = W{l}ᵀ a{l} + b{l}, a = phi(z), delta{l} the loss's
/// derivative by z{l}.</summary>
/// <param name="Layers">How many, the input among them.</param>
/// <param name="Outputs">How many; a single one has no index.</param>
/// <param name="Loss">What the loss is called.</param>
internal sealed record Names(int Layers, int Outputs, Notation Loss)
{
    public static Names For(int layers, int outputs, Loss? loss) =>
        new(layers, outputs, loss is null or HalfSumSquaredError ? new("ECM", @"\mathrm{ECM}") : (Notation)"L");

    public static Notation Phi { get; } = new("φ", @"\phi");

    /// <summary>Whether a layer is a single output, whose numbers have no index.</summary>
    public bool IsSingle(int layer) => layer == Layers && Outputs == 1;

    // Whole layers, bold.
    public static Notation Weights(int layer) => Bold("W", "W", layer);
    public static Notation Biases(int layer) => Bold("b", "b", layer);
    public Notation Sums(int layer) => IsSingle(layer) ? Cell("z", "z", layer, null) : Bold("z", "z", layer);
    public Notation Deltas(int layer) => IsSingle(layer)
        ? Cell("δ", @"\delta", layer, null)
        : new($"δ{{{layer}}}", $@"\boldsymbol{{\delta}}^{{\{{{layer}\}}}}");
    public Notation Activations(int layer) =>
        layer == 1 ? Inputs : layer == Layers ? Predictions : Bold("a", "a", layer);
    public static Notation Inputs { get; } = new("x", @"\mathbf{x}");
    public static Notation Raws { get; } = new("r", @"\mathbf{r}");
    public static Notation RawTargets { get; } = new("t", @"\mathbf{t}");
    public Notation Predictions => IsSingle(Layers) ? new("ŷ", @"\hat{y}") : new("ŷ", @"\hat{\mathbf{y}}");
    public Notation Targets => IsSingle(Layers) ? new("y", "y") : new("y", @"\mathbf{y}");

    // Single numbers, counted from 1.
    public static Symbol Weight(int layer, int i, int j) => Cell("w", "w", layer, $"{i},{j}");
    public static Symbol Bias(int layer, int j) => Cell("b", "b", layer, $"{j}");
    public Symbol Sum(int layer, int j) => Cell("z", "z", layer, IndexOf(layer, j));
    public Symbol Delta(int layer, int j) => Cell("δ", @"\delta", layer, IndexOf(layer, j));
    public Symbol Prediction(int k) => Alone("ŷ", @"\hat{y}", IndexOf(Layers, k));
    public Symbol Target(int k) => Alone("y", "y", IndexOf(Layers, k));
    public Symbol Activation(int layer, int j) =>
        layer == 1 ? Alone("x", "x", $"{j}")
        : layer == Layers ? Prediction(j)
        : Cell("a", "a", layer, IndexOf(layer, j));

    // As they are in the data, before scaling.
    public static Symbol Raw(int i) => Alone("r", "r", $"{i}");
    public Symbol RawTarget(int k) => Alone("t", "t", IndexOf(Layers, k));

    public Symbol RawPrediction(int k) => Alone("t̂", @"\hat{t}", IndexOf(Layers, k));

    public static Symbol Rate { get; } = Formula.Named("η", @"\eta");

    /// <summary>The loss's derivative by a parameter.</summary>
    public Symbol SlopeOf(Symbol parameter)
    {
        var slope = Loss.By(parameter);
        return Formula.Named(slope.Text, slope.Latex);
    }

    // The loss's derivative by an output.
    public Symbol Slope(int k)
    {
        var slope = Loss.By(Prediction(k));
        return Formula.Named(slope.Text, slope.Latex);
    }

    private string? IndexOf(int layer, int j) => IsSingle(layer) ? null : $"{j}";

    private static Notation Bold(string text, string latex, int layer) =>
        new($"{text}{{{layer}}}", $@"\mathbf{{{latex}}}^{{\{{{layer}\}}}}");

    private static Symbol Cell(string text, string latex, int layer, string? index) => index is null
        ? Formula.Named($"{text}{{{layer}}}", $@"{latex}^{{\{{{layer}\}}}}")
        : Formula.Named($"{text}{{{layer}}}_{index}", $@"{latex}_{{{index}}}^{{\{{{layer}\}}}}");

    private static Symbol Alone(string text, string latex, string? index) => index is null
        ? Formula.Named(text, latex)
        : Formula.Named($"{text}_{index}", $"{latex}_{{{index}}}");
}
