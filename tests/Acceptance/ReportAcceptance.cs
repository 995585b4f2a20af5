using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Acceptance;

/// <summary>Runs that pages are written about.</summary>
public sealed class ReportedRuns : IDisposable
{
    private readonly Scratch scratch = new();

    /// <summary>Pages that were written already.</summary>
    public Dictionary<(string Run, string Language), string> Pages { get; } = [];

    public ReportedRuns()
    {
        foreach (string run in (string[])
            [
                "--out digits", "--data auto-mpg --out mpg", "--data penguins --epochs 20 --out penguins",
                "--data moons --samples 120 --epochs 20 --hidden 6 --activation tanh --out moons",
                "--data moons --samples 120 --epochs 20 --hidden 3 --activation relu --out smaller",
            ])
            Assert.Equal(0, Command.Run(["train", .. run.Split(' '), "--quiet"], Path).Status);
        Assert.Equal(3, Command.Run(
            [.. "train --data moons --samples 60 --hidden 4 --activation relu --optimizer sgd --rate 1e9".Split(' '),
                "--loss", "half_sum_squared_error", "--out", "diverged", "--quiet"], Path).Status);
    }

    public string Path => scratch.Path;

    public string At(string name) => scratch.At(name);

    public void Dispose() => scratch.Dispose();
}

/// <summary>A page about a run: one file, without a network, for eyes and ears, in two languages.</summary>
public sealed partial class ReportAcceptance(ReportedRuns runs) : IClassFixture<ReportedRuns>
{
    private const int Largest = 1 << 20;

    public static TheoryData<string, string> Pages => new(
        from run in (string[])["digits", "mpg", "penguins", "moons", "diverged", "moons smaller"]
        from language in (string[])["en", "es"]
        select (run, language));

