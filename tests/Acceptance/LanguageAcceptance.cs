using System.Text.RegularExpressions;
using Xunit;

namespace Acceptance;

/// <summary>Texts follow the user's language, Spanish or English; numbers, names and JSON are
/// the same in both.</summary>
public sealed partial class LanguageAcceptance : IDisposable
{
    private static readonly (string, string)[] Spanish = [("LC_ALL", "es_ES.UTF-8")], English = [("LC_ALL", "C.UTF-8")];
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_locale_sets_the_language_and_the_option_comes_before_it()
    {
        Assert.Contains("parámetros", Command.Run(["summary"], environment: Spanish).Output, StringComparison.Ordinal);
        Assert.Contains(
            "parámetros", Command.Run(["summary", "--language", "es"], environment: English).Output,
            StringComparison.Ordinal);
        Assert.Contains("parámetros", Command.Run(["--language=es", "summary"]).Output, StringComparison.Ordinal);
        Assert.Contains(
            "parameters", Command.Run(["summary", "--language", "en"], environment: Spanish).Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "parameters", Command.Run(["summary"], environment: [("LC_ALL", "fr_FR.UTF-8")]).Output,
            StringComparison.Ordinal);
        Assert.Equal(2, Command.Run(["summary", "--language", "fr"]).Status);
    }

    [Fact]
    public void A_process_without_globalization_speaks_both_languages()
    {
        (string, string)[] invariant = [("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")];
        Assert.Contains(
            "parameters", Command.Run(["summary"], environment: invariant).Output, StringComparison.Ordinal);
        var spanish = Command.Run(["summary", "--language", "es"], environment: invariant);
        Assert.Contains("parámetros", spanish.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_takes_another_for_its_value_is_named() => Assert.Equal(
        "functional: --epochs is given without a value; --language follows it\n",
        Command.Run(["train", "--epochs", "--language", "en"]).Errors.Split('\n')[0] + "\n");

    [Fact]
    public void Every_verb_says_the_same_numbers_in_both_languages()
    {
        string[] train =
            ["train", "--data", "moons", "--samples", "60", "--rate", "0.015", "--noise", ".1", "--epochs", "2"];
        string[][] Verbs(string run) =>
        [
            [.. train, "--out", run], ["evaluate", run], ["predict", run, "--data", "moons"],
            ["data", "show", "moons"], ["data", "show", "penguins"], ["summary"],
            ["gradcheck", "--data", "sine", "--samples", "60", "--activation", "tanh"],
            ["explain", "--net", "2-2-1", "--input", ".5,-1e-3", "--target", "1.5"], ["runs", "list", "."],
        ];
        foreach (var (inSpanish, inEnglish) in Verbs("uno").Zip(Verbs("one")))
        {
            Command spanish = Command.Run(inSpanish, scratch.Path, Spanish),
                english = Command.Run(inEnglish, scratch.Path, English);
            Assert.Equal(english.Status, spanish.Status);
            Assert.Equal(string.Join(' ', Numbers(english)), string.Join(' ', Numbers(spanish)));
            if (inEnglish[0] is not ("predict" or "runs")) Assert.NotEqual(english.Output, spanish.Output);
        }
        Assert.Equal(
            File.ReadAllText(scratch.At("one/metrics.jsonl")), File.ReadAllText(scratch.At("uno/metrics.jsonl")));
    }

    [Fact]
    public void JSON_and_runs_are_the_same_in_both_languages()
    {
        string[] train = ["train", "--data", "penguins", "--epochs", "2", "--quiet", "--json", "--out"];
        string Run((string, string)[] locale, string name) =>
            Unlike().Replace(Command.Run([.. train, name], scratch.Path, locale).Output, "");
        Assert.Equal(Run(English, "one"), Run(Spanish, "uno"));
    }

    [Fact]
    public void Faults_and_help_are_in_Spanish()
    {
        var bad = Command.Run(["train", "--rate", "0,1", "--batch", "0"], scratch.Path, Spanish);
        Assert.Equal(
            (2, """
                functional: optimizer.rate es "0,1"; debe ser un número, mayor que 0 y finito
                functional: batch_size es 0; debe ser entre 1 y 1048576

                """), (bad.Status, bad.Errors));
        Assert.DoesNotContain(
            " or ", Command.Run(["predict", "--help"], scratch.Path, Spanish).Output, StringComparison.Ordinal);
        string help = Command.Run(["train", "--help"], scratch.Path, Spanish).Output;
        Assert.All(
            ["Entrena un experimento", "Opciones:", "tasa de aprendizaje"],
            text => Assert.Contains(text, help, StringComparison.Ordinal));
        Assert.Contains(
            "no es una opción aquí", Command.Run(["train", "--epoch", "3"], scratch.Path, Spanish).Errors,
            StringComparison.Ordinal);
    }

    // Times differ from run to run.
    private static IEnumerable<string> Numbers(Command run) => run.Output.Split('\n')
        .Where(line => !line.Contains(" pasos en ", StringComparison.Ordinal)
            && !line.Contains(" steps in ", StringComparison.Ordinal))
        .Where(line =>
            !line.StartsWith("mil", StringComparison.Ordinal) && !line.StartsWith("run ", StringComparison.Ordinal))
        .Where(line => !line.StartsWith("ejecución ", StringComparison.Ordinal))
        .SelectMany(line => Number().Matches(line)).Select(number => number.Value);

    [GeneratedRegex(@"-?\d+(\.\d+)?(e-?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex("\"(seconds|run)\": .*")]
    private static partial Regex Unlike();
}
