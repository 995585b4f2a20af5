namespace Functional.Cli;

/// <summary>What the command's exit status says; where a signal interrupted a training, 128 and its number.</summary>
internal static class Status
{
    public const int Done = 0, Bug = 1, BadInput = 2, Diverged = 3, CheckFailed = 4, Signal = 128;
}
