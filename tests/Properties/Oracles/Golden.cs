using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Properties.Oracles;

/// <summary>The golden files: those shipped with the tests, or of the directory that
/// FUNCTIONAL_ORACLES names.</summary>
internal static class Golden
{
    private static readonly string? Elsewhere = Environment.GetEnvironmentVariable("FUNCTIONAL_ORACLES");

    /// <summary>Holds the library against every case of a file. A case that needs what the library does not have is
    /// counted, and says what it lacks; every other one must agree.</summary>
    /// <param name="file">An array of cases.</param>
    /// <param name="output">Where the count is written.</param>
    /// <param name="atLeast">How many of the shipped cases are known to be checked.</param>
    /// <param name="lacks">What a case needs and the library does not have; null where it has everything.</param>
    /// <param name="compare">The comparisons of a case.</param>
    /// <param name="aside">What no case is compared by, because the library does not have it.</param>
    public static void Check(
        string file, ITestOutputHelper output, int atLeast,
        Func<JsonElement, string?> lacks, Func<JsonElement, IEnumerable<Comparison>> compare, string aside = "")
    {
        JsonElement[] cases = Read(file);
        var lacking = cases.Select(lacks)
            .OfType<string>().CountBy(what => what).OrderByDescending(pair => pair.Value).ToArray();
        var checks = cases.Index().Where(each => lacks(each.Item) is null)
            .Select(each => (Name: $"{file}[{each.Index}]", Comparisons: compare(each.Item).ToArray())).ToArray();
        int absent = lacking.Sum(pair => pair.Value);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{file}: {checks.Length} of {cases.Length} cases checked, scaled error up to "
                + $"{Worst(checks.SelectMany(check => check.Comparisons)):G2}; {absent} not here yet: "
                + $"{string.Join(", ", lacking.Select(pair => $"{pair.Key} {pair.Value}"))}"));
        if (aside.Length > 0) output.WriteLine($"{file}: not here yet in any case: {aside}");

        string[] wrong = [.. checks.SelectMany(check => check.Comparisons.Where(comparison => !comparison.Holds)
            .Select(comparison => $"{check.Name} {comparison}"))];
        Assert.True(
            wrong.Length == 0, $"{wrong.Length} comparisons disagree, first {string.Join(" | ", wrong.Take(5))}");
        Assert.All(checks, check => Assert.NotEmpty(check.Comparisons));
        Assert.NotEmpty(cases);
        Assert.Equal(cases.Length, checks.Length + absent);
        if (Elsewhere is null) Assert.InRange(checks.Length, atLeast, cases.Length);
    }

    private static double Worst(IEnumerable<Comparison> comparisons) =>
        comparisons.Select(comparison => comparison.Error).DefaultIfEmpty().Max();

    private static JsonElement[] Read(string file)
    {
        string path = Path.Combine(Elsewhere ?? Path.Combine(AppContext.BaseDirectory, "Oracles", "data"), file);
        Assert.True(File.Exists(path), $"{path} is missing; "
            + $"{(Elsewhere is null
                ? "it should have been copied by the build"
                : "the directory of FUNCTIONAL_ORACLES should have it")}");
        return [.. JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(path)).EnumerateArray()];
    }
}
