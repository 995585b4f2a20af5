using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Acceptance;

/// <summary>The programs in samples/, as a user would run them.</summary>
public sealed partial class SampleAcceptance
{
    private static readonly string Samples = Path.Combine(Checkout.Root, "samples");

    [Fact]
    public void Churn_is_learned_from_objects_with_missing_values()
    {
        string[] lines = Run("churn").Split('\n');
        Assert.StartsWith(
            "600 rows of 4 columns: plan (3 categories, 28 missing), age (number, 60 missing)", lines[0],
            StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("test        accuracy", StringComparison.Ordinal));
        Assert.Matches("^(yes|no) 0\\.[0-9]{3}$", lines[^5]);
        Assert.All(lines[^4..^1], line => Assert.InRange(double.Parse(line, CultureInfo.InvariantCulture), 0, 1));
    }

    [Fact]
    public void A_threshold_is_chosen_by_what_faults_cost()
    {
        string output = Run("threshold");
        Assert.Matches("best F1 +from 0\\.", output);
        Assert.Matches("recall 0.99 +from 0\\..*recall 1", output);
        Assert.Matches("(?m)^(yes|no) 0\\.[0-9]{3}$", output);
    }

    [Fact]
    public void Own_parts_obey_the_laws_and_are_saved_by_name()
    {
        string output = Run("own-parts");
        Assert.Contains("test        accuracy 0.9", output, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"swish\",\"beta\":0.7", Blank().Replace(output, ""), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"scale\"", Blank().Replace(output, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void One_file_is_a_program()
    {
        using var scratch = new Scratch();
        string output = Dotnet(
            scratch.Path, "run", "-c", "Release", "-p:BuildProjectReferences=false", "--file",
            Path.Combine(Samples, "file-app", "app.cs"));
        Assert.Matches("(?m)^Gentoo 0\\.[0-9]{3}$", output);
    }

    [Fact]
    public async Task A_service_answers_many_at_once_with_the_same_answer()
    {
        using var scratch = new Scratch();
        Dotnet(
            scratch.Path, "build", "-c", "Release", "-p:BuildProjectReferences=false",
            Path.Combine(Samples, "service"));
        int port = Random.Shared.Next(20_000, 60_000);
        var start = Start(
            scratch.Path, Path.Combine(Samples, "service/bin/Release/net10.0/service.dll"), "--urls",
            $"http://127.0.0.1:{port}");
        using var service = Process.Start(start)!;
        try
        {
            _ = service.StandardOutput.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            while (!await IsUp(client)) await Task.Delay(50);
            async Task<string> Ask() =>
                await (await client.PostAsJsonAsync("/churn", new { plan = "gold", age = 41, tickets = 3 })).Content
                    .ReadAsStringAsync();
            string first = await Ask();
            var answer = JsonNode.Parse(first)!;
            Assert.Contains($"{answer["class"]}", (string[])["no", "yes"]);
            Assert.InRange((double)answer["probability"]!, 0.5, 1);
            string[] all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Ask()));
            Assert.Equal([first], all.Distinct());
        }
        finally
        {
            service.Kill();
        }
    }

    private static async Task<bool> IsUp(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Run(string sample)
    {
        using var scratch = new Scratch();
        return Dotnet(
            scratch.Path, "run", "-c", "Release", "-p:BuildProjectReferences=false", "--project",
            Path.Combine(Samples, sample));
    }

    private static string Dotnet(string directory, params string[] arguments)
    {
        using var process = Process.Start(Start(directory, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{errors.Result}");
        return output;
    }

    private static ProcessStartInfo Start(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (string name in start.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        return start;
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();
}
