using System.Xml.Linq;
using Functional.Core.Forms;
using Functional.Core.Inspection;
using Functional.Figures;
using Functional.Landscapes;
using Functional.Reports;

namespace Functional.Cli.Pages;

/// <summary>Something to be drawn on a page, or in a file.</summary>
/// <param name="Name">Of its file.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Width">Units across.</param>
/// <param name="Height">Units down.</param>
internal sealed record Picture(string Name, Figure Figure, Phrase Caption, int Width = 680, int Height = 440)
{
    /// <summary>Whether it takes the whole width of the page.</summary>
    public bool IsWide { get; init; }
}

/// <summary>A page in a language, in the making.</summary>
internal sealed class PageWriter(Language language)
{
    private readonly PagePictures pictures = new();

    /// <summary>A phrase in the page's language.</summary>
    public string Say(Phrase phrase) => phrase.In(language);

    public XElement P(Phrase phrase) => Html.Of("p", Say(phrase));

    public XElement Note(Phrase phrase) => Html.Classed("p", "note", Say(phrase));

    /// <summary>A section with its heading; null where it would have nothing else.</summary>
    public XElement? Section(string id, Phrase title, params object?[] content) =>
        content.All(part => part is null || part is IEnumerable<XElement> many && !many.Any())
            ? null
            : Html.Of("section", ("id", id), ("aria-labelledby", $"{id}-title"),
                Html.Of("h2", ("id", $"{id}-title"), Say(title)), content);

    /// <summary>A picture with its caption.</summary>
    public XElement Figure(Picture picture) => Html.Of(
        "figure", picture.IsWide ? ("class", "wide") : null,
        pictures.Of(
            picture.Figure, new(picture.Width, picture.Height, Language: language), Say(picture.Caption)),
        Html.Of("figcaption", Say(picture.Caption)));

    /// <summary>Pictures beside each other.</summary>
    public XElement? Grid(IEnumerable<Picture> shown, bool isSmall = false) =>
        shown.Select(Figure).ToArray() is { Length: > 0 } all
            ? Html.Classed("div", isSmall ? "grid small" : "grid", all)
            : null;

    /// <summary>Parts of a page beside each other, where there is room.</summary>
    public static XElement? Beside(params IEnumerable<XElement?> parts) =>
        parts.OfType<XElement>().ToArray() is { Length: > 0 } all
            ? Html.Classed("div", "grid", all.Select(part => Html.Of("div", part)))
            : null;

    /// <summary>A table; cells in columns of numbers stand on the right.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="heads">Of the columns; the first names the rows.</param>
    /// <param name="numbers">Which columns are of numbers, from 0.</param>
    /// <param name="rows">Cells, as many as heads: texts, phrases or elements.</param>
    public XElement Table(Phrase caption, Phrase[] heads, int[] numbers, IEnumerable<object?[]> rows)
    {
        string label = Say(caption);
        return Scrolling(label, Html.Of("table", Html.Of("caption", label),
            Html.Of("thead", Html.Of("tr", heads.Select((head, i) =>
                Html.Of("th", ("scope", "col"), numbers.Contains(i) ? ("class", "n") : null, Say(head))))),
            Html.Of("tbody", rows.Select(row => Html.Of("tr", row.Select((cell, i) => i == 0
                ? Html.Of("th", ("scope", "row"), numbers.Contains(0) ? ("class", "n") : null, Cell(cell))
                : Html.Of("td", numbers.Contains(i) ? ("class", "n") : null, Cell(cell))))))));
    }

    // Reached by the keyboard, for those who cannot drag it.
    private static XElement Scrolling(string label, XElement table) => Html.Classed(
        "div", "scroll", ("role", "region"), ("aria-label", label), ("tabindex", "0"), table);

    private object? Cell(object? cell) => cell is Phrase phrase ? Say(phrase) : cell;

