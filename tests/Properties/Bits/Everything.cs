using System.Numerics;
using Functional;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Networks.Activations;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Formats;
using Xunit;

namespace Properties.Bits;

/// <summary>Experiments that together use every layer, activation, initializer, loss, optimizer and precision there is, and
/// the digest of what they learn: the number that must be the same everywhere.</summary>
internal static class Everything
{
    /// <summary>The losses that the frozen digests are of; each that came later has a digest of its own.</summary>
    private static Loss[] FrozenLosses => [.. Loss.Kinds.Prototypes.Where(loss => loss is not CrammerSingerHinge)];

    /// <summary>A digest of every kind of training in one precision.</summary>
    public static string Digest<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bytes = new List<byte>();
        Loss[] losses = FrozenLosses;
        Initializer[] initializers = [.. Initializer.Kinds.Prototypes];
        Optimizer[] optimizers = [.. Optimizer.Kinds.Prototypes];
        Schedule[] schedules = [.. Schedule.Kinds.Prototypes];
        Penalty[] penalties = [.. Penalty.Kinds.Prototypes];
        for (int i = 0; i < new[] { losses.Length, initializers.Length, optimizers.Length, schedules.Length }.Max(); i++)
            bytes.AddRange(Learned<T>(
                losses[i % losses.Length], initializers[i % initializers.Length], new ClipNorm(1).Then(optimizers[i % optimizers.Length]).Then(new Rate(0.01)),
                schedules[i % schedules.Length].For(6), penalties[i % penalties.Length], shards: 1 << i % 3, threads));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))[..16];
    }

    /// <summary>A digest of training with one loss.</summary>
    public static string DigestOf<T>(Loss loss, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
        Learned<T>(loss, new Initializer.GlorotUniform(), new Adam(0.01), new Constant(), new Penalty.None(), shards: 2, threads)))[..16];

    private static byte[] Learned<T>(Loss loss, Initializer initializer, Optimizer optimizer, Schedule schedule, Penalty penalty, int shards, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var data = ClassWeights.Given([1, 2, 0.5]).Weigh(new Blobs(90, 0.5).Make(Key.FromSeed(5)).To<T>());
        var learner = new Learner(loss, optimizer, Key.FromSeed(6), shards, schedule, penalty);
        var start = learner.Begin(Network<T>.Init(EveryLayer(data, loss), initializer, Key.FromSeed(7)));
        var end = learner.Fold(start, Batches.From(data.For(loss), 64, Key.FromSeed(8)).Take(6), threads);
        Assert.IsType<Outcome.Trained>(end.Outcome);
        return [.. LittleEndian.Bytes(end.Network.Parameters.Span), .. LittleEndian.Bytes(end.Network.Running.Span), .. LittleEndian.Bytes(end.Optimizer.Moments.Span)];
    }

    /// <summary>A digest of derivatives along directions, first and second, through every layer and every loss.</summary>
    public static string DigestOfDerivatives<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bytes = new List<byte>();
        foreach (var loss in FrozenLosses)
        {
            var data = new Blobs(90, 0.5).Make(Key.FromSeed(5)).To<T>();
            var network = Network<T>.Init(EveryLayer(data, loss), new Initializer.GlorotUniform(), Key.FromSeed(7));
            var along = new Gradient<T>(Draw.Normal<T>(Key.FromSeed(9), network.Parameters.Length, 0, 0.1));
            var mode = Mode.Training(Key.FromSeed(10));
            Vec<T>[] found =
            [
                network.Jvp(data.Inputs, along, data.Inputs, mode, threads).Tangent.Cells, network.HessianProduct(loss, data.For(loss), along, mode, threads).Direction,
                network.GaussNewtonProduct(loss, data.For(loss), along, mode, threads).Direction,
            ];
            Assert.All(found, numbers => Assert.All(numbers.Span.ToArray(), number => Assert.True(T.IsFinite(number))));
            foreach (var numbers in found) bytes.AddRange(LittleEndian.Bytes(numbers.Span));
        }
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))[..16];
    }

    private static Architecture EveryLayer<T>(Dataset<T> data, Loss loss) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Layer[] every =
        [
            .. Activation.Kinds.Prototypes.Where(phi => phi is not Step).Select((phi, index) => new Dense(index < 3 ? 70 : 16, phi)), // wide enough for threads to share, and not only wide
            new Dropout(0.2), new BatchNorm(), new Activate(Activation.Tanh), new LayerNorm(),
            new Residual([new Dense(16, Activation.Relu), new Sequence([new LayerNorm()])], [new Dense(16, Activation.Identity, Bias: false)]),
            new Residual(new Dense(16, Activation.Step)),
        ];
        return Architecture.Of(2, [.. every, new Dense(Dataset<T>.Outputs(data.Problem, loss), loss is BinaryCrossEntropy ? Activation.Sigmoid : Activation.Identity)]);
    }
}
