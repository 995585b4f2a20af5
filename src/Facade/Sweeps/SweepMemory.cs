using Functional.Core.Training;
using Functional.Runs;

namespace Functional.Sweeps;

/// <summary>A sweep of a program, kept in memory.</summary>
internal sealed class SweepMemory(SweepPlan plan) : SweepKeeping
{
    private readonly Dictionary<string, TrainingResults> results = [];

    /// <summary>What a training gave, as far as it came.</summary>
    public TrainingResults Of(SweepRun run) => results[run.Name];

    /// <inheritdoc/>
    public override SweepStanding? Find(SweepRun run, int? upTo) =>
        results.TryGetValue(run.Name, out var known) && known.Outcome is not Outcome.Cancelled ? At(known) : null;

    /// <inheritdoc/>
    public override int EpochsOf(SweepRun run) => results.GetValueOrDefault(run.Name)?.Last?.Number ?? 0;

    /// <inheritdoc/>
    public override KeptTraining Open(SweepRun run) => new Kept(
        this, run.Name, plan.TrainerOf(run.Experiment), results.GetValueOrDefault(run.Name)?.Last);

    private SweepStanding At(TrainingResults of)
    {
        var line = of.Last is { } last ? EpochLine.Of(last) : null;
        if (of.Outcome is Outcome.Cancelled)
            return line is null ? SweepStanding.Waiting : SweepStanding.At(line, plan.Measure);
        var data = plan.Request.Samples.Of(of.Experiment.Settings);
        var header = new RunHeader(of.Experiment, "", default, 1, [.. data.Notes]);
        var report = new RunReport(header, of, of.Last?.Step ?? 0, [], 0).ToJson(null, withHistory: false);
        return SweepStanding.Of(report, plan.Measure, plan.HasValidation ? "validation" : "train") with
        {
            Epochs = of.Last?.Number ?? 0,
        };
    }

    private sealed class Kept(SweepMemory memory, string name, Trainer trainer, Epoch? after)
        : KeptTraining(trainer, after)
    {
        public override Every Every => default;

        public override void Dispose() { }

        protected override Phrase? Keep(Epoch epoch) => null;

        protected override (SweepStanding Standing, IEnumerable<Phrase> Remarks) Finish(TrainingResults results)
        {
            memory.results[name] = results;
            return (memory.At(results), []);
        }
    }
}
