using System.Globalization;
using Functional.Core.Data;
using Functional.Core.Differentiation;
using Functional.Core.Networks;
using Functional.Core.Passes;
using Functional.Core.Randomness;
using Functional.Core.Training;

namespace Functional;

/// <summary>The laws of what a network is made of and learns by.</summary>
internal static class NetworkLaws
{
    private const int Rows = 24, Inputs = 4, Batches = 6;
    private const double Tolerance = 1e-5; // of gradients: differences have no more digits

    /// <summary>Holds them for a network with a part in it.</summary>
    public static void Hold(string name, Layer[] layers)
    {
        string[] faults = Laws.Held(name, "say how many outputs and parameters it has", () =>
            Architecture.Check(Inputs, [.. layers], "layers").Match(
                Succ: _ => [],
                Fail: found => found.Select(fault => fault.Message).ToArray()));
        Laws.Require(faults.Length == 0, name, $"no network can be made of it: {string.Join(" | ", faults)}");
        var architecture = Architecture.Of(Inputs, layers);
        Laws.Held(name, "be passed forward and backward", () =>
            OfPasses(name, Network<double>.Init(architecture, new Initializer.GlorotUniform(), Key.FromSeed(1))));
        OfTraining(name, architecture, new Momentum(0.9).Then(new Rate(0.01)));
    }

    /// <summary>Holds them for an optimizer, on as many parameters as several threads share.</summary>
    public static void HoldFor(string name, Optimizer optimizer) =>
        OfTraining(name, Architecture.Of(Inputs, new Dense(2500, Activation.Tanh), new Dense(3)), optimizer);

    // Predictions are pure, and a row's does not depend on others; the gradient is that of
    // differences, wherever there is one.
    private static void OfPasses(string name, Network<double> network)
    {
        var inputs = Samples<double>(1).Inputs;
        var outputs = network.Predict(inputs, threads: 1);
        Laws.Require(
            outputs == network.Predict(inputs, threads: 3), name,
            "predictions should have the same bits whenever and on however many threads they are made");
        for (int row = 0; row < Rows; row += 7)
            Laws.Require(
                network.Predict(inputs.Select([row])) == outputs.Select([row]), name,
                $"the prediction of row {row + 1} should not depend on the other rows");
        if (network.Architecture.Layers.Any(layer =>
            layer is Dense { Activation.HasDerivative: false } or Activate { Activation.HasDerivative: false }))
            return;
        foreach (var layer in GradientCheck.Of(network, Samples<double>(1), new MeanSquaredError(), Key.FromSeed(2)))
            Laws.Require(layer.RelativeError <= Tolerance, name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the gradient of layer {layer.Layer} ({layer.Name}) is off by {layer.RelativeError:G3} from "
                    + $"differences; it should be within {Tolerance:G1}"));
    }

    private static void OfTraining(string name, Architecture architecture, Optimizer optimizer)
    {
        Laws.Held(name, "be trained in float", () => OfTraining<float>(name, architecture, optimizer, "in float"));
        Laws.Held(name, "be trained in double", () => OfTraining<double>(name, architecture, optimizer, "in double"));
    }

    // Training in two parts is training, threads change no bit, and what was there before stays.
    private static void OfTraining<T>(string name, Architecture architecture, Optimizer optimizer, string where)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var learner = new Learner(new MeanSquaredError(), optimizer, Key.FromSeed(3));
        var start = learner.Begin(Network<T>.Init(architecture, new Initializer.GlorotUniform(), Key.FromSeed(1)));
        var before = start.Network.Parameters.Span.ToArray();
        Batch<T>[] batches = [.. Core.Data.Batches.From(Samples<T>(1), 8, Key.FromSeed(4)).Take(Batches)];
        var whole = learner.Fold(start, batches, threads: 1);
        Laws.Require(whole.Outcome is Outcome.Trained, name, $"training should stay finite {where}: {whole.Outcome}");
        Laws.Require(
            start.Network.Parameters.Span.SequenceEqual(before), name,
            $"training should not change where it started {where}");
        Laws.Require(
            learner.Fold(start, batches, threads: 1) == whole, name,
            $"training again should give the same bits {where}");
        foreach (int threads in (int[])[2, 3])
            Laws.Require(
                learner.Fold(start, batches, threads) == whole, name,
                $"{threads} threads should give the same bits as one {where}");
        Laws.Require(
            learner.Fold(learner.Fold(start, batches[..2]), batches[2..]) == whole, name,
            $"training in two parts should be training in one {where}");
        Laws.Require(batches.Aggregate(start, learner.Step) == whole, name, $"a fold should be its steps {where}");
    }

    private static Samples<T> Samples<T>(uint seed) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var key = Key.FromSeed(seed);
        return new(
            new(Rows, Inputs, Draw.Uniform<T>(key.At(0), Rows * Inputs, -1.5, 1.5)),
            new(Rows, 3, Draw.Uniform<T>(key.At(1), Rows * 3, -1, 1)));
    }
}
