using System.Text.Json.Nodes;
using Functional.Formats;

namespace Functional.Cli.Reports;

/// <summary>What a verb has to say: one value, which is written as JSON or as text.</summary>
internal abstract record Report
{
    /// <summary>One object, the same in every language.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Lines for a person.</summary>
    /// <param name="language">Of the words in them.</param>
    /// <param name="width">Of a line of the terminal, in columns.</param>
    public abstract IEnumerable<string> ToText(Language language, int width);

    /// <summary>A number in JSON, which knows no infinite ones: null for those.</summary>
    protected static JsonNode? Finite(double number) => JsonNumber.Of(number);

    /// <summary>Texts as a list in JSON.</summary>
    protected static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>Words in lines of a width; those after the first are indented.</summary>
    protected static IEnumerable<string> Wrapped(string text, int width, int indent)
    {
        string? line = null;
        foreach (string word in text.Split(' '))
        {
            bool isFull = line is not null && line.Length + 1 + word.Length > width && line.Trim().Length > 0;
            if (isFull) yield return line!;
            line = isFull ? new string(' ', indent) + word : line is null ? word : $"{line} {word}";
        }
        yield return line!;
    }
}
