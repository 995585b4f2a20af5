namespace Functional.Lecture;

/// <summary>A rule that lets only some parameters move, the last of a chain: those that were pruned stay at
/// zero.</summary>
/// <param name="Keeps">Whether each parameter moves.</param>
internal sealed record Masked(Items<bool> Keeps) : Optimizer
{
    protected override void Update<T>(Stretch<T> at)
    {
        for (int i = 0; i < at.Direction.Length; i++)
            if (!Keeps[i])
                at.Direction[i] = T.Zero;
    }
}
