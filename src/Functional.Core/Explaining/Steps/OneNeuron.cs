using Functional.Core.Differentiation.Symbolic;
using Functional.Core.Networks.Activations;

namespace Functional.Core.Explaining;

/// <summary>The lecture's derivation for one hidden neuron: every derivative as a chain of factors. Here, as on its
/// slide, layers are counted from the hidden one: z(1) = w(1) x + b(1), a(1) = phi(z(1)), z(2) = w(2) a(1) + b(2),
/// a(2) = phi(z(2)), u = a(2) - y, E = 1/2 u^2.</summary>
internal static class OneNeuron
{
    private static readonly Symbol X = Named("x_1", "x_{1}"), Y = Named("y", "y"), U = Named("u", "u");
    private static readonly Symbol W1 = Cell("w", 1, "1,1"), B1 = Cell("b", 1, "1"), Z1 = Cell("z", 1, "1"),
        A1 = Cell("a", 1, "1");
    private static readonly Symbol W2 = Cell("w", 2, "1,1"), B2 = Cell("b", 2, "1"), Z2 = Cell("z", 2, "1"),
        A2 = Cell("a", 2, "1");
    private static readonly Symbol Prediction = Named("ŷ", @"\hat{y}"), Delta2 = Named("δ(2)", @"\delta^{(2)}"),
        Delta3 = Named("δ(3)", @"\delta^{(3)}");
    private static readonly Notation Error = new("½[ŷ - y]²", @"\tfrac{1}{2}\left[\hat{y} - y\right]^{2}");

    /// <summary>A factor of a chain: how something moves with something, as a formula.</summary>
    private sealed record Factor(Notation Name, Formula Formula);

    public static Explanation Explain(SamplePass pass, Wording words)
    {
        var (hidden, output) = (pass.Layers[0], pass.Layers[1]);
        var numbers = Numbers(pass);
        Formula z1 = Line(W1, X, hidden.HasBias ? B1 : null), z2 = Line(W2, A1, output.HasBias ? B2 : null);
        Formula a1 = Formulas.Of(hidden.Phi, Z1, hidden.Sums[0]), a2 = Formulas.Of(output.Phi, Z2, output.Sums[0]);
        Formula u = A2 - (Formula)Y, error = 0.5 * Formula.Pow(U, 2);

        // The slide's factors, from the error to each parameter.
        Factor toU = new(Error.By(U), error.Derivative(U).With(U, Prediction - (Formula)Y)),
            toA2 = new(((Notation)U).By(A2), u.Derivative(A2)), toZ2 = new(((Notation)A2).By(Z2), a2.Derivative(Z2));
        Factor toA1 = new(((Notation)Z2).By(A1), z2.Derivative(A1)),
            toZ1 = new(((Notation)A1).By(Z1), a1.Derivative(Z1));
        Factor[] near = [toU, toA2, toZ2], far = [toU, toA2, toZ2, toA1, toZ1];

        IEnumerable<ExplanationStep> Derivative(Symbol parameter, Factor[] before, Symbol sum, Formula of, double value)
        {
            Factor[] factors = [.. before, new(((Notation)sum).By(parameter), of.Derivative(parameter))];
            yield return new ExplanationStep.Heading(words.DerivativeBy, 2, parameter);
            yield return new ExplanationStep.Relation([Error.By(parameter), Braced(factors, before.Length)]);
            foreach (var factor in factors)
                yield return new ExplanationStep.Worked(
                    factor == toU ? [factor.Name, Delta3] : [factor.Name], factor.Formula,
                    Value(factor.Formula, numbers));
            yield return new ExplanationStep.Worked(
                [Error.By(parameter)], Product.Of(factors.Select(factor => factor.Formula)), value);
        }

        return new(words.OneNeuron,
        [
            new ExplanationStep.Prose(words.OneNeuronNotation),
            new ExplanationStep.Heading(words.Forward, 1),
            new ExplanationStep.Relation([A1, Through(hidden, z1, Z1, words)]), new ExplanationStep.Relation(
                [A2, Through(output, z2, Z2, words)]),
            new ExplanationStep.Worked([Z1], z1, hidden.Sums[0]), new ExplanationStep.Worked(
                [A1, ((Notation)Z1).Of(Names.Phi)], a1, hidden.Activations[0]),
            new ExplanationStep.Worked([Z2], z2, output.Sums[0]), new ExplanationStep.Worked(
                [Prediction, A2, ((Notation)Z2).Of(Names.Phi)], a2, output.Activations[0]),
            new ExplanationStep.Heading(words.Loss, 1),
            new ExplanationStep.Worked([Error], 0.5 * Formula.Pow(Prediction - (Formula)Y, 2), pass.Back!.Value),
            new ExplanationStep.Worked([Delta3], toU.Formula, pass.Back.Slopes[0]),
            new ExplanationStep.Heading(words.Backward, 1),
            .. Derivative(W2, near, Z2, z2, output.Back!.Weights[0, 0]),
            .. output.HasBias ? Derivative(B2, near, Z2, z2, output.Back.Biases[0]) : [],
            new ExplanationStep.Heading(words.BackToHidden, 2),
            new ExplanationStep.Worked(
                [Delta2, far.Skip(1).Aggregate(far[0].Name, (chain, factor) => chain * factor.Name)],
                Product.Of(far.Select(factor => factor.Formula)), hidden.Back!.Deltas[0]),
            .. Derivative(W1, far, Z1, z1, hidden.Back.Weights[0, 0]),
            .. hidden.HasBias ? Derivative(B1, far, Z1, z1, hidden.Back.Biases[0]) : [],
        ], numbers);
    }