    [Theory, MemberData(nameof(Pages))]
    public void A_page_is_one_small_file_that_asks_for_nothing(string run, string language)
    {
        string page = Page(run, language);
        Assert.InRange(page.Length, 1, Largest);
        Assert.All(Addresses().Matches(page), match =>
            Assert.StartsWith("http://www.w3.org/2000/svg", match.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_page_is_made_for_ears_too(string run, string language)
    {
        var root = Root(Page(run, language));
        Assert.Equal(language, root.Attribute("lang")!.Value);
        Assert.NotEmpty(root.Element("head")!.Element("title")!.Value);
        Assert.Single(root.Descendants("h1"));
        Assert.All(Pictures(root), picture => Assert.Equal(("img", true),
            (picture.Attribute("role")!.Value, picture.Attribute("aria-label")!.Value.Length > 0)));
        Assert.All(root.Descendants("th"), head => Assert.True(head.Attribute("scope")?.Value is "col" or "row"));
        Assert.All(root.Descendants("table"), table => Assert.NotEmpty(table.Element("caption")!.Value));
        string[] names = [.. root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(names.Distinct(), names);
        Assert.All(root.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], names));
    }

    [Fact]
    public void The_page_of_the_default_run_has_every_part()
    {
        var root = Root(Page("digits", "en"));
        Assert.Equal(["results", "curves", "mistakes", "importance", "network", "data", "settings", "again"],
            root.Descendants("section").Attributes("id").Select(id => id.Value));
        Assert.StartsWith("On 359 samples that it never saw, it is right in 97.8 % of cases (95 % interval 9",
            root.Descendants("div").First().Element("p")!.Value, StringComparison.Ordinal);
        string text = root.Value;
        var report = JsonNode.Parse(File.ReadAllText(runs.At("digits/run.json")))!;
        foreach (string said in (string[])
            [
                "functional reproduce digits", "functional train digits/run.json", $"{report["parameters_sha256"]}",
                $"{report["data"]!["sha256"]}", "0.9777", "softmax_cross_entropy", "Where it ran does not matter",
            ])
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.InRange(Pictures(root).Count(), 9, 20);
    }

    [Fact]
    public void A_page_in_Spanish_is_in_Spanish()
    {
        string text = Root(Page("mpg", "es")).Element("body")!.Value;
        foreach (string said in (string[])["ejemplos que nunca vio", "Cómo aprendió", "Ajustes", "la pérdida"])
            Assert.Contains(said, text, StringComparison.Ordinal);
        foreach (string english in (string[])["How ", "the loss", "samples", "learning rate"])
            Assert.DoesNotContain(english, text, StringComparison.Ordinal);
    }

    [Theory, InlineData("digits"), InlineData("penguins")]
    public void The_same_page_is_written_on_any_number_of_threads(string run)
    {
        string[] pages = [.. ((string[])["1", "2", "3"]).Select(threads =>
        {
            Assert.Equal(0, Report(run, "--threads", threads, "--out", "threads.html").Status);
            return File.ReadAllText(runs.At("threads.html"));
        })];
        Assert.Single(pages.Distinct());
    }

    [Fact]
    public void What_a_page_says_is_JSON_too()
    {
        var json = Report("penguins", "--json").Json;
        Assert.Equal(("penguins/report.html", "penguins/card.md"), ($"{json["page"]}", $"{json["card"]}"));
        var run = json["runs"]![0]!;
        var accuracy = run["parts"]!["test"]!["accuracy"]!;
        var report = JsonNode.Parse(File.ReadAllText(runs.At("penguins/run.json")))!;
        Assert.Equal((double)report["test"]!["accuracy"]!, (double)accuracy["value"]!);
        Assert.InRange((double)accuracy["value"]!, (double)accuracy["low"]!, (double)accuracy["high"]!);
        Assert.Equal(6, run["importance"]!.AsArray().Count);
        Assert.Equal(2, run["layers"]!.AsArray().Count);
    }

    [Fact]
    public void Several_runs_stand_beside_each_other()
    {
        var found = Report("moons", "smaller", "--figures", "compared");
        Assert.Equal((0, true), (found.Status, File.Exists(runs.At("moons/comparison.html"))));
        string text = Root(File.ReadAllText(runs.At("moons/comparison.html"))).Value;
        foreach (string said in (string[])
            ["dense (units 6, activation tanh)", "dense (units 3, activation relu)", "functional reproduce smaller"])
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.True(File.Exists(runs.At("compared/validation-losses.svg")));
    }

    [Fact]
    public void The_best_of_seeds_and_of_folds_is_no_winner()
    {
        foreach (string repeats in (string[])["--seeds 2", "--folds 2"])
        {
            string[] words = ["train", "--data", "moons", "--samples", "60", "--epochs", "2", "--out", "repeats",
                .. repeats.Split(' ')];
            Assert.Equal(0, Command.Run(words, runs.Path).Status);
            string[] names = [.. Directory.GetDirectories(runs.At("repeats")).Select(name => Path.GetFileName(name))];
            string said = Report([.. names.Select(name => $"repeats/{name}"), "--out", "repeats.html"]).Output;
            Assert.StartsWith("These runs are one experiment, repeated with other seeds, rows", said,
                StringComparison.Ordinal);
            Assert.Contains("test part has mean", said.Replace("\n  ", " ", StringComparison.Ordinal),
                StringComparison.Ordinal);
            Directory.Delete(runs.At("repeats"), recursive: true);
        }
    }

    [Fact]
    public void Settings_stand_beside_those_of_the_run_it_came_from()
    {
        Assert.Equal(0, Report("moons", "--parent", "smaller", "--out", "parent.html").Status);
        string text = Root(File.ReadAllText(runs.At("parent.html"))).Value;
        Assert.Contains("Beside the run that it came from, smaller:", text, StringComparison.Ordinal);
        Assert.Contains("dense (units 3, activation relu)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_files_on_request()
    {
        Assert.Equal(0, Report("penguins", "--figures", "drawn", "--theme", "print").Status);
        string[] names = [.. Directory.GetFiles(runs.At("drawn")).Select(Path.GetFileName).OfType<string>()];
        foreach (string name in (string[])["curves", "curves-logarithmic", "confusion", "calibration", "importance",
            "activations-1", "weights", "norms"])
            Assert.True(names.Contains($"{name}.svg") && names.Contains($"{name}.png"), name);
    }

    [Fact]
    public void What_an_author_wrote_in_a_card_stays()
    {
        string card = runs.At("smaller/card.md");
        Assert.Equal(0, Report("smaller").Status);
        string text = File.ReadAllText(card);
        Assert.Contains("## Intended use", text, StringComparison.Ordinal);
        Assert.Contains("functional reproduce smaller", text, StringComparison.Ordinal);
        string own = AuthorsPart().Replace(text, "<!-- author -->\nFor moons alone.\nNot for suns.\n<!-- /author -->");
        File.WriteAllText(card, own);
        Assert.Equal(0, Report("smaller").Status);
        Assert.Equal(own, File.ReadAllText(card));
        File.WriteAllText(card, "mine\n");
        var refused = Report("smaller");
        Assert.Equal((0, "mine\n"), (refused.Status, File.ReadAllText(card)));
        Assert.Contains("is not a card that this command wrote", refused.Errors, StringComparison.Ordinal);
        File.Delete(card);
    }

    [Fact]
    public void A_run_that_diverged_has_a_page_that_says_so() => Assert.Contains(
        "Training diverged at step", Root(Page("diverged", "en")).Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("nowhere", "there is no run nowhere")]
    [InlineData("unfinished", "unfinished is unfinished")]
    [InlineData("moons smaller --parent moons", "--parent is for one run")]
    [InlineData("moons --out nowhere/page.html", "nowhere/page.html cannot be written")]
    public void What_does_not_fit_is_refused(string words, string message)
    {
        if (!Directory.Exists(runs.At("unfinished")))
        {
            Directory.CreateDirectory(runs.At("unfinished"));
            var report = JsonNode.Parse(File.ReadAllText(runs.At("moons/run.json")))!;
            report["outcome"] = "unfinished";
            File.WriteAllText(runs.At("unfinished/run.json"), report.ToJsonString());
        }
        var refused = Report(words.Split(' '));
        Assert.Equal((2, ""), (refused.Status, refused.Output));
        Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
    }

    // What the browser asks for on its own account comes from no page; the control shows that others are seen.
    [Theory, InlineData("digits"), InlineData("mpg"), InlineData("moons smaller")]
    public void A_browser_that_opens_a_page_asks_for_nothing(string run)
    {
        Assert.SkipUnless(Started(Chromium, "--version") is not null, "chromium is not installed");
        File.WriteAllText(runs.At("opened.html"), Page(run, "en"));
        Assert.Empty(AskedFor(runs.At("opened.html")));
        File.WriteAllText(runs.At("control.html"),
            Page(run, "en").Replace("default-src 'none'", "default-src *", StringComparison.Ordinal)
                .Replace("img-src data:", "img-src *", StringComparison.Ordinal)
                .Replace("<main>", $"<main><img src=\"{Elsewhere}\" alt=\"\"/>", StringComparison.Ordinal));
        Assert.Equal([Elsewhere], AskedFor(runs.At("control.html")));
    }

    private const string Chromium = "chromium", Elsewhere = "http://example.invalid/a.png";

    private string[] AskedFor(string page)
    {
        string log = runs.At("network.json");
        Started(Chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-component-update",
            "--disable-background-networking", $"--user-data-dir={runs.At("browser")}", $"--log-net-log={log}",
            "--dump-dom", $"file://{page}");
        return
        [
            .. Requested().Matches(File.ReadAllText(log)).Select(match => match.Groups[1].Value).Distinct(),
        ];
    }

    private static string? Started(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit(60_000);
            _ = errors.Result;
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private Command Report(params string[] words) => Command.Run(["report", .. words], runs.Path);

    private string Page(string run, string language)
    {
        if (runs.Pages.TryGetValue((run, language), out string? page)) return page;
        var written = Report([.. run.Split(' '), "--language", language, "--out", "page.html"]);
        Assert.Equal((0, ""), (written.Status, written.Errors));
        return runs.Pages[(run, language)] = File.ReadAllText(runs.At("page.html"));
    }

    private static XElement Root(string page) =>
        XElement.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));

    private static IEnumerable<XElement> Pictures(XElement root) =>
        root.Descendants().Where(element => element.Name.LocalName == "svg");

    [GeneratedRegex("https?://[^\"' <)]*|url\\((?!#)[^)]*\\)|@import")]
    private static partial Regex Addresses();

    [GeneratedRegex("\"initiator\":\"(?!not an origin)[^\"]*\".*?\"url\":\"(https?://[^\"]*)")]
    private static partial Regex Requested();

    [GeneratedRegex("<!-- author -->.*<!-- /author -->", RegexOptions.Singleline)]
    private static partial Regex AuthorsPart();
}
