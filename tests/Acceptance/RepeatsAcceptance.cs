using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary>Many trainings of one experiment: seeds, folds and resamples, each a run of its own.</summary>
public sealed class RepeatsAcceptance : IDisposable
{
    private static readonly string[] Files = ["metrics.jsonl", "model.safetensors"];
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private Command Run(string words) => Command.Run(words.Split(' '), scratch.Path);

    private JsonObject Json(string words) => Run($"{words} --json --quiet").Json;

    private string[] Bytes(string run) =>
        [.. Files.Select(file => Convert.ToHexString(File.ReadAllBytes(scratch.At($"{run}/{file}"))))];

    [Theory]
    [InlineData("--data moons --samples 60")] // a toy is drawn from the seed, too
    [InlineData("--data penguins --precision double --threads 2 --tensorboard")]
    public void A_seed_writes_what_it_writes_alone_and_every_verb_takes_its_run(string words)
    {
        var many = Run($"train {words} --epochs 5 --seed 6 --seeds 3 --quiet --out many --checkpoint 4steps");
        Assert.Equal((0, ""), (many.Status, many.Errors));
        Assert.Equal(0, Run($"train {words} --epochs 5 --seed 7 --quiet --out alone").Status);
        Assert.Equal(Bytes("alone"), Bytes("many/seed-7"));
        Assert.Equal(
            ["seed-6", "seed-7", "seed-8"],
            Directory.GetDirectories(scratch.At("many")).Select(Path.GetFileName).Order());
        Assert.Equal(Report("alone"), Report("many/seed-7"));
        Assert.Equal(Names("alone"), Names("many/seed-7"));
        Assert.Equal(0, Run("reproduce many/seed-8 --quiet").Status);
        Assert.Equal(0, Run("evaluate many/seed-8").Status);
        Assert.Equal(0, Run("resume many/seed-8 --epochs 7 --quiet").Status);
        Assert.Equal(0, Run($"train {words} --seed 8 --epochs 7 --quiet --out longer").Status);
        Assert.Equal(Bytes("longer"), Bytes("many/seed-8"));
    }

    // Six small nets of each thread go side by side in lanes, where 16 are as wide as a vector, or several vectors.
    [Theory]
    [InlineData("1", "DOTNET_EnableAVX512"), InlineData("2", "DOTNET_EnableAVX2"),
        InlineData("3", "DOTNET_EnableHWIntrinsic")]
    public void Many_seeds_have_the_bits_of_each_alone_on_any_threads_and_widths(string threads, string without)
    {
        const string Words = "train --data moons --samples 90 --hidden 8,dropout,4 --activation tanh "
            + "--optimizer rmsprop --schedule cosine_annealing --epochs 3 --quiet";
        var many = Command.Run(
            [.. $"{Words} --seeds 20 --threads {threads} --out many".Split(' ')], scratch.Path,
            [(without, "0")]);
        Assert.Equal((0, ""), (many.Status, many.Errors));
        foreach (int seed in (int[])[42, 50, 61])
        {
            Assert.Equal(0, Run($"{Words} --seed {seed} --out alone-{seed}").Status);
            Assert.Equal(Bytes($"alone-{seed}"), Bytes($"many/seed-{seed}"));
        }
    }

    private string Report(string run)
    {
        var report = JsonNode.Parse(File.ReadAllText(scratch.At($"{run}/run.json")))!.AsObject();
        foreach (string incidental in (string[])["run", "seconds"]) report.Remove(incidental);
        return report.ToJsonString();
    }

    private string[] Names(string run) =>
        [.. Directory.GetFiles(scratch.At(run)).Select(file => Path.GetFileName(file).Split('.')[0]).Order()];

