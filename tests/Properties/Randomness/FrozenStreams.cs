using Functional.Core.Numbers;
using Functional.Core.Randomness;
using Xunit;

namespace Properties.Randomness;

/// <summary>The streams are frozen: no release changes what a seed draws. These are the bits
/// of the first one.</summary>
public sealed class FrozenStreams
{
    private static readonly Key Seed = Key.FromSeed(20261123);

    [Fact]
    public void Uniform() => Assert.Equal(
        "3FDAAD0EC71CC488 3FD65B0373D78442 3FEF8C72DDC08E20 3FCA8B1BCDC21F50", Hex(Draw.Uniform<double>(Seed, 4)));
    [Fact]
    public void Uniform_in_single_precision() =>
        Assert.Equal("3ED56876 3EB2D81C 3F7C6397 3E5458DE", Hex(Draw.Uniform<float>(Seed, 4)));
    [Fact]
    public void Normal() => Assert.Equal(
        "3FED3A2E80A367FE 3FEEA07F072A72F5 BFF66B02A84B5188 3FD7FC89EF05AC13", Hex(Draw.Normal<double>(Seed, 4)));
    [Fact]
    public void Normal_in_single_precision() =>
        Assert.Equal("3F69D174 3F7503F8 BFB35815 3EBFE44F", Hex(Draw.Normal<float>(Seed, 4)));
    [Fact]
    public void Truncated_normal() => Assert.Equal(
        "3FED3A2E80A367FE BFD6B45DEC0B1205 BF95D1D59BC2C31F BFEDF85830E6BB82",
        Hex(Draw.TruncatedNormal<double>(Seed, 4, bound: 1)));
    [Fact] public void Whole_numbers() => Assert.Equal("[416, 349, 985, 207]", $"{Draw.Integers(Seed, 4, 1000)}");
    [Fact] public void Permutation() => Assert.Equal("[1, 4, 2, 0, 5, 3]", $"{Draw.Permutation(Seed, 6)}");
    [Fact]
    public void Keys() => Assert.Equal(
        "Key { Hi = 2140943307, Lo = 3307653161 } Key { Hi = 3331970811, Lo = 2828526025 } Key { Hi = 1752883158, Lo = "
            + "1107861545 } Key { Hi = 585167427, Lo = 2119103397 }",
        string.Join(" ", [Seed.At(7), Seed.AtStep(1L << 40), Seed.For(Purpose.Dropout), Seed.Split().Item2]));
    [Fact]
    public void Purposes() => Assert.Equal(
        "Init = 1, Shuffle = 2, Dropout = 3, Data = 4, Landscape = 5, Inspection = 6, Member = 7, Sweep = 8",
        string.Join(", ", Enum.GetValues<Purpose>().Select(purpose => $"{purpose} = {purpose:D}")));

    private static string Hex(Vec<double> draw) =>
        string.Join(" ", draw.Span.ToArray().Select(x => $"{BitConverter.DoubleToInt64Bits(x):X16}"));
    private static string Hex(Vec<float> draw) =>
        string.Join(" ", draw.Span.ToArray().Select(x => $"{BitConverter.SingleToInt32Bits(x):X8}"));
}
