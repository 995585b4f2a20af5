using System.CommandLine;
using Functional.Core.Forms;
using Functional.Figures;

namespace Functional.Cli;

/// <summary>Figures on request: the options, and the files.</summary>
internal static class FigureFiles
{
    public static readonly Option<string?> Where = new("--figures")
    {
        HelpName = "DIR",
        Description = Terminal.Said($"a directory for figures, each as .svg and .png"),
    };
    public static readonly Option<string?> Theme = new("--theme")
    {
        HelpName = string.Join("|", Choices<Theme>.Names),
        Description = Terminal.Said($"of the figures (light)"),
    };

    /// <summary>What is wrong with where figures are to go, and with their theme.</summary>
    public static void Check(ParseResult parsed, List<Invalid> faults)
    {
        LandscapeOptions.Choice(Theme, Figures.Theme.Light, parsed, faults);
        string? directory = parsed.GetValue(Where);
        if (directory is null && parsed.GetValue(Theme) is not null)
            faults.Add(new($"--theme changes nothing without --figures"));
        if (directory is not null && (directory.Length == 0 || directory.Contains('\0') || File.Exists(directory)))
            faults.Add(new($"--figures is {Visible.Quoted(directory)}; it should be a directory, there or not"));
    }

    /// <summary>Writes figures, if they were asked for, and says so.</summary>
    /// <exception cref="InvalidInputException">They cannot be written.</exception>
    public static void Save(ParseResult parsed, IEnumerable<(string Name, Figure Figure)> figures)
    {
        if (parsed.GetValue(Where) is not { } directory) return;
        var faults = new List<Invalid>();
        var style = new FigureStyle(
            Theme: LandscapeOptions.Choice(Theme, Figures.Theme.Light, parsed, faults), Language: Terminal.Language);
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{directory} cannot be made: {fault.Message}", fault);
        }
        var names = new List<string>();
        foreach (var (name, figure) in figures)
        {
            figure.Save(Path.Combine(directory, $"{name}.svg"), style);
            figure.Save(Path.Combine(directory, $"{name}.png"), style);
            names.Add(name);
        }
        if (!parsed.GetValue(Shared.Quiet))
            Terminal.Note(names.Count > 0
                ? (Phrase)$"figures in {directory}: {string.Join(", ", names)} (.svg and .png)"
                : $"there is nothing to draw");
    }
}
