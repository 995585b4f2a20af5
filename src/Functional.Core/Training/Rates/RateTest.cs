using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Numbers.Threads;
using Functional.Core.Randomness;

namespace Functional.Core.Training;

/// <summary>
/// The learning-rate range test: an experiment is trained while its rate grows from step to step, and the loss of each
/// batch is noted. (Smith, 2017, "Cyclical learning rates for training neural networks", section 3.3)
/// </summary>
public static class RateTests
{
    private const double MostRise = 4; // of the best loss so far, as fastai has it

    extension(Experiment experiment)
    {
        /// <summary>The steps of the test: network, batches, masks, optimizer and penalty are those of the training's
        /// first steps; the schedule is left out. It ends early where the smoothed loss has risen to four times its
        /// best, or something is not finite any more. Lazy.</summary>
        /// <param name="data">From <c>Prepare</c>.</param>
        /// <param name="range">The rates.</param>
        /// <param name="threads">How many threads may help; 0 for all processors. The result is the same.</param>
        public IEnumerable<RatePoint> RateTest<T>(Prepared<T> data, RateRange range, int threads = 0)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(range);
            return Walk(experiment, data, range, threads);
        }

        /// <summary>Why there is no rate to look for; null where there is one.</summary>
        internal Invalid? NoRate
        {
            get
            {
                var optimizer = experiment.Settings.Optimizer;
                string name = Optimizer.Kinds.NameOf(optimizer);
                return Rates(optimizer) switch
                {
                    0 => new($"optimizer is \"{name}\", which has no learning rate to look for"),
                    1 => null,
                    var many => new($"optimizer is \"{name}\", which has {many} learning rates; "
                        + $"it should have one to look for"),
                };
            }
        }
    }

    /// <summary>The learning rate that an experiment begins with; null where it has none.</summary>
    internal static double? RateOf(Experiment experiment) =>
        experiment.Settings.Optimizer.RateAt(new StepInfo(1, 0, null));

    /// <summary>Whether a smoothed loss is so far above the best one that the test ends: four times as large. Where the
    /// best is below 0, three times its size above it.</summary>
    internal static bool HasRisen(double smoothed, double best) =>
        smoothed > best + (MostRise - 1) * Math.Abs(best) && smoothed > best;

    private static IEnumerable<RatePoint> Walk<T>(
        Experiment experiment, Prepared<T> data, RateRange range, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var settings = experiment.Settings;
        var samples = data.Parts.Train.For(experiment.Loss);
        var learner = experiment.Learner with { Schedule = range.Schedule };
        var fold = new FoldState<T>(learner, experiment.Begin<T>(), Workers.Count(threads));
        double kept = range.Smoothing, mean = 0, share = 1, best = double.PositiveInfinity;
        int step = 0;
        foreach (var batch in Batches.From(samples, settings.BatchSize, experiment.Key.For(Purpose.Shuffle)))
        {
            bool goesOn = fold.Step(batch);
            if (!double.IsFinite(fold.Loss)) yield break;
            mean = kept * mean + (1 - kept) * fold.Loss;
            share *= kept;
            double smoothed = mean / (1 - share);
            yield return new(step, range.At(step), fold.Loss, smoothed);
            best = Math.Min(best, smoothed);
            step++;
            if (!goesOn || HasRisen(smoothed, best) || step == range.Steps) yield break;
        }
    }

    private static int Rates(Optimizer optimizer)
    {
        var rule = optimizer.Expanded;
        return rule.Within.Any() ? rule.Within.Sum(within => Rates(within.Rule))
            : rule.Factor(new StepInfo(1, 0, null)) is null ? 0 : 1;
    }
}

/// <summary>A step of a range test.</summary>
/// <param name="Step">From 0.</param>
/// <param name="Rate">The learning rate of the step.</param>
/// <param name="Loss">The loss of its batch before the step, penalty included; finite.</param>
/// <param name="Smoothed">The mean of the losses so far, each counting <see cref="RateRange.Smoothing"/> times as much
/// as the one after it (m &lt;- s m + (1 - s) loss, divided by 1 - s^t).</param>
public sealed record RatePoint(int Step, double Rate, double Loss, double Smoothed);

/// <summary>How a range test ended.</summary>
public enum RateEnd
{
    /// <summary>At its last rate.</summary>
    Whole,

    /// <summary>The smoothed loss was above four times its best.</summary>
    Rose,

    /// <summary>The loss or a parameter stopped being finite.</summary>
    NotFinite,
}
