using System.CommandLine;
using Functional.Cli.Reports;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli.Commands;

/// <summary><c>functional init</c>: a SPEC file with every setting, to be edited by hand.</summary>
internal static class InitCommand
{
    private static readonly Argument<string?> Name = new("DATA")
    {
        Description = Terminal.Said(
            $"a data set's name, a CSV, .npy or .npz file, or a directory of IDX files (digits)"),
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = Terminal.Said($"the file to write, a new one (spec.json)"),
        HelpName = "FILE",
    };

    public static void Fill(Command command)
    {
        command.With(Name, Out);
        DataOptions.AddTo(command);
        command.SetAction(Run);
    }

    private static int Run(ParseResult parsed)
    {
        string file = parsed.GetValue(Out) ?? "spec.json";
        if (Path.Exists(file)) throw Taken(file);
        var faults = new List<Invalid>();
        var asked = DataOptions.Source(parsed.GetValue(Name) ?? "digits", parsed, faults);
        var settings = Settings.For(asked ?? new Digits());
        settings = settings with
        {
            Data = asked ?? new Digits(),
            Missing = DataOptions.Missing(parsed, faults, settings.Missing)
        };
        if (faults.Count > 0) throw new InvalidInputException(faults);
        var (source, comments, isFit) = Found(settings);
        string directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string FromThere(string path) => Path.IsPathRooted(path) ? path : Path.GetRelativePath(directory, path);
        settings = settings with { Data = source.WithPaths(FromThere) };
        Write(file, Commented.Of(
            settings, "settings", field => field == "data" ? comments.Select(comment => $"{comment}".TrimEnd()) : []));
        Terminal.Say(isFit
            ? (Phrase)$"{file} is written; functional train {file} trains it"
            : $"{file} is written; training would refuse it as it stands");
        return Status.Done;
    }

    // The source with what its file says of target and task, and what a person should know of it.
    private static (DataSource Source, IReadOnlyList<Phrase> Comments, bool IsFit) Found(Settings settings)
    {
        if (settings.Data is CsvFile { Path.Length: > 0 } csv)
        {
            var table = new TableReport(csv, settings.Missing);
            Terminal.Notes(table.Refusals);
            Phrase[] comments = [.. table.Notes, .. table.Refusals, $"Its columns:", .. table.Columns];
            return table.Data is { } found
                ? (csv with { Target = found.Schema!.Targets, Task = KnownTask.Of(found).Kind }, comments, true)
                : (csv, comments, false);
        }
        if (settings.Data is not FileSource) return (settings.Data, [Phrase.Of(settings.Data.Description)], true);
        var loaded = DataCatalog.Load(settings.Data, settings.Seed, settings.Missing);
        var source =
            settings.Data is NumpyFile numpy ? numpy with { Task = KnownTask.Of(loaded.Data).Kind } : settings.Data;
        return (source, loaded.Notes, true);
    }

    private static void Write(string file, string text)
    {
        try
        {
            using var writer = new StreamWriter(new FileStream(file, FileMode.CreateNew, FileAccess.Write));
            writer.Write(text);
        }
        catch (IOException) when (Path.Exists(file))
        {
            throw Taken(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidInputException($"{file} cannot be written: {fault.Message}", fault);
        }
    }

    private static InvalidInputException Taken(string file) =>
        new($"{file} is there already; --out should name a new file");
}
