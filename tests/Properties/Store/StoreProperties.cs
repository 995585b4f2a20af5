using System.Text.Json.Nodes;
using CsCheck;
using Functional;
using Functional.Data;
using Functional.Runs;
using Functional.Store;
using Xunit;

namespace Properties.Store;

/// <summary>The directories are the truth; the index only makes it quick to find.</summary>
public sealed class StoreProperties : IDisposable
{
    private static readonly string Template = Trained();
    private readonly string scratch = Directory.CreateTempSubdirectory("store-").FullName;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Fact]
    public void Seeds_of_more_digits_than_a_double_has_are_told_apart()
    {
        string[] seeds = ["9007199254740992", "9007199254740993", "18446744073709551615"];
        foreach (string seed in seeds) Put(Path.Combine(scratch, seed), seed, 0.5);
        using var store = RunStore.Open(scratch);
        foreach (string seed in seeds)
            Assert.Equal(seed, $"{Assert.Single(store.Find(["seed"], Filter.Parse($"seed = {seed}"))).Values[0]}");
        Assert.Equal(3, Assert.Single(SeedGroup.In(store, ["test.accuracy"])).Runs.Count);
    }

    // What is done to the runs, and then the store is what a store made anew is.
    [Fact]
    public void However_runs_come_change_and_go_the_index_says_what_the_directories_say() => (
        from seeds in Gen.Int[0, 5].Array[1, 12]
        from names in Gen.Int[0, 4].Array[seeds.Length]
        from deeds in Gen.Int[0, 6].Array[seeds.Length]
        select (seeds, names, deeds)).Sample(
            (seeds, names, deeds) =>
            {
                string directory =
                    Directory.CreateDirectory(Path.Combine(scratch, Guid.NewGuid().ToString("n"))).FullName;
                for (int i = 0; i < seeds.Length; i++)
                {
                    string run = Path.Combine(directory, $"run{names[i]}"),
                        index = Path.Combine(directory, "functional-index.sqlite");
                    switch (deeds[i])
                    {
                        case 0 when Directory.Exists(run): Directory.Delete(run, recursive: true); break;
                        case 1: File.Delete(index); break;
                        case 2: File.WriteAllText(index, "this is no index at all, however long it may be"); break;
                        case 3 when Directory.Exists(run):
                            File.WriteAllText(Path.Combine(run, "run.json"), "{}");
                            break;
                        default: Put(run, seeds[i], 0.5 + seeds[i] / 10.0); break;
                    }
                    string[] found = All(directory, isAnew: false);
                    Assert.Equal(All(directory, isAnew: true), found);
                }
                Directory.Delete(directory, recursive: true);
            },
            iter: 25, threads: 1);

    [Fact]
    public void Runs_are_found_sorted_and_refused_by_their_fields()
    {
        for (int seed = 0; seed < 5; seed++) Put(Path.Combine(scratch, $"run{seed}"), seed, 0.9 - seed / 10.0);
        using var store = RunStore.Open(scratch);
        string[] Found(string? where, string? order) =>
            [.. store.Find(["seed"], where is null ? null : Filter.Parse(where),
                order is null ? null : RunOrder.Parse(order)).Select(run => Path.GetFileName(run.Directory))];
        Assert.Equal(["run0", "run1", "run2", "run3", "run4"], Found(null, null));
        Assert.Equal(["run0", "run1"], Found("test.accuracy >= 0.8", "test.accuracy")); // best first
        Assert.Equal(["run1", "run0"], Found("test.accuracy >= 0.8", "-test.accuracy"));
        Assert.Equal(["run3", "run4"], Found("seed > 2 and data = xor and optimizer = adam", "seed"));
        Assert.Contains(
            "no run has a field test.acuracy; the nearest are test.accuracy",
            Assert.Throws<InvalidInputException>(() => Found("test.acuracy > 1", null)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_index_is_made_anew_and_said()
    {
        Put(Path.Combine(scratch, "run"), 1, 0.5);
        using (RunStore.Open(scratch)) { }
        string index = Path.Combine(scratch, "functional-index.sqlite");
        byte[] bytes = File.ReadAllBytes(index);
        for (int i = 100; i < bytes.Length; i += 3) bytes[i] ^= 0x5a;
        File.WriteAllBytes(index, bytes);
        using var store = RunStore.Open(scratch);
        Assert.Equal(
            $"the index {index} was damaged; it was made anew from the runs", Assert.Single(store.Notes).ToString());
        Assert.Single(store.Find(["seed"]));
    }

    [Fact]
    public void Many_that_look_at_once_find_the_same()
    {
        for (int seed = 0; seed < 30; seed++) Put(Path.Combine(scratch, $"run{seed}"), seed, 0.5);
        var found = new int[8];
        Parallel.For(0, found.Length, i =>
        {
            using var store = RunStore.Open(scratch);
            found[i] = store.Find(["seed"]).Count;
        });
        Assert.All(found, count => Assert.Equal(30, count));
    }

    [Fact]
    public void Seeds_of_an_experiment_have_a_mean_and_an_interval_and_repeats_count_once()
    {
        double[] scores = [0.9, 0.95, 0.85, 0.92];
        for (int seed = 0; seed < scores.Length; seed++) Put(Path.Combine(scratch, $"run{seed}"), seed, scores[seed]);
        Put(Path.Combine(scratch, "again"), 2, scores[2]);
        Put(Path.Combine(scratch, "other"), 7, 0.1, rate: 0.5);
        using var store = RunStore.Open(scratch);
        var groups = SeedGroup.In(store, ["test.accuracy"]);
        Assert.Equal([4, 1], groups.Select(group => group.Runs.Count));
        Assert.Equal((0.905, 0.0669), (
            Math.Round(groups[0].Means[0]!.Mean, 12), Math.Round(groups[0].Means[0]!.Half!.Value, 4))); // t = 3.1824
        Assert.Equal(SampleMean.Of([0.1]), groups[1].Means[0]);
    }

    [Fact]
    public void The_same_experiment_is_found_again_and_others_are_not()
    {
        Directory.CreateDirectory(Path.Combine(scratch, "run"));
        foreach (string file in Directory.GetFiles(Template))
            File.Copy(file, Path.Combine(scratch, "run", Path.GetFileName(file)));
        using var store = RunStore.Open(scratch);
        Assert.Equal(Path.Combine(scratch, "run"), Assert.Single(store.Finished(Header(Usual))));
        Assert.All(
            [Usual with { Seed = 2 }, Usual with { Epochs = 3 }, Usual with { Optimizer = new Adam(0.5) }],
            other => Assert.Empty(store.Finished(Header(other))));
        Assert.Empty(store.Finished(Header(Usual) with { Functions = "a library of own parts" }));
        Assert.Empty(store.Finished(Header(Usual) with { DataSha256 = "other data" }));
        Assert.Empty(store.Finished(Header(Usual) with { From = new("parameters", "a model") }));
    }

    private static Settings Usual => new() { Data = new Xor(40), Epochs = 2, Optimizer = new Adam(0.01), Seed = 1 };

    private static (Trainer Trainer, RunHeader Header) Of(Settings settings)
    {
        var data = DataCatalog.Load(settings.Data, settings.Seed);
        var experiment = Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"));
        var trainer = Trainer.Of(experiment, data.Data, test: data.Test).OrThrow();
        return (trainer, RunHeader.Of(trainer, data, 1));
    }

    private static RunHeader Header(Settings settings) => Of(settings).Header;

    private static string Trained()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("store-template-").FullName, "run");
        var (trainer, header) = Of(Usual);
        using var recording = RunRecording.Begin(path, trainer, header, Checkpointing.Usual);
        Epoch? last = null;
        foreach (var epoch in trainer.Epochs(1))
        {
            recording.Add(epoch);
            last = epoch;
        }
        recording.Finish(trainer.Results(last!.Kept, last.Outcome), last);
        return path;
    }

    // A run as the template's, of another seed and with another result.
    private static void Put(string run, object seed, double accuracy, double rate = 0.01)
    {
        Directory.CreateDirectory(run);
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(Template, "run.json")))!.AsObject();
        report["seed"] = JsonNode.Parse($"{seed}");
        report["experiment"]!["seed"] = JsonNode.Parse($"{seed}");
        report["experiment"]!["optimizer"]!["rate"] = rate;
        report["test"]!["accuracy"] = accuracy;
        File.WriteAllText(Path.Combine(run, "run.json"), report.ToJsonString());
        File.SetLastWriteTimeUtc(
            Path.Combine(run, "run.json"), DateTime.UtcNow.AddTicks(Interlocked.Increment(ref puts)));
    }

    private static long puts; // two that come within a tick of the clock are told apart, too

    private static string[] All(string directory, bool isAnew)
    {
        using var store = RunStore.Open(directory, isAnew);
        string[] fields = [.. store.Fields];
        return [
            string.Join(' ', fields),
            .. store.Find(fields).Select(run => $"{run.Directory} {string.Join(' ', run.Values)}")
        ];
    }
}
