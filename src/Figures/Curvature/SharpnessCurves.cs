namespace Functional.Figures;

/// <summary>The curvature of a loss at a step of its training.</summary>
/// <param name="Step">How many steps were done.</param>
/// <param name="Top">The largest eigenvalues of the Hessian, from the largest; one to three.</param>
/// <param name="StableBelow">Training is stable while the largest is below this: 2 / rate of gradient descent. NaN
/// where there is no such limit, as of adaptive optimizers.</param>
/// <param name="Loss">The loss.</param>
public sealed record SharpnessPoint(long Step, Items<double> Top, double StableBelow, double Loss);

/// <summary>The largest eigenvalues of the Hessian along a training, the limit of stability, and the loss below: the
/// edge of stability. (Cohen, Kaur, Li, Kolter and Talwalkar, 2021)</summary>
/// <param name="Points">Steps in order.</param>
public sealed record SharpnessCurves(Items<SharpnessPoint> Points) : Figure
{
    /// <summary>What the limit of stability is; that of gradient descent unless said.</summary>
    public Phrase Limit { get; init; } = $"2 / learning rate";

    internal override void Paint(Page page)
    {
        ArgumentNullException.ThrowIfNull(Points);
        var look = page.Look;
        double[] steps = [.. Points.Select(point => (double)point.Step)],
            losses = [.. Points.Select(point => point.Loss)],
            bounds = [.. Points.Select(point => point.StableBelow)];
        // A limit holds until the next one.
        double[] changes = [.. steps.Zip(steps.Skip(1)).SelectMany(pair => new[] { pair.First, pair.Second }),
            .. steps.TakeLast(1)];
        double[] held = [.. bounds.SkipLast(1).SelectMany(bound => new[] { bound, bound }), .. bounds.TakeLast(1)];
        double[][] curves =
        [
            .. Enumerable.Range(0, Points.Select(point => point.Top.Count).DefaultIfEmpty(0).Max())
                .Select(i => Points.Select(point => i < point.Top.Count ? point.Top[i] : double.NaN).ToArray()),
        ];
        page.Legend(
        [
            .. curves.Select((_, i) => LegendKey.Of(
                i switch { 0 => $"largest eigenvalue", 1 => $"second eigenvalue", 2 => $"third eigenvalue",
                    _ => $"eigenvalue {i + 1}" }, look[i])),
            .. bounds.Any(double.IsFinite)
                ? (LegendKey[])[new(Limit, look.Ink) { Pattern = look.Pattern(3) }]
                : [],
            new($"loss", look[3].Color) { Pattern = look.Pattern(0) },
        ]);
        var x = AxisRange.Of($"step", steps, mayBeLogarithmic: false, room: 0.02) with { IsWhole = true };
        var top = new Panel(page, x, AxisRange.Of($"eigenvalue", [.. curves.SelectMany(curve => curve), .. bounds],
            mayBeLogarithmic: false, room: 0.07))
        {
            ShowsX = false,
        };
        var loss = new Panel(page, x, AxisRange.Of($"loss", losses));
        top.Line(changes, held, look.Ink, look.Pattern(3), thickness: 0.8f);
        for (int i = curves.Length - 1; i >= 0; i--)
            top.Line(steps, curves[i], look[i].Color, look[i].Pattern, thickness: i == 0 ? 1 : 0.8f);
        loss.Line(steps, losses, look[3].Color, look.Pattern(0));
        page.Stack((top, 1.6f), (loss, 1));
    }
}
