using Functional.Runs;

namespace Functional.Reports;

/// <summary>The run that another came from: what was set there.</summary>
/// <param name="Name">What its directory is called.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record ParentRun(string Name, Items<SettingRow> Settings)
{
    /// <summary>Reads it, also where training has not ended; its data need not be there.</summary>
    /// <exception cref="InvalidInputException">It is no run, or its experiment cannot be read.</exception>
    public static ParentRun Read(string run)
    {
        run = RunDirectory.Of(run);
        var report = RunDirectory.LoadRecord(run);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run)));
        return Experiment.Parse(report["experiment"]!.ToJsonString()).Match(
            Succ: experiment => new ParentRun(name, SettingRow.Of(experiment)),
            Fail: faults => throw new InvalidInputException(faults));
    }
}
