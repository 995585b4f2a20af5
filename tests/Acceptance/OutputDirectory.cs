using System.Diagnostics;
using Xunit;

namespace Acceptance;

/// <summary>Where a run is written: what the user made stays, and two trainings never meet.</summary>
public sealed class OutputDirectory : IDisposable
{
    private static readonly string[] Files = ["checkpoints", "metrics.jsonl", "model.safetensors", "run.json"];
    private static readonly string[] Short =
        ["train", "--data", "xor", "--samples", "40", "--epochs", "2", "--quiet", "--out"];
    private static readonly string[] Long = ["train", "--data", "moons", "--epochs", "100000", "--out"];

    private readonly Scratch scratch = new();
    private readonly List<Process> started = [];

    public void Dispose()
    {
        foreach (var process in started) Kill(process);
        scratch.Dispose();
    }

    // As a mount point has to: it cannot be replaced.
    [Fact]
    public void An_empty_directory_is_filled_and_stays_the_one_it_was()
    {
        Directory.CreateDirectory(scratch.At("here"));
        string before = Identity("here");
        Trained("here/");
        Assert.Equal(before, Identity("here"));
        Assert.Equal(Files, Entries("here"));
    }

    [Fact]
    public void A_run_may_be_written_where_the_user_stands()
    {
        string here = Directory.CreateDirectory(scratch.At("here")).FullName;
        var run = Command.Shell($"functional {string.Join(' ', Short)} . && ls", here);
        Assert.Equal((0, ""), (run.Status, run.Errors));
        Assert.EndsWith($"{string.Join('\n', Files)}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_an_empty_directory_stays_a_link_and_one_to_nothing_is_refused()
    {
        Directory.CreateDirectory(scratch.At("there"));
        Directory.CreateSymbolicLink(scratch.At("link"), "there");
        Directory.CreateSymbolicLink(scratch.At("astray"), "nowhere");
        Trained("link");
        Assert.Equal("there", new FileInfo(scratch.At("link")).LinkTarget);
        Assert.Equal(Files, Entries("there"));
        BadInput.Refused(scratch, [.. Short, "astray"], "directory astray is a link to nowhere, which is not there");
    }

    [Fact]
    public void A_place_that_cannot_be_written_leaves_no_directories_above_it() =>
        BadInput.Refused(scratch, [.. Short, $"above/it/{new string('x', 300)}"], "cannot be written");

    [Theory, InlineData(true), InlineData(false)]
    public void A_place_where_a_training_lives_or_died_is_refused(bool isThere)
    {
        if (isThere) Directory.CreateDirectory(scratch.At("run"));
        var living = Started("run");
        BadInput.Refused(scratch, [.. Short, "run"], "directory run is being written by another training");
        BadInput.Refused(scratch, ["resume", "run"], "run is being trained by another process");
        Kill(living);
        BadInput.Refused(scratch, [.. Short, "run"], "directory run holds a run; it should be new or empty");
    }

    // Killed between its lock and its first file, it holds nothing worth keeping.
    [Fact]
    public void A_directory_with_what_a_training_left_that_died_at_once_is_empty()
    {
        Directory.CreateDirectory(scratch.At("run/checkpoints"));
        foreach (string file in (string[])["checkpoints/lock", "checkpoints/run.json.room", "run.json.tmp",
            "metrics.jsonl", "start.safetensors.tmp", "start.safetensors"])
            scratch.File($"run/{file}", "");
        Trained("run");
        Assert.Equal(Files, Entries("run"));
    }

    private void Trained(string place)
    {
        var run = Command.Run([.. Short, place], scratch.Path);
        Assert.Equal((0, ""), (run.Status, run.Errors));
    }

    // Training has begun when the first line of progress is there.
    private Process Started(string place)
    {
        var process = Command.Start([.. Long, place], scratch.Path);
        started.Add(process);
        Assert.StartsWith("epoch 1/", process.StandardError.ReadLine(), StringComparison.Ordinal);
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    private static void Kill(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }

    private string Identity(string name) => Command.Shell($"stat -c '%d %i' {name}", scratch.Path).Output;

    private string[] Entries(string name) =>
        [.. Directory.EnumerateFileSystemEntries(scratch.At(name)).Select(entry => Path.GetFileName(entry)).Order()];
}
