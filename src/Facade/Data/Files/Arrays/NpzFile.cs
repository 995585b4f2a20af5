using System.IO.Compression;
using Functional.Core.Forms;

namespace Functional.Data;

/// <summary>The arrays of an archive that were asked for.</summary>
/// <param name="Arrays">In the order in which they were asked for; of those that may be absent only the
/// ones that are there.</param>
/// <param name="Names">What each is called in the archive.</param>
/// <param name="LeftOut">The other files of the archive, with their endings.</param>
internal sealed record NpzArrays(NpyArray[] Arrays, string[] Names, string[] LeftOut);

/// <summary>NumPy's .npz format: a zip archive of .npy files. Checksums of all of them are verified.</summary>
internal static class NpzFile
{
    private const int MostFiles = 1000, MostCells = 1 << 28; // 2 GB of numbers, whatever a small archive unpacks to
    private const long MostLeftOut = 1L << 31;
    private const string Ending = ".npy";

    /// <summary>Reads some arrays; each is asked for by all names that it may have, the likeliest first.</summary>
    /// <exception cref="InvalidInputException">The file is no archive or damaged, an array is bad or not there; the
    /// message names which.</exception>
    public static NpzArrays Read(string path, params string[][] wanted) => Read(path, wanted, []);

    /// <summary>The same with arrays that may be absent, after the others.</summary>
    public static NpzArrays Read(string path, string[][] wanted, string[][] optional) => InputFile.Read(path, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var entries = Entries(archive, path);
        string[] names = [.. wanted.Select(any => Found(entries, any) ?? throw Missing(path, entries.Keys, any)),
            .. optional.Select(any => Found(entries, any)).OfType<string>()];
        long left = MostCells, leftOut = MostLeftOut;
        var arrays = new Dictionary<string, NpyArray>();
        foreach (var (file, entry) in entries)
        {
            string place = $"{path}, entry {Visible.Quoted(file)}";
            using var unpacked = new ZipEntry(entry, place);
            if (names.Any(name => file == name + Ending))
            {
                arrays[file] = NpyFile.Read(unpacked, place, entry.Length, left);
                left -= arrays[file].Cells.Length;
            }
            else if ((leftOut -= entry.Length) >= 0) unpacked.CopyTo(Stream.Null);
            else throw TooLong(place, entry);
        }
        string[] others = [.. entries.Keys.Except(arrays.Keys)];
        return new NpzArrays([.. names.Select(name => arrays[name + Ending])], names, others);
    });

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive, string path)
    {
        if (archive.Entries.Count is 0 or > MostFiles)
            throw new InvalidInputException(
                $"{path} has {archive.Entries.Count} arrays; it should have 1 to {MostFiles}");
        var entries = new Dictionary<string, ZipArchiveEntry>();
        foreach (var entry in archive.Entries)
            if (!entries.TryAdd(entry.FullName, entry))
                throw new InvalidInputException(
                    $"{path}, entry {Visible.Quoted(entry.FullName)} is there twice; names should differ");
        return entries;
    }

    private static string? Found(Dictionary<string, ZipArchiveEntry> entries, string[] names) =>
        names.FirstOrDefault(name => entries.ContainsKey(name + Ending));

    private static InvalidInputException Missing(string path, IEnumerable<string> files, string[] wanted)
    {
        var arrays = files.Where(file => file.EndsWith(Ending, StringComparison.Ordinal));
        var listed = InputFile.Listed([.. arrays.Select(file => file[..^Ending.Length])]);
        return new($"{path} has the arrays {listed}; it should have one of {string.Join(", ", wanted)}");
    }

    private static InvalidInputException TooLong(string place, ZipArchiveEntry entry) =>
        new($"{place} has {entry.Length} bytes; all that is left out should have at most {MostLeftOut}");
}
