using System.Text.Json.Nodes;
using Xunit;

namespace Acceptance;

/// <summary><c>functional bench</c>: what it prints, for people and for harnesses, and what it refuses. How fast it
/// is is no test's business.</summary>
public sealed class BenchAcceptance
{
    private static readonly (string, string)[] Hasty =
        [("BENCH_SECONDS", "0.01"), ("BENCH_REPS", "2"), ("BENCH_EPOCHS", "1")];

    [Theory]
    // Forward and both gradients, but no gradient of the first layer's inputs.
    [InlineData("tiny", 2 * 32 * (2 * (2 * 8) + 3 * (8 * 2)))]
    [InlineData("digits", 2 * 32 * (2 * (64 * 100) + 3 * (100 * 10)))]
    [InlineData("infer_b1", 2 * (784 * 512 + 512 * 512 + 512 * 10))]
    // X dW, and dX W where dX is not zero
    [InlineData("fashion_jvp", 2.0 * 128 * (2 * (784 * 512) + 3 * (512 * 512) + 3 * (512 * 10)))]
    [InlineData("fashion_hvp", 2.0 * 128 * (3 * (784 * 512) + 8 * (512 * 512) + 8 * (512 * 10)))]
    public void A_workload_is_timed(string name, double flops)
    {
        var timed = Command.Run(["bench", "--json", name], environment: [.. Hasty, ("BENCH_THREADS", "1")]).Json;
        Assert.Equal(
            (name, 1, 2), ((string)timed["workload"]!, (int)timed["threads"]!, timed["repetitions"]!.AsArray().Count));
        double microseconds = (double)timed["us_per_step"]!;
        Assert.True(microseconds > 0);
        Assert.Equal(flops / microseconds / 1e3, (double)timed["gflops"]!, 1e-9);
    }

    [Fact]
    public void The_best_thread_count_is_chosen_by_measuring() =>
        Assert.InRange(
            (int)Command.Run(["bench", "small", "--json"], environment: Hasty).Json["threads"]!, 1,
            Environment.ProcessorCount);

    [Fact]
    public void People_get_a_line() => Assert.Matches(
        @"^tiny +\d+\.\d\d us a step +1 thread +\d+\.\d\d GFLOP/s +\d+ % of peak\n$",
        Command.Run(["bench", "tiny", "--threads", "1", "--quiet"], environment: Hasty).Output);

    [Fact]
    public void Many_nets_are_timed_at_once_and_one_by_one() => Assert.Matches(
        @"^many_tiny +\d+\.\d\d us a step +1 thread +.*\n +\d+\.\d\d us a step one by one; \d+\.\d times as fast "
            + @"at once\n$",
        Command.Run(["bench", "many_tiny", "--threads", "1", "--quiet"], environment: Hasty).Output);

    [Fact]
    public void Every_fault_is_named()
    {
        var refused = Command.Run(
            ["bench", "huge", "--json", "--threads", "0", "--seconds", "-1", "--repetitions", "1.5"],
            environment: [("BENCH_EPOCHS", "many")]);
        Assert.Equal((2, ""), (refused.Status, refused.Output));
        Assert.Equal(
            [
                "functional: threads is \"0\"; it should be a whole number, between 1 and 1024",
                "functional: seconds is \"-1\"; it should be a number, between 0.001 and 3600",
                "functional: repetitions is \"1.5\"; it should be a whole number, between 1 and 1000",
                "functional: BENCH_EPOCHS is \"many\"; it should be a whole number, between 1 and 1000",
                "functional: workload is \"huge\"; it should be one of tiny, small, digits, medium, fashion, deep, "
                    + "wide, infer_b1, infer_b1024, fashion_forward, fashion_jvp, fashion_gradient, "
                    + "fashion_hvp, hessian, surface, many_xor, many_tiny, many_relu, many_small, "
                    + "e2e_fashion_mnist",
            ],
            refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_net_of_ones_own_is_timed()
    {
        var timed = Command.Run(
            ["bench", "--net", "3-4-5-2", "--batch", "7", "--threads", "1", "--json"], environment: Hasty).Json;
        Assert.Equal(
            2 * 7 * (2 * (3 * 4) + 3 * (4 * 5) + 3 * (5 * 2)) / (double)timed["us_per_step"]! / 1e3,
            (double)timed["gflops"]!, 1e-9);
        Assert.Equal(
            ["functional: workload is \"tiny\"; with --net there should be none",
                "functional: net is \"3-0-2\"; it should be 2 to 64 widths between 1 and 16384, such as 784-128-10"],
            Command.Run(["bench", "tiny", "--net", "3-0-2"]).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Json_is_of_one_workload() => Assert.Equal(2, Command.Run(["bench", "--json"]).Status);

    [Fact]
    public void Whole_epochs_end_with_the_accuracy_on_the_test_images()
    {
        // A directory laid out as the data set is: the work needs its format, not its pictures.
        using var scratch = new Scratch();
        foreach (var (part, count) in new[] { ("train", 96), ("t10k", 20) })
        {
            File.WriteAllBytes(scratch.At($"{part}-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0,
                0, 28, 0, 0, 0, 28, .. Enumerable.Range(0, count * 784).Select(i => (byte)(i * 7919 % 256))]);
            File.WriteAllBytes(
                scratch.At($"{part}-labels-idx1-ubyte"),
                [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
        }
        JsonObject timed = Command.Run(
            ["bench", "e2e_fashion_mnist", "--json", "--threads", "2"],
            environment: [("BENCH_EPOCHS", "3"), ("FASHION_DIR", scratch.Path)]).Json;
        Assert.Equal(3, timed["epochs"]!.AsArray().Count);
        Assert.InRange((double)timed["test_accuracy"]!, 0, 1);
        Assert.True((double)timed["seconds_per_epoch"]! > 0);
    }
}
