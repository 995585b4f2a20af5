using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Functional.Core.Forms;

namespace Functional;

/// <summary>
/// What is said to a person: a sentence in English, and the values in it. It is written as an interpolated string,
/// <c>Phrase fault = $"batch_size is {size}; it should be at least 1"</c>, and keeps the sentence apart from its
/// values, so that it can be said in another language. Numbers have a point in every language.
/// </summary>
/// <remarks>A value that is a phrase itself is translated with the sentence around it. Control characters stand as
/// escapes.</remarks>
[InterpolatedStringHandler]
public sealed class Phrase : IEquatable<Phrase>
{
    private readonly StringBuilder sentence;
    private readonly List<Value> values;
    private bool isSaid; // from then on it is what it is

    /// <summary>An empty phrase, which the compiler appends an interpolated string to.</summary>
    public Phrase(int literalLength, int formattedCount) =>
        (sentence, values) = (new(literalLength + 4 * formattedCount), new(formattedCount));

    /// <summary>Nothing at all.</summary>
    public static Phrase Empty => $"";

    /// <summary>A sentence without values, from a table of such.</summary>
    internal static Phrase Of(string sentence)
    {
        var phrase = new Phrase(sentence.Length, 0);
        phrase.AppendLiteral(sentence);
        return phrase;
    }

    /// <summary>Names in quotes, so many at most, and how many more there are.</summary>
    internal static Phrase Listed(IReadOnlyCollection<string> names, int most = 10)
    {
        string shown = string.Join(", ", names.Take(most).Select(name => Visible.Quoted(name)));
        return names.Count > most ? (Phrase)$"{shown} and {names.Count - most} more" : $"{shown}";
    }

    /// <summary>A text that is the same in every language, such as a name or a line of a table.</summary>
    public static Phrase Verbatim(string text) => $"{text}";

    /// <summary>Phrases with the same text between each two.</summary>
    public static Phrase Join(string separator, IEnumerable<Phrase> phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var all = new Phrase(0, 0);
        foreach (var phrase in phrases)
        {
            if (all.values.Count > 0) all.AppendLiteral(separator);
            all.AppendFormatted(phrase);
        }
        return all;
    }

    /// <summary>The sentence with <c>{0}</c>, <c>{1}</c> ... in the places of its values; braces of its own are
    /// doubled.</summary>
    internal string Sentence
    {
        get
        {
            isSaid = true;
            return sentence.ToString();
        }
    }

    /// <summary>For the compiler: appends to the sentence.</summary>
    /// <exception cref="InvalidOperationException">The phrase was said already.</exception>
    public void AppendLiteral(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RequireUnsaid();
        sentence.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    /// <summary>For the compiler: appends a value.</summary>
    /// <exception cref="InvalidOperationException">The phrase was said already.</exception>
    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        RequireUnsaid();
        sentence.Append(CultureInfo.InvariantCulture, $"{{{values.Count}}}");
        values.Add(new(value switch
        {
            Phrase phrase => phrase,
            IPhrased phrased => phrased.Words,
            IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        }, alignment));
    }

    /// <summary>For the compiler: appends a value.</summary>
    public void AppendFormatted<T>(T value, string? format) => AppendFormatted(value, 0, format);

    /// <summary>In English.</summary>
    public override string ToString() => In(Language.English);

    /// <summary>In a language. A sentence that is not translated stands in English.</summary>
    public string In(Language language)
    {
        string own = Sentence;
        string said = language == Language.English ? own : Translations.Find(language, own) ?? own;
        var line = new StringBuilder();
        for (int at = 0; at < said.Length; at++)
            if (said[at] is '{' or '}' && at + 1 < said.Length && said[at + 1] == said[at]) line.Append(said[at++]);
            else if (said[at] == '{')
            {
                int end = said.IndexOf('}', at);
                int number = int.Parse(
                    said.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture);
                line.Append(values[number].In(language));
                at = end;
            }
            else line.Append(said[at]);
        return Visible.Line(line.ToString());
    }

    /// <summary>Whether the other says the same in English.</summary>
    public bool Equals(Phrase? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Phrase);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private void RequireUnsaid()
    {
        if (isSaid) throw new InvalidOperationException("a phrase that was said cannot be added to");
    }

    // A text or a phrase, and the columns that it fills: to the right, or to the left where they are negative.
    private readonly record struct Value(object Said, int Alignment)
    {
        public string In(Language language)
        {
            string text = Said is Phrase phrase ? phrase.In(language) : Visible.Line((string)Said);
            return Alignment < 0 ? text.PadRight(-Alignment) : text.PadLeft(Alignment);
        }
    }
}

/// <summary>What has words of its own, which are translated with the phrase that it stands in.</summary>
internal interface IPhrased
{
    /// <summary>As a message says it.</summary>
    Phrase Words { get; }
}
