using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Training;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// A run on disk: <c>run.json</c> (the experiment and what came out), <c>history.csv</c> and <c>model.safetensors</c>. The
/// directory is made and filled under a temporary name and then renamed, so it is there whole or not at all.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    private const string Report = "run.json", History = "history.csv", ModelName = "model.safetensors", Reserve = "reserve";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string path, temporary;

    private RunDirectory(string path, string temporary) => (this.path, this.temporary) = (path, temporary);

    /// <summary>Why a run cannot be written to a path, as far as a look can tell; null where it seems that it can.</summary>
    public static string? Fault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0')) return $"the output directory is \"{path}\"; it should be a path";
        if (File.Exists(path)) return $"the output directory {path} is a file; it should be new or empty";
        try
        {
            return Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() ? $"the output directory {path} is not empty; it should be new or empty" : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"the output directory {path} cannot be read: {fault.Message}";
        }
    }

    /// <summary>How many bytes a run of an experiment takes, at the most; of its history no more than 10,000 epochs are counted.</summary>
    public static long Room(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        long perEpoch = 300, rest = 1 << 16, number = experiment.Draft.Precision == "float" ? sizeof(float) : sizeof(double);
        return number * (experiment.Architecture.ParameterCount + 2L * experiment.Features) + perEpoch * Math.Min(experiment.Draft.Epochs, 10_000) + rest;
    }

    /// <summary>Prepares a run before it is trained: finds out whether it can be written, with room for so many bytes.</summary>
    /// <param name="path">Where it is to be; must not hold anything yet.</param>
    /// <param name="bytes">How large it will be.</param>
    /// <exception cref="InvalidInputException">It cannot be written there; nothing is left behind.</exception>
    public static RunDirectory Prepare(string path, long bytes)
    {
        string full = "";
        string? temporary = null;
        try
        {
            full = Path.GetFullPath(path);
            if (Fault(path) is { } taken) throw new InvalidInputException(taken);
            temporary = $"{full.TrimEnd(Path.DirectorySeparatorChar)}.{Guid.NewGuid():n}.tmp";
            Directory.CreateDirectory(temporary);
            WriteZeros(Path.Combine(temporary, Reserve), bytes);
            return new(full, temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            if (temporary is not null) Remove(temporary);
            throw new InvalidInputException($"the output directory {path} cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Writes the run and gives it its name; returns its full path.</summary>
    /// <exception cref="InvalidInputException">It could not be written; nothing is left behind.</exception>
    public string Finish(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            File.Delete(Path.Combine(temporary, Reserve));
            report.Results.Model.Save(Path.Combine(temporary, ModelName));
            Atomically.Write(Path.Combine(temporary, History), Encoding.UTF8.GetBytes(Csv(report.History)));
            Atomically.Write(Path.Combine(temporary, Report), Encoding.UTF8.GetBytes(report.ToJson(path).ToJsonString(Indented) + "\n"));
            if (Directory.Exists(path)) Directory.Delete(path); // empty, as Prepare saw
            Directory.Move(temporary, path);
            return path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"the run could not be written to {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Removes what was prepared and not finished.</summary>
    public void Dispose() => Remove(temporary);

    /// <summary>The model of a run, or of a model file.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static Model LoadModel(string run)
    {
        if (Directory.Exists(run)) return Model.Load(Path.Combine(run, ModelName));
        if (File.Exists(run)) return Model.Load(run);
        throw new InvalidInputException($"{run} is not there; it should be a run's directory or a model file");
    }

    /// <summary>What <c>run.json</c> says. The fields that every report has are there, of their types.</summary>
    /// <exception cref="InvalidInputException">It is missing or not a report.</exception>
    public static JsonObject LoadReport(string run)
    {
        string file = Path.Combine(run, Report);
        try
        {
            return RunReport.Read(File.ReadAllText(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or InvalidDataException)
        {
            throw new InvalidInputException(fault is InvalidDataException ? $"{file} is not the report of a run: {fault.Message}" : $"{run} is not a run: {fault.Message}", fault);
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
                : [.. Directory.EnumerateDirectories(directory).Where(run => File.Exists(Path.Combine(run, Report))).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{directory} cannot be read: {fault.Message}", fault);
        }
    }

    private static string Csv(IReadOnlyList<EpochLine> history)
    {
        string metric = history is [{ Validation: { } first }, ..] ? $"validation_{first.Score.Name}" : "validation_score";
        var text = new StringBuilder($"epoch,train_loss,validation_loss,{metric}\n");
        foreach (var (epoch, loss, validation) in history)
        {
            double? value = validation?.Score.Value;
            text.Append(CultureInfo.InvariantCulture, $"{epoch},{loss:R},{validation?.Loss:R},{value:R}\n");
        }
        return text.ToString();
    }

    private static void WriteZeros(string file, long bytes)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        var zeros = new byte[1 << 16];
        for (long left = bytes; left > 0; left -= zeros.Length) stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        stream.Flush(flushToDisk: true);
    }

    private static void Remove(string directory)
    {
        try
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed stays under its temporary name; the fault that led here is the one to report.
        }
    }
}
