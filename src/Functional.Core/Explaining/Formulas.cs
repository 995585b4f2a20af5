using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Differentiation.Textbook;
using Functional.Core.Networks.Activations;

namespace Functional.Core.Explaining;

/// <summary>Activations and losses as formulas: the usual ones as people write them, all others as the textbook's
/// function computes them, on the branch it takes.</summary>
internal static class Formulas
{
    /// <summary>phi(z) of an activation that looks at one sum.</summary>
    public static Formula Of(Activation phi, Symbol z, double at) => phi switch
    {
        Sigmoid => Formula.Sigmoid(z),
        Silu => z * Formula.Sigmoid(z),
        Softplus => Formula.Softplus(z),
        _ => Traced.Of(x => TextbookActivation.Of(phi, [x])[0], z, at),
    };

    /// <summary>e^z / sum of e^z, for each sum of a row.</summary>
    public static IReadOnlyList<Formula> Softmax(IReadOnlyList<Symbol> z) =>
        [.. z.Select(own => Formula.Exp(own) / Sum.Of(z.Select(Formula.Exp)))];

    /// <summary>The loss of one sample.</summary>
    /// <param name="pass">The loss, and the target with its number.</param>
    /// <param name="outputs">What the outputs are called.</param>
    /// <param name="targets">What the targets are called.</param>
    /// <param name="at">The outputs' numbers, for branches.</param>
    public static Formula Of(
        LossPass pass, IReadOnlyList<Symbol> outputs, IReadOnlyList<Symbol> targets, double[] at) =>
        pass.Loss switch
        {
            HalfSumSquaredError => 0.5 * Squares(outputs, targets),
            MeanSquaredError => Squares(outputs, targets) / outputs.Count,
            SoftmaxCrossEntropy { LabelSmoothing: 0 } =>
                Formula.Log(Sum.Of(outputs.Select(Formula.Exp))) - outputs[(int)pass.Target[0]],
            BinaryCrossEntropyWithLogits =>
                Sum.Of(outputs.Zip(targets, (o, y) => Formula.Softplus(o) - y * (Formula)o)) / outputs.Count,
            _ => pass.Loss.Factor(1, outputs.Count)
                * TextbookLoss.Of(pass.Loss, With(outputs, at), With(targets, pass.Target)).Formula,
        };

    private static Formula Squares(IReadOnlyList<Symbol> outputs, IReadOnlyList<Symbol> targets) =>
        Sum.Of(outputs.Zip(targets, (o, y) => Formula.Pow((Formula)y - o, 2)));

    private static Traced[] With(IReadOnlyList<Symbol> symbols, double[] at) =>
        [.. symbols.Zip(at, (symbol, value) => new Traced(value, symbol))];
}
