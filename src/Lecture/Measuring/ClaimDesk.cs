using System.Text;
using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Core.Randomness;
using Functional.Formats;
using Functional.Runs;

namespace Functional.Lecture.Measuring;

/// <summary>
/// A directory in which claims are measured: <c>NAME/trials.jsonl</c> holds what was done of a claim, so that it goes
/// on where it was stopped; <c>NAME/result.json</c> its last result.
/// </summary>
/// <param name="Directory">Where; made when something is kept.</param>
public sealed record ClaimDesk(string Directory)
{
    /// <summary>How many threads may help; 0 for all processors. No number depends on it.</summary>
    public int Threads { get; init; }

    /// <summary>Hears of the share of a part's trials that is done.</summary>
    public Func<string, IProgress<double>>? Progress { get; init; }

    /// <summary>Hears what is forgotten of trials that were kept, before others are done in their place.</summary>
    public Action<Phrase>? Said { get; init; }

    /// <summary>Whether trials that are known are done again.</summary>
    public bool IsAgain { get; init; }

    // Another build may come to other numbers: the compiler gives each content of an assembly a name.
    private static readonly string Build = string.Concat(
        typeof(Claim).Module.ModuleVersionId.ToString("n").AsSpan(0, 8),
        typeof(Key).Module.ModuleVersionId.ToString("n").AsSpan(0, 8),
        typeof(Mlp).Module.ModuleVersionId.ToString("n").AsSpan(0, 8));

    /// <summary>Measures a claim and keeps the result.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="order">How.</param>
    /// <param name="token">Ends it before the next trial.</param>
    /// <exception cref="OperationCanceledException">It was ended; the trials that are done are kept.</exception>
    /// <exception cref="InvalidInputException">Nothing can be kept there.</exception>
    public (ClaimResult Result, double Seconds) Measure(Claim claim, ClaimOrder order,
        CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(order);
        string path = Path.Combine(Directory, claim.Name, $"trials{order.Suffix}.jsonl");
        if (IsAgain && File.Exists(path)) Forget(path);
        using var file = TrialFile.Open(path, $"{claim.Name}{order.Suffix} {Build}");
        if (file.Forgotten is { } forgotten) Said?.Invoke(forgotten);
        var result = ClaimResult.Of(
            claim, new(order, file) { Threads = Threads, Progress = Progress, Token = token });
        if (order.Falsehood is null)
            Atomically.Write(
                Path.Combine(Directory, claim.Name, ResultName),
                Encoding.UTF8.GetBytes(new ResultLine(result, file.Seconds).ToJson() + "\n"));
        return (result, file.Seconds);
    }

    /// <summary>The last result of a claim here; null where there is none that can be read.</summary>
    internal ResultLine? Last(Claim claim)
    {
        string path = Path.Combine(Directory, claim.Name, ResultName);
        try
        {
            return File.Exists(path) ? ResultLine.Read(File.ReadAllText(path)) : null;
        }
        catch (Exception fault) when (Atomically.Reason(fault) is not null)
        {
            return null;
        }
    }

    private const string ResultName = "result.json";

    private static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            throw new InvalidInputException($"{path} cannot be removed: {reason}", fault);
        }
    }
}

/// <summary>What is said of a result in a list.</summary>
/// <param name="Standing">The verdict.</param>
/// <param name="Order">How it was measured.</param>
/// <param name="Digest">Of the result.</param>
/// <param name="Version">Of the library.</param>
/// <param name="Seconds">That the trials took, each on its thread.</param>
internal sealed record ResultLine(Standing Standing, ClaimOrder Order, string Digest, string Version, double Seconds)
{
    public ResultLine(ClaimResult result, double seconds)
        : this(result.Standing, result.Order, result.Digest, RunHeader.Library, Math.Round(seconds, 1)) { }

    public string ToJson() => new JsonObject
    {
        ["standing"] = Choices<Standing>.NameOf(Standing),
        ["seeds"] = Order.Seeds,
        ["first_seed"] = Order.FirstSeed,
        ["full"] = Order.IsFull,
        ["digest"] = Digest,
        ["version"] = Version,
        ["seconds"] = Seconds,
    }.ToJsonString();

    /// <summary>The verdict that the library comes with; null where a claim has none.</summary>
    public static ResultLine? Recorded(Claim claim)
    {
        using var stream = typeof(Claim).Assembly.GetManifestResourceStream($"verdicts/{claim.Name}.json");
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    public static ResultLine? Read(string json)
    {
        try
        {
            var line = JsonNode.Parse(json)!;
            return new(
                Choices<Standing>.Find((string)line["standing"]!) ?? throw new FormatException(),
                new((int)line["seeds"]!, (ulong)line["first_seed"]!, (bool)line["full"]!),
                (string)line["digest"]!, (string)line["version"]!, (double)line["seconds"]!);
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or InvalidOperationException
            or FormatException or ArgumentException or NullReferenceException or OverflowException)
        {
            return null;
        }
    }
}
