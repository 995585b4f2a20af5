namespace Functional.Formats;

/// <summary>Files that are there whole or not at all.</summary>
internal static class Atomically
{
    /// <summary>Why a file could not be written, in words; null for a fault of another kind.</summary>
    public static Phrase? Reason(Exception fault) => fault switch
    {
        ArgumentOutOfRangeException => $"it is larger than a file may be here", // .NET's word for EFBIG
        IOException or UnauthorizedAccessException => Phrase.Verbatim(fault.Message),
        _ => null,
    };

    /// <summary>Writes to a temporary name beside <paramref name="path"/>, flushes to disk and renames.</summary>
    /// <exception cref="InvalidInputException">It cannot be written; nothing is left behind.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0'))
            throw new InvalidInputException($"the file is \"{path}\"; it should be a path");
        string full = Path.GetFullPath(path), temporary = $"{full}.{Guid.NewGuid():n}.tmp";
        if (Directory.Exists(full))
            throw new InvalidInputException($"{path} cannot be written: it is a directory; it should be a file");
        if (Path.GetDirectoryName(full) is { } above && !Directory.Exists(above))
            throw new InvalidInputException($"{path} cannot be written: the directory {above} is not there");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception fault) when (Reason(fault) is not null)
        {
            File.Delete(temporary);
            var reason = fault.Message.Contains(temporary, StringComparison.Ordinal)
                ? Phrase.Verbatim(fault.Message.Replace(temporary, full, StringComparison.Ordinal))
                : Reason(fault);
            throw new InvalidInputException($"{path} cannot be written: {reason}", fault);
        }
    }
}
