using System.Runtime.InteropServices;

namespace Functional.Formats;

/// <summary>Files that survive a crash: written aside, flushed, renamed, and the directory flushed, so that the new
/// name is on the disk, too.</summary>
internal static class Disk
{
    /// <summary>How the names of files end that are being written.</summary>
    public const string Aside = ".tmp";

    /// <summary>Puts bytes in place of a file, or where there was none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What it is to hold.</param>
    /// <param name="room">A file whose room is to be used, and which goes; none for room of its own.</param>
    /// <exception cref="IOException">It cannot be written; what was there before stays, and nothing is left beside
    /// it.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, string? room = null)
    {
        string aside = room ?? path + Aside;
        try
        {
            using (var file = new FileStream(aside, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
            {
                file.Write(bytes);
                file.SetLength(bytes.Length);
                file.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception fault) when (Atomically.Reason(fault) is not null)
        {
            File.Delete(aside);
            throw;
        }
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Whether a file is one that <see cref="Replace"/> had not finished when its process died.</summary>
    public static bool IsAside(string path) => Path.GetExtension(path) == Aside;

    /// <summary>Flushes the names in a directory to the disk, where the system can: Windows does by itself.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        int directory = Open(path, ReadOnly);
        if (directory < 0) return; // names of files reach the disk later
        _ = Flush(directory);
        _ = Close(directory);
    }

    private const int ReadOnly = 0;

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
