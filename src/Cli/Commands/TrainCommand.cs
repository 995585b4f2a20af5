using System.CommandLine;
using System.Globalization;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Data;
using Functional.Landscapes;
using Functional.Runs;
using Functional.Store;

namespace Functional.Cli.Commands;

/// <summary><c>functional train</c>: an experiment, from its data to its run directory.</summary>
internal static class TrainCommand
{
    /// <summary>The directory of runs that have no place of their own.</summary>
    public const string Runs = "runs";

    /// <summary>Where the run is to be.</summary>
    public static readonly Option<string?> Out = new("--out")
    {
        Description = Terminal.Said($"the run's directory, new or empty (runs/DATE-DATA)"),
        HelpName = "DIR"
    };

    /// <summary>What it starts from.</summary>
    public static readonly Option<string?> From = new("--from")
    {
        Description = Terminal.Said($"a run or model file to start from (a warm start), instead of first weights"),
        HelpName = "RUN"
    };

    /// <summary>Whether curvature is watched.</summary>
    public static readonly Option<string?> Curvature = new("--curvature")
    {
        Description = Terminal.Said($"also works out the curvature of the training loss (largest eigenvalues, trace) "
            + $"every so many steps, for metrics.jsonl"),
        HelpName = "100steps"
    };

    /// <summary>How many networks are one model.</summary>
    public static readonly Option<string?> Bag = new("--bag")
    {
        Description = Terminal.Said($"so many networks, 1 to {BagTraining.MostMembers}, that differ in first weights, "
            + $"orders and masks: one model, which predicts the mean of what they predict"),
        HelpName = "N",
    };

    /// <summary>Whether what was run before is trained, too.</summary>
    public static readonly Option<bool> Again = new("--again")
    {
        Description = Terminal.Said($"trains even where the same experiment was run before (it is shown instead)"),
    };

    public static void Fill(Command command)
    {
        command.With(Out, Again, From, Bag, RunTraining.Often, RunTraining.TensorBoard, Curvature, FigureFiles.Where,
            FigureFiles.Theme, RepeatOptions.Seeds, RepeatOptions.Folds, RepeatOptions.Repeats, RepeatOptions.Bootstrap,
            RepeatOptions.Predictions, Shared.Threads, Shared.Json, Shared.Quiet);
        ExperimentOptions.AddTo(command);
        command.SetAction(parsed => RepeatOptions.AreGiven(parsed) ? ManyRuns.Run(parsed) : Run(parsed));
    }

    private static int Run(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        int threads = Shared.ThreadCount(parsed, faults);
        int every = CurvatureEvery(parsed, faults);
        var often = RunTraining.Checkpoints(parsed, faults);
        FigureFiles.Check(parsed, faults);
        var from = parsed.GetValue(From) is { } path ? RunDirectory.LoadOne(path) : null;
        var read = ExperimentOptions.Read(parsed, from);
        read.IfFail(found => faults.AddRange(found));
        var opened = read.IsSuccess ? (Opened)read : null;
        var experiment = opened?.Experiment;
        string directory = parsed.GetValue(Out) ?? DefaultDirectory(experiment);
        int? members = BagSize(parsed, experiment, faults);
        if (members is null) RequireUse(parsed, faults);
        if (RunDirectory.Fault(directory) is { } taken) faults.Add(new(taken));
        if (opened is null || experiment is null || faults.Count > 0)
            throw new InvalidInputException(faults.Distinct());

        var data = opened.Data.Value;
        Terminal.Notes([.. opened.Notes, .. data.Notes], parsed.GetValue(Shared.Quiet));
        // What reading left behind goes back before training takes its room.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        // A model that does not fit is refused before anything is written.
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test, from: from).OrThrow();
        Terminal.Notes(trainer.Notes, parsed.GetValue(Shared.Quiet));
        if (every > 0) LandscapeOptions.RequireDerivatives(experiment);
        if (every > 0) Terminal.Notes(CurvatureWatch.Notes(trainer), parsed.GetValue(Shared.Quiet));
        using var interrupt = new Interrupt();
        if (members is { } size)
        {
            using var bag = BagRecording.Begin(directory, trainer, data, size, often, threads);
            return new BagRun(bag, threads).Do(interrupt, parsed);
        }
        var header = RunHeader.Of(trainer, data, threads) with
        {
            From = StartModel.Of(from),
            CurvatureEvery = every,
        };
        if (parsed.GetValue(Out) is null && !parsed.GetValue(Again) && Before(header, trainer, threads) is { } before)
            return Shown(before, trainer, parsed);
        using var recording = RunRecording.Begin(directory, trainer, header, often, from);
        return new RunTraining(trainer, recording, every, threads).Do(null, interrupt, parsed);
    }

    /// <summary>Refuses --again where it changes nothing.</summary>
    public static void RequireUse(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Out) is not null && parsed.GetValue(Again))
            faults.Add(new($"--again changes nothing with --out: what has a place of its own is trained"));
    }

    // A run of the same experiment on the same data: it would give the same again. One that is damaged is said.
    private static (RunReport Report, string Run)? Before(RunHeader header, Trainer trainer, int threads)
    {
        if (!Directory.Exists(Runs)) return null;
        using var store = RunStore.Open(Runs);
        foreach (string run in store.Finished(header))
        {
            var read = Attempt<RunReport>.From(() => RunReport.Again(run, header, trainer, threads));
            if (read.Succeeded) return (read.Value, Path.GetFullPath(run));
            Terminal.Notes(read.Faults.Select(fault => fault.Phrase));
        }
        return null;
    }

    private static int Shown((RunReport Report, string Run) before, Trainer trainer, ParseResult parsed)
    {
        var (report, run) = before;
        Terminal.Note($"this experiment was run before, and would give the same again: {run}; --again trains it anew");
        Terminal.Show(new TrainReport(report, run), parsed);
        FigureFiles.Save(parsed, new TrainFigures(report.History, report.Results, report.Steps, trainer).All());
        return Status.Done;
    }

    // Such as 100steps, or 100; 0 where it is not asked for.
    private static int CurvatureEvery(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Curvature) is not { } text) return 0;
        string count = text.EndsWith("steps", StringComparison.Ordinal) ? text[..^"steps".Length] : text;
        bool isWhole = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int every);
        if (isWhole && every > 0) return every;
        faults.Add(new($"--curvature is {Visible.Quoted(text)}; it should be a number of steps, such as 100steps"));
        return 0;
    }

    // How many members a bag is to have; null where none is wanted. What is of one training does not go with it.
    private static int? BagSize(ParseResult parsed, Experiment? experiment, List<Invalid> faults)
    {
        if (parsed.GetValue(Bag) is null) return null;
        foreach (Option option in (Option[])[From, Curvature, Again, RunTraining.TensorBoard, FigureFiles.Where])
            if (parsed.GetResult(option) is { Implicit: false })
                faults.Add(new($"{option.Name} is for one training; it should not be given with {Bag.Name}"));
        int members = LandscapeOptions.Whole(Bag, 1, 1, BagTraining.MostMembers, parsed, faults);
        faults.AddRange(BagTraining.Faults($"--bag", members, experiment));
        return members;
    }

    /// <summary>Where a run is that has no place of its own.</summary>
    public static string DefaultDirectory(Experiment? experiment) => Path.Combine(
        Runs,
        $"{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}-"
            + $"{(experiment is null ? "none" : DataSource.Kinds.NameOf(experiment.Settings.Data))}");
}
