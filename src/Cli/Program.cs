using System.CommandLine;
using System.CommandLine.Parsing;
using Functional;
using Functional.Cli;
using Functional.Cli.Commands;

Terminal.Speak(args);
Outputs.Open();

string[] words = Verbs.IsNamed(args) ? args : ["train", .. args];
var root = new RootCommand(
    Terminal.Said($"functional: dense networks whose training has one answer, bit for bit. Without a verb: train."));
root.With([Shared.Debug, Shared.Spoken, OwnFunctions.Libraries, .. Verbs.For(words)]);
var parsed = root.Parse(words);
// A misspelt option is taken for an argument where one may stand; say what it is instead.
string[] misspelt = [.. parsed.Tokens.Where(
    token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
    .Select(token => token.Value)];
if (misspelt.Length > 0 || parsed.Errors.Count > 0)
{
    foreach (string option in misspelt) Terminal.Note($"{option} is not an option here; --help lists those that are");
    foreach (var error in parsed.Errors) Terminal.Note(Phrase.Verbatim(error.Message));
    return Status.BadInput;
}
try
{
    OwnFunctions.Register(parsed.GetValue(OwnFunctions.Libraries) ?? []);
    return parsed.Invoke(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (InvalidInputException bad) when (!parsed.GetValue(Shared.Debug))
{
    foreach (var fault in bad.Faults) Terminal.Note(fault.Phrase);
    return Status.BadInput;
}
catch (OutputLostException lost) when (lost.IsReaderGone)
{
    return Status.Signal + Status.Pipe; // as of a program that the pipe's end ends: head has seen enough
}
catch (OutputLostException lost)
{
    Terminal.Note($"standard output cannot be written: {lost.Reason}");
    return Status.BadInput;
}
catch (IOException broken) when (!parsed.GetValue(Shared.Debug))
{
    Terminal.Note(Phrase.Verbatim(broken.Message));
    return Status.BadInput;
}
catch (OutOfMemoryException) when (!parsed.GetValue(Shared.Debug))
{
    Terminal.Note($"there is not enough memory for this; a smaller network, batch or data set may fit");
    return Status.BadInput;
}
catch (Exception bug) when (!parsed.GetValue(Shared.Debug))
{
    Terminal.Note($"this is a bug: {bug.GetType().Name}: {bug.Message} (with --debug: where)");
    return Status.Bug;
}
