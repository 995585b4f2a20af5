using System.Text;
using System.Text.RegularExpressions;
using Functional;
using Functional.Figures;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Properties.Structure;
using Xunit;
using static System.FormattableString;

namespace Properties.Lecture.Frame;

/// <summary>
/// The pages in docs/lecture: written from recorded trials. With <c>FUNCTIONAL_WRITE=1</c> trials that are not recorded
/// are done, and the pages written anew.
/// </summary>
public sealed partial class LecturePages(ITestOutputHelper output)
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs/lecture");
    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("FUNCTIONAL_WRITE") == "1";
    private const int LargestSvg = 60_000;

    public static TheoryData<string> Names => [.. Claims.All.Select(claim => claim.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_page_shows_what_was_recorded(string name)
    {
        var claim = Claims.Named(name)!;
        var result = Recorded(claim, ClaimOrder.Usual(claim));
        (ClaimResult, double)? full = File.Exists(Record(claim, isFull: true))
            ? (Recorded(claim, ClaimOrder.Usual(claim, isFull: true)), Seconds(claim, isFull: true))
            : null;
        foreach (var language in (Language[])[Language.English, Language.Spanish])
        {
            string folder = language == Language.Spanish ? "es" : "en";
            var page = new ClaimMarkdown(result, language, full);
            string text = $"# {page.Title}\n\n{page.Body(figure => Drawn(claim, figure, language, folder))}";
            Same(Path.Combine(Docs, folder, $"{name}.md"), Wrapped(text.TrimEnd()) + "\n");
        }
        string verdict = Path.Combine(Repository.Root, "src/Lecture/Pages/verdicts", $"{name}.json");
        string line = new ResultLine(result, Seconds(claim, isFull: false)).ToJson() + "\n";
        Same(verdict, line);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_figure_and_table_stands_on_its_page(string name)
    {
        var claim = Claims.Named(name)!;
        var findings = Recorded(claim, ClaimOrder.Usual(claim)).Findings;
        Assert.Equal(
            findings.Figures.Select(figure => ("figure", figure.Name))
                .Concat(findings.Tables.Select(table => ("table", table.Name))).Order(),
            PageText.Of(claim, Language.English).Holes.Where(hole => hole.Kind != "value").Order());
    }

    // One trial of each part, the quickest: what is recorded is what this processor comes to, to the bit.
    [Theory, MemberData(nameof(Names))]
    public void Recorded_trials_are_those_that_are_done_here(string name)
    {
        var claim = Claims.Named(name)!;
        var record = TrialFile.Read(File.ReadAllText(Record(claim, isFull: false)));
        var quickest = record.Known.GroupBy(trial => trial.Part).Select(part => part.MinBy(trial => trial.Seconds))
            .OrderBy(trial => trial.Seconds).ToArray();
        var again = quickest.TakeWhile((trial, i) => i == 0 || trial.Seconds <= MostSeconds)
            .Select(trial => (trial.Part, trial.Index)).ToHashSet();
        var repeating = new Repeating(record, again);
        ClaimResult.Of(claim, new(ClaimOrder.Usual(claim), repeating) { Threads = 1 });
        output.WriteLine($"{repeating.Count} trials done again");
        Assert.True(repeating.Count >= again.Count);
    }

    [Fact]
    public void The_index_lists_every_claim_with_its_verdict()
    {
        var text = new StringBuilder("# The lecture, claim by claim\n\nThe claims of a lecture on dense networks, each "
            + "measured over random seeds and judged by criteria that\ngive their reasons. [Claims](../claims.md) "
            + "says how; `functional claim NAME` measures one again, to the same digits.\n\nLas afirmaciones de una "
            + "clase sobre redes densas, cada una medida con semillas aleatorias y juzgada con criterios\nque dan sus "
            + "razones. `functional claim NOMBRE --language es` la mide de nuevo, con los mismos dígitos.\n");
        foreach (var chapter in Claims.All.GroupBy(claim => claim.Chapter))
        {
            var title = StandingWords.Of(chapter.Key);
            text.Append(Invariant($"\n## {title} / {title.In(Language.Spanish)}\n\n"))
                .Append("| claim | | verdict | seeds | full form |\n| --- | --- | --- | ---: | --- |\n");
            foreach (var claim in chapter)
            {
                var line = ResultLine.Recorded(claim)!;
                text.Append(Invariant(
                    $"| `{claim.Name}` | {Link(claim, Language.English)}<br>{Link(claim, Language.Spanish)} | "))
                    .Append(Invariant($"{StandingWords.Of(line.Standing)} | {line.Order.Seeds} | "))
                    .Append(Invariant($"{FullForm(claim)} |\n"));
            }
        }
        Same(Path.Combine(Docs, "README.md"), $"{text}");
    }

    private static string FullForm(Claim claim) => claim.FullForm is null ? ""
        : !File.Exists(Record(claim, isFull: true)) ? "not measured"
        : $"{StandingWords.Of(Recorded(claim, ClaimOrder.Usual(claim, isFull: true)).Standing)}";

    private static string Link(Claim claim, Language language) =>
        $"[{PageText.Of(claim, language).Title}]({(language == Language.Spanish ? "es" : "en")}/{claim.Name}.md)";

    private const double MostSeconds = 5;

    private static ClaimResult Recorded(Claim claim, ClaimOrder order)
    {
        string path = Record(claim, order.IsFull);
        if (IsWriting)
        {
            using var file = TrialFile.Open(path, $"{claim.Name}{order.Suffix}");
            return ClaimResult.Of(claim, new(order, file));
        }
        return ClaimResult.Of(
            claim, new(order, new RecordedTrials(TrialFile.Read(File.ReadAllText(path)))));
    }

    private static double Seconds(Claim claim, bool isFull) =>
        TrialFile.Read(File.ReadAllText(Record(claim, isFull))).Seconds;

    private static string Record(Claim claim, bool isFull) =>
        Path.Combine(Docs, "trials", $"{claim.Name}{(isFull ? "-full" : "")}.jsonl");

    // A picture of pixels stands where the drawing would be large; its bytes depend on the machine that painted it.
    private static string Drawn(Claim claim, FoundFigure figure, Language language, string folder)
    {
        var style = new FigureStyle(figure.Width, figure.Height, Language: language, Scale: 1.5);
        string svg = figure.Figure.ToSvg(style), name = $"{claim.Name}-{figure.Name}.{folder}";
        string path = Path.Combine(Docs, "figures", svg.Length <= LargestSvg ? $"{name}.svg" : $"{name}.png");
        if (svg.Length <= LargestSvg) Same(path, svg);
        else if (IsWriting) figure.Figure.Save(path, style);
        else Assert.True(File.Exists(path), path);
        string caption = figure.Caption.In(language);
        return $"![{figure.Name}](../figures/{Path.GetFileName(path)})\n\n*{caption}*";
    }

    // Paragraphs are filled up to column 120; tables, pictures, headings and formulas stand as they are.
    private static string Wrapped(string text)
    {
        var lines = new List<string>();
        bool isFormula = false, isOpen = false;
        string indent = "";
        foreach (string line in text.Split('\n'))
        {
            bool stands = isFormula || line.Length == 0 || line[0] is '|' or '!' or '#'
                || line.StartsWith("$$", StringComparison.Ordinal);
            isFormula ^= line == "$$";
            if (stands) lines.Add(line);
            else
            {
                string item = Item().Match(line).Value;
                if (!isOpen || item.Length > 0)
                {
                    indent = item is "> " ? item : new(' ', item.Length);
                    lines.Add("");
                }
                Fill(lines, line, indent);
            }
            isOpen = !stands;
        }
        return string.Join('\n', lines);
    }

    // A hyphen between spaces begins no line, since it would begin a list.
    private static void Fill(List<string> lines, string text, string indent)
    {
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (lines[^1].Length == 0) lines[^1] = word;
            else if (lines[^1].Length + word.Length + 1 <= Widest || word is "-") lines[^1] += $" {word}";
            else lines.Add(indent + word);
    }

    [GeneratedRegex(@"^(- |> |\d+\. )")]
    private static partial Regex Item();

    private const int Widest = 120;

    private static void Same(string path, string text)
    {
        if (IsWriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.Equal(text, File.Exists(path) ? File.ReadAllText(path) : $"{path} is not there");
    }

    /// <summary>Remembers all trials but a few, and compares what these come to with what was recorded.</summary>
    private sealed class Repeating(TrialFile record, HashSet<(string, int)> again) : ITrialMemory
    {
        public int Count { get; private set; }

        public double[]? Recall(string part, int index) =>
            again.Contains((part, index)) ? null : record.Recall(part, index);

        public double[] Keep(string part, int index, Func<double[]> trial)
        {
            double[] values = trial();
            Assert.Equal(record.Recall(part, index), values);
            Count++;
            return values;
        }
    }
}
