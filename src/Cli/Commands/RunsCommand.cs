using System.CommandLine;
using System.Text.Json.Nodes;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Runs;
using Functional.Store;

namespace Functional.Cli.Commands;

/// <summary><c>functional runs</c>: what was done.</summary>
internal static class RunsCommand
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Usual =
        ["data.name", "seed", RunFields.EpochsTrained, RunFields.Score, RunFields.State];

    private static readonly Argument<string> Directory = new("DIR")
    {
        Description = Terminal.Said($"where the runs are (runs)"),
        DefaultValueFactory = _ => "runs",
    };

    private static readonly Argument<string> Run = new("RUN") { Description = Terminal.Said($"a run's directory") };

    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = Terminal.Said($"directories of runs"),
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Where = new("--where")
    {
        HelpName = "FILTER",
        Description = Terminal.Said($"only runs with such fields: \"test.accuracy > 0.97 and optimizer = adam\""),
    };

    private static readonly Option<string?> Sort = new("--sort")
    {
        HelpName = "FIELD",
        Description = Terminal.Said(
            $"by a field, best first for measures, else smallest first; -FIELD turns that round"),
    };

    private static readonly Option<string?> Fields = new("--fields")
    {
        HelpName = "A,B",
        Description = Terminal.Said($"which fields are shown ({string.Join(",", Usual)})"),
    };

    private static readonly Option<bool> Seeds = new("--seeds")
    {
        Description = Terminal.Said($"a line for each experiment: means over its seeds, with 95 % intervals"),
    };

    private static readonly Option<bool> Csv = new("--csv") { Description = Terminal.Said($"as CSV") };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = Terminal.Said($"as Markdown") };
    private static readonly Option<bool> Latex = new("--latex") { Description = Terminal.Said($"as LaTeX") };

    private static readonly Option<bool> Follow = new("--follow")
    {
        Description = Terminal.Said($"shows each epoch as it comes, until training ends; with --json, lines of JSON"),
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = Terminal.Said($"says what would go, and removes nothing"),
    };

    public static void Fill(Command command)
    {
        Command Below(string name, Phrase does, Func<ParseResult, int> action, params ReadOnlySpan<Symbol> symbols)
        {
            var below = new Command(name, Terminal.Said(does));
            below.With(symbols);
            below.SetAction(action);
            return below;
        }
        command.With(
            Below("list", $"Lists the runs below a directory. Example: functional runs list --where "
                + $"\"test.accuracy > 0.9\" --sort test.accuracy", List,
                Directory, Where, Sort, Fields, Seeds, Shared.Json, Csv, Markdown, Latex),
            Below("show", $"Prints what a run's run.json says. Example: functional runs show runs/my-run", Show,
                Run, Follow, Shared.Json),
            Below("compare", $"Shows runs side by side: what differs, what came out, their curves. Example: functional "
                + $"runs compare runs/a runs/b", Compare, Runs, Shared.Json, Csv, Markdown, Latex),
            Below("delete", $"Removes runs. Example: functional runs delete runs/my-run", RunRemoval.Delete, Runs),
            Below("gc", $"Removes what nobody needs: checkpoints of finished runs, files that dead processes left. "
                + $"Example: functional runs gc --dry-run", RunRemoval.Clear, Directory, DryRun),
            Below(
                "reindex", $"Makes the index of the runs anew. Example: functional runs reindex", Reindex, Directory));
    }

    /// <summary>The directory that is asked for; no runs, where the usual one is not there.</summary>
    public static string DirectoryOf(ParseResult parsed) => parsed.GetValue(Directory)!;

    /// <summary>The runs that are asked for.</summary>
    public static string[] RunsOf(ParseResult parsed) => parsed.GetValue(Runs)!;

    /// <summary>Whether nothing is to be removed.</summary>
    public static bool IsDry(ParseResult parsed) => parsed.GetValue(DryRun);

    private static int List(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        var format = FormatOf(parsed, faults);
        Filter? where = null;
        if (parsed.GetValue(Where) is { } text && Attempt<Filter>.From(() => Filter.Parse(text)) is var read)
        {
            faults.AddRange(read.Faults);
            if (read.Succeeded) where = read.Value;
        }
        var order = parsed.GetValue(Sort) is { } field ? RunOrder.Parse(field) : null;
        bool areSeeds = parsed.GetValue(Seeds);
        if (areSeeds && order is not null)
            faults.Add(new($"--sort changes nothing with --seeds: experiments stand in the order of their first runs"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        string directory = DirectoryOf(parsed);
        if (directory == "runs" && !System.IO.Directory.Exists(directory))
        {
            Terminal.Show(new RunsReport([], [], format), parsed);
            return Status.Done;
        }
        using var store = RunStore.Open(directory);
        Terminal.Notes(store.Notes);
        string[] fields = FieldsOf(parsed, store, areSeeds, where, order);
        if (areSeeds) Terminal.Show(new SeedsReport(fields, SeedGroup.In(store, fields, where), format), parsed);
        else Terminal.Show(new RunsReport(fields, store.Find(fields, where, order), format), parsed);
        return Status.Done;
    }

    // Those that are asked for; else the usual ones, and those of the filter and the order.
    private static string[] FieldsOf(ParseResult parsed, RunStore store, bool areSeeds, Filter? where, RunOrder? order)
    {
        if (parsed.GetValue(Fields) is { } given)
            return given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var known = store.Fields.ToHashSet();
        string[] usual = [.. (areSeeds ? [RunFields.Score] : Usual).Where(known.Contains)];
        string[] more = areSeeds ? [] : [.. where?.Fields ?? [], .. order is null ? [] : new[] { order.Field }];
        return [.. usual.Concat(more).Distinct()];
    }

    // As it is kept; the history only for programs.
    private static int Show(ParseResult parsed)
    {
        string run = RunDirectory.Of(parsed.GetValue(Run)!);
        var report = RunDirectory.LoadRecord(run);
        if (parsed.GetValue(Follow)) return Followed(run, report, parsed.GetValue(Shared.Json));
        if (parsed.GetValue(Shared.Json))
            report["history"] = new JsonArray([.. MetricsFile.Read(run).Select(line => line.ToJson())]);
        Terminal.Print(report);
        return Status.Done;
    }

    // The file is read again and again: it is appended to by another process.
    private static int Followed(string run, JsonObject report, bool isJson)
    {
        using var interrupt = new Interrupt();
        int total = Experiment.Origin(report["experiment"]!.ToJsonString()).Epochs;
        for (int shown = 0; ;)
        {
            bool isTraining = RunDirectory.IsTraining(run); // looked at first: what it wrote last is then there
            var lines = MetricsFile.Read(run);
            foreach (var line in lines.Skip(shown))
                if (isJson) Console.WriteLine(line.ToJson().ToJsonString());
                else Terminal.Say(ProgressLine.Line(line.Epoch, total, line.TrainLoss, line.Validation));
            shown = lines.Count;
            if (!isTraining || interrupt.Token.WaitHandle.WaitOne(Often)) break;
        }
        return interrupt.Status ?? Status.Done;
    }

    private static int Compare(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        var format = FormatOf(parsed, faults);
        string[] runs = [.. RunsOf(parsed).Select(RunDirectory.Of)];
        if (runs.Length < 2) faults.Add(new($"1 run was given; there should be at least 2 to compare"));
        if (faults.Count > 0) throw new InvalidInputException(faults);
        Terminal.Show(
            new ComparisonReport(
                runs, [.. runs.Select(run => RunFields.Of(RunDirectory.LoadRecord(run)))],
                [.. runs.Select(MetricsFile.Read)], format),
            parsed);
        return Status.Done;
    }

    private static int Reindex(ParseResult parsed)
    {
        using var store = RunStore.Open(DirectoryOf(parsed), isAnew: true);
        Terminal.Notes(store.Notes);
        Terminal.Say($"{Counted.Runs(store.Count)} in {Path.Combine(DirectoryOf(parsed), RunIndex.FileName)}");
        return Status.Done;
    }

    private static TextTableFormat FormatOf(ParseResult parsed, List<Invalid> faults)
    {
        (bool IsAsked, TextTableFormat Format)[] all =
        [
            (parsed.GetValue(Csv), TextTableFormat.Csv), (parsed.GetValue(Markdown), TextTableFormat.Markdown),
            (parsed.GetValue(Latex), TextTableFormat.Latex),
        ];
        TextTableFormat[] asked = [.. all.Where(one => one.IsAsked).Select(one => one.Format)];
        if (asked.Length + (parsed.GetValue(Shared.Json) ? 1 : 0) > 1)
            faults.Add(new($"several of --json, --csv, --markdown and --latex were given; one should be"));
        return asked.FirstOrDefault();
    }
}
