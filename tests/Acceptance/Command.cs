using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Acceptance;

/// <summary>The command as a user starts it: another process, its two outputs and its exit status.</summary>
internal sealed record Command(int Status, string Output, string Errors)
{
    public static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Functional.Cli.dll");

    public JsonObject Json => (JsonObject)JsonNode.Parse(Output)!;

    /// <summary>Runs <c>functional</c> with some arguments, in a directory and with environment
    /// variables if given.</summary>
    public static Command Run(
        string[] arguments, string? directory = null, (string Name, string Value)[]? environment = null)
    {
        using var process = Start(arguments, directory, environment);
        return Ended(process);
    }

    /// <summary>Runs a line of the shell, in which <c>functional</c> is the command.</summary>
    public static Command Shell(string line, string? directory = null)
    {
        string functional = $"functional() {{ dotnet '{Dll}' \"$@\"; }}";
        using var process = Started("bash", ["-c", $"{functional}; {line}"], directory, []);
        return Ended(process);
    }

    /// <summary>Starts <c>functional</c>, by another command (<c>nice</c>, <c>env</c>) if given.</summary>
    public static Process Start(
        string[] arguments, string? directory = null, (string Name, string Value)[]? environment = null,
        params string[] before)
    {
        string[] words = [.. before, "dotnet", Dll, .. arguments];
        return Started(words[0], words[1..], directory, environment ?? []);
    }

    private static Process Started(
        string program, string[] arguments, string? directory, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? Path.GetTempPath(),
        };
        start.Environment["LC_ALL"] = "C.UTF-8"; // texts in English, wherever the tests run
        // most processes end before a second compilation pays
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "100";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static Command Ended(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(120_000)) process.Kill();
        return new(process.ExitCode, output, errors.Result);
    }
}

/// <summary>A new directory that goes away again.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("functional-").FullName;

    /// <summary>A file in it with some content.</summary>
    public string File(string name, string content)
    {
        string path = At(name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    private static string Up(string directory) =>
        File.Exists(Path.Combine(directory, "Functional.sln")) ? directory : Up(Path.GetDirectoryName(directory)!);
}
