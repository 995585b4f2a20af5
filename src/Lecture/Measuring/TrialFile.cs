using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Functional.Formats;

namespace Functional.Lecture.Measuring;

/// <summary>
/// The trials of an order in a file of JSON lines: first whose they are, then a line for each trial that was done, with
/// every digit and a check of them. It only grows, and every line is whole: a torn one at the end is cut off when it is
/// opened again, and so is what was changed or belongs to others, with all that follows it.
/// </summary>
internal sealed class TrialFile : ITrialMemory, IDisposable
{
    private static readonly JsonSerializerOptions Exact = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Dictionary<(string, int), Line> known = [];
    private readonly FileStream? file;
    private readonly Lock pen = new();
    private readonly string title;

    private TrialFile(FileStream? file, string title) => (this.file, this.title) = (file, title);

    /// <summary>The sum of the seconds that the known trials took, each on its thread.</summary>
    public double Seconds
    {
        get
        {
            lock (pen) return known.Values.Sum(line => line.Seconds);
        }
    }

    /// <summary>The known trials, and the seconds that each took.</summary>
    public IReadOnlyList<(string Part, int Index, double Seconds)> Known
    {
        get
        {
            lock (pen) return [.. known.Values.Select(line => (line.Part, line.Index, line.Seconds))];
        }
    }

    /// <summary>What the file held and was forgotten when it was opened; null where that is but a torn end.</summary>
    public Phrase? Forgotten { get; private set; }

    /// <summary>Opens a file, or makes it, to recall and to keep. What was measured by another build of the library is
    /// forgotten: its numbers may be others.</summary>
    /// <param name="path">Where.</param>
    /// <param name="title">Whose trials they are: claim, order and build.</param>
    /// <exception cref="InvalidInputException">It cannot be read or written, or another process writes to
    /// it.</exception>
    public static TrialFile Open(string path, string title)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var file = new TrialFile(
                new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), title);
            file.Begin();
            return file;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            throw new InvalidInputException($"{path} cannot be opened to keep trials: {reason}", fault);
        }
    }

    /// <summary>What a text of such lines holds, whichever build it is of, up to what is torn or was changed; nothing
    /// is kept.</summary>
    public static TrialFile Read(string text)
    {
        string[] lines = text.Split('\n');
        var file = new TrialFile(null, TitleIn(lines[0]) ?? "");
        foreach (string line in lines.Skip(1))
            if (!file.Takes(line)) break;
        return file;
    }

    /// <inheritdoc/>
    public double[]? Recall(string part, int index)
    {
        lock (pen) return known.TryGetValue((part, index), out var line) ? line.Values : null;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">The line cannot be written.</exception>
    public double[] Keep(string part, int index, Func<double[]> trial)
    {
        long start = Stopwatch.GetTimestamp();
        double[] values = trial();
        var line = new Line(part, index, values, Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3));
        lock (pen)
        {
            known[(part, index)] = line;
            if (file is not null) Write(JsonSerializer.Serialize(line with { Check = CheckOf(line) }, Exact));
        }
        return values;
    }

    public void Dispose() => file?.Dispose();

    private void Begin()
    {
        byte[] bytes = new byte[file!.Length];
        file.ReadExactly(bytes);
        int from = 0, lines = 0;
        for (int end; (end = Array.IndexOf(bytes, (byte)'\n', from)) >= 0; from = end + 1, lines++)
        {
            string line = Encoding.UTF8.GetString(bytes, from, end - from);
            if (lines == 0 ? line == Heading(title) : Takes(line)) continue;
            Forgotten = lines == 0 && TitleIn(line) is { } other && other != title
                ? (Phrase)$"{file.Name} holds trials of another build of the library; they are done again"
                : $"{file.Name} is damaged at line {lines + 1}; what it held from there on is done again";
            break;
        }
        file.SetLength(from);
        file.Position = from;
        if (from == 0) Write(Heading(title));
    }

    // Whether a line is a trial as it was written, which is known from now on.
    private bool Takes(string line)
    {
        if (Parsed(line) is not { } trial || trial.Check != CheckOf(trial)) return false;
        known[(trial.Part, trial.Index)] = trial;
        return true;
    }

    private static string Heading(string title) => new JsonObject { ["trials_of"] = title }.ToJsonString();

    private static string? TitleIn(string heading)
    {
        try
        {
            return JsonNode.Parse(heading) is JsonObject line && line["trials_of"] is JsonValue title
                && title.TryGetValue(out string? text) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A line that finds no room leaves nothing behind.
    private void Write(string line)
    {
        long before = file!.Position;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            file.SetLength(file.Position = before);
            throw new InvalidInputException($"{file.Name} cannot be written: {reason}", fault);
        }
    }

    private static Line? Parsed(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line, Exact) is { Part: not null, Values: not null } trial
                ? trial
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string CheckOf(Line line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{title}\n{line.Part}\n{line.Index}\n{JsonSerializer.Serialize(line.Values, Exact)}")).AsSpan(0, 4));

    private sealed record Line(string Part, int Index, double[] Values, double Seconds, string? Check = null);
}
