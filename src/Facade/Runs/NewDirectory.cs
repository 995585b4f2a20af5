using Functional.Formats;

namespace Functional.Runs;

/// <summary>A directory that is to become a run: what was made for it goes again where nothing comes of it.</summary>
/// <param name="path">Its full path.</param>
internal sealed class NewDirectory(string path) : IDisposable
{
    private readonly string beside = Path.Combine(path, CheckpointDirectory.Name);
    private readonly List<string> made = []; // the innermost first
    private bool isOurs;

    /// <summary>What comes of it, with the right to write to it; null where another process has that, or had it since
    /// the caller looked.</summary>
    public A? Made<A>(Func<RunLock, A> begin) where A : class
    {
        for (string? at = beside; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at)) made.Add(at);
        Directory.CreateDirectory(beside);
        if (RunLock.Take(beside) is not { } held) return null;
        isOurs = IsEmpty(path);
        if (isOurs)
            foreach (string left in (string[])[RunFiles.Start, RunFiles.Start + Disk.Aside])
                File.Delete(Path.Combine(path, left));
        A? run = null;
        try
        {
            if (isOurs) run = begin(held);
            return run;
        }
        finally
        {
            if (run is null) held.Dispose();
            else isOurs = false;
        }
    }

    /// <summary>Removes what was made, unless a run came of it or it is another's.</summary>
    public void Dispose()
    {
        try
        {
            if (isOurs)
                foreach (string file in RunFiles.All(path).Append(Path.Combine(beside, RunLock.Name)))
                    File.Delete(file);
            foreach (string directory in made.Where(Directory.Exists)) Directory.Delete(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It holds something by now: another's run, perhaps.
        }
    }

    /// <summary>Whether a directory holds nothing, or nothing but what a training leaves that died before it had its
    /// run.json.</summary>
    public static bool IsEmpty(string path)
    {
        bool isBegun = File.Exists(Path.Combine(path, CheckpointDirectory.Name, RunLock.Name));
        return Directory.EnumerateFileSystemEntries(path).All(entry => Path.GetFileName(entry) switch
        {
            CheckpointDirectory.Name => Directory.Exists(entry)
                && Directory.EnumerateFileSystemEntries(entry).All(inner =>
                    Path.GetFileName(inner) == RunLock.Name || RunFiles.IsRoom(inner)),
            RunFiles.Report + Disk.Aside => true,
            RunFiles.Start or RunFiles.Start + Disk.Aside => isBegun,
            MetricsFile.Name => isBegun && new FileInfo(entry).Length == 0,
            _ => false,
        });
    }
}
