using Functional;
using Functional.Core.Randomness;
using Properties.Generators;
using Xunit;

namespace Properties.Bits;

/// <summary>The promise holds for functions that a program brings along, too.</summary>
public sealed class CustomBits
{
    [Theory, InlineData("float", 1), InlineData("float", 3), InlineData("double", 1), InlineData("double", 3)]
    public void Training_with_functions_of_a_program_gives_the_frozen_bits(string precision, int threads)
    {
        Layer[] hidden = [new Dense(70, Custom.Activations[0].Own), .. Custom.Activations.Skip(1).Select(pair => new Dense(12, pair.Own))];
        var trained = Mlp.Classifier(hidden).Train(
            new Moons(Samples: 150).Make(Key.FromSeed(1)), options => options with { Precision = precision, Epochs = 2, Loss = Loss.Register<Custom.CrossEntropy>() }, threads: threads);
        Assert.Equal(precision == "float" ? "1d46ed73bc7b588e" : "cebce4d1e7ae4443", trained.Model.ParametersSha256[..16]);
    }
}
