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
        var report = Reported(trainer, data);
        var longest = new EpochLine(1_000_000, double.MinValue, Longest(report.Results.Validation!));
        using var run = Prepared(Path.Combine(scratch, "run"), trainer)!;
        var saved = run.Finish(report with { History = [.. Enumerable.Repeat(longest, 30_000)] });
        var size = RunSize.Of(trainer.Experiment, trainer.Untrained.Schema);
        Assert.Empty(saved.Remarks);
        (string, long)[] rooms =
            [("model.safetensors", size.Model), ("history.csv", size.History), ("run.json", size.Report)];
        foreach (var (name, room) in rooms)
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
            var claims = new RunDirectory?[8];
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = claims.Length };
            Parallel.For(0, claims.Length, atOnce, i => claims[i] = Prepared(path, trainer));
            Assert.InRange(claims.Count(claim => claim is not null), 0, 1); // none where each gave way
            foreach (var claim in claims) claim?.Dispose();
            using (Assert.IsType<RunDirectory>(Prepared(path, trainer))) Assert.Null(Prepared(path, trainer));
        }
        Assert.Equal(5, Directory.GetFileSystemEntries(scratch, "*", SearchOption.AllDirectories).Length); // the user's
    }

    [Fact]
    public void What_comes_to_be_at_the_place_of_a_run_stays()
    {
        var (trainer, data) = Opened(new Settings { Data = new Xor() });
        foreach (string place in (string[])["new", "there"])
        {
            string path = Path.Combine(scratch, place), mine = Path.Combine(path, "run.json");
            if (place == "there") Directory.CreateDirectory(path);
            using var run = RunDirectory.Prepare(path, trainer.Experiment, trainer.Untrained.Schema);
            Directory.CreateDirectory(path);
            File.WriteAllText(mine, "mine");
            var saved = run.Finish(Reported(trainer, data));
            Assert.Equal("mine", File.ReadAllText(mine));
            Assert.Equal(place == "there" ? Path.Combine(path, "run-2") : path + "-2", saved.Directory);
            Assert.Equal(
                $"{path} was taken meanwhile; the run is in {saved.Directory}",
                Assert.Single(saved.Remarks).ToString());
            Assert.Equal(trainer.Untrained, RunDirectory.LoadModel(saved.Directory));
            Assert.Equal(saved.Directory, (string)RunDirectory.LoadReport(saved.Directory)["run"]!);
        }
    }

    [Fact]
    public void A_directory_that_comes_to_be_empty_is_filled_and_one_that_was_cleared_away_is_made_again()
    {
        var (trainer, data) = Opened(new Settings { Data = new Xor() });
        string path = Path.Combine(scratch, "run");
        using (var run = RunDirectory.Prepare(path, trainer.Experiment, trainer.Untrained.Schema))
        {
            Directory.CreateDirectory(path);
            Assert.Equal(path, run.Finish(Reported(trainer, data)).Directory);
        }
        string cleared = Path.Combine(scratch, "cleared");
        Directory.CreateDirectory(cleared);
        using (var run = RunDirectory.Prepare(cleared, trainer.Experiment, trainer.Untrained.Schema))
        {
            Directory.Delete(cleared, recursive: true);
            Assert.Equal(cleared, run.Finish(Reported(trainer, data)).Directory);
        }
        Assert.All([path, cleared], saved => Assert.Equal(trainer.Untrained, RunDirectory.LoadModel(saved)));
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

    private static RunDirectory? Prepared(string path, Trainer trainer)
    {
        try
        {
            return RunDirectory.Prepare(path, trainer.Experiment, trainer.Untrained.Schema);
        }
        catch (InvalidInputException refused)
        {
            Assert.Contains("is being written by another training", refused.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static (Trainer Trainer, LoadedData Data) Opened(Settings settings)
    {
        var experiment = Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"));
        var data = DataCatalog.Load(settings.Data, settings.Seed);
        return (Trainer.Of(experiment, data.Data, test: data.Test).OrThrow(), data);
    }

    private static RunReport Reported(Trainer trainer, LoadedData data) =>
        new(trainer.Results(trainer.Untrained, new Outcome.Untrained()), data, trainer.Rows, 1, 0, [], 0);

    private static Evaluation Longest(Evaluation part) => part switch
    {
        ClassificationReport of => of with { Loss = double.MinValue, Accuracy = double.MinValue },
        RegressionReport of => of with { Loss = double.MinValue, R2 = double.MinValue },
        _ => part,
    };
}
