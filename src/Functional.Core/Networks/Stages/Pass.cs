using Functional.Core.Randomness;

namespace Functional.Core.Networks;

/// <summary>What a pass through a network is for: training draws masks and takes a batch's own statistics,
/// inference does not.</summary>
/// <param name="IsTraining">Whether layers behave as in training.</param>
/// <param name="Key">The source of what a training pass draws; one key a step.</param>
public readonly record struct Mode(bool IsTraining, Key Key)
{
    /// <summary>Prediction: nothing is drawn, and a row's result depends on that row alone.</summary>
    public static Mode Inference => default;

    /// <summary>Training, with the key of the step.</summary>
    public static Mode Training(Key key) => new(true, key);
}

/// <summary>A mode together with the rows at hand.</summary>
/// <param name="Mode">What the pass is for.</param>
/// <param name="Frame">Where the numbers lie for so many rows.</param>
/// <param name="FirstRow">The place of the first row in its batch, so that a shard draws what the
/// whole batch would.</param>
/// <param name="Threads">How many may help.</param>
internal readonly record struct Pass(Mode Mode, Frame Frame, int FirstRow, int Threads)
{
    public int Rows => Frame.Rows;

    /// <summary>The pass as a part of a layer sees it, which draws with a key of its own.</summary>
    public Pass Of(Part part) => part.Draws && Mode.IsTraining
        ? new(Mode with { Key = Mode.Key.At((uint)part.Index) }, part.Frame, FirstRow, Threads)
        : this with { Frame = part.Frame };
}
