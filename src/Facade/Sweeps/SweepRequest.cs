namespace Functional.Sweeps;

/// <summary>What a sweep is asked for.</summary>
/// <param name="Start">The experiment whose fields are varied.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Search">Which experiments are trained.</param>
/// <param name="Seeds">The seeds of each.</param>
internal sealed record SweepRequest(
    Experiment Start, SweepSamples Samples, Items<AskedField> Fields, Search Search, Items<ulong> Seeds)
{
    /// <summary>Whether experiments are ordered by their loss, and not by the score that people look at
    /// first.</summary>
    public bool IsByLoss { get; init; }
}

/// <summary>One training of a sweep: an experiment with one of the seeds.</summary>
/// <param name="Trial">The place of its values among the trials.</param>
/// <param name="Place">That of its seed among the seeds.</param>
/// <param name="Experiment">What is trained.</param>
/// <param name="Name">That of its directory.</param>
internal sealed record SweepRun(int Trial, int Place, Experiment Experiment, string Name);
