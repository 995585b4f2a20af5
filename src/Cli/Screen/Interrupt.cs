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

    /// <summary>The exit status of a verb that writes nothing before all its work is done: where a signal comes first,
    /// the work is left lying and nothing is written.</summary>
    public static int OrNothing(Func<Interrupt, int> verb)
    {
        using var interrupt = new Interrupt();
        try
        {
            return verb(interrupt);
        }
        catch (OperationCanceledException)
        {
            Terminal.Note($"interrupted; nothing was written");
            return interrupt.Status ?? Cli.Status.BadInput;
        }
    }

    /// <summary>What some work comes to.</summary>
    /// <exception cref="OperationCanceledException">A signal came before its end.</exception>
    public A Await<A>(Func<A> work)
    {
        if (signals.Count == 0) return work();
        var working = Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task.WaitAny([working], Token);
        return working.GetAwaiter().GetResult();
    }

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
