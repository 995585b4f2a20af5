using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Acceptance;

/// <summary>The lecture's claims, as a user measures them.</summary>
public sealed partial class ClaimAcceptance : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private Command Run(string words, params (string Name, string Value)[] environment) =>
        Command.Run(words.Split(' '), scratch.Path, environment);

    [Fact]
    public void A_claim_ends_in_a_verdict_with_intervals_a_digest_a_page_and_figures()
    {
        var run = Run("claim xor-composed --seeds 48 --json --report --figures figures");
        Assert.Equal(0, run.Status);
        var solved = run.Json["criteria"]!.AsArray().Single(one => (string)one!["name"]! == "solved")!;
        double[] interval = [(double)solved["low"]!, (double)solved["value"]!, (double)solved["high"]!];
        Assert.True(interval[0] < interval[1] && interval[1] < interval[2]);
        Assert.Equal(64, ((string)run.Json["digest"]!).Length);
        string page = File.ReadAllText(scratch.At("lecture/xor-composed/page.en.html"));
        Assert.Contains("<math", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http://", page.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(File.Exists(scratch.At("figures/regions.svg")) && File.Exists(scratch.At("figures/regions.png")));
    }

    [Fact]
    public void Seeds_do_not_begin_again_at_zero()
    {
        var run = Run($"claim xor-impossible --seed {ulong.MaxValue} --seeds 2 --quiet");
        Assert.Equal(2, run.Status);
        Assert.Contains($"--seeds is 2; from seed {ulong.MaxValue} on there should be at most 1", run.Errors,
            StringComparison.Ordinal);
        Assert.NotEqual(2, Run($"claim xor-impossible --seed {ulong.MaxValue} --seeds 1 --quiet").Status);
    }

    [Fact]
    public void A_planted_falsehood_turns_the_verdict_and_is_no_last_verdict()
    {
        Assert.Equal((4, "fails"), Standing(Run("claim xor-impossible --plant product --json --quiet")));
        Assert.False((bool)Listed("xor-impossible")["measured_here"]!);
        Assert.Equal((0, "holds"), Standing(Run("claim xor-impossible --json --quiet")));
        Assert.True((bool)Listed("xor-impossible")["measured_here"]!);
    }

    // A key that threads or widths could see would be seen in the digest.
    [Theory, InlineData("xor-impossible"), InlineData("xor-composed")]
    public void A_digest_is_one_on_any_threads_and_widths(string name)
    {
        string[] digests =
        [
            .. new[] { ("1", "DOTNET_EnableAVX512"), ("2", "DOTNET_EnableAVX2"), ("2", "DOTNET_TieredPGO") }
                .Select(on => (Threads: on.Item1, Without: on.Item2))
                .Select(on => (string)Run(
                    $"claim {name} --seeds 20 --threads {on.Threads} --dir {on.Without} --json --quiet",
                    (on.Without, "0")).Json["digest"]!),
        ];
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void What_was_killed_goes_on_to_the_same_digest()
    {
        const string Words = "claim xor-composed --seeds 2000 --json --threads 1";
        string whole = (string)Run($"{Words} --quiet --dir whole").Json["digest"]!;
        for (int kill = 0; kill < 3; kill++)
        {
            using var process = Command.Start(Words.Split(' '), scratch.Path);
            _ = process.StandardOutput.ReadToEndAsync();
            process.StandardError.ReadLine(); // the first trial is done
            process.Kill();
            process.WaitForExit();
        }
        string[] before = File.ReadAllLines(scratch.At("lecture/xor-composed/trials.jsonl"));
        Assert.InRange(before.Length, 2, 125);
        Assert.Equal(whole, (string)Run($"{Words} --quiet").Json["digest"]!);
    }

    [Fact]
    public void An_interrupt_keeps_what_was_done()
    {
        string[] words = [.. "claim xor-composed --seeds 10000 --threads 1".Split(' ')];
        using var process = Command.Start(words, scratch.Path, before: ["env", "--default-signal"]);
        _ = process.StandardOutput.ReadToEndAsync();
        process.StandardError.ReadLine();
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("interrupted; what was done is kept in lecture", errors, StringComparison.Ordinal);
        Assert.True(File.ReadAllLines(scratch.At("lecture/xor-composed/trials.jsonl")).Length > 1);
    }

    // Its trials take minutes.
    [Fact]
    public void An_interrupt_does_not_wait_for_a_long_trial()
    {
        string[] words = [.. "claim sgd-finds-better --threads 1".Split(' ')];
        using var process = Command.Start(words, scratch.Path, before: ["env", "--default-signal"]);
        _ = process.StandardOutput.ReadToEndAsync();
        process.StandardError.ReadLine();
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        _ = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(143, process.ExitCode);
    }

    [Theory]
    [InlineData("claim no-such", "there is no claim \"no-such\"")]
    [InlineData("claim xor-impossible --seeds 0", "--seeds is \"0\"")]
    [InlineData("claim xor-impossible --seeds many", "--seeds is \"many\"")]
    [InlineData("claim xor-impossible --seed -1", "--seed is \"-1\"")]
    [InlineData("claim xor-impossible --plant nothing", "xor-impossible has product")]
    [InlineData("claim xor-impossible --full", "--full changes nothing here")]
    [InlineData("claim xor-impossible --threads 0", "threads is \"0\"")]
    [InlineData("claim xor-impossible --theme dark", "--theme changes nothing without --figures")]
    [InlineData("lecture --again", "--again changes nothing without --all")]
    [InlineData("lecture --threads 2", "--threads changes nothing without --all")]
    public void Bad_input_is_named_and_nothing_is_written(string words, string said)
    {
        var run = Run(words);
        Assert.Equal(2, run.Status);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void A_directory_that_is_a_file_is_named()
    {
        scratch.File("taken", "");
        Assert.Contains("--dir is \"taken\"", Run("claim xor-impossible --dir taken").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_has_the_recorded_verdicts_in_both_languages()
    {
        var listed = Run("lecture --json").Json["claims"]!.AsArray();
        Assert.All(listed, claim => Assert.NotNull(claim!["standing"]));
        Assert.Contains("se cumple", Run("lecture --language es").Output, StringComparison.Ordinal);
    }

    // What a page tells its reader to type can be typed.
    [Fact]
    public void The_commands_of_the_pages_have_verbs_options_claims_and_falsehoods_that_exist()
    {
        string[][] commands =
        [
            .. from file in Directory.EnumerateFiles(
                   Path.Combine(Checkout.Root, "docs/lecture"), "*.md", SearchOption.AllDirectories)
               from Match command in Typed().Matches(File.ReadAllText(file))
               select command.Groups[1].Value.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
        ];
        Assert.NotEmpty(commands);
        var help = commands.Select(words => words[0]).Distinct()
            .ToDictionary(verb => verb, verb => Run($"{verb} --help").Output);
        string[] claims = [.. Run("lecture --json").Json["claims"]!.AsArray().Select(claim => (string)claim!["name"]!)];
        foreach (string[] words in commands)
        {
            Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option =>
                Assert.Contains($"{option.Split('=')[0]} ", help[words[0]] + " ", StringComparison.Ordinal));
            if (words[0] != "claim" || words[1] is "NAME" or "NOMBRE") continue;
            Assert.Contains(words[1], claims);
            int plant = Array.IndexOf(words, "--plant");
            if (plant < 0) continue;
            // No seeds: the command names its faults and measures nothing.
            string faults = Run($"claim {words[1]} --plant {words[plant + 1]} --seeds 0").Errors;
            Assert.Contains("--seeds is", faults, StringComparison.Ordinal);
            Assert.DoesNotContain("--plant is", faults, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("`functional ([^`]+)`")]
    private static partial Regex Typed();

    private JsonNode Listed(string name) =>
        Run("lecture --json").Json["claims"]!.AsArray().Single(claim => (string)claim!["name"]! == name)!;

    private static (int, string) Standing(Command run) => (run.Status, (string)run.Json["standing"]!);
}
