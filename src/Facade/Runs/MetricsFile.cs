using System.Text;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// <c>metrics.jsonl</c>: a line of JSON for each epoch, appended as training goes, to be read while it grows. Every
/// line is whole, whatever kills the process or fills the disk; the file of a training that went on is, byte for byte,
/// that of one that never stopped.
/// </summary>
internal sealed class MetricsFile : IDisposable
{
    public const string Name = "metrics.jsonl";

    private readonly FileStream file;
    private readonly List<EpochLine> waiting = [];

    private MetricsFile(FileStream file) => this.file = file;

    /// <summary>Opens it to be written, as it is.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static MetricsFile Open(string directory) => new(new(
        Path.Combine(directory, Name), FileMode.OpenOrCreate, FileAccess.Write,
        FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));

    /// <summary>Goes on after some lines; what follows them goes.</summary>
    public void Cut(int after)
    {
        long length = Whole(file.Name).Take(after).Select(line => line.End).LastOrDefault();
        file.SetLength(length);
        file.Position = length;
    }

    /// <summary>What the file holds; nothing where there is none.</summary>
    public static string Text(string directory)
    {
        string path = Path.Combine(directory, Name);
        return File.Exists(path) ? Encoding.UTF8.GetString(Bytes(path)) : "";
    }

    /// <summary>The epochs of a run in their order, as far as the file is what it should be; none where there is no
    /// file.</summary>
    public static IReadOnlyList<EpochLine> Read(string directory)
    {
        string path = Path.Combine(directory, Name);
        return File.Exists(path) ? [.. Whole(path).Select(line => line.Epoch)] : [];
    }

    /// <summary>Appends a line, and those that found no room before.</summary>
    /// <returns>Why it could not be written; null where it was.</returns>
    public Phrase? Add(EpochLine line)
    {
        waiting.Add(line);
        return Write();
    }

    /// <summary>Whether some lines found no room.</summary>
    public bool IsBehind => waiting.Count > 0;

    /// <summary>Puts what was appended on the disk, perhaps while more is.</summary>
    /// <returns>Why that could not be done; null where it was.</returns>
    public Phrase? Flush() => Tried(() => RandomAccess.FlushToDisk(file.SafeFileHandle));

    /// <summary>Writes the lines that found no room, and puts all on the disk.</summary>
    /// <returns>Why that could not be done; null where it was.</returns>
    public Phrase? Finish() => Write() ?? Flush();

    public void Dispose() => file.Dispose();

    private Phrase? Write()
    {
        if (waiting.Count == 0) return null;
        long before = file.Position;
        var text = new StringBuilder();
        foreach (var line in waiting) text.Append(line.ToJson().ToJsonString()).Append('\n');
        var reason = Tried(() => file.Write(Encoding.UTF8.GetBytes(text.ToString())));
        if (reason is null) waiting.Clear();
        else _ = Tried(() => file.SetLength(file.Position = before)); // half a line does not stay
        return reason;
    }

    private static Phrase? Tried(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            return reason;
        }
    }

    // The lines 1, 2, 3 ..., each with where it ends, up to the first that is not the next one. Counted in bytes: a
    // file that an editor has touched may hold any.
    private static IEnumerable<(EpochLine Epoch, long End)> Whole(string path)
    {
        byte[] bytes = Bytes(path);
        int from = 0;
        for (int number = 1, end; (end = Array.IndexOf(bytes, (byte)'\n', from)) >= 0; number++, from = end + 1)
        {
            string line = Encoding.UTF8.GetString(bytes, from, end - from);
            if (EpochLine.Read(line) is not { } epoch || epoch.Epoch != number) yield break;
            yield return (epoch, end + 1);
        }
    }

    // It may be growing, or be moved, meanwhile.
    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
