using System.Text.Json.Nodes;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// A run on disk: <c>run.json</c> (the experiment and what came out), <c>metrics.jsonl</c> (a line an epoch),
/// <c>model.safetensors</c> and <c>checkpoints</c>; <c>start.safetensors</c> where training started from another model.
/// </summary>
public static class RunDirectory
{
    /// <summary>Why a run cannot be written to a path, as far as a look can tell; null where it
    /// seems that it can.</summary>
    public static Phrase? Fault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0')) return $"the output directory is \"{path}\"; it should be a path";
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            if (new FileInfo(full).LinkTarget is { } target
                && !Path.Exists(File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName))
                return $"the output directory {path} is a link to {target}, which is not there; it should be new or "
                    + $"empty";
            if (File.Exists(full)) return $"the output directory {path} is a file; it should be new or empty";
            if (!Directory.Exists(full)) return null;
            bool isEmpty = NewDirectory.IsEmpty(full); // looked at first: what is there was locked before it came to be
            if (IsTraining(full)) return Claimed(path);
            if (isEmpty) return null;
            return IsRun(full)
                ? (Phrase)($"the output directory {path} holds a run; it should be new or empty (functional resume "
                    + $"{path} goes on with an unfinished one)")
                : $"the output directory {path} is not empty; it should be new or empty";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"the output directory {path} cannot be read: {fault.Message}";
        }
    }

    /// <summary>The fault of a place that another training writes to.</summary>
    internal static Phrase Claimed(string path) => $"the output directory {path} is being written by another "
        + $"training; it should be one that no other writes to";

    /// <summary>The directory of a run that is named by itself or by its run.json.</summary>
    /// <exception cref="InvalidInputException">The name is empty.</exception>
    public static string Of(string run) => run.Length == 0
        ? throw new InvalidInputException($"the run is \"\"; it should be a directory")
        : Path.GetFileName(run) == RunFiles.Report && File.Exists(run)
            ? Path.GetDirectoryName(Path.GetFullPath(run))!
            : run.Length > 1 ? Path.TrimEndingDirectorySeparator(run) : run;

    /// <summary>The model of a run, or of a model file.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static Model LoadModel(string run)
    {
        run = Of(run);
        if (Directory.Exists(run))
            return IsRun(run) && RunReport.IsUnfinished(LoadRecord(run))
                ? throw new InvalidInputException(Unfinished(run))
                : Model.Load(Path.Combine(run, RunFiles.Model));
        if (File.Exists(run)) return Model.Load(run);
        throw new InvalidInputException($"{run} is not there; it should be a run's directory or a model file");
    }

    /// <summary>The same where one network is wanted.</summary>
    /// <exception cref="InvalidInputException">There is none, or it is a bag of them.</exception>
    public static Model LoadOne(string run) => LoadModel(run) is { IsBag: true } bag
        ? throw BagDirectory.NotOne(Of(run), bag.MemberCount)
        : LoadModel(run);

    /// <summary>What <c>run.json</c> says of a training that has ended. The fields that every report has are there, of
    /// their types.</summary>
    /// <exception cref="InvalidInputException">It is missing or not a report, or training has not ended.</exception>
    public static JsonObject LoadReport(string run)
    {
        var report = LoadRecord(run);
        return RunReport.IsUnfinished(report) ? throw new InvalidInputException(Unfinished(run)) : report;
    }

    /// <summary>The same, also of a training that has not ended: it has no results then.</summary>
    /// <exception cref="InvalidInputException">It is missing or not a report.</exception>
    internal static JsonObject LoadRecord(string run)
    {
        string file = Path.Combine(run, RunFiles.Report);
        try
        {
            return RunReport.Read(File.ReadAllText(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException
            or InvalidDataException)
        {
            throw new InvalidInputException(
                fault switch
                {
                    InvalidDataException or Unreadable =>
                        (Phrase)$"{file} is not the report of a run: {Unreadable.Why(fault)}",
                    DirectoryNotFoundException => $"there is no run {run}",
                    FileNotFoundException => $"{run} has no {RunFiles.Report}; it should be a run's directory",
                    _ => $"{run} is not a run: {fault.Message}",
                },
                fault);
        }
    }

    /// <summary>Whether a living process trains a run.</summary>
    internal static bool IsTraining(string run) => RunLock.IsTaken(Path.Combine(run, CheckpointDirectory.Name));

    private static Phrase Unfinished(string run) => IsTraining(run)
        ? (Phrase)$"{run} is being trained and has no results yet"
        : $"{run} is unfinished; functional resume {run} goes on with it";

    /// <summary>The runs below a directory, by name.</summary>
    /// <exception cref="InvalidInputException">The directory cannot be read.</exception>
    public static IReadOnlyList<string> All(string directory)
    {
        try
        {
            return !Directory.Exists(directory)
                ? []
                : [.. Directory.EnumerateDirectories(directory).Where(IsRun).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{directory} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The files of a run that nobody needs: checkpoints once training has finished, and what a process that
    /// died was writing; none of one that is being trained.</summary>
    internal static IReadOnlyList<string> Needless(string run)
    {
        string beside = Path.Combine(run, CheckpointDirectory.Name);
        if (!Directory.Exists(beside) || IsTraining(run)) return [];
        var report = Attempt<JsonObject>.From(() => LoadRecord(run));
        bool isOver = report.Succeeded && !RunReport.IsUnfinished(report.Value)
            && !RunReport.Is(report.Value, RunReport.Interrupted);
        return
        [
            .. BagDirectory.Members(run).SelectMany(Needless),
            .. isOver ? new CheckpointDirectory(beside).Files() : [],
            .. Directory.EnumerateFiles(run).Concat(Directory.EnumerateFiles(beside))
                .Where(file => RunFiles.IsAside(file) || CheckpointDirectory.IsAside(file) || RunFiles.IsRoom(file)),
        ];
    }

    /// <summary>Removes a run: its own files, and the directory where nothing else is in it.</summary>
    /// <returns>The names of what else is in it, which stays.</returns>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    internal static IReadOnlyList<string> Delete(string run)
    {
        string[] members = [.. BagDirectory.Members(run)];
        File.Delete(Path.Combine(run, RunFiles.Report)); // first: what is left of a run is none
        foreach (string member in members) Delete(member);
        if (members.Length > 0 && Path.GetDirectoryName(members[0]) is { } within
            && !Directory.EnumerateFileSystemEntries(within).Any())
            Directory.Delete(within);
        foreach (string file in Directory.EnumerateFiles(run).Where(RunFiles.IsOwn)) File.Delete(file);
        string beside = Path.Combine(run, CheckpointDirectory.Name);
        if (Directory.Exists(beside))
        {
            foreach (string file in Directory.EnumerateFiles(beside).Where(CheckpointDirectory.IsOwn))
                File.Delete(file);
            if (!Directory.EnumerateFileSystemEntries(beside).Any()) Directory.Delete(beside);
        }
        string[] others =
            [.. Directory.EnumerateFileSystemEntries(run).Select(entry => Path.GetFileName(entry)).Order()];
        if (others.Length == 0) Directory.Delete(run);
        return others;
    }

    private static bool IsRun(string directory) => File.Exists(Path.Combine(directory, RunFiles.Report));
}
