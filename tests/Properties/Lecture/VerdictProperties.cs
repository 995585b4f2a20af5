using Functional.Lecture;
using Functional.Lecture.Measuring;
using Xunit;

namespace Properties.Lecture;

/// <summary>A claim has one verdict, whoever helps to measure it, and another one where a falsehood is
/// planted.</summary>
public sealed class VerdictProperties
{
    [Theory]
    [InlineData("linear-collapse", 5), InlineData("non-convex", 3), InlineData("saddles", 4), InlineData("backprop", 5)]
    [InlineData("one-neuron", 5), InlineData("5-4-3", 5), InlineData("m-units", 5)]
    [InlineData("autodiff", 5)]
    public void No_number_depends_on_threads(string name, int seeds) =>
        Assert.Equal(Of(name, seeds, null, threads: 1).Digest, Of(name, seeds, null, threads: 2).Digest);

    [Theory]
    [InlineData("linear-collapse", 100), InlineData("non-convex", 32), InlineData("saddles", 60)]
    [InlineData("backprop", 20), InlineData("one-neuron", 20), InlineData("5-4-3", 20), InlineData("m-units", 20)]
    [InlineData("autodiff", 20)]
    public void It_holds_and_each_falsehood_turns_it(string name, int seeds)
    {
        Assert.Equal(Standing.Holds, Of(name, seeds, null).Standing);
        Assert.All(Claims.Named(name)!.Falsehoods, falsehood =>
            Assert.Equal(Standing.Fails, Of(name, seeds, falsehood.Name).Standing));
    }

    // As many seeds as the command takes: a quarter of an hour on two cores for all of them.
    [Fact(Explicit = true)]
    public void Every_falsehood_turns_the_verdict() => Assert.All(
        from claim in Claims.All from falsehood in claim.Falsehoods select (claim, falsehood),
        planted => Assert.Equal(
            Standing.Fails, Of(planted.claim.Name, planted.claim.Seeds, planted.falsehood.Name).Standing));

    private static ClaimResult Of(string name, int seeds, string? falsehood, int threads = 0) => ClaimResult.Of(
        Claims.Named(name)!, new(new(seeds, Falsehood: falsehood), new NoMemory()) { Threads = threads });
}
