namespace Functional.Lecture.Measuring;

/// <summary>Trials that were recorded, to be shown and not to be done: whoever asks for another is told.</summary>
internal sealed class RecordedTrials(ITrialMemory record) : ITrialMemory
{
    public double[]? Recall(string part, int index) => record.Recall(part, index);

    public double[] Keep(string part, int index, Func<double[]> trial) =>
        throw new InvalidOperationException($"trial {index} of {part} is not recorded");
}
