using System.CommandLine;
using Functional.Core.Forms;

namespace Functional.Cli.Commands;

/// <summary>The verbs of the command. What a verb takes is put together where it is asked for; help on all of them
/// needs no more than stands here, and starts a third sooner for it.</summary>
internal static class Verbs
{
    private static readonly Verb[] All =
    [
        new(
            "train", "SPEC.json",
            $"Trains an experiment. Example: functional train --data spirals --hidden 32,32 --epochs 200 --seed 7",
            TrainCommand.Fill),
        new("resume", "RUN", $"Goes on with a run that was interrupted or killed, from its last checkpoint, to the "
            + $"parameters of a run that was never stopped. Examples: functional resume runs/my-run; functional resume "
            + $"runs/my-run --epochs 200", ResumeCommand.Fill),
        new("reproduce", "RUN", $"Does a run again and compares its data, every epoch and the end with what it says; "
            + $"exit status 4 where something is another. Example: functional reproduce runs/my-run",
            ReproduceCommand.Fill),
        new("sweep", "SPEC.json", $"Trains many experiments that differ in some fields, each with several seeds, and "
            + $"puts them in a table, the best first. Example: functional sweep spec.json --vary "
            + $"optimizer.rate=log:1e-4..1e-1:7 --vary hidden=[16],[64],[64,64] --seeds 5", SweepCommand.Fill),
        new("evaluate", "RUN", $"Evaluates a run's model on its own train, validation and test parts. Example: "
            + $"functional evaluate runs/my-run --json", EvaluateCommand.Fill),
        new(
            "predict", "RUN", $"Predicts, as CSV or JSON. Example: functional predict runs/my-run --data samples.csv",
            PredictCommand.Fill),
        new("report", "RUN", $"Writes a page about a run, in one file that needs no network, and a model card; of "
            + $"several runs, a page that compares them. Examples: functional report runs/my-run; functional report "
            + $"runs/a runs/b --out comparison.html", ReportCommand.Fill),
        new("landscape", "RUN", $"Measures the loss around a run's model, over a plane or along a line to another. "
            + $"Examples: functional landscape runs/my-run; functional landscape runs/a --line runs/b --match",
            LandscapeCommand.Fill),
        new("spectrum", "RUN", $"Finds eigenvalues, trace and density of the loss's second derivatives at a run's "
            + $"model. Example: functional spectrum runs/my-run --top 10 --layers", SpectrumCommand.Fill),
        new("saddles", "SPEC.json", $"Looks for the critical points of an experiment's loss, minima and saddles, from "
            + $"many starts. Example: functional saddles --data xor --samples 4 --noise 0 --test 0 --validation 0 "
            + $"--hidden 2 --activation sigmoid --loss half_sum_squared_error", SaddlesCommand.Fill),
        new("lr-find", "SPEC.json", $"Finds a learning rate for an experiment: the rate grows from step to step, and "
            + $"the loss says where it is right. Example: functional lr-find --data moons --hidden 32 --figures "
            + $"figures",
            LrFindCommand.Fill),
        new("lecture", null, $"The lecture's claims with their last verdicts; --all measures all of them and writes "
            + $"the lecture as a page. Examples: functional lecture; functional lecture --all", LectureCommand.Fill),
        new("claim", "NAME", $"Measures a claim of the lecture over seeds, and says whether it holds; exit status 4 "
            + $"where it does not. Examples: functional claim xor-impossible; functional claim xor-composed --seeds "
            + $"500 --figures figures", ClaimCommand.Fill),
        new(
            "gradcheck", "SPEC.json",
            $"Checks an experiment's gradients against forward and reverse mode and two kinds of differences; exit "
                + $"status 4 where a layer is off by more than {Numerals.Of(GradcheckCommand.Tolerance)}. Example: "
                + $"functional gradcheck --data moons --activation tanh",
            GradcheckCommand.Fill),
        new(
            "explain", "SPEC.json|RUN",
            $"Explains a small network on one sample: forward and backward propagation, formulas and numbers. "
                + $"Examples: functional explain --net 2-2-1 --input 0,1 --target 1; functional explain --one-neuron "
                + $"--format latex --language es",
            ExplainCommand.Fill),
        new("summary", "SPEC.json", $"Shows an experiment's network: layers, shapes, parameters, memory, arithmetic. "
            + $"Example: functional summary --hidden 512,batch_norm,256", SummaryCommand.Fill),
        new("data", null, $"Data sets: data list, data show DATA.", DataCommand.Fill),
        new("runs", null, $"What was done: runs list, show, compare, delete, gc, reindex.", RunsCommand.Fill),
        new("init", "DATA", $"Writes a SPEC.json with every setting, its range and its default, to be edited by hand. "
            + $"Example: functional init table.csv --target price --out spec.json", InitCommand.Fill),
        new("schema", null, $"Prints a JSON Schema of SPEC.json, which editors complete and check by. Example: "
            + $"functional schema > settings.schema.json", SchemaCommand.Fill),
        new("bench", "workload", $"Times a standard piece of work, on the thread count that is best for it. Example: "
            + $"functional bench fashion --json", BenchCommand.Fill),
    ];

    /// <summary>Whether arguments begin with a verb, or ask for help or the version, rather than go
    /// to the usual verb.</summary>
    public static bool IsNamed(string[] arguments)
    {
        int at = 0;
        while (at < arguments.Length && arguments[at].Split('=')[0] is "--debug" or Shared.LanguageName)
            at += arguments[at] == Shared.LanguageName ? 2 : 1;
        return at < arguments.Length
            && (!arguments[at].StartsWith('-') || arguments[at] is "--help" or "-h" or "-?" or "--version");
    }

    /// <summary>All of them; those among the arguments with everything they take, or all where arguments come from
    /// a file (@FILE) or are a shell's question ([suggest]).</summary>
    public static IEnumerable<Command> For(IReadOnlyCollection<string> arguments)
    {
        bool mayBeAny = arguments.Any(argument => argument.StartsWith('@') || argument.StartsWith('['));
        foreach (var (name, takes, does, fill) in All)
        {
            var command = new Command(name, Terminal.Said(does));
            if (mayBeAny || arguments.Contains(name)) fill(command);
            else if (takes is not null) command.Add(new Argument<string?>(takes) { Arity = ArgumentArity.ZeroOrOne });
            yield return command;
        }
    }

    /// <summary>Adds arguments, options and verbs below a verb, in the order of its help.</summary>
    public static void With(this Command command, params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
            switch (symbol)
            {
                case Argument argument: command.Add(argument); break;
                case Option option: command.Add(option); break;
                case Command below: command.Add(below); break;
            }
    }

    private sealed record Verb(string Name, string? Takes, Phrase Does, Action<Command> Fill);
}