    /// <summary>Names and values, a row each.</summary>
    public XElement Facts(Phrase caption, IEnumerable<(Phrase Name, object? Value)> facts)
    {
        string label = Say(caption);
        return Scrolling(label, Html.Of("table", Html.Of("caption", label), Html.Of("tbody",
                facts.Select(fact => Html.Of("tr", Html.Of("th", ("scope", "row"), Say(fact.Name)),
                    Html.Classed("td", "long", Cell(fact.Value)))))));
    }

    /// <summary>A number and its interval.</summary>
    public static object?[] Interval(Estimate? estimate) => estimate is null
        ? ["–"]
        :
        [
            Measured(estimate.Measure, estimate.Value), " ",
            Html.Classed("span", "interval",
                $"[{Measured(estimate.Measure, estimate.Low)}, {Measured(estimate.Measure, estimate.High)}]"),
        ];

    /// <summary>A measure as a report writes it.</summary>
    public static string Measured(string measure, double value) =>
        !double.IsFinite(value) ? "–"
        : measure is "root_mean_squared_error" or "mean_absolute_error" ? Numerals.Of(value, 4)
        : Numerals.Fixed(value, 4);

    /// <summary>What a measure is called.</summary>
    public static Phrase MeasureName(string measure) => measure switch
    {
        "accuracy" => $"accuracy",
        "balanced_accuracy" => $"balanced accuracy",
        "f1" => $"F1, mean over classes",
        "log_loss" => $"log loss",
        "brier" => $"Brier score",
        "exact_match" => $"every label right",
        "r2" => $"R2",
        "root_mean_squared_error" => $"typical error (RMSE)",
        "mean_absolute_error" => $"mean absolute error",
        _ => Phrase.Verbatim(measure),
    };

    /// <summary>What a part is called.</summary>
    public static Phrase PartName(DataPart part) => part switch
    {
        DataPart.Train => $"training",
        DataPart.Validation => $"validation",
        _ => $"test",
    };

    /// <summary>The word of a tone.</summary>
    public static Phrase ToneName(Tone tone) => tone switch
    {
        Tone.Good => $"good",
        Tone.Warning => $"look here",
        Tone.Bad => $"failed",
        _ => $"note",
    };

    /// <summary>The box with the verdict.</summary>
    public XElement Verdict(Verdict verdict) => Html.Classed(
        "div", $"verdict {Class(verdict.Headline.Tone)}", Html.Of("p", Say(verdict.Headline.Text)),
        verdict.Findings.Count == 0 ? null : Html.Classed("ul", "findings", verdict.Findings.Select(finding => Html.Of(
            "li", Html.Classed("span", $"tone {Class(finding.Tone)}", Say(ToneName(finding.Tone))),
            Html.Of("span", Say(finding.Text))))));

    private static string Class(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Warning => "warning",
        Tone.Bad => "bad",
        _ => "plain",
    };

    /// <summary>The page around its parts.</summary>
    /// <param name="title">Of the window.</param>
    /// <param name="header">What stands first.</param>
    /// <param name="sections">The sections; those that are null are left out.</param>
    /// <param name="footer">What stands last.</param>
    public string Page(Phrase title, IEnumerable<object?> header, IEnumerable<XElement?> sections, Phrase footer)
    {
        XElement[] shown = [.. sections.OfType<XElement>()];
        var contents = Html.Of("nav", ("aria-label", Say($"contents")), Html.Of("ul", shown.Select(section => Html.Of(
            "li", Html.Of("a", ("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value)))));
        var body = Html.Of("body", Html.Of("header", header, contents), Html.Of("main", shown),
            Html.Of("footer", Html.Of("p", Say(footer))));
        return Html.Page(Html.Of("html", ("lang", language == Language.Spanish ? "es" : "en"),
            Html.Of("head",
                Html.Of("meta", ("charset", "utf-8")),
                Html.Of("meta", ("http-equiv", "Content-Security-Policy"),
                    ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:")),
                Html.Of("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                Html.Of("title", Say(title)),
                Html.Of("style", PageStyle.Sheet + pictures.Styles)),
            body));
    }
}
