using System.Numerics;
using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using LanguageExt;

namespace Functional.Core.Explaining;

/// <summary>A pass through a small network as the lecture writes it, step by step: formulas from the symbolic
/// engine, numbers from the network's own passes. A value, to be written as text, Markdown or LaTeX.</summary>
public sealed record Explanation
{
    /// <summary>The most inputs, and the most neurons, of a network that is explained.</summary>
    public const int MostInputs = 64, MostNeurons = 64;

    /// <summary>The most samples of a table.</summary>
    public const int MostSamples = 64;

    internal Explanation(
        string title, IEnumerable<ExplanationStep> steps, IReadOnlyDictionary<Symbol, double> numbers) =>
        (Title, Steps, Numbers) = (title, [.. steps], numbers);

    /// <summary>What is explained.</summary>
    public string Title { get; }

    /// <summary>The steps in the lecture's order.</summary>
    public Items<ExplanationStep> Steps { get; }

    /// <summary>What each symbol was in the passes.</summary>
    public IReadOnlyDictionary<Symbol, double> Numbers { get; }

    /// <summary>Forward propagation of one sample; with a target also its loss and backward propagation. At
    /// inference, without penalties on weights.</summary>
    /// <param name="network">Dense layers, at most <see cref="MostNeurons"/> neurons; dropout, which does nothing
    /// at inference, may stand between them.</param>
    /// <param name="input">The sample's inputs, at most <see cref="MostInputs"/>.</param>
    /// <param name="target">What the outputs should have been: as many numbers, or the number of a class where the
    /// loss takes one. Without it only forward is explained.</param>
    /// <param name="loss">The lecture's ECM, half the sum of squared errors, if none is given.</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <param name="rate">The learning rate of one update by gradient descent, w &lt;- w - rate dL/dw; none
    /// is shown without it.</param>
    /// <param name="raw">The sample before it was scaled, where it was.</param>
    /// <returns>The explanation, or every fault of its network and sample.</returns>
    public static Validation<Invalid, Explanation> Of<T>(
        Network<T> network, Vec<T> input, Vec<T>? target = null, Loss? loss = null,
        Language language = Language.English, double? rate = null,
        RawSample? raw = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        loss ??= new HalfSumSquaredError();
        return Invalid.Unless(
            [.. Explainable.Faults(network.Architecture, input, target, loss),
                .. Explainable.RateFaults(rate, target is not null)],
            () => WholeNetwork.Explain(SamplePass.Of(network, input, target, loss, rate, raw), Wording.In(language)));
    }

    /// <summary>What a network makes of several samples, one a row of a table, such as the truth table of XOR; with
    /// targets also each one's loss and that of all together.</summary>
    /// <param name="network">As of <see cref="Of"/>.</param>
    /// <param name="inputs">Samples x inputs, at most <see cref="MostSamples"/>.</param>
    /// <param name="targets">Samples x targets; without them there is no loss.</param>
    /// <param name="loss">The lecture's ECM, half the sum of squared errors, if none is given.</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <returns>The explanation, or every fault of its network and samples.</returns>
    public static Validation<Invalid, Explanation> OfSamples<T>(
        Network<T> network, Matrix<T> inputs, Matrix<T>? targets = null, Loss? loss = null,
        Language language = Language.English)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        loss ??= new HalfSumSquaredError();
        return Invalid.Unless(
            Explainable.Faults(network.Architecture, inputs, targets, loss),
            () => ManySamples.Explain(network, inputs, targets, loss, Wording.In(language)));
    }

    /// <summary>The lecture's derivation for one hidden neuron: the chain of factors of every derivative, each
    /// factor with its number.</summary>
    /// <param name="network">One input, one hidden neuron, one output.</param>
    /// <param name="input">x</param>
    /// <param name="target">y</param>
    /// <param name="language">Of the words between the formulas.</param>
    /// <returns>The explanation, or every fault of its network.</returns>
    public static Validation<Invalid, Explanation> OfOneNeuron<T>(
        Network<T> network, T input, T target, Language language = Language.English)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        var (x, y, loss) = (Vec<T>.Of(input), Vec<T>.Of(target), new HalfSumSquaredError());
        Invalid[] faults = [.. Explainable.Faults(network.Architecture, x, y, loss),
            .. Explainable.MoreThanOneNeuron(network.Architecture)];
        return Invalid.Unless(
            faults, () => OneNeuron.Explain(SamplePass.Of(network, x, y, loss, null, null), Wording.In(language)));
    }

    /// <summary>For a terminal.</summary>
    /// <param name="digits">Significant digits of the numbers shown, 1 to 17.</param>
    /// <param name="width">The most characters of a line, at least 40.</param>
    public string ToText(int digits = 6, int width = 80) => new PlainText(new(digits), Math.Max(width, 40)).Write(this);

    /// <summary>Markdown with formulas in LaTeX, as GitHub and notebooks show it.</summary>
    /// <param name="digits">Significant digits of the numbers shown, 1 to 17.</param>
    public string ToMarkdown(int digits = 6) => new Markdown(new(digits)).Write(this);

    /// <summary>A LaTeX document that compiles with <c>pdflatex</c>.</summary>
    /// <param name="digits">Significant digits of the numbers shown, 1 to 17.</param>
    public string ToLatex(int digits = 6) => new LatexDocument(new(digits)).Write(this);

    /// <inheritdoc cref="ToText"/>
    public override string ToString() => ToText();
}
