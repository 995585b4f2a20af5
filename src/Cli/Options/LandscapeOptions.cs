using System.CommandLine;
using System.Globalization;
using Functional.Core.Differentiation;
using Functional.Core.Forms;
using Functional.Landscapes;

namespace Functional.Cli;

/// <summary>The options of verbs that look at the loss around a model.</summary>
internal static class LandscapeOptions
{
    public static readonly Option<string?> OfPart = new("--part")
    {
        HelpName = string.Join("|", Choices<DataPart>.Names),
        Description = Terminal.Said($"the samples that the loss is over (train)"),
    };
    public static readonly Option<string?> Seed = new("--seed")
    {
        HelpName = "N",
        Description = Terminal.Said($"what random directions are drawn from (the experiment's own)"),
    };

    /// <summary>The member of a choice that an option names, else the usual one.</summary>
    public static E Choice<E>(Option<string?> option, E usual, ParseResult parsed, List<Invalid> faults)
        where E : struct, Enum =>
        parsed.GetValue(option) is { } text ? Choice(option.Name, text, usual, faults) : usual;

    /// <summary>The member of a choice that a text names, else the usual one.</summary>
    public static E Choice<E>(string option, string text, E usual, List<Invalid> faults) where E : struct, Enum
    {
        if (Choices<E>.Find(text) is { } found) return found;
        faults.Add(new(
            $"{option} is {Visible.Quoted(text)}; it should be one of {string.Join(", ", Choices<E>.Names)}"));
        return usual;
    }

    /// <summary>A whole number within a range, else the usual one.</summary>
    public static int Whole(
        Option<string?> option, int usual, int low, int high, ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(option) is not { } text) return usual;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= low && number <= high)
            return number;
        faults.Add(new(
            $"{option.Name} is {Visible.Quoted(text)}; it should be a whole number, between {low} and {high}"));
        return usual;
    }

    /// <summary>Two numbers that go up; null where none are given.</summary>
    public static (double Low, double High)? Range(Option<string?> option, ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        string[] ends = text.Split(',');
        if (ends.Length == 2 && Number(ends[0], out double low) && Number(ends[1], out double high) && low < high)
            return (low, high);
        faults.Add(new($"{option.Name} is {Visible.Quoted(text)}; it should be two numbers that go up, such as -1,1"));
        return null;
    }

    /// <summary>The seed that was asked for; null for the experiment's own.</summary>
    public static ulong? SeedOf(ParseResult parsed, List<Invalid> faults)
    {
        if (parsed.GetValue(Seed) is not { } text) return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return seed;
        faults.Add(new($"seed is \"{text}\"; it should be a whole number, between 0 and {ulong.MaxValue}"));
        return null;
    }

    /// <summary>A fault for each of some options that was given, though it changes nothing.</summary>
    public static IEnumerable<Invalid> Idle(ParseResult parsed, IEnumerable<Option> idle) =>
        from option in idle
        where parsed.GetResult(option) is { Implicit: false }
        select new Invalid($"{option.Name} changes nothing here; --help says what it goes with");

    /// <summary>Refuses an experiment whose layers have no derivatives.</summary>
    public static void RequireDerivatives(Experiment experiment)
    {
        Invalid[] flat =
        [
            .. NoDerivative.Faults(experiment.Settings.Hidden, "hidden"),
            .. NoDerivative.Faults(experiment.Settings.OutputActivation, "output_activation"),
        ];
        if (flat.Length > 0) throw new InvalidInputException(flat);
    }

    private static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
