using CsCheck;
using Functional;
using Functional.Core.Networks;
using Properties.Generators;
using Xunit;

namespace Properties.Networks;

/// <summary>A network in figures.</summary>
public sealed class SummaryProperties
{
    [Fact]
    public void Every_number_of_a_network_is_counted_once() => Any.Network.Sample(network =>
        Summary.Of(network.Architecture) is var summary && summary.Parameters == network.Parameters.Length
        && summary.Running == network.Running.Length
        && summary.Layers.Zip(summary.Layers.Skip(1)).All(pair => pair.Item1.Outputs == pair.Item2.Inputs));

    [Fact]
    public void A_known_network_has_known_figures()
    {
        var summary = Summary.Of(Architecture.Of(
            784, new Dense(512, Activation.Relu), new BatchNorm(), new Residual([new Dense(64), new Dense(512)], []),
            new Dense(10, Activation.Identity, Bias: false)));
        Assert.Equal([("dense", 784 * 512 + 512, 0, 784 * 512), ("batch_norm", 1024, 1024, 0),
            ("residual", 512 * 64 + 64 + 64 * 512 + 512, 0, 2 * 512 * 64), ("dense", 5120, 0, 5120)],
            summary.Layers.Select(
                layer => (layer.Kind, (int)layer.Parameters, (int)layer.Running, (int)layer.MultiplyAdds))
                .ToArray());
        Assert.Equal(
            4 * (summary.Parameters * 4 + 2048 + 32 * summary.NumbersPerSample),
            summary.Memory(batch: 32, slots: 2, bytes: 4));
    }
}
