using Functional.Core.Differentiation.Symbolic;

namespace Functional.Core.Explaining;

/// <summary>One update by gradient descent: w &lt;- w - eta dL/dw, for every parameter.</summary>
internal static class UpdateSteps
{
    public static IEnumerable<ExplanationStep> Of(SamplePass pass, Names names, Wording words)
    {
        if (pass is not { Rate: { } rate, Back: not null }) yield break;
        yield return new ExplanationStep.Heading(words.Update, 1);
        yield return new ExplanationStep.Prose(words.UpdateIs);
        yield return new ExplanationStep.Scalar([Names.Rate], rate);
        foreach (var (parameter, value) in Parameters(pass))
            yield return new ExplanationStep.Assigned(
                parameter, parameter - Names.Rate * (Formula)names.SlopeOf(parameter), value.New);
    }

    public static IEnumerable<(Symbol, double)> Numbers(SamplePass pass, Names names) => pass.Rate is not { } rate
        ? []
        : [(Names.Rate, rate), .. Parameters(pass).Select(at => (names.SlopeOf(at.Parameter), at.Value.Slope))];

    private static IEnumerable<(Symbol Parameter, (double Slope, double New) Value)> Parameters(SamplePass pass)
    {
        foreach (var (l, layer) in pass.Layers.Index())
        {
            var back = layer.Back!;
            for (int i = 0; i < layer.Inputs; i++)
                for (int j = 0; j < layer.Units; j++)
                    yield return (
                        Names.Weight(l + 1, i + 1, j + 1), (back.Weights[i, j], back.NewWeights[i * layer.Units + j]));
            foreach (var (j, slope) in back.Biases.Index())
                yield return (Names.Bias(l + 1, j + 1), (slope, back.NewBiases[j]));
        }
    }
}
