using System.Globalization;
using System.Text.Json;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Oracles;

/// <summary>The counter-based generator, against the vectors its authors published.</summary>
public sealed class RandomnessOracles(ITestOutputHelper output)
{
    [Fact]
    public void Threefry_draws_the_published_words() =>
        Golden.Check("counter-rng.json", output, atLeast: 15,
            lacks: vector => vector.Text("generator") is "threefry2x32" ? null : vector.Text("generator"), Compare);

    private static Comparison[] Compare(JsonElement vector)
    {
        var (x, y) = Threefry.Block(Words("key"), Words("counter"), vector.Whole("rounds"));
        var expected = Words("expected");
        return [Comparison.Of("expected", [expected.X, expected.Y], [x, y], tolerance: 0)];

        (uint X, uint Y) Words(string name) => (Word(vector.At(name)[0]), Word(vector.At(name)[1]));
    }

    private static uint Word(JsonElement hex) =>
        uint.Parse(hex.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
