using Functional.Runs;

namespace Functional.Store;

/// <summary>A run that was found: its directory, and the fields that were asked for.</summary>
/// <param name="Directory">Its path.</param>
/// <param name="Values">A value for each field; none where the run has no such field.</param>
public sealed record FoundRun(string Directory, Items<FieldValue?> Values);

/// <summary>The order of runs: by a field, runs without it last.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsFalling">Whether the largest comes first.</param>
public sealed record RunOrder(string Field, bool IsFalling)
{
    /// <summary>From a text: a field, the best first where it is a measure of what came out, else the smallest; a minus
    /// before it turns the order round.</summary>
    public static RunOrder Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string field = text.TrimStart('-');
        return new(field, RunFields.IsBetterLarger(field) != text.StartsWith('-'));
    }
}

/// <summary>The runs below a directory.</summary>
public sealed class RunStore : IDisposable
{
    private readonly RunIndex index;
    private readonly string directory;
    private readonly List<Phrase> notes = [];
    private readonly Dictionary<string, Dictionary<long, FieldValue>> fields = [];

    private RunStore(string directory, bool isAnew)
    {
        this.directory = directory;
        index = RunIndex.Open(directory, isAnew, notes);
        notes.AddRange(index.Runs().Where(run => run.Fault is not null).Select(run => Phrase.Verbatim(run.Fault!)));
    }

    /// <summary>Opens the store of a directory, as its runs are now.</summary>
    /// <param name="directory">Where the runs are.</param>
    /// <param name="isAnew">Whether every run is to be read again.</param>
    /// <exception cref="InvalidInputException">The directory is not there, or cannot be read.</exception>
    public static RunStore Open(string directory, bool isAnew = false)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory))
            throw new InvalidInputException($"{directory} is not there; it should be a directory of runs");
        try
        {
            return new(directory, isAnew);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{directory} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>What a person should know: an index that was made anew, runs that cannot be read.</summary>
    public IReadOnlyList<Phrase> Notes => notes;

    /// <summary>How many runs there are.</summary>
    public int Count => index.Runs().Count(run => run.Fault is null);

    /// <summary>Every field that a run has.</summary>
    public IReadOnlyList<string> Fields => index.Names();

    /// <summary>Some fields of the runs that are wanted, by the names of their directories unless ordered.</summary>
    /// <param name="wanted">The fields.</param>
    /// <param name="where">Which runs; all unless given.</param>
    /// <param name="order">Their order.</param>
    /// <exception cref="InvalidInputException">No run has a field of that name.</exception>
    public IReadOnlyList<FoundRun> Find(IReadOnlyList<string> wanted, Filter? where = null, RunOrder? order = null)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        Require([.. wanted, .. where?.Fields ?? [], .. order is null ? [] : new[] { order.Field }]);
        var runs = index.Runs().Where(run => run.Fault is null);
        if (where is not null) runs = runs.Where(run => where.Wants(field => Value(run.Id, field)));
        if (order is not null) runs = Ordered(runs, order);
        return [.. runs.Select(run => new FoundRun(
            Path.Combine(directory, run.Name), [.. wanted.Select(field => Value(run.Id, field))]))];
    }

    /// <summary>The finished runs of the same training: of this experiment, these data, the same start, and the same
    /// own parts.</summary>
    /// <param name="header">Of the training.</param>
    /// <returns>Their directories.</returns>
    public IEnumerable<string> Finished(RunHeader header) =>
        OfTraining(header).Where(run => run.State == RunReport.Finished).Select(run => run.Directory);

    /// <summary>The runs of the same training, whatever has become of them.</summary>
    /// <param name="header">Of the training.</param>
    /// <returns>Their directories, and their states: finished, diverged, interrupted, unfinished.</returns>
    internal IEnumerable<(string Directory, string? State)> OfTraining(RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        foreach (var (id, name, fault) in index.Runs())
            if (fault is null && Text(id, "experiment_sha256") == header.Experiment.Digest
                && Text(id, "data.sha256") == header.DataSha256
                && Text(id, "from_model_sha256") == header.From?.FileSha256
                && Text(id, "functions_sha256") == header.Functions
                && (Text(id, "curvature_every") ?? "0") == $"{header.CurvatureEvery}")
                yield return (Path.Combine(directory, name), Text(id, RunFields.State));

        string? Text(long id, string field) => Value(id, field)?.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => index.Dispose();

    private FieldValue? Value(long run, string field)
    {
        if (!fields.TryGetValue(field, out var values)) fields[field] = values = index.Field(field);
        return values.TryGetValue(run, out var value) ? value : null;
    }

    private IEnumerable<(long Id, string Name, string? Fault)> Ordered(
        IEnumerable<(long Id, string Name, string? Fault)> runs, RunOrder order)
    {
        var there = runs.ToLookup(run => Value(run.Id, order.Field) is not null);
        var rising = there[true].OrderBy(run => Value(run.Id, order.Field)!.Value.Number ?? double.PositiveInfinity)
            .ThenBy(run => Value(run.Id, order.Field)!.Value.Text, StringComparer.Ordinal);
        return [.. order.IsFalling ? rising.Reverse() : rising, .. there[false]];
    }

    private void Require(IEnumerable<string> names)
    {
        var known = Fields.ToHashSet();
        if (known.Count == 0) return; // no run, no field
        var faults = names.Distinct().Where(name => !known.Contains(name)).Select(name => new Invalid(
            $"no run has a field {name}; the nearest are {string.Join(", ", Nearest(name, known))}"));
        if (faults.ToArray() is { Length: > 0 } found) throw new InvalidInputException(found);
    }

    private static IEnumerable<string> Nearest(string name, IEnumerable<string> known) =>
        known.OrderBy(other => Distance(name, other)).ThenBy(other => other, StringComparer.Ordinal).Take(3);

    // How many letters have to be changed, added or left out. (Levenshtein, 1966)
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (
                    row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
