using Functional;
using Functional.Core.Training;
using Functional.Data;
using Functional.Runs;
using Xunit;

namespace Properties.Facade;

/// <summary>Runs on disk: their room, and that two of them never meet.</summary>
public sealed class RunProperties : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("runs-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    public static TheoryData<DataSource> Sources =>
    [
        new Digits(), new Penguins(), new AutoMpg(), new Sine(Samples: 40),
        new Blobs(Samples: 1000, Centers: 200), new Blobs(Samples: 1500, Centers: 300),
    ];

    [Theory, MemberData(nameof(Sources))]
    public void Every_file_of_the_longest_run_fits_into_the_room_that_is_kept_for_it(DataSource source)
    {
        Items<Layer> hidden = [new Dense(3), new BatchNorm()];
        var (trainer, data) = Opened(
            Settings.For(source) with { Epochs = 30_000, Hidden = hidden, Precision = Precision.Double });
        using var run = Begun(Path.Combine(scratch, "run"), trainer)!;
        var saved = run.Finish(trainer.Results(trainer.Untrained, new Outcome.Untrained()), null).Saved;
        var size = RunSize.Of(trainer.Experiment, trainer.Untrained.Schema);
        Assert.Empty(saved.Remarks);
        foreach (var (name, room) in ((string, long)[])[("model.safetensors", size.Model), ("run.json", size.Report)])
            Assert.InRange(new FileInfo(Path.Combine(saved.Directory, name)).Length, 1, room);
    }

    [Fact]
    public void No_room_is_kept_for_a_confusion_matrix_that_is_not_written()
    {
        long Room(int classes) => RunSize.Of(
            Opened(new Settings { Data = new Blobs(4 * classes, Centers: classes) }).Trainer.Experiment, null).Report;
        Assert.InRange(Room(1000), 1, 3 * Room(400));
        Assert.InRange(Room(201), 1, Room(200));
    }

    [Fact]
    public void Of_many_that_want_one_place_at_once_one_has_it()
    {
        var (trainer, _) = Opened(new Settings { Data = new Xor() });
        for (int round = 0; round < 10; round++)
        {
            string path = Path.Combine(scratch, $"run{round}");
            if (round % 2 == 0) Directory.CreateDirectory(path);
            var claims = new RunRecording?[8];
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = claims.Length };
            Parallel.For(0, claims.Length, atOnce, i => claims[i] = Begun(path, trainer));
            Assert.Single(claims, claim => claim is not null);
            foreach (var claim in claims) claim?.Dispose();
            Assert.Equal(["checkpoints", "metrics.jsonl", "run.json"], Entries(path));
        }
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_as_it_was()
    {
        var (trainer, _) = Opened(new Settings { Data = new Xor() });
        string file = Path.Combine(scratch, "file"), there = Path.Combine(scratch, "there");
        File.WriteAllText(file, "");
        Directory.CreateDirectory(there);
        foreach (string path in (string[])[Path.Combine(file, "run"), Path.Combine(there, "above", new('x', 300))])
            Assert.Throws<InvalidInputException>(() => Begun(path, trainer));
        Assert.Empty(Entries(there));
    }

    [Fact]
    public void A_run_that_was_cleared_away_meanwhile_is_written_again()
    {
        var (trainer, _) = Opened(new Settings { Data = new Xor() });
        string path = Path.Combine(scratch, "cleared");
        using var run = Begun(path, trainer)!;
        Directory.Delete(path, recursive: true);
        run.Finish(trainer.Results(trainer.Untrained, new Outcome.Untrained()), null);
        Assert.Equal(trainer.Untrained, RunDirectory.LoadModel(path));
    }

    [Fact]
    public void A_model_that_cannot_be_saved_says_why_and_leaves_nothing()
    {
        var model = Opened(new Settings { Data = new Xor() }).Trainer.Untrained;
        string Refusal(string path) => Assert.Throws<InvalidInputException>(() => model.Save(path)).Message;
        string missing = Path.Combine(scratch, "no", "where"), file = Path.Combine(missing, "model.safetensors");
        Assert.Equal($"{file} cannot be written: the directory {missing} is not there", Refusal(file));
        Assert.Equal($"{scratch} cannot be written: it is a directory; it should be a file", Refusal(scratch));
        Assert.Equal("the file is \"\"; it should be a path", Refusal(""));
        Assert.Empty(Directory.GetFileSystemEntries(scratch));
    }

    private static RunRecording? Begun(string path, Trainer trainer)
    {
        try
        {
            var data = DataCatalog.Load(trainer.Experiment.Settings.Data, trainer.Experiment.Settings.Seed);
            return RunRecording.Begin(path, trainer, RunHeader.Of(trainer, data, 1), Checkpointing.Usual);
        }
        catch (InvalidInputException refused)
            when (refused.Message.Contains("another training", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static string[] Entries(string directory) =>
        [.. Directory.EnumerateFileSystemEntries(directory).Select(entry => Path.GetFileName(entry)).Order()];

    private static (Trainer Trainer, LoadedData Data) Opened(Settings settings)
    {
        var experiment = Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"));
        var data = DataCatalog.Load(settings.Data, settings.Seed);
        return (Trainer.Of(experiment, data.Data, test: data.Test).OrThrow(), data);
    }
}
