using Functional.Core.Training;
using Properties.Structure;
using Xunit;

namespace Properties.Readme;

/// <summary>What the documents show is what runs: each program stands in them as in <see cref="Examples"/>, and so
/// does what it prints.</summary>
public sealed class ReadmeProperties(ITestOutputHelper output)
{
    [Fact]
    public void The_tour_shows_the_core_program_and_its_output() => Shows("docs/tour.md", "core", Examples.Core());

    [Fact]
    public void The_page_on_tables_shows_its_program_and_its_output() =>
        Shows("docs/tables.md", "churn", Examples.Churn());

    [Fact]
    public void Coming_from_elsewhere_shows_our_program_and_its_output() =>
        Shows("docs/coming-from.md", "coming", Examples.Coming());

    [Fact]
    public void The_page_on_differentiation_shows_its_programs_and_their_output()
    {
        Shows("docs/differentiation.md", "functions", Examples.Functions());
        Shows("docs/differentiation.md", "curvature", Examples.Curvature());
        Shows("docs/differentiation.md", "functions-own", [], indent: 4);
        Shows("docs/differentiation.md", "own", Examples.Own());
        Shows("docs/explain.md", "explained", Examples.Explained());
        Shows("docs/explain.md", "explained-table", Examples.ExplainedSamples());
        Shows("docs/explicar.md", "explicada", Examples.Explicada());
    }

    [Fact]
    public void The_page_on_landscapes_shows_its_program_and_its_output()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Shows("docs/landscapes.md", "landscape", Examples.Landscape(folder));
        Assert.True(File.Exists(Path.Combine(folder, "surface.svg")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_page_on_the_rate_finder_shows_its_program_and_its_output() =>
        Shows("docs/rate-finder.md", "rates", Examples.Rates());

    [Fact]
    public void The_page_on_bags_shows_its_program_and_its_output()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Shows("docs/bags.md", "bag", Examples.Bag(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_page_on_sweeps_shows_its_program_and_its_output() =>
        Shows("docs/sweeps.md", "sweep", Examples.Sweeps());

    [Fact]
    public void The_page_on_claims_shows_its_program_and_its_output()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Shows("docs/claims.md", "claim", OwnClaim.Measured(folder), source: "Readme/OwnClaim.cs");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_page_on_runs_shows_its_program_and_its_output()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        Shows("docs/runs.md", "runs", Examples.Runs(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_page_on_ensembles_shows_its_programs_and_their_output()
    {
        Shows("docs/ensembles.md", "seeds", Examples.Seeds());
        Shows("docs/ensembles.md", "folds", Examples.Folds());
        Shows("docs/ensembles.md", "resamples", Examples.Resamples());
        Shows("docs/ensembles.md", "lanes", Examples.Lanes());
    }

    [Fact]
    public void The_page_of_the_numeric_law_is_of_its_version() => Assert.StartsWith(
        $"# The numeric law (version {NumericLaw.Version})",
        File.ReadAllText(Path.Combine(Repository.Root, "docs/numerics.md")), StringComparison.Ordinal);

    [Fact]
    public void The_page_on_parts_of_ones_own_shows_those_that_are_tested()
    {
        Shows("docs/own-parts.md", "own-parts", [], 0, "Facade/OwnParts.cs");
        Shows("docs/own-parts.md", "own-layer", [], 0, "Facade/OwnParts.cs");
    }

    private void Shows(
        string document, string name, List<string> printed, int indent = 8, string source = "Readme/Examples.cs")
    {
        foreach (string line in printed) output.WriteLine(line);
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        Assert.Contains(Program(source, name, indent), text, StringComparison.Ordinal);
        Assert.Contains(string.Join("\n", printed), text, StringComparison.Ordinal);
    }

    private static string Program(string source, string name, int indent)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests/Properties", source));
        var shown = lines.SkipWhile(line => !line.EndsWith($"// begin: {name}", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.EndsWith($"// end: {name}", StringComparison.Ordinal));
        return string.Join("\n", shown.Select(line => line.Length > indent ? line[indent..] : ""));
    }
}