    // The slide's braces: the error above the first factor, delta(2) below those that lead to the hidden neuron's sum.
    private static Notation Braced(Factor[] factors, int toHidden)
    {
        var first = factors[0].Name.Over(new("", $"{Delta3.AsLatex} = {factors[0].Formula.Latex}"));
        var chain = factors[1..toHidden].Aggregate(first, (chain, factor) => chain * factor.Name);
        if (toHidden == 5)
            chain = chain.Under(new(
                "", $"{Delta2.AsLatex} = {Product.Of(factors[..toHidden].Select(factor => factor.Formula)).Latex}"));
        return factors[toHidden..].Aggregate(chain, (chain, factor) => chain * factor.Name);
    }

    // phi of a sum, with the sum's name above it.
    private static Notation Through(LayerPass layer, Formula sum, Symbol name, Wording words)
    {
        var braced = new Notation(Writing.Of(sum, new Figures(17).Named(isLatex: false)), sum.Latex).Over(name);
        return layer.Phi is Identity ? braced : braced.Of(ForwardSteps.Function(layer.Phi, words));
    }

    private static Formula Line(Symbol weight, Symbol input, Symbol? bias) =>
        bias is null ? (Formula)weight * input : (Formula)weight * input + bias;

    private static double Value(Formula formula, Dictionary<Symbol, double> numbers) =>
        formula.At<Differentiation.Real>(symbol => numbers[symbol]).Value;

    private static Dictionary<Symbol, double> Numbers(SamplePass pass)
    {
        var (hidden, output) = (pass.Layers[0], pass.Layers[1]);
        var numbers = new Dictionary<Symbol, double>
        {
            [X] = pass.Input[0],
            [Y] = pass.Back!.Target[0],
            [W1] = hidden.Weights[0, 0],
            [Z1] = hidden.Sums[0],
            [A1] = hidden.Activations[0],
            [W2] = output.Weights[0, 0],
            [Z2] = output.Sums[0],
            [A2] = output.Activations[0],
            [Prediction] = output.Activations[0],
            [U] = pass.Back.Slopes[0],
            [Delta3] = pass.Back.Slopes[0],
            [Delta2] = hidden.Back!.Deltas[0],
        };
        if (hidden.HasBias) numbers[B1] = hidden.Biases[0];
        if (output.HasBias) numbers[B2] = output.Biases[0];
        return numbers;
    }

    private static Symbol Named(string text, string latex) => Formula.Named(text, latex);
    private static Symbol Cell(string name, int layer, string index) =>
        Formula.Named($"{name}({layer})_{index}", $"{name}_{{{index}}}^{{({layer})}}");
}