    [Fact]
    public void Means_are_those_of_the_seeds_and_seeds_that_were_run_are_found()
    {
        var first = Json("train --data moons --samples 60 --epochs 4 --seeds 3");
        double[] scores = [.. first["runs"]!.AsArray().Select(run => (double)run!["test"]!["accuracy"]!)];
        Assert.Equal(
            scores.Average(), (double)first["means"]!["test"]!["accuracy"]!["mean"]!, 1e-12);
        Assert.Equal((3, 3), ((int)first["count"]!, (int)first["in_means"]!));
        Assert.Equal(
            [42, 43, 44], first["runs"]!.AsArray().Select(run => (int)run!["seed"]!));
        Assert.Equal(
            scores.Max(),
            scores[first["runs"]!.AsArray().ToList().FindIndex(
                run => $"{run!["name"]}" == $"{first["best"]}")]);
        string alone = (string)Json("train --data moons --samples 60 --epochs 4 --seed 45")["run"]!;
        var second = Json("train --data moons --samples 60 --epochs 4 --seeds 43..46");
        Assert.Equal(
            [true, true, true, false], second["runs"]!.AsArray().Select(run => (bool)run!["run_before"]!));
        Assert.Equal(alone, (string)second["runs"]![2]!["run"]!);
        Assert.Equal(first["runs"]![1]!["test"]!.ToJsonString(), second["runs"]![0]!["test"]!.ToJsonString());
        var again = Json("train --data moons --samples 60 --epochs 4 --seeds 43..44 --again");
        Assert.All(again["runs"]!.AsArray(), run => Assert.False((bool)run!["run_before"]!));
        Assert.Equal(7, Directory.GetDirectories(scratch.At("runs")).Length);
    }

