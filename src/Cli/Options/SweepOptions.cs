using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Functional.Core.Forms;
using Functional.Sweeps;

namespace Functional.Cli;

/// <summary>The options that say what a sweep varies.</summary>
internal static partial class SweepOptions
{
    private static readonly Option<string[]> Vary = new("--vary")
    {
        HelpName = "FIELD=VALUES",
        Description = Terminal.Said($"a field of the experiment by its path, and its values: a list such as "
            + $"optimizer=adam,sgd or hidden=[16],[64,64], or a range such as optimizer.rate=log:1e-4..1e-1:7 or "
            + $"hidden[0].units=lin:8..64:8, without how many for a random search; once for each field"),
    };
    private static readonly Option<string?> Seeds = new("--seeds")
    {
        HelpName = "20|1,2,7|5..24",
        Description = Terminal.Said($"trains each experiment from several seeds: so many from its own on (1), a list, "
            + $"or a range"),
    };
    private static readonly Option<string?> Which = new("--search")
    {
        HelpName = "grid|random:200|halving:200",
        Description = Terminal.Said($"every combination (grid), so many drawn from the seed, or successive halving, of "
            + $"which the best go on; halving alone begins with every combination"),
    };
    private static readonly Option<string?> Eta = new("--eta")
    {
        HelpName = "N",
        Description = Terminal.Said($"of halving: one of so many goes on, and each rung is so many times as long (3)"),
    };
    private static readonly Option<string?> MinEpochs = new("--min-epochs")
    {
        HelpName = "N",
        Description = Terminal.Said($"of halving: the least that the first rung has (1)"),
    };
    private static readonly Option<string?> By = new("--by")
    {
        HelpName = "score|loss",
        Description = Terminal.Said($"what experiments are ordered by, on the validation part: the accuracy or R2, or "
            + $"the loss (score)"),
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Vary, Seeds, Which, Eta, MinEpochs, By]) command.Options.Add(option);
    }

    /// <summary>What they ask for; what is wrong with it is added to the faults.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="faults">What is wrong so far.</param>
    /// <param name="start">The experiment whose fields are varied; null where that has faults itself.</param>
    public static SweepRequest? Read(ParseResult parsed, List<Invalid> faults, Experiment? start)
    {
        AskedField[] fields = [.. (parsed.GetValue(Vary) ?? []).Select(Field)];
        int eta = LandscapeOptions.Whole(Eta, 3, 2, 100, parsed, faults);
        int minEpochs = LandscapeOptions.Whole(MinEpochs, 1, 1, 1_000_000, parsed, faults);
        string which = parsed.GetValue(Which) ?? "grid";
        var search = Search.Parse(which, eta, minEpochs);
        if (search is null)
            faults.Add(new($"--search is {Visible.Quoted(which)}; it should be grid, random:N, halving:N or halving"));
        if (search is not Search.Halved)
            foreach (var option in (Option<string?>[])[Eta, MinEpochs])
                if (parsed.GetValue(option) is not null)
                    faults.Add(new($"{option.Name} changes nothing without --search halving"));
        string by = parsed.GetValue(By) ?? "score";
        if (by is not ("score" or "loss"))
            faults.Add(new($"--by is {Visible.Quoted(by)}; it should be score or loss"));
        var seeds = SeedsOf(parsed.GetValue(Seeds) ?? "1", start?.Settings.Seed ?? 0, faults);
        if (start is null)
        {
            faults.AddRange([.. fields.SelectMany(field => field.Faults()), .. (search ?? Search.Grid).Faults]);
            return null;
        }
        return new(start, new SweepSamples(), [.. fields], search ?? Search.Grid, seeds)
        {
            IsByLoss = by == "loss",
        };
    }

    private static AskedField Field(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
            return new(text) { Fault = $"--vary should be FIELD=VALUES, such as optimizer.rate=0.1,0.01" };
        var (name, values) = (text[..at].Trim(), text[(at + 1)..].Trim());
        var range = ValueRange.Parse(values, out var fault);
        if (range is not null || fault is not null) return new(name) { Range = range, Fault = fault };
        if (values.Length == 0) return new(name);
        try
        {
            // Names need no quotes, which the shell would take.
            string json = Bare().Replace(values, part => part.Value[0] is '"' || char.IsAsciiDigit(part.Value[0])
                || part.Value[0] == '-' || part.Value is "true" or "false" or "null"
                    ? part.Value : $"\"{part.Value}\"");
            return AskedField.Of(name, (JsonArray)JsonNode.Parse($"[{json}]")!);
        }
        catch (JsonException)
        {
            return new(name)
            {
                Fault = $"{Visible.Quoted(values)} is no list of JSON values; it should be such as 0.1,0.01 or "
                    + $"[16],[64,64] or adam,sgd",
            };
        }
    }

    private static Items<ulong> SeedsOf(string text, ulong first, List<Invalid> faults)
    {
        var wrong = new List<Invalid>();
        var seeds = Functional.Seeds.Parse(text, Seeds.Name, wrong);
        ulong[] each = wrong.Count == 0 ? seeds.From(first, Seeds.Name, wrong) : [];
        faults.AddRange(wrong);
        return wrong.Count == 0 ? [.. each] : [first];
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?\d[\d.eE+\-]*|[A-Za-z_./~][\w./\-]*
        """)]
    private static partial Regex Bare();
}
