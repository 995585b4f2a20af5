using System.Text.RegularExpressions;

namespace Functional.Runs;

/// <summary>
/// A claim on the place of a run: a file beside it that is locked while its process lives. Every claim has a name that
/// is used once, so a file that is not locked was left behind, with the temporary directory of the same name.
/// </summary>
internal sealed partial class Claim : IDisposable
{
    private const string Mark = "functional-"; // nobody else's files have such names
    private const int Tries = 5; // another process may hold a lock for a moment, to see whether it can
    private readonly FileStream file;

    private Claim(string place) => file = Locked($"{place}.{Mark}{Guid.NewGuid():n}.lock", FileMode.CreateNew);

    /// <summary>The directory in which the run is put together.</summary>
    public string Temporary => TemporaryOf(file.Name);

    /// <summary>Claims a place whose directory is there; null where another living process has.</summary>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static Claim? On(string place)
    {
        // First the claim, then the look: of two who come at once, one at least sees the other, and tries again later.
        for (int tries = 1; tries <= Tries; tries++)
        {
            if (Made(place, tries) is { } claim)
            {
                if (File.Exists(claim.file.Name) && !Held(place, claim).Any()) return claim;
                claim.Dispose();
            }
            Thread.Sleep(Random.Shared.Next(10, 50));
        }
        return null;
    }

    /// <summary>Whether a living process has claimed a place.</summary>
    public static bool IsOn(string place)
    {
        for (int tries = 1; Held(place).Any(); tries++)
            if (tries == Tries) return true;
            else Thread.Sleep(10);
        return false;
    }

    /// <summary>Whether a file or directory has the name of a claim or of its temporary directory.</summary>
    public static bool IsName(string path) => Name().IsMatch(Path.GetFileName(path));

    /// <summary>Removes what dead processes left in this claim's directory; nothing where locks do not bind.</summary>
    public void Sweep()
    {
        if (!IsHeld(file.Name)) return;
        foreach (string left in In(Path.GetDirectoryName(file.Name)!))
            try
            {
                using var held = Locked(left, FileMode.Open);
                RunFiles.Remove(TemporaryOf(left));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or it is another user's.
            }
    }

    /// <summary>Gives the place up.</summary>
    public void Dispose() => file.Dispose();

    // A claim that was taken for one left behind, between its file and its lock, is made again.
    private static Claim? Made(string place, int tries)
    {
        try
        {
            return new(place);
        }
        catch (IOException) when (tries < Tries)
        {
            return null;
        }
    }

    private static IEnumerable<string> Held(string place, Claim? but = null) =>
        from other in In(Path.GetDirectoryName(place)!)
        where other.StartsWith($"{place}.{Mark}", StringComparison.Ordinal)
        where other.Length == $"{place}.{Mark}{Guid.Empty:n}.lock".Length
        where other != but?.file.Name && IsHeld(other)
        select other;

    private static string[] In(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*.lock").Where(IsName)]
        : [];

    private static bool IsHeld(string file)
    {
        try
        {
            using var free = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    private static FileStream Locked(string file, FileMode mode) =>
        new(file, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);

    private static string TemporaryOf(string file) => Path.ChangeExtension(file, ".tmp");

    [GeneratedRegex(@"^.+\.functional-[0-9a-f]{32}\.(lock|tmp)$")]
    private static partial Regex Name();
}
