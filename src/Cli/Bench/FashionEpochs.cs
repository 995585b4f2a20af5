using System.Diagnostics;
using Functional.Core.Data;
using Functional.Core.Networks;
using Functional.Core.Networks.Layers;
using Functional.Core.Optimizers;
using Functional.Core.Training;
using Functional.Data;

namespace Functional.Cli.Bench;

/// <summary>Whole epochs over Fashion-MNIST, shuffling and gathering included, then the accuracy on its test images: what <c>train</c> does.</summary>
internal sealed record FashionEpochs(string Name, int[] Widths, Activation Activation, int Batch, Optimizer Optimizer) : Workload(Name, Widths, Activation, Batch)
{
    public override string Description => $"epochs over Fashion-MNIST of {Net}, {Activation.Kinds.NameOf(Activation)}, batch {Batch}, {Optimizer.Kinds.NameOf(Optimizer)}; a step is an epoch's mean";

    public override double Flops => Products.Select((products, layer) => (layer == 0 ? 4 : 6) * products).Sum();

    public override Timing Time(int threads, Pace pace)
    {
        var draft = new Draft
        {
            Data = Environment.GetEnvironmentVariable("FASHION_DIR") is { Length: > 0 } directory ? new IdxDirectory(directory) : new FashionMnist(),
            Hidden = [.. Widths[1..^1].Select(units => (Layer)new Dense(units, Activation))],
            Optimizer = Optimizer,
            BatchSize = Batch,
            Epochs = pace.Epochs,
            Validation = 0,
            Scaling = new Scaler.Range(),
        };
        var data = DataCatalog.Load(draft.Data, draft.Seed);
        var trainer = TrainerOf(draft, data.Data, data.Test);
        WarmUp(draft, data.Data, threads);
        int steps = (trainer.Rows.Train + Batch - 1) / Batch;
        var times = new List<double>();
        Progress? last = null;
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

    // Two short epochs of the same training, so that the JIT is done before the clock starts, as in the other workloads.
    private static void WarmUp(Draft draft, Dataset<double> data, int threads)
    {
        var some = data.Select([.. Enumerable.Range(0, Math.Min(data.Rows, 6400))]);
        foreach (var _ in TrainerOf(draft with { Epochs = 2 }, some).Epochs(threads)) { }
    }

    private static Trainer TrainerOf(Draft draft, Dataset<double> data, Dataset<double>? test = null) =>
        Trainer.Of(Attempt<Experiment>.Of(Experiment.Check(draft, data.Problem, data.Inputs.Columns)).OrThrow(), data, test: test).OrThrow();
}
