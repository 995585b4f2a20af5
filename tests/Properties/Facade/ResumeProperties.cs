using CsCheck;
using Functional;
using Functional.Core.Training;
using Functional.Data;
using Functional.Runs;
using Properties.Generators;
using Xunit;

namespace Properties.Facade;

/// <summary>A training that goes on from a file is one that never stopped, whatever stopped it.</summary>
public sealed class ResumeProperties : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("resume-").FullName;
    private int count;

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    [Fact]
    public void From_a_file_of_any_step_training_is_as_though_it_had_never_paused() => (
        from trainer in Any.Trainer
        from place in Gen.Double.Unit
        select (trainer, place)).Sample(
            (trainer, place) =>
            {
                Epoch[] all = [.. trainer.Epochs(1, every: Every.Steps(1))];
                int at = (int)(place * (all.Length - 1));
                byte[] room = new byte[(int)(place * 10_000)];
                byte[] file = trainer.Packed(all[at], "this one", 1.5, ref room).ToArray();
                var (epoch, seconds) = trainer.Unpacked(file, "this one");
                Assert.Equal(1.5, seconds);
                Assert.Equal((all[at].Kept, all[at].IsWhole, all[at].IsEnd), (epoch.Kept, epoch.IsWhole, epoch.IsEnd));
                Assert.Equal(all[(at + 1)..], trainer.Epochs(1, epoch, every: Every.Steps(1)));
            },
            iter: 300);

    [Fact]
    public void A_run_that_was_killed_at_any_step_ends_as_the_one_that_was_not() => (
        from trainer in Any.Trainer
        from kills in Gen.Double.Unit.Array[1, 3]
        from often in Gen.OneOf<Checkpointing>(
            Gen.Int[1, 5].Select(steps => (Checkpointing)new Checkpointing.Steps(steps)),
            Gen.Const<Checkpointing>(new Checkpointing.Epochs()), Gen.Const<Checkpointing>(new Checkpointing.Never()))
        select (trainer, kills, often)).Sample(
            (trainer, kills, often) =>
            {
                string whole = Begun(trainer, often, 1).Directory;
                var (recording, steps) = (
                    Begun(trainer, often, kills[0]), trainer.Epochs(1).LastOrDefault()?.Step ?? 0);
                foreach (double kill in kills[1..])
                {
                    if (Resumption.Open(recording.Directory, null, often, 1) is not { } again) break;
                    using (again.Recording) Record(again.Recording, trainer, again.After, (long)(kill * steps));
                }
                if (Resumption.Open(recording.Directory, null, often, 1) is { } last)
                    using (last.Recording) Record(last.Recording, trainer, last.After, long.MaxValue);
                Assert.Equal(Numbers(whole), Numbers(recording.Directory));
            },
            iter: 40, threads: 1);

    [Fact]
    public void Where_the_last_checkpoint_was_altered_the_one_before_it_serves() => (
        from trainer in Any.Trainer
        from place in Gen.Double.Unit
        from bit in Gen.Int[0, 7]
        from isTorn in Gen.Bool
        select (trainer, place, bit, isTorn)).Sample(
            (trainer, place, bit, isTorn) =>
            {
                var often = new Checkpointing.Steps(1);
                string whole = Begun(trainer, often, 1).Directory, killed = Begun(trainer, often, 0.7).Directory;
                string[] kept = [.. Directory.GetFiles(Path.Combine(killed, "checkpoints"), "*.safetensors").Order()];
                if (kept.Length == 0) return;
                byte[] bytes = File.ReadAllBytes(kept[^1]);
                int at = (int)(place * (bytes.Length - 1));
                bytes[at] ^= (byte)(1 << bit);
                File.WriteAllBytes(kept[^1], isTorn ? bytes[..at] : bytes);
                if (kept.Length == 1)
                    Assert.Contains("has no checkpoint that can be used", Assert.Throws<InvalidInputException>(
                        () => Resumption.Open(killed, null, often, 1)).Message, StringComparison.Ordinal);
                var resumption = Resumption.Open(killed, null, often, 1, isAnew: true)!;
                Assert.Contains("was torn or altered", $"{resumption.Remarks[0]}", StringComparison.Ordinal);
                Assert.Equal(kept.Length == 1, resumption.After is null);
                using (resumption.Recording) Record(resumption.Recording, trainer, resumption.After, long.MaxValue);
                Assert.Equal(Numbers(whole), Numbers(killed));
            },
            iter: 25, threads: 1);

    [Fact]
    public void A_history_cut_anywhere_and_gone_on_with_by_others_is_written_again() => (
        from trainer in Any.Trainer
        from place in Gen.Double.Unit
        from more in Gen.OneOf("", "{\"epoch\": 1}\n", new string('x', 100_000))
        select (trainer, place, more)).Sample(
            (trainer, place, more) =>
            {
                var often = new Checkpointing.Epochs();
                string whole = Begun(trainer, often, 1).Directory, killed = Begun(trainer, often, 0.9).Directory;
                string metrics = Path.Combine(killed, "metrics.jsonl");
                byte[] bytes = File.ReadAllBytes(metrics);
                File.WriteAllBytes(metrics, bytes[..(int)(place * bytes.Length)]);
                File.AppendAllText(metrics, more);
                if (Resumption.Open(killed, null, often, 1, isAnew: true) is { } resumption)
                    using (resumption.Recording)
                        Record(resumption.Recording, trainer, resumption.After, long.MaxValue);
                Assert.Equal(Numbers(whole), Numbers(killed));
            },
            iter: 25, threads: 1);

    [Fact]
    public void A_run_that_was_interrupted_while_its_curvature_was_watched_has_every_point_once() => (
        from every in Gen.Int[1, 4]
        from often in Gen.Int[1, 4]
        from stop in Gen.Int[1, 30]
        select (every, often, stop)).Sample(
            (every, often, stop) =>
            {
                var trainer = Any.TrainerOf(Checked(new Settings
                {
                    Data = new Moons(40),
                    Epochs = 5,
                    BatchSize = 5,
                    Hidden = [new Dense(2, Activation.Tanh)],
                }))!;
                string whole = Watched(null, long.MaxValue), stopped = Watched(null, stop);
                Assert.Equal(Numbers(whole), Numbers(Watched(stopped, long.MaxValue)));

                string Watched(string? run, long stopAt)
                {
                    var header = Header(trainer) with { CurvatureEvery = every };
                    var kept = new Checkpointing.Steps(often);
                    var resumption = run is null ? null : Resumption.Open(run, null, kept, 1);
                    if (run is not null && resumption is null) return run;
                    string place = Path.Combine(scratch, $"run{count++}");
                    using var recording = resumption?.Recording ?? RunRecording.Begin(place, trainer, header, kept);
                    using var stopping = new CancellationTokenSource();
                    var last = resumption?.After;
                    foreach (var epoch in trainer.Epochs(1, last, every, recording.Every, stopping.Token))
                    {
                        Assert.Null(recording.Add(epoch));
                        last = epoch;
                        if (epoch.Step >= stopAt) stopping.Cancel();
                    }
                    var outcome = trainer.OutcomeAfter(last, stopping.Token);
                    Assert.Empty(recording.Finish(trainer.Results(last!.Kept, outcome), last).Saved.Remarks);
                    return recording.Directory;
                }
            },
            iter: 15, threads: 1);

    [Fact]
    public void A_run_that_cannot_go_on_is_as_it_was()
    {
        var trainer = Any.TrainerOf(Checked(new Settings { Data = new Xor(40), Epochs = 4 }))!;
        string run = Begun(trainer, new Checkpointing.Epochs(), 1).Directory;
        File.WriteAllText(Path.Combine(run, "metrics.jsonl"), "");
        var before = Contents();
        Assert.Throws<InvalidInputException>(() => Resumption.Open(run, null, Checkpointing.Usual, 1));
        Assert.Equal(before, Contents());
        File.Delete(Path.Combine(run, "metrics.jsonl"));
        Directory.CreateDirectory(Path.Combine(run, "metrics.jsonl")); // which cannot be opened as a file
        before = Contents();
        Assert.Throws<InvalidInputException>(
            () => Resumption.Open(run, 9, Checkpointing.Usual, 1, isAnew: true));
        Assert.Equal(before, Contents());

        string[] Contents() => [.. Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories).Order()
            .Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}")];
    }

    [Theory, InlineData(new byte[] { 0xEF, 0xBB, 0xBF }), InlineData(new byte[] { 0xFF, 0xFE, 0x20 })]
    public void Bytes_that_are_no_text_damage_no_history(byte[] odd)
    {
        var (trainer, often) =
            (Any.TrainerOf(Checked(new Settings { Data = new Xor(40), Epochs = 6 }))!, new Checkpointing.Epochs());
        string whole = Begun(trainer, often, 1).Directory, killed = Begun(trainer, often, 0.7).Directory;
        string metrics = Path.Combine(killed, "metrics.jsonl");
        File.WriteAllBytes(metrics, [.. odd, .. File.ReadAllBytes(metrics)]);
        var resumption = Resumption.Open(killed, null, often, 1, isAnew: true)!;
        using (resumption.Recording) Record(resumption.Recording, trainer, resumption.After, long.MaxValue);
        Assert.Equal(Numbers(whole), Numbers(killed));
    }

    [Fact]
    public void Only_one_writes_to_a_run_and_who_comes_second_is_told()
    {
        var trainer = Any.TrainerOf(Checked(new Settings { Data = new Xor(40), Epochs = 2 }))!;
        using var first = Began(trainer, new Checkpointing.Epochs());
        foreach (var second in (Action[])[
            () => Resumption.Open(first.Directory, null, Checkpointing.Usual, 1),
            () => RunRecording.Begin(first.Directory, trainer, Header(trainer), Checkpointing.Usual)])
            Assert.Matches(
                "is being (trained by another process|written by another training)",
                Assert.Throws<InvalidInputException>(second).Message);
    }

    [Theory]
    [InlineData(30, "the experiment of {0} has 40, and it should have at least as many")]
    [InlineData(50, "so a longer training would have been another one from its first step")]
    public void A_run_goes_further_only_where_its_first_epochs_would_have_been_the_same(int epochs, string message)
    {
        var trainer = Any.TrainerOf(Checked(
            new Settings { Data = new Xor(40), Epochs = 40, Schedule = new CosineAnnealing() }))!;
        string run = Begun(trainer, new Checkpointing.Epochs(), 1).Directory;
        byte[] before = File.ReadAllBytes(Path.Combine(run, "run.json"));
        var refused = Assert.Throws<InvalidInputException>(() =>
            Resumption.Open(run, epochs, Checkpointing.Usual, 1));
        Assert.Contains(string.Format(null, message, run), refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(run, "run.json")));
    }

    [Fact]
    public void A_run_that_goes_further_is_the_longer_one()
    {
        Trainer Of(int epochs) => Any.TrainerOf(Checked(new Settings { Data = new Moons(60), Epochs = epochs }))!;
        string longer = Begun(Of(9), new Checkpointing.Epochs(), 1).Directory,
            further = Begun(Of(4), new Checkpointing.Epochs(), 1).Directory;
        var resumption = Resumption.Open(further, 9, Checkpointing.Usual, 1)!;
        using (resumption.Recording)
            Record(resumption.Recording, resumption.Trainer, resumption.After, long.MaxValue);
        Assert.Equal(Numbers(longer), Numbers(further));
        Assert.Equal(
            $"{RunDirectory.LoadReport(longer)["experiment_sha256"]}",
            $"{RunDirectory.LoadReport(further)["experiment_sha256"]}");
    }

    private static Experiment Checked(Settings settings) =>
        Experiment.Check(settings).IfFail(faults => throw new FormatException($"{faults}"));

    private static RunHeader Header(Trainer trainer) => RunHeader.Of(
        trainer, DataCatalog.Load(trainer.Experiment.Settings.Data, trainer.Experiment.Settings.Seed), 1);

    private RunRecording Began(Trainer trainer, Checkpointing often) =>
        RunRecording.Begin(Path.Combine(scratch, $"run{count++}"), trainer, Header(trainer), often);

    // A run that stops after a share of its steps, as though it were killed; whole where the share is 1.
    private RunRecording Begun(Trainer trainer, Checkpointing often, double share)
    {
        long steps = trainer.Epochs(1).LastOrDefault()?.Step ?? 0;
        using var recording = Began(trainer, often);
        Record(recording, trainer, null, share == 1 ? long.MaxValue : (long)(share * steps));
        return recording;
    }

    private static void Record(RunRecording recording, Trainer trainer, Epoch? after, long mostSteps)
    {
        var last = after;
        foreach (var epoch in trainer.Epochs(1, after, every: recording.Every.Or(Every.Steps(1))))
        {
            if (epoch.Step > mostSteps) return;
            Assert.Null(recording.Add(epoch));
            last = epoch;
        }
        if (mostSteps < long.MaxValue) return;
        var results = trainer.Results(last?.Kept ?? trainer.Untrained, trainer.OutcomeAfter(last, default));
        Assert.Empty(recording.Finish(results, last).Saved.Remarks);
    }

    // All of a run's numbers: its history to the byte, its parameters, what came out.
    private static (string, string, string) Numbers(string run)
    {
        var report = RunDirectory.LoadReport(run);
        return (
            File.ReadAllText(Path.Combine(run, "metrics.jsonl")), RunDirectory.LoadModel(run).ParametersSha256,
            $"{report["epochs"]} {report["steps"]} {report["outcome"]} {report["parameters_sha256"]} {report["test"]}");
    }
}
