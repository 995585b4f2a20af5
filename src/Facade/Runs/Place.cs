namespace Functional.Runs;

/// <summary>
/// Where a run is to be. A directory that is there already stays the one that it is, be it a mount point, a link or
/// where the user stands: the run is put together inside it. Where there is none, it is put together beside, and
/// renamed.
/// </summary>
/// <param name="path">As the user gave it.</param>
internal sealed class Place(string path)
{
    /// <summary>The full path of the run.</summary>
    public string Full { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Whether the directory is there already.</summary>
    public bool IsThere { get; } = Directory.Exists(path);

    /// <summary>What the names of everything temporary begin with.</summary>
    public string Prefix => IsThere ? Path.Combine(Full, "run") : Full;

    /// <summary>The directory of everything temporary.</summary>
    public string Parent => Path.GetDirectoryName(Prefix)!;

    /// <summary>The fault of a place that another training has claimed.</summary>
    public Phrase Claimed => $"{Named} is being written by another training; it should be one that no other writes to";

    /// <summary>Why no run can be written here, as far as a look can tell; null where it seems that one can.</summary>
    public Phrase? Fault()
    {
        try
        {
            if (new FileInfo(Full).LinkTarget is { } target
                && !Path.Exists(File.ResolveLinkTarget(Full, returnFinalTarget: true)!.FullName))
                return $"{Named} is a link to {target}, which is not there; it should be new or empty";
            if (File.Exists(Full)) return $"{Named} is a file; it should be new or empty";
            if (Claim.IsOn(Prefix)) return Claimed;
            return IsThere && !IsEmpty(Full) ? (Phrase)$"{Named} is not empty; it should be new or empty" : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{Named} cannot be read: {fault.Message}";
        }
    }

    /// <summary>The directories above the place that are not there yet, the innermost first.</summary>
    public string[] Missing()
    {
        var missing = new List<string>();
        string? above = Parent;
        for (; above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(above)) missing.Add(above);
        return [.. missing];
    }

    /// <summary>The place, then others beside or inside it: where something is at one, the next is taken.</summary>
    public IEnumerable<string> Names() =>
        Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{Prefix}-{number}").Prepend(Full);

    /// <summary>Moves a finished directory to one of the names; false, and nothing moved, where something is
    /// there.</summary>
    public bool Put(string directory, string name)
    {
        if (Path.Exists(name))
            return name == Full && Directory.Exists(name) && (IsThere || IsEmpty(name)) && Fill(name, directory);
        Directory.Move(directory, name);
        return true;
    }

    // The report comes last: a directory without one is no run.
    private static bool Fill(string into, string directory)
    {
        string[] files = [.. Directory.GetFiles(directory).Select(file => Path.GetFileName(file))];
        files = [.. files.OrderBy(file => file == RunFiles.Report)];
        if (files.Any(file => Path.Exists(Path.Combine(into, file)))) return false;
        var moved = new Stack<string>();
        try
        {
            foreach (string file in files)
            {
                File.Move(Path.Combine(directory, file), Path.Combine(into, file));
                moved.Push(file);
            }
        }
        catch (IOException)
        {
            foreach (string file in moved) File.Move(Path.Combine(into, file), Path.Combine(directory, file));
            throw;
        }
        Directory.Delete(directory);
        return true;
    }

    private Phrase Named => $"the output directory {path}";

    private static bool IsEmpty(string directory) => Directory.EnumerateFileSystemEntries(directory).All(Claim.IsName);
}
