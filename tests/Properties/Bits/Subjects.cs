using System.Numerics;
using System.Security.Cryptography;
using Functional;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Numbers;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;
using Functional.Formats;
using Xunit;

namespace Properties.Bits;

/// <summary>Numbers whose bits are frozen, in either precision.</summary>
internal interface ISubject
{
    /// <summary>Their bytes, worked out with so many threads.</summary>
    byte[] Bytes<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>What is worked out from a subject.</summary>
internal static class Subjects
{
    extension(ISubject subject)
    {
        /// <summary>The first sixteen digits of the bytes' SHA-256.</summary>
        public string Digest<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Convert.ToHexStringLower(SHA256.HashData(subject.Bytes<T>(threads)))[..16];
    }

    /// <summary>Three classes of points in the plane, with weights.</summary>
    public static Dataset<T> Points<T>(int count = 90) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ClassWeights.Given([1, 2, 0.5]).Weigh(new Blobs(count, 0.5).Make(Key.FromSeed(5)).To<T>());

    /// <summary>A network for them: the layers, and a dense one that the loss can take.</summary>
    public static Architecture Net<T>(Dataset<T> data, Loss loss, Layer[] layers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Architecture.Of(2, [.. layers, new Dense(
            Dataset<T>.Outputs(data.Problem, loss),
            loss is BinaryCrossEntropy ? Activation.Sigmoid : Activation.Identity)]);
}

/// <summary>A network after some steps: parameters, running values, moments, and what it predicts.</summary>
internal sealed record Trained : ISubject
{
    public Layer[] Layers { get; init; } = [new Dense(20, Activation.Tanh)];
    public Loss Loss { get; init; } = new SoftmaxCrossEntropy();
    public Initializer Initializer { get; init; } = new Initializer.GlorotUniform();
    public Optimizer Optimizer { get; init; } = new Sgd(0.1);
    public Schedule Schedule { get; init; } = new ConstantRate();
    public Penalty Penalty { get; init; } = new Penalty.None();
    public int Shards { get; init; } = 1;
    public int Rows { get; init; } = 90;
    public int BatchSize { get; init; } = 64;
    public int Steps { get; init; } = 6;

    public byte[] Bytes<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var data = Subjects.Points<T>(Rows);
        var learner = new Learner(Loss, Optimizer, Key.FromSeed(6), Shards, Schedule, Penalty);
        var start = learner.Begin(Network<T>.Init(Subjects.Net(data, Loss, Layers), Initializer, Key.FromSeed(7)));
        var end = learner.Fold(start, Batches.From(data.For(Loss), BatchSize, Key.FromSeed(8)).Take(Steps), threads);
        Assert.IsType<Outcome.Trained>(end.Outcome);
        return
        [
            .. LittleEndian.Bytes(end.Network.Parameters.Span), .. LittleEndian.Bytes(end.Network.Running.Span),
            .. LittleEndian.Bytes(end.Optimizer.Moments.Span),
            .. LittleEndian.Bytes(end.Network.Predict(data.Inputs, threads).Cells.Span),
        ];
    }
}

/// <summary>Several subjects, one after the other.</summary>
internal sealed record Several(ISubject[] Subjects) : ISubject
{
    public byte[] Bytes<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Subjects.SelectMany(subject => subject.Bytes<T>(threads))];
}

/// <summary>Derivatives of a network along directions, forward and backward, first and second.</summary>
internal sealed record Derivatives : ISubject
{
    public Layer[] Layers { get; init; } = [new Dense(20, Activation.Tanh)];
    public Loss Loss { get; init; } = new SoftmaxCrossEntropy();

    public byte[] Bytes<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var data = Subjects.Points<T>();
        var (inputs, samples) = (data.Inputs, data.For(Loss));
        var network = Network<T>.Init(
            Subjects.Net(data, Loss, Layers), new Initializer.GlorotUniform(), Key.FromSeed(7));
        var along = new Gradient<T>(Draw.Normal<T>(Key.FromSeed(9), network.Parameters.Length, 0, 0.1));
        var mode = Mode.Training(Key.FromSeed(10));
        var (output, tangent) = network.Jvp(inputs, along, inputs, mode, threads);
        var (_, gradient, toInputs) = network.Vjp(inputs, output, mode, threads);
        Vec<T>[] found =
        [
            tangent.Cells, gradient.Direction, toInputs.Cells,
            network.HessianProduct(Loss, samples, along, mode, threads).Direction,
            network.GaussNewtonProduct(Loss, samples, along, mode, threads).Direction,
        ];
        Assert.All(found, numbers => Assert.All(numbers.Span.ToArray(), number => Assert.True(T.IsFinite(number))));
        return [.. found.SelectMany(numbers => LittleEndian.Bytes(numbers.Span))];
    }
}

/// <summary>First weights, of a layer narrow and of a layer wide.</summary>
internal sealed record FirstWeights(Initializer Initializer) : ISubject
{
    public byte[] Bytes<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T> => LittleEndian.Bytes(
        Network<T>.Init(
            Architecture.Of(5, new Dense(130), new Dense(7)), Initializer, Key.FromSeed(7)).Parameters.Span);
}

/// <summary>What a schedule makes of a rate, over so many steps.</summary>
internal sealed record Rates(Schedule Schedule) : ISubject
{
    public byte[] Bytes<T>(int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T> => LittleEndian.Bytes<T>(
        [.. Enumerable.Range(0, 200).Select(step => T.CreateTruncating(Schedule.For(150).At(0.1, step)))]);
}
