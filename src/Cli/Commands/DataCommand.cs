using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Data;

namespace Functional.Cli.Commands;

/// <summary><c>functional data list|show</c>: what can be learned from.</summary>
internal static class DataCommand
{
    private static readonly Argument<string> Name = new("DATA")
    {
        Description = Terminal.Said($"a data set's name, a CSV, .npy or .npz file, or a directory of IDX files"),
    };

    public static void Fill(Command command)
    {
        var list =
            new Command("list", Terminal.Said($"Names every data set. Example: functional data list")) { Shared.Json };
        list.SetAction(parsed =>
        {
            Terminal.Show(new DataListReport(), parsed);
            return Status.Done;
        });
        var show = new Command("show", Terminal.Said($"Describes a data set. Example: functional data show penguins"))
        {
            Name, Shared.Seed, Shared.Json,
        };
        DataOptions.AddTo(show);
        show.SetAction(Show);
        command.With(list, show);
    }

    private static int Show(ParseResult parsed)
    {
        string name = parsed.GetValue(Name)!;
        var faults = new List<Invalid>();
        ulong seed = Shared.SeedOf(parsed, faults);
        var source = DataOptions.Source(name, parsed, faults);
        var missing = DataOptions.Missing(parsed, faults);
        if (source is null || faults.Count > 0) throw new InvalidInputException(faults.Distinct());
        if (source is CsvFile { Path.Length: > 0 } csv)
        {
            var table = new TableReport(csv, missing);
            Terminal.Notes([.. table.Notes, .. table.Refusals]);
            Terminal.Show(table, parsed);
            return Status.Done;
        }
        bool isAsked = parsed.GetValue(DataOptions.MissingOption) is not null;
        var loaded = DataCatalog.Load(source, seed, isAsked ? missing : Settings.For(source).Missing);
        Terminal.Notes(loaded.Notes);
        Terminal.Show(new DataReport(name, source, loaded), parsed);
        return Status.Done;
    }
}
