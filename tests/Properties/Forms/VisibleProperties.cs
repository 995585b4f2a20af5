using CsCheck;
using Functional;
using Functional.Core.Forms;
using Xunit;

namespace Properties.Forms;

/// <summary>What others wrote is shown to people, and not obeyed by their terminals.</summary>
public sealed class VisibleProperties
{
    [Theory]
    [InlineData("plain, niño, 数, \\u001b, 👩‍🔬", "plain, niño, 数, \\u001b, 👩‍🔬")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m")]
    [InlineData("two\r\nlines\tand a tab", "two\\u000d\\u000alines\\u0009and a tab")]
    [InlineData("\0\u007f\u0085\u009b2J\u2028", "\\u0000\\u007f\\u0085\\u009b2J\\u2028")]
    [InlineData("abc\u202etxt.exe\u2066\u2069\u200f\u061c", "abc\\u202etxt.exe\\u2066\\u2069\\u200f\\u061c")]
    public void Hidden_signs_stand_as_escapes(string text, string line) => Assert.Equal(line, Visible.Line(text));

    [Fact]
    public void A_line_has_nothing_hidden_and_stays_what_it_is() => Gen.String.Sample(text =>
        Visible.Line(text) is var line && !line.Any(char.IsControl) && Visible.Line(line) == line);

    [Fact]
    public void Faults_are_visible_however_they_are_made()
    {
        const string Name = "\u001b[2J\n", Line = "column \"\\u001b[2J\\u000a\" is bad";
        Phrase said = $"column \"{Name}\" is bad";
        Phrase[] phrases = [said, Phrase.Verbatim($"column \"{Name}\" is bad"), Phrase.Of($"column \"{Name}\" is bad")];
        Assert.All(phrases, phrase => Assert.Equal(Line, new Invalid(phrase).Message));
        Assert.Equal("said {0} }", ((Phrase)$"said {{0}} {"}"}").ToString());
        Assert.Throws<InvalidOperationException>(() => said.AppendLiteral("more"));
        InvalidInputException[] faults = [new(said), new(said, new IOException()), new([new Invalid(said)])];
        Assert.All(faults, fault => Assert.Equal(Line, fault.Message));
        Assert.All(faults, fault => Assert.Equal(Line, fault.Faults[0].Message));
    }

    [Fact]
    public void A_value_in_a_message_is_cut_between_characters() => Assert.Equal(
        $"\"{new string('x', 39)}...\"", Visible.Quoted($"{new string('x', 39)}👩 and more"));
}
