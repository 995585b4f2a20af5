using System.CommandLine;
using System.Globalization;
using Functional.Cli.Reports;
using Functional.Core.Explaining;
using Functional.Core.Numbers;
using Functional.Runs;

namespace Functional.Cli.Commands;

/// <summary><c>functional explain</c>: one sample's way through a small network, forward and backward, as the
/// lecture writes it.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string?> Subject = new("SPEC.json|RUN")
    {
        Description = Terminal.Said($"an experiment as JSON, with its first weights, or a run's directory or model "
            + $"file; options override an experiment"),
        Arity = ArgumentArity.ZeroOrOne
    };
    private static readonly Option<string?> Sample = new("--sample")
    {
        HelpName = "N",
        Description = Terminal.Said($"of an experiment or a run: which sample of its data, from 1 (1)")
    };
    private static readonly Option<string?> Format = new("--format")
    {
        HelpName = "text|markdown|latex",
        Description = Terminal.Said($"how formulas are written (text)")
    };
    private static readonly Option<string?> Digits = new("--digits")
    {
        HelpName = "N",
        Description = Terminal.Said($"significant digits of the numbers, 1 to 17 (6)")
    };
    private static readonly Option<string?> Table = new("--table")
    {
        HelpName = "N",
        Description = Terminal.Said($"a table of samples and the sum of their losses: how many of the data; with --net "
            + $"the samples themselves, \"0,0=0; 0,1=1\"")
    };
    private static readonly Option<bool> Forward =
        new("--forward") { Description = Terminal.Said($"forward propagation alone") };

    public static void Fill(Command command)
    {
        command.With(Subject, Sample, Table, Forward, Format, Digits, Shared.Json);
        NetOptions.AddTo(command);
        ExperimentOptions.AddAllButDataTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        var faults = new List<Invalid>();
        string format = OneOf(parsed, Format, faults, "text", "markdown", "latex");
        var language = parsed.GetValue(Shared.Json) ? Language.English : Terminal.Language;
        int digits = Whole(parsed, Digits, 6, 17, faults);
        faults.AddRange(WithoutEffect(parsed));
        var explanation = Explained(parsed, language, faults);
        Terminal.Show(new ExplanationReport(explanation, format, digits), parsed);
        return Status.Done;
    }

    // What would change nothing.
    private static IEnumerable<Invalid> WithoutEffect(ParseResult parsed)
    {
        foreach (string given in ExperimentOptions.OfTraining(parsed))
            yield return new($"{given} is given; nothing is trained here, so it should not be");
        if (parsed.GetValue(Shared.Json))
            foreach (var option in (Option<string?>[])[Format, Digits])
                if (parsed.GetValue(option) is { } text)
                    yield return new($"{option.Name} {text} is given; JSON has all digits and no format, so with "
                        + $"--json it should not be");
        if (parsed.GetValue(Table) is { } table)
            foreach (string other in GivenBesideTable(parsed))
                yield return new($"{other} is given; with --table {table} it should not be");
        if (parsed.GetValue(Forward) && ExperimentOptions.RateOf(parsed) is not null)
            yield return new(
                $"--rate is given; forward propagation alone has no update, so with --forward it should not be");
    }

    private static IEnumerable<string> GivenBesideTable(ParseResult parsed) =>
        ((Option<string?>[])[Sample, NetOptions.Input, NetOptions.Target])
            .Where(option => parsed.GetValue(option) is not null)
            .Select(option => option.Name).Concat(ExperimentOptions.RateOf(parsed) is null ? [] : ["--rate"]);

    private static Explanation Explained(ParseResult parsed, Language language, List<Invalid> faults)
    {
        bool isForward = parsed.GetValue(Forward);
        if (NetOptions.Given(parsed))
            return NetOptions.Explain(
                parsed, parsed.GetValue(Subject), parsed.GetValue(Sample), parsed.GetValue(Table), isForward,
                language, faults);
        faults.AddRange(NetOptions.WithoutNet(parsed));
        var input = NetOptions.Numbers(parsed, NetOptions.Input, faults);
        var target = NetOptions.Numbers(parsed, NetOptions.Target, faults);
        if (input is not null && parsed.GetValue(Sample) is { } both)
            faults.Add(new($"sample is {both} and input is given; only one of them should be"));
        if (input is null && target is not null)
            faults.Add(new($"target is given without an input; it should be given with one"));
        int number = Whole(parsed, Sample, 1, int.MaxValue, faults);
        int rows = Whole(parsed, Table, 1, Explanation.MostSamples, faults);
        var (model, samples) = Opened(parsed, faults);
        if (parsed.GetValue(Table) is not null)
        {
            var (inputs, targets) = samples.Value;
            int[] first = [.. Enumerable.Range(0, rows <= inputs.Rows
                ? rows
                : throw new InvalidInputException($"table is {rows}; it should be between 1 and {inputs.Rows}"))];
            return model.ExplainSamples(inputs.Select(first), isForward ? null : targets.Select(first), language);
        }
        if (input is null)
        {
            var (inputs, targets) = samples.Value;
            if (number > inputs.Rows)
                throw new InvalidInputException($"sample is {number}; it should be between 1 and {inputs.Rows}");
            (input, target) = (Vec<double>.Of(inputs.Row(number - 1)), Vec<double>.Of(targets.Row(number - 1)));
        }
        return model.Explain(input, isForward ? null : target, language, ExperimentOptions.RateOf(parsed));
    }

    // The model, and raw inputs and targets of its data, which a model's file alone does not have.
    private static (Model Model, Lazy<(Matrix<double> Inputs, Matrix<double> Targets)> Samples) Opened(
        ParseResult parsed, List<Invalid> faults)
    {
        string? subject = parsed.GetValue(Subject);
        bool isRun = subject is not null
            && (Directory.Exists(subject) || subject.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase));
        if (isRun)
        {
            faults.AddRange(ExperimentOptions.Given(parsed)
                .Select(option => new Invalid($"{option} is given; a run should have nothing overridden")));
            if (faults.Count > 0) throw new InvalidInputException(faults);
            var model = RunDirectory.LoadOne(subject!);
            return (model, new(() => Samples(RunDirectory.LoadReport(subject!)["experiment"]!.ToJsonString(), model)));
        }
        var opened = ExperimentOptions.Read(parsed, subject);
        faults.AddRange(opened.FailToSeq());
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var (experiment, data) = ((Data.Opened)opened, ((Data.Opened)opened).Data.Value);
        Terminal.Notes(data.Notes);
        var trainer = Trainer.Of(experiment.Experiment, data.Data, test: data.Test).OrThrow();
        return (trainer.Untrained, new(() => (data.Data.Inputs, data.Data.For(experiment.Experiment.Loss).Targets)));
    }

    private static (Matrix<double> Inputs, Matrix<double> Targets) Samples(string experiment, Model model)
    {
        var opened = Data.Opened.Read(experiment)
            .Match(Succ: o => o, Fail: found => throw new InvalidInputException(found));
        Terminal.Notes(opened.Data.Value.Notes);
        var data = opened.Data.Value.Data;
        return (data.Inputs, data.For(model.Loss).Targets);
    }

    private static string OneOf(
        ParseResult parsed, Option<string?> option, List<Invalid> faults, params string[] allowed)
    {
        string given = parsed.GetValue(option) ?? allowed[0];
        if (!allowed.Contains(given))
            faults.Add(new($"{option.Name[2..]} is \"{given}\"; it should be one of {string.Join(", ", allowed)}"));
        return given;
    }

    private static int Whole(ParseResult parsed, Option<string?> option, int usual, int most, List<Invalid> faults)
    {
        if (parsed.GetValue(option) is not { } text) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
            && number <= most)
            return number;
        faults.Add(new($"{option.Name[2..]} is \"{text}\"; it should be a whole number, between 1 and {most}"));
        return usual;
    }
}
