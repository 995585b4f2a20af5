using System.Globalization;
using System.Security.Cryptography;

namespace Functional.Reports;

/// <summary>A file that samples came from, as it is now.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">How long it is; null where it cannot be read.</param>
/// <param name="Sha256">Of its bytes, in lower-case hexadecimal; null where it cannot be read.</param>
internal sealed record DataFile(string Path, long? Bytes, string? Sha256)
{
    /// <summary>The files of a source; none where its samples are built in or drawn.</summary>
    public static Items<DataFile> Of(DataSource source) => source switch
    {
        CsvFile csv => [Read(csv.Path)],
        NumpyFile { Targets.Length: > 0 } arrays => [Read(arrays.Path), Read(arrays.Targets)],
        NumpyFile arrays => [Read(arrays.Path)],
        IdxDirectory images => InDirectory(images.Path),
        _ => [],
    };

    private static Items<DataFile> InDirectory(string path) => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, "*ubyte*").Order(StringComparer.Ordinal).Select(Read)]
        : [];

    private static DataFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return new(path, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new(path, null, null);
        }
    }

    /// <summary>Its length for people.</summary>
    public string Length => Bytes is { } bytes ? bytes.ToString("#,0", CultureInfo.InvariantCulture) : "–";
}
