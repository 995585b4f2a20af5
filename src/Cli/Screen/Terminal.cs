using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Cli.Reports;

namespace Functional.Cli;

/// <summary>What people see, in their language: results on standard output, progress and messages
/// on standard error.</summary>
internal static class Terminal
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Characters of a line where there is no terminal.</summary>
    public const int UsualWidth = 80;

    /// <summary>The language of texts; numbers are the same in all of them.</summary>
    public static Language Language { get; private set; }

    /// <summary>The name of a language, as options and files have it.</summary>
    public static string NameOf(Language language) => language == Language.Spanish ? "es" : "en";

    /// <summary>Characters of a line of standard output; the usual 80 where it is no terminal.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth > 1 ? Console.WindowWidth : UsualWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Takes the language that the arguments ask for with --language, else that of
    /// the user's locale.</summary>
    public static void Speak(string[] arguments)
    {
        int at = Array.FindIndex(arguments, argument => argument.Split('=')[0] == Shared.LanguageName);
        string asked = at < 0 ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName
            : arguments[at].Split('=') is [_, var name] ? name
            : at + 1 < arguments.Length ? arguments[at + 1]
            : "";
        Speak(asked);
        // Numbers are read and written with a point in every country; only texts follow the user's language.
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
    }

    /// <summary>Takes a language by its name; English where there is no Spanish.</summary>
    public static void Speak(string? name)
    {
        Language = name == "es" ? Language.Spanish : Language.English;
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = Culture(name == "es" ? "es" : "en");
    }

    // A process without globalization knows no culture but one; the parser then speaks English.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    /// <summary>A phrase in the user's language.</summary>
    public static string Said(Phrase phrase) => phrase.In(Language);

    /// <summary>A line of standard output.</summary>
    public static void Say(Phrase line) => Console.WriteLine(Said(line));

    /// <summary>A line of standard error.</summary>
    public static void Note(Phrase line) => Console.Error.WriteLine($"functional: {Said(line)}");

    /// <summary>What a person should know of how data were read and cut; results stay alone on
    /// standard output.</summary>
    public static void Notes(IEnumerable<Phrase> notes, bool quiet = false)
    {
        if (quiet) return;
        foreach (var note in notes) Note(note);
    }

    /// <summary>A report on standard output: one JSON object where --json asks for it, else text.</summary>
    public static void Show(Report report, ParseResult parsed)
    {
        if (parsed.GetValue(Shared.Json)) Print(report.ToJson());
        else
            foreach (string line in report.ToText(Language, Console.IsOutputRedirected ? UsualWidth : Width))
                Console.WriteLine(line);
    }

    /// <summary>One JSON object on standard output.</summary>
    public static void Print(JsonObject json) => Console.WriteLine(json.ToJsonString(Indented));
}
