using Functional;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Bits;

/// <summary>The promise holds for functions that a program brings along, too.</summary>
public sealed class CustomBits
{
    [Theory, InlineData(Precision.Float, 1), InlineData(Precision.Float, 3), InlineData(Precision.Double, 1),
        InlineData(Precision.Double, 3)]
    public void Training_with_functions_of_a_program_gives_the_frozen_bits(Precision precision, int threads)
    {
        Layer[] hidden = [new Dense(70, Custom.Activations[0].Own),
            .. Custom.Activations.Skip(1).Select(pair => new Dense(12, pair.Own))];
        var trained = Mlp.Classifier(hidden).Train(
            new Moons(Samples: 150).Make(Key.FromSeed(1)),
            options => options with { Precision = precision, Epochs = 2, Loss = Loss.Register<Custom.CrossEntropy>() },
            threads: threads);
        Assert.Equal(
            precision == Precision.Float ? "1d46ed73bc7b588e" : "cebce4d1e7ae4443",
            trained.Model.ParametersSha256[..16]);
    }
}
