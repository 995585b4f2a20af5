using System.CommandLine;
using System.Text;
using Functional.Cli.Pages;
using Functional.Cli.Reports;
using Functional.Formats;
using Functional.Reports;

namespace Functional.Cli.Commands;

/// <summary><c>functional report</c>: a page for people about a run, or about several beside each other.</summary>
internal static class ReportCommand
{
    private const string Usual = "report.html", OfSeveral = "comparison.html";

    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = Terminal.Said($"a run's directory; several to compare them"),
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        HelpName = "FILE",
        Description = Terminal.Said($"the page (report.html in the run, or comparison.html in the first of several)"),
    };

    private static readonly Option<string?> Parent = new("--parent")
    {
        HelpName = "RUN",
        Description = Terminal.Said($"the run that it came from: settings are shown beside those"),
    };

    public static void Fill(Command command)
    {
        command.With(
            Runs, Out, Parent, FigureFiles.Where, FigureFiles.Theme, Shared.Threads, Shared.Json, Shared.Quiet);
        command.SetAction(Report);
    }

    private static int Report(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        FigureFiles.Check(parsed, faults);
        string[] names = parsed.GetValue(Runs)!;
        if (names.Length > MostRuns) faults.Add(new($"there are {names.Length} runs; a page has at most {MostRuns}"));
        if (names.Length > 1 && parsed.GetValue(Parent) is not null)
            faults.Add(new($"--parent is for one run; several are compared with each other"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var runs = names.Select(name => ReportedRun.Read(name, threads)).ToArray();
        return runs.Length == 1 ? OfOne(runs[0], parsed) : OfMany([.. runs], parsed);
    }

    private const int MostRuns = 7; // as many lines are told apart

    private static int OfOne(ReportedRun run, ParseResult parsed)
    {
        Terminal.Notes(run.Run.Notes, parsed.GetValue(Shared.Quiet));
        var parent = parsed.GetValue(Parent) is { } name ? ParentRun.Read(name) : null;
        string path = parsed.GetValue(Out) ?? Path.Combine(run.Run.Directory, Usual);
        Atomically.Write(path, Encoding.UTF8.GetBytes(new RunPage(run, parent, Terminal.Language).Text));
        string? card = WriteCard(run);
        FigureFiles.Save(parsed, new RunPictures(run).All().Select(picture => (picture.Name, picture.Figure)));
        Terminal.Show(new PageReport(path, card, [run], Verdict.On(run)), parsed);
        return Status.Done;
    }

    private static int OfMany(Items<ReportedRun> runs, ParseResult parsed)
    {
        string path = parsed.GetValue(Out) ?? Path.Combine(runs[0].Run.Directory, OfSeveral);
        var page = new ComparisonPage(runs, Terminal.Language);
        Atomically.Write(path, Encoding.UTF8.GetBytes(page.Text));
        FigureFiles.Save(parsed, page.Pictures.Select(picture => (picture.Name, picture.Figure)));
        Terminal.Show(new PageReport(path, null, runs, page.Verdict), parsed);
        return Status.Done;
    }

    // What an author wrote in a card stays; a file of that name that is no card is left alone.
    private static string? WriteCard(ReportedRun run)
    {
        string path = Path.Combine(run.Run.Directory, ModelCard.Name);
        string? before = File.Exists(path) ? File.ReadAllText(path) : null;
        if (before is not null && !ModelCard.IsCard(before))
        {
            Terminal.Note($"{path} is not a card that this command wrote, and stays as it is");
            return null;
        }
        Atomically.Write(path, Encoding.UTF8.GetBytes(ModelCard.Of(run, Terminal.Language, before)));
        return path;
    }
}
