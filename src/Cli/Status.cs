namespace Functional.Cli;

/// <summary>What the command's exit status says.</summary>
internal static class Status
{
    public const int Done = 0, Bug = 1, BadInput = 2, Diverged = 3, CheckFailed = 4, Interrupted = 130;
}
