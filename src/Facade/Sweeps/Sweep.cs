using System.Collections;
using System.Text.Json.Nodes;
using Functional.Sweeps;

namespace Functional;

/// <summary>Many experiments that differ in some fields: a value, and a lazy sequence of their results. Nothing is
/// trained before it is asked for; each experiment has the bits of its lone run.
/// <c>Sweep.Over(experiment).Vary("optimizer.rate", ValueRange.Log(1e-4, 1e-1, 7)).Seeds(5).Best()</c></summary>
public sealed class Sweep : IEnumerable<SweepResult>
{
    private readonly SweepRequest request;
    private readonly int threads;
    private readonly CancellationToken cancellation;

    private Sweep(SweepRequest request, int threads = 0, CancellationToken cancellation = default) =>
        (this.request, this.threads, this.cancellation) = (request, threads, cancellation);

    /// <summary>Over an experiment, on the samples that it names.</summary>
    public static Sweep Over(Experiment experiment) => Of(experiment, new SweepSamples());

    /// <summary>Over an experiment, on a program's own samples.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="data">All samples; its settings say how they are cut.</param>
    /// <param name="validation">Samples to be watched, instead of a share of all.</param>
    /// <param name="test">Samples for the end, instead of a share of all.</param>
    public static Sweep Over(
        Experiment experiment, Dataset<double> data, Dataset<double>? validation = null,
        Dataset<double>? test = null) => Of(experiment, new SweepSamples(data, validation, test));

    /// <summary>Also varies a field, named by its path in JSON, over some values.</summary>
    /// <param name="path">Such as <c>optimizer.rate</c>, <c>hidden</c>, <c>hidden[0].units</c>.</param>
    /// <param name="values">As JSON has them: numbers, texts, lists.</param>
    public Sweep Vary(string path, params JsonNode?[] values) => With(AskedField.Of(path, values));

    /// <summary>Also varies a field over a range.</summary>
    /// <param name="path">Such as <c>optimizer.rate</c>.</param>
    /// <param name="range">Of so many values; or without how many, for a random search.</param>
    public Sweep Vary(string path, ValueRange range) => With(new AskedField(path) { Range = range });

    /// <summary>Also varies what an edit of the settings changes.</summary>
    /// <param name="name">What it is called in the results.</param>
    /// <param name="edit">Gives settings a value, as in
    /// <c>(settings, hidden) => settings with { Hidden = hidden }</c>.</param>
    /// <param name="values">The values, no two written alike.</param>
    public Sweep Vary<A>(string name, Func<Settings, A, Settings> edit, params A[] values)
    {
        ArgumentNullException.ThrowIfNull(edit);
        ArgumentNullException.ThrowIfNull(values);
        return With(AskedField.Of(name, [.. values.Select(value => JsonValue.Create($"{value}"))]) with
        {
            Edit = (settings, place) => edit(settings, values[place]),
        });
    }

    /// <summary>With so many seeds for each experiment: its own, and those that follow.</summary>
    public Sweep Seeds(int count) => new(
        request with { Seeds = [.. SeedsFrom(request.Start.Settings.Seed, count)] }, threads, cancellation);

    /// <summary>With these seeds for each experiment.</summary>
    public Sweep Seeds(params ulong[] seeds) => new(request with { Seeds = [.. seeds] }, threads, cancellation);

    /// <summary>Which experiments are trained, and for how long; every combination unless said.</summary>
    public Sweep By(Search search) => new(request with { Search = search }, threads, cancellation);

    /// <summary>How many threads may help, 0 for all processors, and what ends every training after the step at
    /// hand. The results are the same.</summary>
    public Sweep On(int threads = 0, CancellationToken cancellation = default) => new(request, threads, cancellation);

    /// <summary>The best by the score that experiments are ordered by, of those that were trained furthest; of equal
    /// ones the first.</summary>
    /// <exception cref="InvalidInputException">The sweep has faults, or every experiment diverged.</exception>
    public SweepResult Best() => Best(this.ToList(), result => result.Score?.Mean ?? double.NaN,
        Attempt().OrThrow().IsBetterLarger);

    /// <summary>The best by the mean over seeds of a number of the results. By the test part nothing should be chosen
    /// that is then said to be as good as on the test part.</summary>
    /// <param name="score">Such as <c>x => x.Validation!.Loss</c>.</param>
    /// <param name="isBetterLarger">Whether the largest is the best.</param>
    /// <exception cref="InvalidInputException">The sweep has faults, or every experiment diverged.</exception>
    public SweepResult Best(Func<TrainingResults, double> score, bool isBetterLarger = true) =>
        Best(this.ToList(), result => result.Mean(score).Mean, isBetterLarger);

    /// <summary>Whether it has no fault: every experiment can be trained; else every fault.</summary>
    internal Attempt<SweepPlan> Attempt() => SweepChecks.Of(request);

    /// <summary>Its results, as trainings come to their ends; those of one shape one after the other. Of halving those
    /// that are cut short come first.</summary>
    /// <exception cref="InvalidInputException">The sweep has faults; the message lists all of them.</exception>
    public IEnumerator<SweepResult> GetEnumerator()
    {
        var plan = Attempt().OrThrow();
        var memory = new SweepMemory(plan);
        var training = new SweepTraining(plan, memory, threads);
        // In an order that does not depend on threads.
        var order = plan.Rungs.Count > 1 ? null
            : new Queue<int>(plan.Runs(Enumerable.Range(0, plan.Trials.Count)).Select(run => run.Trial).Distinct());
        var done = new HashSet<int>();
        foreach (var trials in training.Do(cancellation))
            if (order is null)
                foreach (int trial in trials.Order()) yield return Result(trial);
            else
            {
                done.UnionWith(trials);
                while (order.TryPeek(out int next) && done.Contains(next)) yield return Result(order.Dequeue());
            }

        SweepResult Result(int trial)
        {
            var standings = training.Standings[trial];
            return new(
                plan.Trials[trial].Number,
                [.. request.Fields.Zip(plan.Trials[trial].Values, (field, value) => (field.Name, value))],
                plan.Experiments[trial], standings.Min(standing => standing.Epochs), SweepRow.MeanOf([.. standings]),
                [.. plan.Runs([trial]).Select(memory.Of)])
            {
                IsFinished = standings.All(standing => standing.State is SweepState.Finished or SweepState.Diverged),
            };
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A seed and those that follow it.</summary>
    internal static IEnumerable<ulong> SeedsFrom(ulong first, int count) =>
        Enumerable.Range(0, Math.Max(0, count)).Select(i => unchecked(first + (ulong)i));

    private static Sweep Of(Experiment experiment, SweepSamples samples)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new(new(experiment, samples, [], Search.Grid, [experiment.Settings.Seed]));
    }

    private Sweep With(AskedField field) =>
        new(request with { Fields = [.. request.Fields, field] }, threads, cancellation);

    private static SweepResult Best(List<SweepResult> results, Func<SweepResult, double> score, bool isBetterLarger)
    {
        int furthest = results.Where(result => result.Score is not null).Select(result => result.Epochs)
            .DefaultIfEmpty(0).Max();
        SweepResult[] finalists = [.. results.Where(result => result.IsFinished || result.Epochs == furthest)
            .Where(result => double.IsFinite(score(result))).OrderBy(result => result.Number)];
        return finalists.Length == 0
            ? throw new InvalidInputException($"no experiment of the sweep has a number to choose by")
            : isBetterLarger ? finalists.MaxBy(score)! : finalists.MinBy(score)!;
    }
}
