using System.Globalization;
using System.Text;
using System.Text.Json;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// The files of a run that is being put together. Room for each is written before training and overwritten after it, so
/// that no other program can take it meanwhile. Where it does not suffice, less is written: the model above all.
/// </summary>
/// <param name="directory">Where they are.</param>
internal sealed class RunFiles(string directory)
{
    public const string Model = "model.safetensors", History = "history.csv", Report = "run.json";
    private const string Room = ".room";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Removes a run that was being put together: its own files, and the directory unless
    /// something else is in it.</summary>
    public static void Remove(string directory)
    {
        if (!Directory.Exists(directory)) return;
        foreach (string name in (string[])[Model, History, Report])
        {
            File.Delete(Path.Combine(directory, name));
            File.Delete(Path.Combine(directory, name + Room));
        }
        Directory.Delete(directory);
    }

    /// <summary>Writes room for the files.</summary>
    public void Reserve(RunSize size)
    {
        Directory.CreateDirectory(directory);
        Reserve(Model, size.Model);
        Reserve(History, size.History);
        Reserve(Report, size.Report);
    }

    /// <summary>Writes model and history; returns what had to be left out.</summary>
    /// <exception cref="InvalidInputException">Not even the model could be written.</exception>
    public IEnumerable<Phrase> Write(RunReport report)
    {
        Directory.CreateDirectory(directory); // should someone have cleared it away
        if (Unwritten(Model, ModelFile.Bytes(report.Results.Model)) is { } lost)
            throw new InvalidInputException($"the run could not be written: {lost}");
        return Unwritten(History, Encoding.UTF8.GetBytes(Csv(report.History))) is { } left
            ? [$"{History} could not be written and is left out: {left}"]
            : [];
    }

    /// <summary>Writes the report of a run that is to be <paramref name="name"/>; returns what was left out.</summary>
    public IEnumerable<Phrase> WriteReport(RunReport report, string name)
    {
        if (Unwritten(Report, Json(null)) is not { } full) return [];
        if (Unwritten(Report, Json(full)) is not { } fuller)
            return [$"{Report} could not be written whole and is without the history: {full}"];
        return [$"{Report} could not be written: {fuller}; without it this is no run, but the model is whole"];

        byte[] Json(Phrase? historyLeftOut) =>
            Encoding.UTF8.GetBytes(report.ToJson(name, historyLeftOut?.ToString()).ToJsonString(Indented) + "\n");
    }

    private static string Csv(IReadOnlyList<EpochLine> history)
    {
        string metric = history is [{ Validation: { } first }, ..] ? first.Score.Name : "score";
        var text = new StringBuilder($"epoch,train_loss,validation_loss,validation_{metric}\n");
        foreach (var (epoch, loss, validation) in history)
        {
            double? value = validation?.Score.Value;
            text.Append(CultureInfo.InvariantCulture, $"{epoch},{loss:R},{validation?.Loss:R},{value:R}\n");
        }
        return text.ToString();
    }

    // Over the room that was kept; null, or why it could not be written. Then nothing of it stays.
    private Phrase? Unwritten(string name, byte[] bytes)
    {
        string room = RoomOf(name);
        try
        {
            using (var file = new FileStream(room, FileMode.OpenOrCreate, FileAccess.Write))
            {
                file.Write(bytes);
                file.SetLength(bytes.Length);
                file.Flush(flushToDisk: true);
            }
            File.Move(room, Path.Combine(directory, name), overwrite: true);
            return null;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            if (File.Exists(room)) File.Delete(room);
            return reason;
        }
    }

    private void Reserve(string name, long bytes)
    {
        using var file = new FileStream(RoomOf(name), FileMode.CreateNew, FileAccess.Write);
        var zeros = new byte[1 << 16];
        for (long left = bytes; left > 0; left -= zeros.Length) file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        file.Flush(flushToDisk: true);
    }

    private string RoomOf(string name) => Path.Combine(directory, name + Room);
}
