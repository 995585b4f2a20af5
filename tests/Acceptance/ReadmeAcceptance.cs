using System.Diagnostics;
using System.Security;
using System.Text.RegularExpressions;
using Xunit;

namespace Acceptance;

/// <summary>README's first screen is what a user sees: its program compiles as it is printed, its picture is of a real
/// run.</summary>
public sealed partial class ReadmeAcceptance
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root, "README.md"));

    [Fact]
    public void The_program_runs_as_it_is_printed_and_prints_what_stands_below_it()
    {
        using var scratch = new Scratch();
        var shown = Program().Match(Readme);
        string program = shown.Groups["program"].Value
            .Replace("#:project src", $"#:project {Root}/src", StringComparison.Ordinal);
        string file = scratch.File("first.cs", program);
        foreach (string ofTheCheckout in (string[])[".editorconfig", "Directory.Build.props", "Directory.Build.targets"])
            File.Copy(Path.Combine(Root, ofTheCheckout), scratch.At(ofTheCheckout));
        var start = new ProcessStartInfo(
            "dotnet", ["run", "-c", "Release", "-p:BuildProjectReferences=false", "--file", file])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = scratch.Path,
        };
        using var process = Process.Start(start)!;
        Assert.Equal(shown.Groups["printed"].Value, process.StandardOutput.ReadToEnd());
    }

    // FUNCTIONAL_WRITE=1 draws it anew.
    [Fact]
    public void The_picture_is_of_the_first_command()
    {
        using var scratch = new Scratch();
        var run = Command.Run([], scratch.Path);
        string picture = Path.Combine(Root, "docs/train.svg");
        string[] lines =
        [
            "$ dotnet run -c Release --project src/Cli", run.Errors.TrimEnd().Split('\n')[^1],
            .. RunName().Replace(run.Output.TrimEnd(), "runs/20261127-150000-000-digits").Split('\n'),
        ];
        string drawn = Drawn(lines);
        if (Environment.GetEnvironmentVariable("FUNCTIONAL_WRITE") == "1") File.WriteAllText(picture, drawn);
        Assert.Equal(Seconds().Replace(drawn, "in # s"), Seconds().Replace(File.ReadAllText(picture), "in # s"));
    }

    // Blanks that do not break: browsers draw several others as one.
    private static string Drawn(string[] lines)
    {
        const int Left = 16, LineHeight = 18, Top = 28, Width = 760;
        int height = Top + lines.Length * LineHeight + 4;
        var texts = lines.Select((line, i) =>
            $"<text x=\"{Left}\" y=\"{Top + i * LineHeight}\">"
                + $"{SecurityElement.Escape(line).Replace(' ', '\u00a0')}</text>");
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}">
            <rect width="{Width}" height="{height}" rx="8" fill="#1e1e1e"/>
            <g fill="#d8d8d8" font-family="Menlo, Consolas, monospace" font-size="13">
            {string.Join("\n", texts)}
            </g>
            </svg>

            """;
    }

    [GeneratedRegex("```csharp\\n(?<program>#:project .*?)```\\n\\n```\\n(?<printed>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"\S*runs/\S+-digits")]
    private static partial Regex RunName();

    [GeneratedRegex(@"in\s\d+\.\d\ss")]
    private static partial Regex Seconds();
}
