using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>What a pass through a network is for: training draws masks and takes a batch's own statistics, inference does not.</summary>
/// <param name="IsTraining">Whether layers behave as in training.</param>
/// <param name="Key">The source of what a training pass draws; one key a step.</param>
public readonly record struct Mode(bool IsTraining, Key Key)
{
    /// <summary>Prediction: nothing is drawn, and a row's result depends on that row alone.</summary>
    public static Mode Inference => default;

    /// <summary>Training, with the key of the step.</summary>
    public static Mode Training(Key key) => new(true, key);
}

/// <summary>A mode together with the rows at hand: <paramref name="FirstRow"/> is the place of the first one in its batch,
/// so that a shard draws what the whole batch would, and <paramref name="Passed"/> counts the parameters of the layers before.</summary>
internal readonly record struct Pass(Mode Mode, int Rows, int FirstRow, int Threads, long Passed = 0)
{
    /// <summary>The pass as the <paramref name="index"/>-th part of a layer sees it.</summary>
    public Pass At(int index) => Mode.IsTraining ? this with { Mode = Mode with { Key = Mode.Key.At((uint)index) } } : this;
}
