
namespace Functional;

/// <summary>What an experiment of a sweep gave, with each of the seeds.</summary>
/// <param name="Number">Its place among all of the sweep, from 1.</param>
/// <param name="Values">Each field that was varied, and its value as JSON.</param>
/// <param name="Experiment">The experiment, with the first of the seeds.</param>
/// <param name="Epochs">Epochs that each seed has done; halving cuts some short.</param>
/// <param name="Score">The mean over seeds, with its 95 % interval, of what experiments are ordered by: a measure of
/// the validation part, or of the part learned from where there is none. Null where training diverged with a
/// seed.</param>
/// <param name="Results">The results with each seed, in their order.</param>
public sealed record SweepResult(
    int Number, Items<(string Field, string Value)> Values, Experiment Experiment, int Epochs, SampleMean? Score,
    Items<TrainingResults> Results)
{
    /// <summary>Whether it came to the end of its training with each seed.</summary>
    public bool IsFinished { get; init; }

    /// <summary>The mean over seeds of a number of the results.</summary>
    /// <param name="number">Such as <c>x => x.Test!.Score.Value</c>.</param>
    public SampleMean Mean(Func<TrainingResults, double> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return SampleMean.Of([.. Results.Select(number)]);
    }

    /// <summary>Its values, and its score.</summary>
    public override string ToString() =>
        string.Join(", ", Values.Select(value => $"{value.Field} {value.Value.Trim('"')}"))
            + (Score is null ? ": diverged" : $": score {Score}");
}
