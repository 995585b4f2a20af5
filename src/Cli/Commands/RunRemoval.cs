using System.CommandLine;
using Functional.Core.Forms;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary>Runs, or what nobody needs of them, that go.</summary>
internal static class RunRemoval
{
    /// <summary><c>runs delete</c>: every fault first; nothing goes where there is one.</summary>
    public static int Delete(ParseResult parsed)
    {
        string[] runs = [.. RunsCommand.RunsOf(parsed).Select(RunDirectory.Of).DistinctBy(Path.GetFullPath)];
        var faults = new List<Invalid>();
        foreach (string run in runs)
            if (Attempt<object>.From(() => RunDirectory.LoadRecord(run)) is { Succeeded: false } bad)
                faults.AddRange(bad.Faults);
            else if (RunDirectory.IsTraining(run)) faults.Add(new($"{run} is being trained by another process"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        foreach (string run in runs)
        {
            string[] others = [];
            Removed(run, () => others = [.. RunDirectory.Delete(run)]);
            Terminal.Say(others.Length == 0
                ? (Phrase)$"{run} is removed"
                : $"{run} is removed, but for what is not of a run: {string.Join(", ", others)}");
        }
        return Status.Done;
    }

    /// <summary><c>runs gc</c>.</summary>
    public static int Clear(ParseResult parsed)
    {
        string directory = RunsCommand.DirectoryOf(parsed);
        if (!Directory.Exists(directory))
            throw new InvalidInputException($"{directory} is not there; it should be a directory of runs");
        bool isDry = RunsCommand.IsDry(parsed);
        var (files, bytes) = (0, 0L);
        foreach (string run in RunDirectory.All(directory))
            foreach (string file in RunDirectory.Needless(run))
            {
                (files, bytes) = (files + 1, bytes + new FileInfo(file).Length);
                if (!isDry) Removed(run, () => File.Delete(file));
            }
        double megabytes = Math.Round(bytes / 1e6, 1);
        Terminal.Say(isDry
            ? (Phrase)$"{Counted.Files(files)} of {megabytes} MB would go"
            : $"{megabytes} MB in {Counted.Files(files)} are gone");
        return Status.Done;
    }

    private static void Removed(string run, Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{run} cannot be removed: {fault.Message}", fault);
        }
    }
}
