using System.Text.RegularExpressions;
using System.Xml.Linq;
using Functional;
using Functional.Core.Inspection;
using Functional.Lecture;
using Xunit;

namespace Properties.Lecture.Frame;

/// <summary>What every claim of the lecture has.</summary>
public sealed partial class ClaimProperties
{
    public static TheoryData<string> Names => [.. Claims.All.Select(claim => claim.Name)];

    private static readonly Language[] Languages = [Language.English, Language.Spanish];

    [Fact]
    public void Each_has_a_name_of_its_own_and_they_stand_in_the_order_of_the_lecture()
    {
        Assert.Distinct(Claims.All.Select(claim => claim.Name));
        Assert.Equal(Claims.All.Select(claim => claim.Chapter).Order(), Claims.All.Select(claim => claim.Chapter));
    }

    [Theory, MemberData(nameof(Names))]
    public void It_can_fail(string name) => Assert.NotEmpty(Claims.Named(name)!.Falsehoods);

    [Theory, MemberData(nameof(Names))]
    public void It_says_beforehand_what_is_wanted_and_why(string name)
    {
        var claim = Claims.Named(name)!;
        Assert.NotEmpty(claim.Criteria);
        Assert.NotEmpty(claim.Sources);
        Assert.Distinct(claim.Criteria.Select(criterion => criterion.Name));
        Assert.All(claim.Criteria, criterion => Assert.True(criterion.Wanted.Low <= criterion.Wanted.High));
        Assert.All(claim.Criteria, criterion => Assert.NotEmpty($"{criterion.Because}"));
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_sentence_is_said_in_both_languages(string name) => Assert.NotEqual(
        Claims.Named(name)!.Sentence.In(Language.English), Claims.Named(name)!.Sentence.In(Language.Spanish));

    [Theory, MemberData(nameof(Names))]
    public void Every_formula_of_its_page_can_be_set(string name) => Assert.All(
        from language in Languages
        from formula in Formulas(PageText.Of(Claims.Named(name)!, language).Body)
        select formula, formula => Assert.Equal("math", MathMl.Of(formula).Name));

    // A line break within one might be read as a list, or as no formula at all.
    [Theory, MemberData(nameof(Names))]
    public void Every_formula_within_a_line_ends_there(string name) => Assert.All(
        from language in Languages
        from line in Block().Replace(PageText.Of(Claims.Named(name)!, language).Body, "").Split('\n')
        select line, line => Assert.True(line.Count(sign => sign == '$') % 2 == 0, line));

    // A page that has a figure in one language has it in the other.
    [Theory, MemberData(nameof(Names))]
    public void Its_pages_have_the_same_figures_and_tables(string name)
    {
        var claim = Claims.Named(name)!;
        var pages = Languages.Select(language =>
            PageText.Of(claim, language).Holes.Where(hole => hole.Kind != "value").Order().ToArray()).ToArray();
        Assert.Equal(pages[0], pages[1]);
        Assert.Distinct(pages[0]);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_pages_show_numbers_of_its_criteria_alone(string name) => Assert.All(
        from language in Languages
        from hole in PageText.Of(Claims.Named(name)!, language).Holes
        where hole.Kind == "value"
        select hole.Name,
        value => Assert.Contains(value, Claims.Named(name)!.Criteria.Select(criterion => criterion.Name)));

    [Fact]
    public void A_criterion_holds_where_the_whole_interval_does() => Assert.Equal(
        [Standing.Holds, Standing.Open, Standing.Open, Standing.Fails, Standing.Fails],
        new (double Low, double High)[] { (0.5, 0.9), (0.4, 0.6), (0.4, 0.5), (0.1, 0.4), (double.NaN, double.NaN) }
            .Select(range => new Criterion("share", $"share", Bound.AtLeast(0.5), $"theory")
                .Judge(new Estimate("share", range.Low, range.Low, range.High))));

    private static IEnumerable<string> Formulas(string page) =>
        Formula().Matches(page).Select(formula => formula.Groups[1].Value + formula.Groups[2].Value);

    [GeneratedRegex(@"\$\$(.+?)\$\$|\$(.+?)\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\$\$(.+?)\$\$", RegexOptions.Singleline)]
    private static partial Regex Block();
}

/// <summary>Formulas in MathML.</summary>
public sealed class MathMlProperties
{
    [Theory]
    [InlineData("x_1", "<msub><mi>x</mi><mn>1</mn></msub>")]
    [InlineData(@"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\hat{y}^2", "<msup><mover accent=\"true\"><mi>y</mi><mo>^</mo></mover><mn>2</mn></msup>")]
    [InlineData(@"\mathbf{W}", "<mi>𝐖</mi>")]
    [InlineData("(x)", "<mrow><mo lspace=\"0\" rspace=\"0\" stretchy=\"false\">(</mo><mi>x</mi>"
        + "<mo lspace=\"0\" rspace=\"0\" stretchy=\"false\">)</mo></mrow>")]
    [InlineData(@"\left( x \right)", "<mrow><mo stretchy=\"true\">(</mo><mi>x</mi><mo stretchy=\"true\">)</mo></mrow>")]
    [InlineData(@"\sum_{i}^{N} i", "<mrow><munderover><mo>∑</mo><mi>i</mi><mi>N</mi></munderover><mi>i</mi></mrow>")]
    [InlineData(@"\text{if } 0.5", "<mrow><mtext mathvariant=\"normal\">if </mtext><mn>0.5</mn></mrow>")]
    public void A_formula_is_set(string latex, string expected) =>
        Assert.Equal($"<math>{expected}</math>", MathMl.Of(latex).ToString(SaveOptions.DisableFormatting));

    [Theory]
    [InlineData(@"\unknown", @"\unknown")]
    [InlineData("{x", "}")]
    [InlineData("x}", "}")]
    [InlineData("x_", "ends")]
    [InlineData(@"\begin{cases} x \end{matrix}", "matrix")]
    public void What_cannot_be_set_is_named(string latex, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => MathMl.Of(latex)).Message,
            StringComparison.Ordinal);
}
