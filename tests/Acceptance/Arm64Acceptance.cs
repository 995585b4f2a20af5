using Xunit;

namespace Acceptance;

/// <summary>The numeric law on another processor: the command for arm64 prints the digits that are printed
/// here.</summary>
public sealed class Arm64Acceptance
{
    private const string Variable = "FUNCTIONAL_ARM64";

    private static readonly string[] Runs =
    [
        "train --data moons --samples 60 --hidden 6,5 --activation tanh --epochs 6 --curvature 6steps",
        "train --data moons --samples 60 --hidden 6,5 --activation tanh --epochs 4 --seed 2",
    ];

    private static readonly string[] Looks =
    [
        "landscape 0 --grid 7",
        "landscape 0 --grid 5 --plane path",
        "landscape 0 --grid 5 --plane eigen --part test",
        "landscape 0 --line 1 --match --curve bezier --grid 11",
        "spectrum 0 --density --layers --probes 3",
        "spectrum 0 --of gauss_newton --rows 20 --sharpness",
        "saddles --data xor --samples 4 --noise 0 --test 0 --validation 0 --hidden 2 --activation tanh --epochs 20 "
            + "--seeds 8",
    ];

    [Fact]
    public void Every_digit_is_the_same_on_arm64()
    {
        string? arm = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(arm is null, $"{Variable} should name the command for arm64, which .ci/arm64 makes");
        using var scratch = new Scratch();
        foreach (var (run, train) in Runs.Index())
            Assert.Equal(
                Digits(Command.Run([.. train.Split(' '), "--json", "--quiet", "--out", $"{run}"], scratch.Path)),
                Digits(Command.Shell($"'{arm}' {train} --json --quiet --out arm{run}", scratch.Path)));
        foreach (string look in Looks)
        {
            var here = Command.Run([.. look.Split(' '), "--json", "--quiet"], scratch.Path);
            Assert.Equal(here, Command.Shell($"'{arm}' {look} --json --quiet", scratch.Path));
            Assert.Equal((0, ""), (here.Status, here.Errors));
        }
    }

    // Without times and places.
    private static (string, string, string) Digits(Command train) => (
        train.Errors, $"{train.Json["parameters_sha256"]}", $"{train.Json["curvature"]}");
}
