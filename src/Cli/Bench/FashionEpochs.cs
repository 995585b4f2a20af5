using System.Diagnostics;
using Functional.Data;

namespace Functional.Cli.Bench;

/// <summary>Whole epochs over Fashion-MNIST, shuffling and gathering included, then the accuracy on its test
/// images: what <c>train</c> does.</summary>
internal sealed record FashionEpochs(string Name, int[] Widths, Activation Activation, int Batch, Optimizer Optimizer)
    : Workload(Name, Widths, Activation, Batch)
{
    public override Phrase Description =>
        $"epochs over Fashion-MNIST of {Net}, {Activation.Kinds.NameOf(Activation)}, batch {Batch}, "
        + $"{Optimizer.Kinds.NameOf(Optimizer)}; a step is an epoch's mean";

    public override double Flops => Products.Select((products, layer) => (layer == 0 ? 4 : 6) * products).Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var settings = new Settings
        {
            Data = Environment.GetEnvironmentVariable("FASHION_DIR") is { Length: > 0 } directory
                ? new IdxDirectory(directory)
                : new FashionMnist(),
            Hidden = [.. Widths[1..^1].Select(units => (Layer)new Dense(units, Activation))],
            Optimizer = Optimizer,
            BatchSize = Batch,
            Epochs = pace.Epochs,
            Validation = 0,
            Scaling = new Scaler.Range(),
        };
        var data = DataCatalog.Load(settings.Data, settings.Seed);
        var trainer = TrainerOf(settings, data.Data, data.Test);
        WarmUp(settings, data.Data, threads);
        int steps = (trainer.Rows.Train + Batch - 1) / Batch;
        var times = new List<double>();
        Epoch? last = null;
        long start = Stopwatch.GetTimestamp();
        foreach (var progress in trainer.Epochs(threads))
        {
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps);
            last = progress;
            start = Stopwatch.GetTimestamp();
        }
        var results = trainer.Results(last!.Model, last.Outcome, threads);
        return new(times, new(steps, results.Test!.Score.Value));
    }

    // Two short epochs of the same training, so that the JIT is done before the clock starts,
    // as in the other workloads.
    private static void WarmUp(Settings settings, Dataset<double> data, int threads)
    {
        var some = data.Select([.. Enumerable.Range(0, Math.Min(data.Rows, 6400))]);
        foreach (var _ in TrainerOf(settings with { Epochs = 2 }, some).Epochs(threads)) { }
    }

    private static Trainer TrainerOf(Settings settings, Dataset<double> data, Dataset<double>? test = null) =>
        Trainer.Of(
            Attempt<Experiment>.Of(Experiment.Check(settings, LearningTask.Of(data))).OrThrow(), data, test: test)
            .OrThrow();
}
