using Xunit;

namespace Acceptance;

/// <summary>What a new user gets.</summary>
public sealed class TrainAcceptance
{
    [Fact]
    public void The_default_experiment_reads_97_of_100_digits()
    {
        using var scratch = new Scratch();
        var run = Command.Run(["train", "--json", "--quiet"], scratch.Path);
        Assert.Equal(0, run.Status);
        Assert.InRange((double)run.Json["test"]!["accuracy"]!, 0.97, 1);
    }
}
