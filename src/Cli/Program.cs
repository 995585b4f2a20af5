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
if (parsed.GetValue(Shared.Spoken) is { } language) Terminal.Speak(language); // however it was written
// An option where a value is wanted, or a misspelt one, is taken for an argument; say what it is instead.
var odd = parsed.Tokens.Index().Where(token =>
    token.Item.Type == TokenType.Argument && token.Item.Value.StartsWith("--", StringComparison.Ordinal)).ToArray();
if (odd.Length > 0 || parsed.Errors.Count > 0)
{
    string[] known = [.. parsed.CommandResult.Command.Options.Concat(root.Options).Select(option => option.Name)];
    foreach (var (index, token) in odd)
        Terminal.Note(known.Contains(token.Value) && index > 0
            ? (Phrase)$"{parsed.Tokens[index - 1].Value} is given without a value; {token.Value} follows it"
            : $"{token.Value} is not an option here; --help lists those that are");
    // What is left over beside such an option is most often its value.
    var left = odd.Length > 0 ? parsed.UnmatchedTokens : [];
    foreach (var error in parsed.Errors)
        if (!left.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
            Terminal.Note(Phrase.Verbatim(error.Message));
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
