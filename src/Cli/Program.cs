using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Functional;
using Functional.Cli;
using Functional.Cli.Commands;
using Functional.Core.Forms;

// Numbers are read and written with a point in every country; only texts follow the user's language.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
Outputs.Open();

bool hasVerb = args.FirstOrDefault(arg => arg != "--debug") is { } first && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");
string[] words = hasVerb ? args : ["train", .. args];
var root = new RootCommand("functional: dense networks whose training has one answer, bit for bit. Without a verb: train.");
root.With([Shared.Debug, OwnFunctions.Libraries, .. Verbs.For(words)]);
var parsed = root.Parse(words);
// A misspelt option is taken for an argument where one may stand; say what it is instead.
string[] misspelt = [.. parsed.Tokens.Where(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal)).Select(token => token.Value)];
if (misspelt.Length > 0 || parsed.Errors.Count > 0)
{
    foreach (string option in misspelt.Select(Visible.Line))
        Console.Error.WriteLine($"functional: {option} is not an option here; --help lists those that are");
    foreach (var error in parsed.Errors) Console.Error.WriteLine(Visible.Line($"functional: {error.Message}"));
    return Status.BadInput;
}
try
{
    OwnFunctions.Register(parsed.GetValue(OwnFunctions.Libraries) ?? []);
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (InvalidInputException bad) when (!parsed.GetValue(Shared.Debug))
{
    foreach (var fault in bad.Faults) Console.Error.WriteLine($"functional: {fault.Message}");
    return Status.BadInput;
}
catch (OutputLostException lost) when (lost.IsReaderGone)
{
    return Status.Signal + Status.Pipe; // as of a program that the pipe's end ends: head has seen enough
}
catch (OutputLostException lost)
{
    Console.Error.WriteLine($"functional: standard output cannot be written: {lost.Message}");
    return Status.BadInput;
}
catch (IOException broken) when (!parsed.GetValue(Shared.Debug))
{
    Console.Error.WriteLine(Visible.Line($"functional: {broken.Message}"));
    return Status.BadInput;
}
catch (OutOfMemoryException) when (!parsed.GetValue(Shared.Debug))
{
    Console.Error.WriteLine("functional: there is not enough memory for this; a smaller network, batch or data set may fit");
    return Status.BadInput;
}
catch (Exception bug) when (!parsed.GetValue(Shared.Debug))
{
    Console.Error.WriteLine(Visible.Line($"functional: this is a bug: {bug.GetType().Name}: {bug.Message} (with --debug: where)"));
    return Status.Bug;
}
