using System.Globalization;
using Functional.Formats;

namespace Functional.Data;

/// <summary>The door for files that others made: what cannot be opened, read or unpacked becomes one line
/// that names the file.</summary>
internal static class InputFile
{
    private const int Most = 20;

    /// <summary>Opens the file, has it read and closes it.</summary>
    /// <exception cref="InvalidInputException">It is missing, a directory or unreadable, or <paramref name="read"/>
    /// says why it is bad.</exception>
    public static A Read<A>(string path, Func<FileStream, A> read)
    {
        if (Directory.Exists(path)) throw new InvalidInputException($"{path} is a directory; it should be a file");
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return read(file);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException($"{path} is not there", fault);
        }
        catch (Exception fault) when (fault is InvalidDataException or Unreadable)
        {
            throw new InvalidInputException($"{path} is damaged: {Unreadable.Why(fault)}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new InvalidInputException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>A number as it is written everywhere.</summary>
    public static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Names one after the other, at most 20 of them.</summary>
    public static Phrase Listed(IReadOnlyCollection<string> names) =>
        names.Count <= Most
            ? (Phrase)$"{string.Join(", ", names)}"
            : $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more";

    /// <summary>Sizes as "28 x 28".</summary>
    public static Phrase Sizes(IEnumerable<int> shape) =>
        shape.Any() ? (Phrase)$"{string.Join(" x ", shape)}" : $"no sizes";
}
