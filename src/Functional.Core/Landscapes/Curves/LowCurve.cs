using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Randomness;

namespace Functional.Core.Landscapes;

/// <summary>Curves of low loss between networks. (Garipov et al., 2018; Draxler et al., 2018)</summary>
public static class LowCurve
{
    /// <summary>
    /// A quadratic Bezier curve whose control point was trained, so that the mean loss along the curve is low: step s
    /// draws a t and a batch, and the control point goes against 2 t (1 - t) times the gradient at the curve's point.
    /// </summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="samples">The batches are drawn from these.</param>
    /// <param name="key">Where t and the batches are drawn from.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="batchSize">Samples a step.</param>
    /// <param name="optimizer">Adam, unless said otherwise; one that takes one gradient a step.</param>
    /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
    public static BezierCurve<T> Trained<T>(
        Network<T> from, Network<T> to, Loss loss, Samples<T> samples, Key key, int steps = UsualSteps,
        int batchSize = 128, Optimizer? optimizer = null, int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Training(from, to, loss, samples, key, steps, batchSize, optimizer, threads).Last();

    internal const int UsualSteps = 1000;

    /// <summary>The curve before the first step and after each.</summary>
    internal static IEnumerable<BezierCurve<T>> Training<T>(
        Network<T> from, Network<T> to, Loss loss, Samples<T> samples, Key key, int steps = UsualSteps,
        int batchSize = 128, Optimizer? optimizer = null, int threads = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        optimizer ??= new Adam(0.005);
        if (optimizer.Ascends)
            throw new ArgumentException(
                $"optimizer is \"{Optimizer.Kinds.NameOf(optimizer)}\"; a curve should have one that takes one "
                    + "gradient a step", nameof(optimizer));
        var curve = new BezierCurve<T>(from, new StraightLine<T>(from, to).At(0.5), to);
        var state = optimizer.Init(curve.Control);
        yield return curve;
        var ts = Draw.Uniform<double>(key.At(0), steps);
        foreach (var (step, batch) in Batches.From(samples, batchSize, key.At(1)).Take(steps).Index())
        {
            double t = ts[step];
            var rows = batch.Samples.Select(batch.Order.Span.Slice(batch.Start, batch.Count));
            var (gradient, _) = new Linearization<T>(curve.At(t), loss, rows, threads: threads).Gradient();
            var (update, next) =
                optimizer.Apply(T.CreateTruncating(2 * t * (1 - t)) * gradient, state, curve.Control);
            (curve, state) = (curve with { Control = curve.Control - update }, next);
            yield return curve;
        }
    }
}
