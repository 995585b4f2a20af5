using Functional.Core.Numbers;

namespace Functional.Figures;

/// <summary>Predicted numbers against the true ones, with the line on which they are equal; or how far they are
/// off.</summary>
/// <param name="Targets">The true numbers.</param>
/// <param name="Predicted">The predicted ones, in the same order.</param>
/// <param name="Name">What is predicted, with its unit, such as "price (euro)".</param>
public sealed record ResidualPlot(Vec<double> Targets, Vec<double> Predicted, string Name) : Figure
{
    /// <summary>Whether residuals are shown, true minus predicted, against the predicted numbers.</summary>
    public bool ShowsResiduals { get; init; }

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Targets);
        ArgumentNullException.ThrowIfNull(Predicted);
        var look = page.Look;
        double[] truth = Targets.ToArray(), predicted = Predicted.ToArray();
        double[] off = [.. truth.Zip(predicted, (right, said) => right - said)];
        var name = Phrase.Verbatim(Name);
        var color = look[0].Color.WithAlpha(truth.Length > 400 ? (byte)110 : (byte)170);
        float size = (truth.Length > 400 ? 0.42f : 0.55f) * look.Font;
        if (ShowsResiduals)
        {
            page.Legend([new($"no residual", look.Ink) { Pattern = look.Pattern(1) }]);
            var panel = new Panel(
                page, AxisRange.Of($"predicted {name}", predicted, mayBeLogarithmic: false),
                AxisRange.Of($"true minus predicted", [0, .. off], mayBeLogarithmic: false));
            panel.Horizontal(0, look.Ink, look.Pattern(1), 0.8f);
            panel.Points(predicted, off, Mark.Circle, size, color);
            page.Stack((panel, 1));
            return;
        }
        page.Legend([new($"predicted equals true", look.Ink) { Pattern = look.Pattern(1) }]);
        var both = AxisRange.Of($"true {name}", [.. truth, .. predicted], mayBeLogarithmic: false);
        var square = new Panel(page, both, both with { Title = $"predicted {name}" });
        square.Line([both.Low, both.High], [both.Low, both.High], look.Ink, look.Pattern(1), thickness: 0.8f);
        square.Points(truth, predicted, Mark.Circle, size, color);
        page.Place(square, isSquare: true, null);
    }
}
