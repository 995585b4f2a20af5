using System.Xml.Linq;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Markdig;

namespace Functional.Cli.Pages;

/// <summary>A claim's page as a section of HTML: its Markdown, with formulas in MathML, figures and tables in their
/// places.</summary>
internal sealed class ClaimSection(ClaimResult result, PageWriter writing, Language language)
{
    private const string Figure = "figure:", Table = "table:";

    private static readonly MarkdownPipeline Markdown =
        new MarkdownPipelineBuilder().UseMathematics().UseEmphasisExtras().Build();

    private readonly ClaimMarkdown page = new(result, language);

    /// <summary>What it is called.</summary>
    public string Title => page.Title;

    /// <summary>As one section of a page.</summary>
    public XElement Whole => Section(result.Claim.Name, Title, Content.Select(node =>
        node is XElement { Name.LocalName: "h2" } heading ? Html.Of("h3", heading.Value) : node));

    /// <summary>What stands above the first heading: the sentence, and the verdict.</summary>
    public IEnumerable<XNode> Head => Content.TakeWhile(node => !IsHeading(node));

    /// <summary>A section for each heading.</summary>
    public IEnumerable<XElement> Sections
    {
        get
        {
            XNode[] all = [.. Content];
            int[] starts = [.. all.Index().Where(node => IsHeading(node.Item)).Select(node => node.Index)];
            return starts.Zip([.. starts.Skip(1), all.Length], (from, to) =>
                Section($"part-{from}", ((XElement)all[from]).Value, all[(from + 1)..to]));
        }
    }

    private static bool IsHeading(XNode node) => node is XElement { Name.LocalName: "h2" };

    private static XElement Section(string id, string title, IEnumerable<XNode> content) => Html.Of(
        "section", ("id", id), ("class", "claim"), ("aria-labelledby", $"{id}-title"),
        Html.Of("h2", ("id", $"{id}-title"), title),
        content);

    private IEnumerable<XNode> Content
    {
        get
        {
            string body = page.Body(figure => $"![]({Figure}{figure.Name})", table => $"![]({Table}{table.Name})");
            var shown = new Queue<FoundTable>(Tables(body));
            var content = XElement.Parse(
                $"<div>{Markdig.Markdown.ToHtml(body, Markdown)}</div>", LoadOptions.PreserveWhitespace);
            foreach (var quote in content.Descendants("blockquote").ToArray())
                quote.ReplaceWith(Html.Classed("div", $"verdict {Tone}", quote.Elements()));
            foreach (var math in content.Descendants().Where(IsMath).ToArray()) math.ReplaceWith(Formula(math));
            foreach (var image in content.Descendants("img").ToArray())
            {
                string source = image.Attribute("src")!.Value;
                image.Parent!.ReplaceWith(source.StartsWith(Figure, StringComparison.Ordinal)
                    ? Picture(source[Figure.Length..])
                    : Cells(shown.Dequeue()));
            }
            return content.Nodes();
        }
    }

    // The tables in the order in which the text has them; that of the criteria is none of the findings'.
    private IEnumerable<FoundTable> Tables(string body)
    {
        var all = new List<FoundTable>();
        page.Body(_ => "", table =>
        {
            all.Add(table);
            return "";
        });
        return all.OrderBy(table => body.IndexOf($"({Table}{table.Name})", StringComparison.Ordinal));
    }

    private string Tone => result.Standing switch
    {
        Standing.Holds => "good",
        Standing.Open => "warning",
        _ => "bad",
    };

    private XElement Picture(string name)
    {
        var found = result.Findings.Figures.Single(figure => figure.Name == name);
        return writing.Figure(new(name, found.Figure, found.Caption, found.Width, found.Height) { IsWide = true });
    }

    private XElement Cells(FoundTable table) => writing.Table(
        table.Caption, [.. table.Heads],
        [.. Enumerable.Range(0, table.Heads.Count).Where(column => table.Rows.Count > 0
            && table.Rows.All(row => row[column].Number is not null))],
        table.Rows.Select(row => row.Select(cell => cell.Number is null ? cell.Shown : Number(cell)).ToArray()));

    // An interval stands below its number.
    private object Number(FoundCell cell) => writing.Say(cell.Shown).Split(' ', 2) is [var value, var interval]
        ? new object[] { value, Html.Of("br"), Html.Classed("span", "interval", interval) }
        : cell.Shown;

    private static bool IsMath(XElement element) => element.Attribute("class")?.Value == "math";

    // \(x\) in a line, \[x\] on lines of its own.
    private static XElement Formula(XElement math)
    {
        string latex = math.Value.Trim()[2..^2];
        return math.Name == "div" ? Html.Of("p", MathMl.Of(latex, isBlock: true)) : MathMl.Of(latex);
    }
}
