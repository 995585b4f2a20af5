namespace Functional.Cli;

/// <summary>What the command's exit status says; where a signal interrupted a training, or the reader of a pipe has
/// gone, 128 and the signal's number.</summary>
internal static class Status
{
    public const int Done = 0, Bug = 1, BadInput = 2, Diverged = 3, CheckFailed = 4, Signal = 128, Pipe = 13;
}
