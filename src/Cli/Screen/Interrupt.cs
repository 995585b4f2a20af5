using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Functional.Cli;

/// <summary>Ctrl-C and its like (SIGHUP, SIGINT, SIGQUIT, SIGTERM), as a wish to stop after the step.</summary>
internal sealed class Interrupt : IDisposable
{
    // A file that grows beyond the limit of the process: the write fails and says so, instead of the process dying.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private static readonly (PosixSignal Signal, int Number)[] Stopping =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> signals = [];
    private int first;

    public Interrupt()
    {
        foreach (var (signal, number) in Stopping) Take(signal, number);
        if (!OperatingSystem.IsWindows()) Take(FileTooLarge, number: 0);
    }

    /// <summary>Is cancelled when the first of them comes.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>128 and the number of the first signal that came; none where none did.</summary>
    public int? Status => first == 0 ? null : Cli.Status.Signal + first;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
        source.Dispose();
    }

    private void Take(PosixSignal signal, int number)
    {
        try
        {
            signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (number == 0 || Interlocked.CompareExchange(ref first, number, 0) != 0) return;
                source.Cancel();
            }));
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or TypeInitializationException)
        {
            // No thread can be started to wait for signals: they do what they do by themselves.
        }
    }
}
