using Xunit;

namespace Acceptance;

/// <summary>One experiment, one answer: the same digest from the whole command whatever is around it.</summary>
public sealed partial class BitsAcceptance
{
    // Every layer, every activation, an optimizer of several rules, shards; wide enough for threads to share a product.
    private const string Spec = """
        {
          "data": { "kind": "blobs", "samples": 300, "centers": 4 },
          "hidden": [
            { "kind": "dense", "units": 300, "activation": "relu" }, { "kind": "dropout", "rate": 0.2 },
            { "kind": "dense", "units": 300, "activation": "tanh" }, "batch_norm",
            { "kind": "activate", "activation": "softplus" },
            { "kind": "residual", "body": [{ "kind": "dense", "units": 64, "activation": "sigmoid" }, "layer_norm"],
              "shortcut": [{ "kind": "dense", "units": 64, "activation": "identity", "bias": false }] },
            { "kind": "sequence", "layers": [{ "kind": "dense", "units": 20, "activation": "tanh" }] },
            { "kind": "residual", "body": [{ "kind": "dense", "units": 20, "activation": "step" }] }
          ],
          "optimizer": {
            "kind": "chain", "rules": [{ "kind": "clip_norm", "max": 1 }, { "kind": "adamw", "rate": 0.003 }]
          },
          "batch_size": 64, "epochs": 3, "shards": 2
        }
        """;

    [Theory, InlineData("float"), InlineData("double")]
    public void An_experiment_with_everything_has_one_digest(string precision)
    {
        string[] digests =
        [
            Digest(precision, "1"), Digest(precision, "1"), Digest(precision, "2"), Digest(precision, "5"),
            Digest(precision, "2", ("DOTNET_EnableAVX512", "0")), Digest(precision, "2", ("DOTNET_EnableAVX2", "0")),
            Digest(precision, "2", ("DOTNET_PreferredVectorBitWidth", "128")),
            Digest(precision, "2", ("DOTNET_EnableHWIntrinsic", "0")),
            Digest(precision, "2", ("DOTNET_TieredCompilation", "0")),
            Digest(precision, "2", ("LC_ALL", "es_ES.UTF-8")),
        ];
        Assert.Single(digests.Distinct());
    }

    // A thread takes a gigabyte of address space here, and there are 16 in all: threads start until one does not.
    [Fact]
    public void Where_no_more_threads_can_be_started_fewer_do_it_with_the_same_bits()
    {
        using var scratch = new Scratch();
        string Digest(string before, int threads)
        {
            string train = $"functional train --again --epochs 2 --quiet --json --threads {threads}";
            var run = Command.Shell($"{before} {train}", scratch.Path);
            Assert.Equal((0, ""), (run.Status, run.Errors));
            return (string)run.Json["parameters_sha256"]!;
        }
        const string Few = "ulimit -s 1000000; ulimit -v 16000000; export DOTNET_GCHeapHardLimit=0x20000000;";
        Assert.Equal(Digest("", 1), Digest(Few, 64));
    }

    private static string Digest(string precision, string threads, params (string, string)[] environment)
    {
        using var scratch = new Scratch();
        scratch.File("spec.json", Spec);
        var run = Command.Run(
            ["train", "spec.json", "--precision", precision, "--threads", threads, "--json", "--quiet"], scratch.Path,
            environment);
        Assert.Equal((0, ""), (run.Status, run.Errors));
        Assert.Equal("finished", (string)run.Json["outcome"]!);
        return (string)run.Json["parameters_sha256"]!;
    }
}
