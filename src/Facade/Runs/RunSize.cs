using Functional.Core.Data;
using Functional.Core.Networks;

namespace Functional.Runs;

/// <summary>How many bytes the files that end a run take, at the most.</summary>
internal readonly record struct RunSize(long Model, long Report)
{
    private const int ClassInReport = 240, CellOfConfusion = 27;
    private const int Escaped = 6, Described = 200; // a character of a text within JSON, as \u0022; a tensor's header
    private const int Rest = 1 << 16;

    /// <summary>The sizes of an experiment's run.</summary>
    /// <param name="experiment">What is trained.</param>
    /// <param name="schema">What its columns and classes mean, where that is known: it is kept with the model.</param>
    public static RunSize Of(Experiment experiment, Schema? schema)
    {
        var architecture = experiment.Architecture;
        Slice[] slices = [.. architecture.Layout, .. architecture.RunningLayout];
        long number = experiment.Settings.Precision.Bytes;
        long scaling = 3L * sizeof(double) * architecture.Inputs;
        long text = Escaped * (long)experiment.ToJson().Length;
        long texts = text + Escaped * ((long)architecture.ToJson().Length + (schema?.ToJson().Length ?? 0));
        long classes = experiment.Problem is Problem.Classification(var count) ? count : 0;
        long confusion = classes <= RunReport.MostShown ? CellOfConfusion * (classes + 1) : 0; // of one class
        return new(
            slices.Sum(slice => number * slice.Length + slice.Name.Length + Described) + scaling + texts + Rest,
            3 * classes * (ClassInReport + confusion) + text + Rest);
    }

    /// <summary>The sizes of a bag of such runs: its model holds theirs, and its report a few lines of each.</summary>
    public RunSize OfBag(int members) => new(members * Model, Report + members * LinesOfMember);

    private const long LinesOfMember = 4096;
}
