using System.Reflection;
using System.Text.RegularExpressions;
using Functional;
using Functional.Core.Forms;
using Properties.Structure;
using Xunit;

namespace Properties.Forms;

/// <summary>What is said to people is said in Spanish, too: every sentence of the sources, and
/// nothing but them.</summary>
public sealed partial class TranslationProperties
{
    private static readonly IReadOnlyDictionary<string, string> Spanish = Translations.Read("es.json");

    [Fact]
    public void Every_sentence_is_translated() => None(Said.Where(sentence => !Spanish.ContainsKey(sentence)));

    [Fact]
    public void Every_translation_is_of_a_sentence() => None(Spanish.Keys.Except(Said));

    [Fact]
    public void A_translation_has_the_values_of_its_sentence() => None(
        Spanish.Where(pair => !Values(pair.Key).SequenceEqual(Values(pair.Value))).Select(pair => pair.Value));

    [Fact]
    public void A_translation_begins_and_ends_with_the_blanks_of_its_sentence() => None(
        Spanish.Where(pair => Blanks(pair.Key) != Blanks(pair.Value)).Select(pair => pair.Value));

    private static (int, int) Blanks(string text) =>
        (text.Length - text.TrimStart().Length, text.Length - text.TrimEnd().Length);

    [Fact]
    public void No_word_hides_from_translation_in_a_value() => None(
        from said in Sentences.All
        where said.Words.Length > 0
        select $"{said.File}: {said.Sentence}: {string.Join(", ", said.Words)}");

    private static void None(IEnumerable<string> faults) =>
        Assert.True(!faults.Any(), string.Join("\n", faults.Prepend("there should be none of these:")));

    // Sentences with a word in them: those of the sources, and those of tables of the library's own members.
    private static string[] Said =>
    [
        .. Sentences.All.Select(said => said.Sentence)
            .Concat(Families.Select(sentence => Phrase.Of(sentence).Sentence))
            .Where(sentence => Value().Replace(sentence, "").Any(char.IsLetter)).Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Families =>
    [
        .. from type in typeof(IFamily).Assembly.GetTypes()
           where !type.ContainsGenericParameters
           let kinds = type.GetProperty("Kinds", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           let family = kinds?.GetValue(null) as IFamily
           where family is not null
           from said in (string?[])[family.What, Article(family.What), family.Number?.Meaning, family.Text?.Meaning]
           where said is not null
           select said,
        .. DataSource.Kinds.Prototypes.Select(source => source.Description),
        .. Evaluation.Names,
    ];

    private static string Article(string what) =>
        $"{("aeiou".Contains(what[0], StringComparison.Ordinal) ? "an" : "a")} {what}";

    private static IEnumerable<string> Values(string sentence) =>
        Value().Matches(sentence).Select(value => value.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Value();
}
