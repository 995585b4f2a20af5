using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// The files that end a run: its model and <c>run.json</c>. Room for both is written before training, beside the
/// checkpoints, and they are written over it, so that no other program can take it meanwhile.
/// </summary>
/// <param name="directory">The run's directory.</param>
internal sealed class RunFiles(string directory)
{
    /// <summary>The names of the files; the model that a training started from is there where it had one.</summary>
    public const string Model = "model.safetensors", Report = "run.json", Start = "start.safetensors";
    /// <summary>The names of what is written about a run when it is asked for.</summary>
    public const string Page = "report.html", Card = "card.md";

    private const string Room = ".room";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The files that a run may have before its first epoch.</summary>
    public static IEnumerable<string> All(string directory)
    {
        string beside = Path.Combine(directory, CheckpointDirectory.Name);
        return
        [
            .. new[] { Report, Start, MetricsFile.Name }.Select(name => Path.Combine(directory, name)),
            .. new[] { Model, Report }.Select(name => Path.Combine(beside, name + Room)),
        ];
    }

    /// <summary>Whether a file in a run's directory has the name of one of its own.</summary>
    public static bool IsOwn(string path) =>
        Path.GetFileName(path) is Model or Report or Start or MetricsFile.Name or Page or Card
        || EventFile.IsName(path) || IsAside(path);

    /// <summary>Whether a file is one of a run's own that was being written when its process died.</summary>
    public static bool IsAside(string path) => Disk.IsAside(path)
        && Path.GetFileNameWithoutExtension(path) is Model or Report or Start or Page or Card;

    /// <summary>Whether a file is room that was kept.</summary>
    public static bool IsRoom(string path) => Path.GetFileName(path) is Model + Room or Report + Room;

    /// <summary>Writes room for the files.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public void Reserve(RunSize size)
    {
        Reserve(Model, size.Model);
        Reserve(Report, size.Report);
    }

    /// <summary>Writes the report of a training that has not ended, in room of its own.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteUnfinished(RunHeader header) => WriteUnfinished(header.Unfinished(directory));

    /// <inheritdoc cref="WriteUnfinished(RunHeader)"/>
    public void WriteUnfinished(JsonObject report) => Disk.Replace(PathOf(Report), Bytes(report));

    /// <summary>Writes the model that training starts from.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteStart(Model model) => Disk.Replace(PathOf(Start), ModelFile.Bytes(model));

    /// <summary>Writes the model.</summary>
    /// <returns>Why it could not be written; null where it was.</returns>
    public Phrase? Write(Model model) => Unwritten(Model, ModelFile.Bytes(model));

    /// <summary>Writes the report of a training that has ended.</summary>
    /// <returns>Why it could not be written; null where it was.</returns>
    public Phrase? Write(RunReport report) => Write(report.ToJson(directory, withHistory: false));

    /// <inheritdoc cref="Write(RunReport)"/>
    public Phrase? Write(JsonObject report) => Unwritten(Report, Bytes(report));

    /// <summary>Gives the room back that was not used.</summary>
    public void Release()
    {
        if (!Directory.Exists(Beside)) return;
        File.Delete(RoomOf(Model));
        File.Delete(RoomOf(Report));
    }

    private Phrase? Unwritten(string name, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(Beside); // should someone have cleared it away
            Disk.Replace(PathOf(name), bytes, RoomOf(name));
            return null;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            return reason;
        }
    }

    private void Reserve(string name, long bytes)
    {
        using var file = new FileStream(RoomOf(name), FileMode.Create, FileAccess.Write);
        var zeros = new byte[1 << 16];
        for (long left = bytes; left > 0; left -= zeros.Length) file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        file.Flush(flushToDisk: true);
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(Indented) + "\n");

    private string Beside => Path.Combine(directory, CheckpointDirectory.Name);

    private string PathOf(string name) => Path.Combine(directory, name);

    private string RoomOf(string name) => Path.Combine(Beside, name + Room);
}
