using Functional;
using Xunit;

namespace Properties.Bits;

/// <summary>The promise: one experiment has one answer, bit for bit. The answers are written down here, so any machine,
/// runtime or build that runs this test is compared with every other one.</summary>
public sealed class EverythingBits
{
    private const string InFloat = "43d68d774992ac11";
    private const string SecondInFloat = "6501fd1f4ab9e0ac";
    private const string SecondInDouble = "bbfda2fef6dfd613";
    private const string InDouble = "39c2a4ce09a7af9b";

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5), InlineData(7)]
    public void Training_with_everything_gives_the_frozen_bits_on_any_number_of_threads(int threads)
    {
        Assert.Equal(InFloat, Everything.Digest<float>(threads));
        Assert.Equal(InDouble, Everything.Digest<double>(threads));
    }

    [Theory, InlineData(1), InlineData(3)]
    public void Training_with_the_hinge_of_Crammer_and_Singer_gives_the_frozen_bits(int threads) =>
        Assert.Equal(("20733f88d07efe4e", "937e714fa3d33e47"), (Everything.DigestOf<float>(new CrammerSingerHinge(), threads), Everything.DigestOf<double>(new CrammerSingerHinge(), threads)));

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5), InlineData(7)]
    public void Derivatives_along_directions_have_the_frozen_bits_on_any_number_of_threads(int threads)
    {
        Assert.Equal(SecondInFloat, Everything.DigestOfDerivatives<float>(threads));
        Assert.Equal(SecondInDouble, Everything.DigestOfDerivatives<double>(threads));
    }
}
