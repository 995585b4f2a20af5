using System.CommandLine;
using System.Text;
using Functional.Cli.Pages;
using Functional.Core.Forms;
using Functional.Formats;
using Functional.Lecture;
using Functional.Lecture.Measuring;

namespace Functional.Cli;

/// <summary>Where claims are measured, and how.</summary>
internal static class LectureOptions
{
    private const string Usual = "lecture";

    public static readonly Option<string?> Where = new("--dir")
    {
        HelpName = "DIR",
        Description = Terminal.Said($"where trials and results are kept, so that what was stopped goes on (lecture)"),
    };
    public static readonly Option<bool> Again = new("--again")
    {
        Description = Terminal.Said($"does every trial again, those that are kept, too"),
    };
    public static readonly Option<bool> Full = new("--full")
    {
        Description = Terminal.Said($"the full form, which takes longer, where a claim has one"),
    };

    /// <summary>The directory that is asked for.</summary>
    public static string Directory(ParseResult parsed, List<Invalid> faults)
    {
        string directory = parsed.GetValue(Where) ?? Usual;
        if (directory.Length == 0 || directory.Contains('\0') || File.Exists(directory))
            faults.Add(new($"--dir is {Visible.Quoted(directory)}; it should be a directory, there or not"));
        return directory;
    }

    /// <summary>Writes a page, and says where.</summary>
    public static void Write(string path, LecturePage page, ParseResult parsed)
    {
        Atomically.Write(path, Encoding.UTF8.GetBytes(page.Text));
        Terminal.Notes([$"the page is {path}"], parsed.GetValue(Shared.Quiet));
    }

    /// <summary>A line for their progress.</summary>
    public static ShareLine Line(ParseResult parsed) =>
        new(parsed.GetValue(Shared.Quiet)) { Pause = TimeSpan.FromSeconds(5) };

    /// <summary>Where claims are measured, with progress on the terminal.</summary>
    public static ClaimDesk Desk(
        ParseResult parsed, string directory, int threads, Claim claim, ShareLine progress) =>
        new(directory)
        {
            Threads = threads,
            IsAgain = parsed.GetValue(Again),
            Said = note => Terminal.Notes([note], parsed.GetValue(Shared.Quiet)),
            Progress = part => progress.Of($"{claim.Name}: {part}"),
        };

    /// <summary>Says that what was done is kept.</summary>
    /// <returns>The exit status of the signal.</returns>
    public static int Interrupted(Interrupt interrupt, string directory)
    {
        Terminal.Note($"interrupted; what was done is kept in {directory}, and the same command goes on");
        return interrupt.Status ?? Status.BadInput;
    }
}
