using System.Numerics;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using LanguageExt;

namespace Functional.Core.Explaining;

/// <summary>A pass through a small network as the lecture writes it, step by step: formulas from the symbolic engine, numbers from the network's own passes. A value, to be
/// written as text, Markdown or LaTeX.</summary>
public sealed record Explanation
{
    /// <summary>The most inputs, and the most neurons, of a network that is explained.</summary>
    public const int MostInputs = 64, MostNeurons = 64;

    internal Explanation(string title, IEnumerable<Step> steps, IReadOnlyDictionary<Symbol, double> numbers) =>
        (Title, Steps, Numbers) = (title, [.. steps], numbers);

    /// <summary>What is explained.</summary>
    public string Title { get; }

    /// <summary>The steps in the lecture's order.</summary>
    public Items<Step> Steps { get; }

    /// <summary>What each symbol was in the passes.</summary>
    public IReadOnlyDictionary<Symbol, double> Numbers { get; }

    /// <summary>Forward propagation of one sample; with a target also its loss and backward propagation. At inference, without penalties on weights.</summary>
    /// <param name="network">Dense layers, at most <see cref="MostNeurons"/> neurons; dropout, which does nothing at inference, may stand between them.</param>
    /// <param name="input">The sample's inputs, at most <see cref="MostInputs"/>.</param>
    /// <param name="target">What the outputs should have been: as many numbers, or the number of a class where the loss takes one. Without it only forward is explained.</param>
    /// <param name="loss">The lecture's ECM, half the sum of squared errors, if none is given.</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <returns>The explanation, or every fault of its network and sample.</returns>
    public static Validation<Invalid, Explanation> Of<T>(
        Network<T> network, Vec<T> input, Vec<T>? target = null, Loss? loss = null, Language language = Language.English) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        loss ??= new HalfSumSquaredError();
        return Invalid.Unless(Explainable.Faults(network.Architecture, input, target, loss), () => WholeNetwork.Explain(SamplePass.Of(network, input, target, loss), Wording.In(language)));
    }

    /// <summary>The lecture's derivation for one hidden neuron: the chain of factors of every derivative, each factor with its number.</summary>
    /// <param name="network">One input, one hidden neuron, one output.</param>
    /// <param name="input">x</param>
    /// <param name="target">y</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <returns>The explanation, or every fault of its network.</returns>
    public static Validation<Invalid, Explanation> OfOneNeuron<T>(Network<T> network, T input, T target, Language language = Language.English)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        var (x, y, loss) = (Vec<T>.Of(input), Vec<T>.Of(target), new HalfSumSquaredError());
        Invalid[] faults = [.. Explainable.Faults(network.Architecture, x, y, loss), .. Explainable.MoreThanOneNeuron(network.Architecture)];
        return Invalid.Unless(faults, () => OneNeuron.Explain(SamplePass.Of(network, x, y, loss), Wording.In(language)));
    }

    /// <summary>For a terminal.</summary>
    /// <param name="digits">Significant digits of the numbers shown, 1 to 17.</param>
    public string ToText(int digits = 6) => new PlainText(new(digits)).Write(this);

    /// <summary>Markdown with formulas in LaTeX, as GitHub and notebooks show it.</summary>
    /// <param name="digits">Significant digits of the numbers shown, 1 to 17.</param>
    public string ToMarkdown(int digits = 6) => new Markdown(new(digits)).Write(this);

    /// <summary>A LaTeX document that compiles with <c>pdflatex</c>.</summary>
    /// <param name="digits">Significant digits of the numbers shown, 1 to 17.</param>
    public string ToLatex(int digits = 6) => new LatexDocument(new(digits)).Write(this);

    /// <inheritdoc cref="ToText"/>
    public override string ToString() => ToText();
}

/// <summary>The languages that explanations are written in.</summary>
public enum Language
{
    /// <summary>English</summary>
    English,

    /// <summary>Español</summary>
    Spanish,
}
