using Functional.Figures;
using Functional.Lecture.Measuring;

namespace Functional.Lecture;

/// <summary>Test loss against width where some labels are wrong: it falls, rises to where the parameters just suffice,
/// and falls again.</summary>
internal sealed class DoubleDescent
{
    private const double Noise = 0.15, Rate = 0.01;
    private const int Epochs = 500;

    // Of 4,000 lines with 15 % noise: test error, test loss.
    private static readonly (Phrase Where, Phrase Width, double Error, double Loss)[] Published =
        [($"narrow", $"16", 0.472, 1.32), ($"peak", $"47 to 61", 0.540, 5.79), ($"widest", $"300", 0.455, 2.63)];

    private readonly int rows;
    private readonly int[] widths;
    private readonly WidthResult[][] seeds; // [seed][width]

    public DoubleDescent(ClaimTrials trials, int[] widths, bool isTestedOnTraining)
    {
        this.widths = widths;
        rows = trials.Order.IsFull ? 4000 : 1000;
        var nets = widths.Select(width => trials.Each($"descent of {width} units", trials.Seeds, seed =>
        {
            var key = trials.KeyOf(seed).At(1);
            var (train, test) = WidthSweep.Lines(key, rows, Noise);
            return WidthSweep.Train(
                key.At((uint)width), train, isTestedOnTraining ? train : test,
                [new Dense(width, Activation.Relu), new Dense(width, Activation.Relu)], Rate, Epochs).Numbers;
        })).ToArray();
        seeds = [.. Enumerable.Range(0, trials.Seeds).Select(seed =>
            nets.Select(width => WidthResult.Of(width[seed])[0]).ToArray())];
    }

    /// <summary>Of each seed, the largest loss over the least of narrower nets.</summary>
    public double[] Rises => [.. seeds.Select(seed =>
        seed[Peak(seed)].TestLoss / seed[..(Peak(seed) + 1)].Min(net => net.TestLoss))];

    /// <summary>Of each seed, the largest loss over that of the widest net.</summary>
    public double[] Falls => [.. seeds.Select(seed => seed[Peak(seed)].TestLoss / seed[^1].TestLoss)];

    /// <summary>Ours beside what was published.</summary>
    public FoundTable Table
    {
        get
        {
            int peak = Enumerable.Range(0, widths.Length).MaxBy(i => Mean(i, net => net.TestLoss).Value);
            int least = Enumerable.Range(0, peak + 1).MinBy(i => Mean(i, net => net.TestLoss).Value);
            int[] shown = [least, peak, widths.Length - 1];
            return new("descent", $"Double descent on MNIST-1D with 15 % of the labels redrawn at random: ours, of "
                + $"{rows} lines, and published ones of 4000 lines. Ours have first weights after He and 2000 test "
                + $"lines.",
                [$"net", $"width", $"training error", $"test error", $"test loss", $"published width",
                    $"published error",
                    $"published loss"],
                [.. shown.Select((i, row) => (Items<FoundCell>)
                [
                    Published[row].Where, (double)widths[i], Cell(i, net => net.TrainError),
                    Cell(i, net => net.TestError),
                    Cell(i, net => net.TestLoss), Published[row].Width, Published[row].Error, Published[row].Loss,
                ])]);
        }
    }

    /// <summary>Loss and errors against width.</summary>
    public FoundFigure Figure => new(
        "descent", $"Double descent: nets 40-h-h-10, 15 % of the training labels redrawn at random. Left: "
            + $"cross-entropy of the test part. Right: shares wrong. The loss is largest about where the net can just "
            + $"learn every label. Means over seeds with 95 % intervals.",
        new LinePlot([
            new PlotPanel($"width h of both hidden layers", $"cross-entropy",
                [Line($"test loss", net => net.TestLoss)]) { IsXLogarithmic = true },
            new PlotPanel($"width h of both hidden layers", $"share wrong",
                [Line($"test part", net => net.TestError), Line($"training part", net => net.TrainError)])
            {
                IsXLogarithmic = true,
            },
        ]));

    private static int Peak(WidthResult[] seed) => Enumerable.Range(0, seed.Length).MaxBy(i => seed[i].TestLoss);

    private PlotLine Line(Phrase name, Func<WidthResult, double> of) =>
        Overparameterised.Means(name, widths, i => [.. seeds.Select(seed => of(seed[i]))]);

    private Core.Inspection.Estimate Mean(int width, Func<WidthResult, double> of) =>
        Measurement.Mean("mean", [.. seeds.Select(seed => of(seed[width]))]);

    private FoundCell Cell(int width, Func<WidthResult, double> of) => FoundCell.Of(Mean(width, of));
}
