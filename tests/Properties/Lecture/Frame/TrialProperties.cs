using CsCheck;
using Functional;
using Functional.Core.Randomness;
using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture.Frame;

/// <summary>Trials are pure, kept, and gone on with.</summary>
public sealed class TrialProperties : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Threads_do_not_change_a_digest() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 5]).Sample((seeds, threads) =>
            Result(seeds, threads: 1).Digest == Result(seeds, threads).Digest, iter: 50);

    [Fact]
    public void More_seeds_begin_with_the_same_trials() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30]).Sample((few, more) =>
            Values(Result(few + more)).Take(few).SequenceEqual(Values(Result(few))));

    [Fact]
    public void Another_first_seed_gives_the_trials_of_its_seeds() =>
        Assert.Equal(Values(Result(10))[4..], Values(Result(6, first: 5)));

    // Sixteen keys a trial: each seed has its own numbers, and the last trial does its sixteen, too.
    [Fact]
    public void Seeds_side_by_side_have_the_numbers_of_their_keys() => Gen.Int[1, 40].Sample(seeds =>
    {
        var trials = new ClaimTrials(new(seeds, FirstSeed: 3), new NoMemory());
        var handed = new List<int>();
        var each = trials.EachSeed("drawn", keys =>
        {
            lock (handed) handed.Add(keys.Count);
            return keys.Select(key => Draw.Uniform<double>(key, 2).ToArray());
        });
        return handed.All(count => count == 16) && each.Count == seeds && each.Index().All(seed =>
            seed.Item.SequenceEqual(Draw.Uniform<double>(Key.FromSeed(3 + (ulong)seed.Index), 2).ToArray()));
    }, iter: 40);

    // Stopped after any number of trials, it goes on: no trial is done twice, and the result is that of one go.
    [Fact]
    public void What_was_stopped_goes_on() => Gen.Int[1, 9].Sample(stopAt =>
    {
        string path = Path.Combine(directory, $"{Guid.NewGuid():n}.jsonl");
        int done = 0;
        using (var source = new CancellationTokenSource())
        using (var file = TrialFile.Open(path, "claim"))
            Assert.Throws<OperationCanceledException>(() => ClaimResult.Of(
                Drawing(_ =>
                {
                    if (++done == stopAt) source.Cancel();
                }),
                new(new(10), file) { Threads = 1, Token = source.Token }));
        using var again = TrialFile.Open(path, "claim");
        var result = ClaimResult.Of(Drawing(_ => done++), new(new(10), again) { Threads = 1 });
        return done == 10 && result.Digest == Result(10).Digest;
    }, iter: 20, threads: 1);

    [Fact]
    public void A_torn_line_is_done_again()
    {
        string path = Path.Combine(directory, "torn.jsonl");
        Kept(path, "claim");
        byte[] bytes = File.ReadAllBytes(path);
        for (int cut = 1; cut < 120; cut += 7)
        {
            File.WriteAllBytes(path, bytes[..^cut]);
            int done = Kept(path, "claim");
            Assert.InRange(done, 1, 4);
            Assert.Equal(10, TrialFile.Read(File.ReadAllText(path)).Known.Count);
        }
    }

    [Theory]
    [InlineData("\"values\":[", "\"values\":[1e999,")]
    [InlineData("\"values\":[0", "\"values\":[1")]
    [InlineData("\"index\":3", "\"index\":33")]
    [InlineData("\"index\":3", "\"index\":99999999999")]
    [InlineData("\"part\":\"drawn\"", "\"part\":\"taken\"")]
    [InlineData("\"values\":[", "\"values\":[],\"others\":[")]
    [InlineData("\"check\":", "\"doubt\":")]
    public void What_was_changed_in_a_line_is_done_again(string from, string to)
    {
        string path = Path.Combine(directory, "changed.jsonl");
        Kept(path, "claim");
        string[] lines = File.ReadAllLines(path);
        Assert.Contains(from, lines[4], StringComparison.Ordinal);
        lines[4] = lines[4].Replace(from, to, StringComparison.Ordinal);
        File.WriteAllLines(path, lines);
        Assert.Equal((7, 0), (Kept(path, "claim"), Kept(path, "claim")));
    }

    [Fact]
    public void Trials_of_another_claim_are_not_taken()
    {
        string own = Path.Combine(directory, "own.jsonl"), other = Path.Combine(directory, "other.jsonl");
        Kept(own, "own");
        Kept(other, "other");
        File.WriteAllLines(own, [File.ReadAllLines(own)[0], .. File.ReadAllLines(other)[1..]]);
        Assert.Equal(10, Kept(own, "own"));
    }

    [Fact]
    public void What_is_no_trial_is_cut_off()
    {
        string path = Path.Combine(directory, "tail.jsonl");
        Kept(path, "claim");
        string whole = File.ReadAllText(path);
        File.WriteAllText(path, whole + new string('x', 5000));
        Assert.Equal(0, Kept(path, "claim"));
        Assert.Equal(whole, File.ReadAllText(path));
    }

    [Fact]
    public void Trials_of_another_build_are_forgotten()
    {
        string path = Path.Combine(directory, "build.jsonl");
        Assert.Equal((10, 0, 10), (Kept(path, "one"), Kept(path, "one"), Kept(path, "other")));
    }

    // A kill tears a line; nobody needs to hear of that. Whatever else is done again is named.
    [Fact]
    public void What_is_forgotten_is_said()
    {
        string path = Path.Combine(directory, "said.jsonl");
        Kept(path, "one");
        Assert.Null(Forgotten("one"));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        Assert.Null(Forgotten("one"));
        File.AppendAllText(path, "no trial\n");
        Assert.Equal($"{path} is damaged at line 11; what it held from there on is done again", Forgotten("one"));
        Assert.Equal($"{path} holds trials of another build of the library; they are done again", Forgotten("two"));
        Assert.Null(Forgotten("two"));

        string? Forgotten(string title)
        {
            using var file = TrialFile.Open(path, title);
            return file.Forgotten?.In(Language.English);
        }
    }

    [Fact]
    public void Every_digit_is_kept() => Gen.Double.Array[0, 20].Sample(values =>
    {
        string path = Path.Combine(directory, $"{Guid.NewGuid():n}.jsonl");
        using (var file = TrialFile.Open(path, "claim")) file.Keep("part", 3, () => values);
        using var again = TrialFile.Open(path, "claim");
        return again.Recall("part", 3)!.Select(BitConverter.DoubleToInt64Bits)
            .SequenceEqual(values.Select(value =>
                BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value)));
    }, iter: 50);

    [Fact]
    public void Two_processes_do_not_write_to_one_file()
    {
        string path = Path.Combine(directory, "two.jsonl");
        using var first = TrialFile.Open(path, "claim");
        Assert.Throws<InvalidInputException>(() => TrialFile.Open(path, "claim"));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static ClaimResult Result(int seeds, int threads = 0, ulong first = 1) => ClaimResult.Of(
        Drawing(_ => { }), new(new(seeds, first), new NoMemory()) { Threads = threads });

    private static double[] Values(ClaimResult result) =>
        [.. result.Findings.Tables[0].Rows.Select(row => row[0].Number!.Value)];

    private static int Kept(string path, string title)
    {
        int done = 0;
        using var file = TrialFile.Open(path, title);
        ClaimResult.Of(Drawing(_ => done++), new(new(10), file) { Threads = 1 });
        return done;
    }

    private static Claim Drawing(Action<int> heard) => new("drawing", Chapter.Beyond, $"numbers are drawn")
    {
        Sources = [],
        Method = $"numbers are drawn",
        Criteria = [new("mean", $"mean", Bound.AtLeast(0), $"theory")],
        Measure = trials =>
        {
            var drawn = trials.Each("drawn", trials.Seeds, seed =>
            {
                heard(seed);
                return Draw.Uniform<double>(trials.KeyOf(seed), 3).ToArray();
            });
            return new([Measurement.Mean("mean", [.. drawn.Select(values => values[0])])])
            {
                Tables = [new("numbers", $"numbers", [$"number"], [.. drawn.Select(values =>
                    (Items<FoundCell>)[(FoundCell)values[1]])])],
            };
        },
    };
}
