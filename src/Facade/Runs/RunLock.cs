namespace Functional.Runs;

/// <summary>
/// The right to write to a run: an empty file in it that is locked while its process lives, and that stays, so that
/// all who want it mean the same file. Where locks do not bind (some network disks), it is no protection.
/// </summary>
internal sealed class RunLock : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string Name = "lock";

    private const int Tries = 5; // another process may hold it for a moment, to see whether it can
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <summary>Takes it; null where another process has it.</summary>
    /// <param name="directory">Where the file is, which is there.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static RunLock? Take(string directory)
    {
        for (int tries = 1; ; tries++)
            try
            {
                string path = Path.Combine(directory, Name);
                return new(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
            }
            catch (IOException fault) when (IsHeld(fault))
            {
                if (tries == Tries) return null;
                Thread.Sleep(Random.Shared.Next(5, 20));
            }
    }

    /// <summary>Whether a living process has it: whoever may read can tell.</summary>
    public static bool IsTaken(string directory)
    {
        string path = Path.Combine(directory, Name);
        for (int tries = 1; ; tries++)
            try
            {
                if (!File.Exists(path)) return false;
                using var free = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1);
                return false;
            }
            catch (IOException fault) when (IsHeld(fault))
            {
                if (tries == Tries) return true;
                Thread.Sleep(Random.Shared.Next(5, 20));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return false; // whoever wants to write will be told
            }
    }

    public void Dispose() => file.Dispose();

    // A sharing violation, as .NET has it everywhere: EWOULDBLOCK of flock, or Windows' 32.
    private static bool IsHeld(IOException fault) =>
        fault.GetType() == typeof(IOException) && (fault.HResult & 0xFFFF) is 11 or 35 or 32;
}
