using System.CommandLine;
using System.Globalization;
using Functional.Core.Forms;

namespace Functional.Cli;

/// <summary>Options that several verbs have.</summary>
internal static class Shared
{
    public static readonly Option<bool> Json =
        new("--json") { Description = Terminal.Said($"one JSON object on standard output, nothing else there") };
    public static readonly Option<bool> Quiet =
        new("--quiet") { Description = Terminal.Said($"no progress and no messages but faults") };
    public static readonly Option<bool> Debug =
        new("--debug") { Description = Terminal.Said($"stack traces where something breaks"), Recursive = true };
    public static readonly Option<string?> Threads = new("--threads")
    {
        Description = Terminal.Said(
            $"threads that may help, 1 to 1024 (all processors); changes the speed, never a bit"),
        HelpName = "N"
    };

    /// <summary>The name of the option that sets the language, which is known before options are read.</summary>
    public const string LanguageName = "--language";

    public static readonly Option<string?> Spoken = new(LanguageName)
    {
        Description = Terminal.Said($"of texts and explanations: en or es (the locale's)"),
        HelpName = "en|es",
        Recursive = true,
        Validators =
        {
            found =>
            {
                if (found.GetValueOrDefault<string?>() is { } name and not ("en" or "es"))
                    found.AddError(Terminal.Said($"language is {Visible.Quoted(name)}; it should be one of en, es"));
            },
        },
    };

    public static readonly Option<string?> Seed =
        new("--seed") { Description = Terminal.Said($"what a toy problem is drawn from (42)"), HelpName = "N" };

    public static readonly Option<string?> Threshold = new("--threshold")
    {
        Description = Terminal.Said(
            $"the probability from which on the second of two classes is predicted, 0 to 1 (the more probable one is)"),
        HelpName = "X",
    };

    public static readonly Option<string?> Unseen = new("--unseen")
    {
        Description = Terminal.Said($"what is done about a category that training never saw (as the model was told)"),
        HelpName = string.Join("|", Choices<UnseenCategories>.Names),
    };

    /// <summary>The model, which does about categories that it never saw what was asked for, if anything.</summary>
    public static Model WithUnseen(Model model, ParseResult parsed) => parsed.GetValue(Unseen) is not { } text ? model
        : Choices<UnseenCategories>.Find(text) is { } unseen ? model.With(unseen)
        : throw new InvalidInputException(
            $"--unseen is {Visible.Quoted(text)}; it should be one of "
                + $"{string.Join(", ", Choices<UnseenCategories>.Names)}");

    /// <summary>What is to be said where columns are taken by their places, since only one side has names.</summary>
    public static IEnumerable<Phrase> ByPlace(Model model, string data, bool haveNames)
    {
        if (model.Schema is { Features.Count: > 0 } == haveNames) yield break;
        yield return haveNames
            ? (Phrase)$"the model has no names of columns: those of {data} are taken by their places"
            : $"{data} has no names of columns: its columns are taken by their places";
    }

    /// <summary>The model with the threshold that was asked for, if any.</summary>
    public static Model WithThreshold(Model model, ParseResult parsed)
    {
        if (parsed.GetValue(Threshold) is not { } text) return model;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold))
            throw new InvalidInputException($"threshold is \"{text}\"; it should be a number, between 0 and 1");
        model = model.At(threshold);
        string second = Visible.Quoted(model.Schema is { Labels.Count: > 1 } schema ? schema.Labels[1] : "1");
        Terminal.Note($"class {second} is predicted from a probability of {threshold} on");
        return model;
    }

    /// <summary>The seed that was asked for, else the usual one.</summary>
    public static ulong SeedOf(ParseResult parsed, List<Invalid> faults)
    {
        ulong seed = new Settings().Seed;
        if (parsed.GetValue(Seed) is { } text
            && !ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed))
            faults.Add(new($"seed is \"{text}\"; it should be a whole number, between 0 and {ulong.MaxValue}"));
        return seed;
    }

    /// <summary>How many threads were asked for; 0 for all processors.</summary>
    public static int ThreadCount(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Threads) is not { } text) return 0;
        if (int.TryParse(text, out int threads) && threads is >= 1 and <= 1024) return threads;
        faults.Add(new($"threads is \"{text}\"; it should be a whole number, between 1 and 1024"));
        return 0;
    }
}