    [Theory, InlineData("--out many", "many"), InlineData("", "runs")]
    public void Interrupted_trainings_are_kept_and_the_same_command_goes_on_with_them(string place, string where)
    {
        const string Training = "train --data moons --samples 60 --epochs 800 --seeds 4 --threads 2";
        string[] words =
            [.. $"{Training} --checkpoint 50steps {place}".Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        using (var process = Command.Start(words, scratch.Path, before: ["env", "--default-signal"]))
        {
            _ = process.StandardOutput.ReadToEndAsync();
            for (string? line = ""; line?.Contains("10 %", StringComparison.Ordinal) == false;)
                line = process.StandardError.ReadLine();
            using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            string errors = process.StandardError.ReadToEnd();
            if (!process.WaitForExit(60_000)) process.Kill();
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("are finished; the same command goes on", errors, StringComparison.Ordinal);
        }
        var begun = Directory.GetDirectories(scratch.At(where));
        Assert.Contains(
            begun, run => File.ReadAllText(Path.Combine(run, "run.json"))
                .Contains("\"outcome\": \"interrupted\"", StringComparison.Ordinal));
        var rest = Command.Run([.. words, "--json", "--quiet"], scratch.Path);
        Assert.Equal((0, ""), (rest.Status, rest.Errors));
        Assert.Equal(4, Directory.GetDirectories(scratch.At(where)).Length);
        Assert.All(begun, run => Assert.Contains(run, rest.Json["runs"]!.AsArray().Select(one => $"{one!["run"]}")));
        foreach (string seed in (string[])["42", "45"])
        {
            Assert.Equal(0, Run(
                $"train --data moons --samples 60 --epochs 800 --seed {seed} --quiet --out alone{seed}").Status);
            var run = rest.Json["runs"]!.AsArray().Single(one => $"{one!["seed"]}" == seed);
            Assert.Equal(Bytes($"alone{seed}"), Bytes(Path.GetRelativePath(scratch.Path, (string)run!["run"]!)));
        }
    }

    [Fact]
    public void A_killed_training_without_a_checkpoint_begins_anew_in_its_place()
    {
        const string Words = "train --data moons --samples 60 --epochs 800 --threads 2";
        using (var process = Command.Start(
            [.. $"{Words} --seeds 2 --checkpoint never --out many".Split(' ')], scratch.Path))
        {
            _ = process.StandardOutput.ReadToEndAsync();
            process.StandardError.ReadLine();
            process.Kill();
            process.WaitForExit();
        }
        Assert.Contains(
            "\"outcome\": \"unfinished\"", File.ReadAllText(scratch.At("many/seed-42/run.json")),
            StringComparison.Ordinal);
        Assert.Equal(0, Run($"{Words} --seeds 2 --quiet --out many").Status);
        Assert.Equal(0, Run($"{Words} --seed 42 --quiet --out alone").Status);
        Assert.Equal(Bytes("alone"), Bytes("many/seed-42"));
    }

    [Fact]
    public void Diverged_seeds_are_named_and_in_no_mean()
    {
        // Learned from, the last row is too much.
        scratch.File("rows.csv", "x,y\n" + string.Join('\n', Enumerable.Range(0, 12).Select(
            row => $"{row}.5,{(row == 7 ? "1e30" : $"{row}.25")}")) + "\n");
        const string Words = "train --data rows.csv --target y --target-scaling none --test 0.5 --validation 0 "
            + "--epochs 2 --seeds 12 --out many";
        var many = Run($"{Words} --json --quiet");
        Assert.Equal(3, many.Status);
        string[] diverged = [.. many.Json["diverged"]!.AsArray().Select(name => $"{name}")];
        Assert.InRange(diverged.Length, 1, 11);
        Assert.Equal(12 - diverged.Length, (int)many.Json["in_means"]!);
        Assert.Contains(
            $"training diverged for {diverged.Length} of 12 seeds ({string.Join(
                ", ", diverged.Select(name => name["seed-".Length..]))}); a smaller --rate may help",
            many.Errors, StringComparison.Ordinal);
        string table = Run(Words).Output; // all of them are there
        Assert.Contains($"means of the {12 - diverged.Length} finished of 12 seeds", table, StringComparison.Ordinal);
        Assert.Contains("diverged at step ", table, StringComparison.Ordinal);
        Assert.DoesNotContain("  finished  ", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seeds 0", "--seeds is 0; it should be between 1 and 100000")]
    [InlineData("--seeds many",
        "--seeds is \"many\"; it should be how many, such as 20, a list such as 1,2,7, or a range such as 5..24")]
    [InlineData("--seeds 1,1", "--seeds has seed 1 more than once; it should have it once")]
    [InlineData("--seeds 1,2 --seed 3", "--seed is given together with a list of seeds; one of them should be")]
    [InlineData("--seeds 2 --curvature 10", "--curvature is for one training; it should not be given with --seeds")]
    [InlineData("--folds 3 --figures f", "--figures is for one training; it should not be given with --folds")]
    [InlineData("--folds 1", "--folds is \"1\"; it should be a whole number, between 2 and 100000")]
    [InlineData("--folds 3 --test 0.2",
        "--test is given together with --folds, which tests on every row once; it should be left out")]
    [InlineData("--folds 60",
        "resampling.count is 60; the data have 50 rows, and there should be at least one for each fold")]
    [InlineData("--repeats 2", "--repeats changes nothing without --folds")]
    [InlineData("--bootstrap 0", "--bootstrap is \"0\"; it should be a whole number, between 1 and 100000")]
    [InlineData("--bootstrap 2 --predictions p.csv", "--predictions changes nothing without --folds")]
    [InlineData("--folds 2 --predictions no/p.csv", "--predictions is \"no/p.csv\"; the directory {0}/no is not there")]
    [InlineData("--bag 2 --bootstrap 2", "--bootstrap and --bag are given together; one of them should be")]
    [InlineData("--bag 2 --seeds 2 --folds 2", "--seeds, --folds, --bag are given together; one of them should be")]
    [InlineData("--seeds 2 --seed 18446744073709551615",
        "--seeds is 2; from seed 18446744073709551615 on there should be at most 1")]
    [InlineData("--seeds 2 --again --out x",
        "--again changes nothing with --out: what has a place of its own is trained")]
    [InlineData("--seeds 0 --folds 1 --repeats x --epochs 0",
        "--seeds and --folds are given together; one of them should be",
        "--folds is \"1\"; it should be a whole number, between 2 and 100000",
        "--repeats is \"x\"; it should be a whole number, between 1 and 100000",
        "epochs is 0; it should be between 1 and 1000000", "--seeds is 0; it should be between 1 and 100000")]
    public void Bad_input_is_refused_by_name_and_nothing_is_written(string words, params string[] faults)
    {
        var run = Run($"train --data moons --samples 50 --epochs 2 {words}".Replace(
            "--epochs 2 --seeds 0 --folds 1 --repeats x --epochs 0", "--seeds 0 --folds 1 --repeats x --epochs 0",
            StringComparison.Ordinal));
        Assert.Equal((2, ""), (run.Status, run.Output));
        string root = new DirectoryInfo(scratch.Path).FullName;
        Assert.Equal(
            faults.Select(fault => $"functional: {string.Format(CultureInfo.InvariantCulture, fault, root)}"),
            run.Errors.TrimEnd().Split('\n'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void What_a_spec_asks_for_and_folds_leave_without_effect_is_said()
    {
        const string Test =
            "functional: test is 0.3, which has no effect: a fold is tested on its own rows, each row once\n";
        scratch.File("test.json", """{ "data": "xor", "epochs": 1, "test": 0.3 }""");
        scratch.File("fold.json",
            """{ "data": "xor", "epochs": 1, "test": 0.3, "resampling": {"kind": "fold", "index": 1, "count": 3} }""");
        Assert.StartsWith(Test, Run("train test.json --folds 2 --out a").Errors, StringComparison.Ordinal);
        Assert.StartsWith(Test, Run("train fold.json --out b").Errors, StringComparison.Ordinal);
        Assert.StartsWith(
            Test + "functional: --folds takes the place of the resampling of fold.json\n",
            Run("train fold.json --folds 2 --out c").Errors, StringComparison.Ordinal);
        foreach (string silent in (string[])[
            "test.json --seeds 2 --out d", "--data xor --epochs 1 --folds 2 --out e", "test.json --bootstrap 2 --out f",
            "a/fold-1/run.json --out g"])
            Assert.DoesNotContain("no effect", Run($"train {silent}").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_pipe_there_is_a_line_for_each_tenth_and_scores_have_their_names()
    {
        var run = Run("train --data sine --samples 30 --epochs 2 --bootstrap 30 --out many");
        string[] lines = run.Errors.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 2, 11);
        Assert.EndsWith("of 30 resamples 100 %", lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("resample  test R2 ", run.Output, StringComparison.Ordinal);
        var spanish = Run("train --data xor --samples 30 --epochs 1 --seeds 2 --out seeds --language es").Output;
        Assert.StartsWith("semilla  exactitud de prueba  ", spanish, StringComparison.Ordinal);
        Assert.Contains("\nmejor       semilla 4", spanish, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_holds_another_experiment_is_refused_and_stays()
    {
        Assert.Equal(0, Run("train --data xor --epochs 2 --seeds 2 --quiet --out many").Status);
        string[] before = Bytes("many/seed-43");
        var other = Run("train --data xor --epochs 3 --seeds 3 --quiet --out many");
        Assert.Equal(2, other.Status);
        Assert.Equal(
            ["42", "43"], other.Errors.TrimEnd().Split('\n').Select(line => line.Split("many/seed-")[1].Split(' ')[0]));
        Assert.Contains(
            "holds a run of another experiment, or of other data; --out should be another directory", other.Errors,
            StringComparison.Ordinal);
        Assert.Equal(before, Bytes("many/seed-43"));
        Assert.False(Directory.Exists(scratch.At("many/seed-44")));
    }

    [Fact]
    public void Folds_predict_every_row_once_in_each_repeat()
    {
        scratch.File("rows.csv", "x,kind,weight\n" + string.Concat(Enumerable.Range(0, 40).Select(row =>
            $"{row % 7},{(row % 3 == 0 ? "a" : "b")},{1 + row % 2}\n")));
        const string Words =
            "train --data rows.csv --target kind --weight weight --epochs 3 --folds 4 --stopping patience";
        var once = Json($"{Words} --out cv --predictions once.csv");
        Assert.Equal(4, (int)once["in_means"]!);
        Assert.Equal(
            once["runs"]!.AsArray().Average(run => (double)run!["test"]!["accuracy"]!),
            (double)once["means"]!["test"]!["accuracy"]!["mean"]!, 1e-12);
        Assert.Equal(0, Run("reproduce cv/fold-3 --quiet").Status);
        var twice = Json($"{Words} --out cv --predictions twice.csv --repeats 2");
        Assert.Equal(4, twice["runs"]!.AsArray().Count(run => (bool)run!["run_before"]!));
        string[] lines = File.ReadAllLines(scratch.At("twice.csv"));
        Assert.Equal("row,repeat,fold,truth,prediction,p(a),p(b)", lines[0]);
        Assert.Equal(File.ReadAllLines(scratch.At("once.csv")), lines[..41]);
        string[][] cells = [.. lines.Skip(1).Select(line => line.Split(','))];
        Assert.Equal(
            from repeat in Enumerable.Range(1, 2) from row in Enumerable.Range(1, 40) select $"{row} {repeat}",
            cells.Select(row => $"{row[0]} {row[1]}"));
        foreach (string[] row in cells)
            Assert.Equal(int.Parse(row[0], CultureInfo.InvariantCulture) % 3 == 1 ? "a" : "b", row[3]);
        Assert.All(cells.CountBy(row => $"{row[1]} {row[2]}"), fold => Assert.Equal(10, fold.Value));
        // The prediction of a row is that of the fold's model.
        Assert.Equal(0, Run("predict cv/fold-2 --data rows.csv").Status);
        string[] predicted = Run("predict cv/fold-2 --data rows.csv").Output.TrimEnd().Split('\n');
        foreach (string[] row in cells.Where(row => row[1] == "1" && row[2] == "2"))
            Assert.Equal(
                $"{row[0]},{row[4]},{row[5]},{row[6]}", predicted[int.Parse(row[0], CultureInfo.InvariantCulture)]);
    }

    [Fact]
    public void Resamples_are_tested_on_the_same_rows_and_on_those_not_drawn()
    {
        var json = Json("train --data auto-mpg --epochs 3 --bootstrap 3 --out b");
        Assert.All(json["runs"]!.AsArray(), run => Assert.Equal(
            (80, true), ((int)run!["test"]!["rows"]!, (int)run["not_drawn"]!["rows"]! > 80)));
        Assert.Equal(
            json["runs"]!.AsArray().Average(run => (double)run!["not_drawn"]!["r2"]!),
            (double)json["means"]!["not_drawn"]!["r2"]!["mean"]!, 1e-12);
        Assert.Equal(0, Run("reproduce b/bootstrap-2 --quiet").Status);
        Assert.Equal(
            json["runs"]![1]!["not_drawn"]!.ToJsonString(),
            Run("evaluate b/bootstrap-2 --json").Json["not_drawn"]!.ToJsonString());
        Assert.Contains(
            "b/bootstrap-1", Run("runs list b --where not_drawn.r2>-100 --fields not_drawn.r2").Output,
            StringComparison.Ordinal);
    }

    // No file may grow any more: as though the disk had become full.
    [Fact]
    public void A_full_disk_is_said_and_once_there_is_room_the_same_command_goes_on()
    {
        const string Words = "train --data moons --samples 60 --epochs 20000 --seeds 3 --threads 2 --out many";
        using (var process = Command.Start([.. Words.Split(' ')], scratch.Path, before: ["env", "--default-signal"]))
        {
            _ = process.StandardOutput.ReadToEndAsync();
            process.StandardError.ReadLine();
            using (var limit = Process.Start("prlimit", ["--pid", $"{process.Id}", "--fsize=0"])) limit.WaitForExit();
            Thread.Sleep(500);
            using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            string errors = process.StandardError.ReadToEnd();
            if (!process.WaitForExit(60_000)) process.Kill();
            Assert.Equal(130, process.ExitCode);
            Assert.Contains("could not be written", errors, StringComparison.Ordinal);
        }
        foreach (string run in Directory.GetDirectories(scratch.At("many")))
            Assert.Contains(
                "\"outcome\": \"", File.ReadAllText(Path.Combine(run, "run.json")), StringComparison.Ordinal);
        using var again = Command.Start([.. Words.Split(' ')], scratch.Path, before: ["env", "--default-signal"]);
        _ = again.StandardOutput.ReadToEndAsync();
        again.StandardError.ReadLine();
        using var stop = Process.Start("kill", ["-INT", $"{again.Id}"]);
        if (!again.WaitForExit(60_000)) again.Kill();
        Assert.Equal(130, again.ExitCode);
    }
}
