namespace Functional.Core.Training;

/// <summary>How training stands. Divergence is a value: a fold that meets it stops there and stays there.</summary>
public abstract record Outcome
{
    private protected Outcome() { }

    /// <summary>No step yet.</summary>
    public sealed record Untrained : Outcome;

    /// <summary>The loss of the last batch, before its step.</summary>
    /// <param name="Loss">Finite.</param>
    public sealed record Trained(double Loss) : Outcome;

    /// <summary>Whoever ran it ended it before its time.</summary>
    /// <param name="Step">Steps done.</param>
    public sealed record Cancelled(long Step) : Outcome;

    /// <summary>The loss or a parameter stopped being finite.</summary>
    /// <param name="Step">The step at which it was seen, from 1.</param>
    /// <param name="Loss">The loss of that step's batch.</param>
    public sealed record Diverged(long Step, double Loss) : Outcome;
}
