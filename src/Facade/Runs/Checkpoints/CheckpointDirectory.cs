using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>
/// The checkpoints of a run: the last two, each under the number of its step and the SHA-256 of its bytes, so that one
/// that was torn or altered is known by its name.
/// </summary>
/// <param name="path">The directory.</param>
internal sealed partial class CheckpointDirectory(string path)
{
    public const string Name = "checkpoints";
    private const int Kept = 2;

    /// <summary>Writes one, and then removes those before the last two.</summary>
    /// <returns>Why it could not be written; null where it was. Those before it stay then.</returns>
    public Phrase? Save(long step, ReadOnlySpan<byte> bytes)
    {
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"{step:D12}.{Convert.ToHexStringLower(SHA256.HashData(bytes))}.safetensors");
        try
        {
            Directory.CreateDirectory(path); // should someone have cleared it away
            Disk.Replace(Path.Combine(path, name), bytes);
            foreach (string old in Files().Skip(Kept)) File.Delete(old);
            return null;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            return reason;
        }
    }

    /// <summary>The files, the last step first.</summary>
    public IReadOnlyList<string> Files() => !Directory.Exists(path)
        ? []
        : [.. Directory.EnumerateFiles(path).Where(file => Named().IsMatch(Path.GetFileName(file)))
            .OrderByDescending(file => Path.GetFileName(file), StringComparer.Ordinal)];

    /// <summary>Removes those after a step, which a training that went on from another one would write again.</summary>
    public void RemoveAfter(long step)
    {
        foreach (string file in Files().Where(file => StepOf(file) > step)) File.Delete(file);
    }

    /// <summary>Removes what a process that died was writing.</summary>
    public void Sweep()
    {
        foreach (string file in Directory.EnumerateFiles(path).Where(IsAside)) File.Delete(file);
    }

    /// <summary>Whether a file is a checkpoint that a process that died was writing.</summary>
    public static bool IsAside(string file) =>
        Disk.IsAside(file) && Named().IsMatch(Path.GetFileNameWithoutExtension(file));

    /// <summary>Whether a file beside the checkpoints is one that a training has put there.</summary>
    public static bool IsOwn(string file) => Named().IsMatch(Path.GetFileName(file)) || IsAside(file)
        || RunFiles.IsRoom(file) || Path.GetFileName(file) == RunLock.Name;

    /// <summary>The bytes of one.</summary>
    /// <exception cref="IOException">It cannot be read, or is not what its name says.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return Named().Match(Path.GetFileName(file)).Groups["digest"].Value == found
            ? bytes
            : throw new Unreadable($"its SHA-256 is {found}, which is not the one in its name: it was torn or altered");
    }

    private static long StepOf(string file) =>
        long.Parse(Named().Match(Path.GetFileName(file)).Groups["step"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<step>[0-9]{12,18})\.(?<digest>[0-9a-f]{64})\.safetensors$")]
    private static partial Regex Named();
}
