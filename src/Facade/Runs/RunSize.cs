using Functional.Core.Data;
using Functional.Core.Networks;

namespace Functional.Runs;

/// <summary>How many bytes each file of a run takes, at the most.</summary>
internal readonly record struct RunSize(long Model, long History, long Report)
{
    // An epoch has seven digits, a number at most 24 characters.
    private const int EpochInHistory = 83, EpochInReport = 200, ClassInReport = 240, CellOfConfusion = 27;
    private const int Escaped = 6, Described = 200; // a character of a text within JSON, as \u0022; a tensor's header
    private const int CurvatureInReport = 600; // eleven numbers and their names
    // Of a longer history, the end may find no room and be left out.
    private const int Rest = 1 << 16, MostEpochs = 100_000;

    /// <summary>The sizes of an experiment's run, every epoch of it trained.</summary>
    /// <param name="experiment">What is trained.</param>
    /// <param name="schema">What its columns and classes mean, where that is known: it is kept with the model.</param>
    /// <param name="curvaturePoints">How often the curvature is worked out.</param>
    public static RunSize Of(Experiment experiment, Schema? schema, long curvaturePoints = 0)
    {
        var architecture = experiment.Architecture;
        Slice[] slices = [.. architecture.Layout, .. architecture.RunningLayout];
        long number = experiment.Settings.Precision.Bytes;
        long scaling = 3L * sizeof(double) * architecture.Inputs;
        long text = Escaped * (long)experiment.ToJson().Length,
            epochs = Math.Min(experiment.Settings.Epochs, MostEpochs);
        long texts = text + Escaped * ((long)architecture.ToJson().Length + (schema?.ToJson().Length ?? 0));
        long classes = experiment.Problem is Problem.Classification(var count) ? count : 0;
        long confusion = classes <= RunReport.MostShown ? CellOfConfusion * (classes + 1) : 0; // of one class
        return new(
            slices.Sum(slice => number * slice.Length + slice.Name.Length + Described) + scaling + texts + Rest,
            EpochInHistory * epochs + Rest,
            EpochInReport * epochs + CurvatureInReport * Math.Min(curvaturePoints, MostEpochs)
                + 3 * classes * (ClassInReport + confusion) + text + Rest);
    }
}
