using System.CommandLine;
using System.Globalization;
using Functional.Cli.Commands;
using Functional.Core.Forms;

namespace Functional.Cli;

/// <summary>One of the trainings of an experiment that is repeated.</summary>
/// <param name="Name">Of its directory: seed-7.</param>
/// <param name="Label">As people say it: 7.</param>
/// <param name="Of">Its settings, from those of the experiment.</param>
internal sealed record Repeat(string Name, string Label, Func<Settings, Settings> Of);

/// <summary>Over what an experiment is repeated: seeds, folds or resamples.</summary>
/// <param name="Over">Which of them.</param>
/// <param name="Option">The option that says so.</param>
/// <param name="Each">Its repeats, from the experiment's own seed; none, and the faults, where there are some.</param>
internal sealed record RepeatPlan(
    RepeatedOver Over, string Option, Func<ulong, List<Invalid>, IReadOnlyList<Repeat>> Each);

/// <summary>The options that make many trainings of one experiment.</summary>
internal static class RepeatOptions
{
    public static readonly Option<string?> Seeds = new("--seeds")
    {
        HelpName = "20|1,2,7|5..24",
        Description = Terminal.Said(
            $"trains from many seeds side by side, a run each: so many from --seed on, a list, or a range"),
    };
    public static readonly Option<string?> Folds = new("--folds")
    {
        HelpName = "K",
        Description = Terminal.Said($"cross-validation: trains K times, each time tested on another K-th of the rows"),
    };
    public static readonly Option<string?> Repeats = new("--repeats")
    {
        HelpName = "N",
        Description = Terminal.Said($"of the cross-validation, each with another deal of the rows (1)"),
    };
    public static readonly Option<string?> Bootstrap = new("--bootstrap")
    {
        HelpName = "N",
        Description = Terminal.Said($"trains on N resamples of the training part, drawn with repetition"),
    };
    public static readonly Option<string?> Predictions = new("--predictions")
    {
        HelpName = "FILE.csv",
        Description = Terminal.Said($"writes what each row is predicted to be by the fold that was tested on it"),
    };

    private const int Most = Functional.Seeds.Most;

    /// <summary>Whether any of them was given.</summary>
    public static bool AreGiven(ParseResult parsed) =>
        new[] { Seeds, Folds, Repeats, Bootstrap, Predictions }.Any(option => parsed.GetValue(option) is not null);

    /// <summary>What they ask for, and what does not go together with it.</summary>
    public static RepeatPlan Read(ParseResult parsed, List<Invalid> faults)
    {
        Option<string?>[] given = [.. new[] { Seeds, Folds, Bootstrap }.Where(one => parsed.GetValue(one) is not null)];
        string[] together =
            [.. given.Append(TrainCommand.Bag).Where(one => parsed.GetValue(one) is not null).Select(one => one.Name)];
        if (together.Length == 2)
            faults.Add(new($"{together[0]} and {together[1]} are given together; one of them should be"));
        else if (together.Length > 2)
            faults.Add(new($"{string.Join(", ", together)} are given together; one of them should be"));
        foreach (var option in new[] { Repeats, Predictions })
            if (parsed.GetValue(option) is not null && parsed.GetValue(Folds) is null)
                faults.Add(new($"{option.Name} changes nothing without {Folds.Name}"));
        if (given.Length == 0) return new(RepeatedOver.Folds, Folds.Name, (_, _) => []);
        string name = given[0].Name;
        foreach (var option in new[] { TrainCommand.Curvature, FigureFiles.Where, FigureFiles.Theme })
            if (parsed.GetValue(option) is not null)
                faults.Add(new($"{option.Name} is for one training; it should not be given with {name}"));
        if (parsed.GetValue(Predictions) is { } file) CheckPlace(file, faults);
        RepeatPlan[] plans = [.. given.Select(option => option == Seeds ? OfSeeds(parsed, faults)
            : option == Folds ? OfFolds(parsed, faults)
            : OfResamples(parsed, faults))];
        return plans[0];
    }

    private static RepeatPlan OfSeeds(ParseResult parsed, List<Invalid> faults)
    {
        var wrong = new List<Invalid>();
        var seeds = Functional.Seeds.Parse(parsed.GetValue(Seeds)!, Seeds.Name, wrong);
        faults.AddRange(wrong);
        if (seeds.IsList && ExperimentOptions.Gives(parsed, "seed"))
            faults.Add(new($"--seed is given together with a list of seeds; one of them should be"));
        return new(RepeatedOver.Seeds, Seeds.Name, (first, more) =>
        {
            if (wrong.Count > 0) return [];
            var own = new List<Invalid>();
            ulong[] each = seeds.From(first, Seeds.Name, own);
            more.AddRange(own);
            return [.. each.Select(seed => new Repeat(
                Text($"seed-{seed}"), Text($"{seed}"), settings => settings with { Seed = seed }))];
        });
    }

    private static RepeatPlan OfFolds(ParseResult parsed, List<Invalid> faults)
    {
        int folds = Whole(parsed, Folds, 2, faults), repeats = Whole(parsed, Repeats, 1, faults);
        if ((long)folds * repeats > Most)
            faults.Add(
                new($"{folds} folds in {repeats} repeats are more than {Most} trainings; there should be fewer"));
        if (ExperimentOptions.Gives(parsed, "test"))
            faults.Add(new($"--test is given together with --folds, which tests on every row once; it should be left "
                + $"out"));
        return new(RepeatedOver.Folds, Folds.Name, (_, _) =>
        [
            .. from repeat in Enumerable.Range(1, Math.Max(1, repeats))
               from fold in Enumerable.Range(1, folds)
               let name = Text($"fold-{fold}")
               select new Repeat(
                   repeat == 1 ? name : Text($"repeat-{repeat}-{name}"),
                   repeats > 1 ? Text($"{repeat}/{fold}") : Text($"{fold}"),
                   settings => settings with { Resampling = new Resampling.Fold(fold, folds, repeat) }),
        ]);
    }

    private static RepeatPlan OfResamples(ParseResult parsed, List<Invalid> faults)
    {
        int resamples = Whole(parsed, Bootstrap, 1, faults);
        return new(RepeatedOver.Resamples, Bootstrap.Name, (_, _) =>
            [.. Enumerable.Range(1, resamples).Select(index => new Repeat(
                Text($"bootstrap-{index}"),
                Text($"{index}"),
                settings => settings with { Resampling = new Resampling.Bootstrap(index) }))]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // 0 where it cannot be read.
    private static int Whole(ParseResult parsed, Option<string?> option, int least, List<Invalid> faults)
    {
        if (parsed.GetValue(option) is not { } text) return least;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least && number <= Most)
            return number;
        faults.Add(new(
            $"{option.Name} is {Visible.Quoted(text)}; it should be a whole number, between {least} and {Most}"));
        return 0;
    }

    // As far as a look can tell.
    private static void CheckPlace(string file, List<Invalid> faults)
    {
        if (file.Length == 0 || file.Contains('\0') || Directory.Exists(file))
            faults.Add(new($"--predictions is {Visible.Quoted(file)}; it should be a file, there or not"));
        else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } above && !Directory.Exists(above))
            faults.Add(new($"--predictions is {Visible.Quoted(file)}; the directory {above} is not there"));
    }
}
