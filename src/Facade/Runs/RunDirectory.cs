using System.Text.Json.Nodes;
using Functional.Core.Data;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>A run that was written.</summary>
/// <param name="Directory">Its full path.</param>
/// <param name="Remarks">What is not as it was asked for, such as a history without room; a sentence each.</param>
public sealed record SavedRun(string Directory, IReadOnlyList<Phrase> Remarks);

/// <summary>
/// A run on disk: <c>run.json</c> (the experiment and what came out), <c>history.csv</c> and <c>model.safetensors</c>.
/// It
/// is put together in a temporary directory, which is there before training, and then given its name: a run is there
/// whole
/// or not at all, and what was there before stays.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    private readonly Place place;
    private readonly Claim claim;
    private readonly RunFiles files;
    private readonly string[] made;
    private bool isKept;

    private RunDirectory(Place place, Claim claim, string[] made) =>
        (this.place, this.claim, files, this.made) = (place, claim, new(claim.Temporary), made);

    /// <summary>Why a run cannot be written to a path, as far as a look can tell; null where it
    /// seems that it can.</summary>
    public static Phrase? Fault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length == 0 || path.Contains('\0')
            ? $"the output directory is \"{path}\"; it should be a path"
            : new Place(path).Fault();
    }

    /// <summary>Prepares a run before it is trained: claims its place and writes room for its files.</summary>
    /// <param name="path">Where it is to be: a new directory, or one that holds nothing.</param>
    /// <param name="experiment">What is to be trained.</param>
    /// <param name="schema">What its columns and classes mean, where that is known: it is kept with the model.</param>
    /// <param name="curvaturePoints">How often the curvature will be worked out.</param>
    /// <exception cref="InvalidInputException">It cannot be written there; nothing is left behind.</exception>
    public static RunDirectory Prepare(
        string path, Experiment experiment, Schema? schema, long curvaturePoints = 0)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        if (Fault(path) is { } taken) throw new InvalidInputException(taken);
        var place = new Place(path);
        string[] made = place.Missing();
        RunDirectory? run = null;
        try
        {
            Directory.CreateDirectory(place.Parent);
            var claim = Claim.On(place.Prefix) ?? throw new InvalidInputException(place.Claimed);
            run = new(place, claim, made);
            claim.Sweep();
            run.files.Reserve(RunSize.Of(experiment, schema, curvaturePoints));
            return run;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is not null)
        {
            if (run is not null) run.Dispose();
            else RemoveEmpty(made);
            var reason = Atomically.Reason(fault)!;
            throw new InvalidInputException($"the output directory {path} cannot be written: {reason}", fault);
        }
    }

    /// <summary>Writes the run and gives it its name. Should something be there, it is put beside.</summary>
    /// <exception cref="InvalidInputException">It could not be; the message says why, and where it lies.</exception>
    public SavedRun Finish(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Phrase[] leftOut = [.. files.Write(report)];
        foreach (string name in place.Names())
            try
            {
                Phrase[] moved = name == place.Full ? [] : [$"{place.Full} was taken meanwhile; the run is in {name}"];
                var saved = new SavedRun(name, [.. leftOut, .. files.WriteReport(report, name), .. moved]);
                if (place.Put(claim.Temporary, name)) return saved;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                if (Path.Exists(name)) continue; // it came between the look and the move
                isKept = true;
                Phrase where = $"the run could not be moved to {name}: {fault.Message}; it lies in {claim.Temporary}";
                throw new InvalidInputException(where, fault);
            }
        throw new InvalidInputException($"the run could not be moved to {place.Full}: every name beside it is taken");
    }

    /// <summary>Removes what was prepared and not finished, and gives the place up.</summary>
    public void Dispose()
    {
        try
        {
            if (!isKept) RunFiles.Remove(claim.Temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed stays under its temporary name; the fault that led here is the one to report.
        }
        claim.Dispose();
        RemoveEmpty(made);
    }

    /// <summary>The directory of a run that is named by itself or by its run.json.</summary>
    public static string Of(string run) => Path.GetFileName(run) == RunFiles.Report && File.Exists(run)
        ? Path.GetDirectoryName(Path.GetFullPath(run))!
        : run;

    /// <summary>The model of a run, or of a model file.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static Model LoadModel(string run)
    {
        run = Of(run);
        if (Directory.Exists(run)) return Model.Load(Path.Combine(run, RunFiles.Model));
        if (File.Exists(run)) return Model.Load(run);
        throw new InvalidInputException($"{run} is not there; it should be a run's directory or a model file");
    }

    /// <summary>What <c>run.json</c> says. The fields that every report has are there, of their types.</summary>
    /// <exception cref="InvalidInputException">It is missing or not a report.</exception>
    public static JsonObject LoadReport(string run)
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

    private static bool IsRun(string directory) => File.Exists(Path.Combine(directory, RunFiles.Report));

    // Directories above the place that hold nothing, as they do where no run came to be.
    private static void RemoveEmpty(string[] directories)
    {
        try
        {
            foreach (string directory in directories) Directory.Delete(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It holds something by now.
        }
    }
}
