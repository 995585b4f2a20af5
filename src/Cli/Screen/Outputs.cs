using System.ComponentModel;
using System.Text;
using Functional.Formats;
using Microsoft.Win32.SafeHandles;

namespace Functional.Cli;

/// <summary>Standard output went away: it is closed, its disk is full, nobody reads it any more.</summary>
internal sealed class OutputLostException(Exception why)
    : IOException(why.Message, why)
{
    /// <summary>Why, in any language.</summary>
    public Phrase Reason => InnerException is UnauthorizedAccessException
        ? (Phrase)$"it is closed"
        : Atomically.Reason(InnerException!) ?? Phrase.Verbatim(Message);

    private const int BrokenPipe = 32;

    /// <summary>Whether it was a pipe whose reader has gone.</summary>
    public bool IsReaderGone => !OperatingSystem.IsWindows() && InnerException!.HResult == BrokenPipe;
}

/// <summary>
/// The two outputs of the command, whatever they are. That standard output cannot be written is an
/// <see cref="OutputLostException"/>; that standard error cannot is nothing, for there is nowhere left to say it.
/// </summary>
internal static class Outputs
{
    private static readonly List<SafeFileHandle> Held = [];

    /// <summary>Standard output as bytes.</summary>
    public static Stream Standard { get; } =
        new Output(Unbuffered(1, Console.OpenStandardOutput), why => throw new OutputLostException(why));

    /// <summary>Makes them the console's.</summary>
    public static void Open()
    {
        if (!OperatingSystem.IsWindows()) HoldNumbers();
        Console.SetOut(Writer(Standard));
        Console.SetError(Writer(new Output(Unbuffered(2, Console.OpenStandardError), _ => { })));
    }

    // The number of a closed output would be given to the next file that is opened, and that file be printed into.
    private static void HoldNumbers()
    {
        try
        {
            while (File.OpenHandle("/dev/null") is var handle)
            {
                Held.Add(handle);
                if (handle.DangerousGetHandle() > 2) return;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Where there is no such file.
        }
    }

    // The console's stream hides that a pipe's reader has gone. A file's stream does not; but where there are
    // places to go back to, it writes to places of its own.
    private static Lazy<Stream> Unbuffered(int number, Func<Stream> console) => new(() =>
    {
        bool isRedirected = number == 1 ? Console.IsOutputRedirected : Console.IsErrorRedirected;
        if (OperatingSystem.IsWindows() || !isRedirected) return console();
        var file = new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? console() : file;
    });

    private static StreamWriter Writer(Stream stream)
    {
        var encoding = Console.OutputEncoding;
        if (encoding.CodePage == Encoding.UTF8.CodePage) encoding = new UTF8Encoding(false); // no mark at the beginning
        return new(stream, encoding) { AutoFlush = true };
    }

    private sealed class Output(Lazy<Stream> stream, Action<Exception> lost) : Stream
    {
        // What a pipe takes whole or not at all. One that is full and does not wait is tried again a little later.
        private const int Atom = 512, Later = 11, LaterOnMac = 35;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                if (stream.Value is not FileStream) stream.Value.Write(buffer);
                else
                    for (; buffer.Length > 0; buffer = buffer[Math.Min(Atom, buffer.Length)..])
                        while (!IsTaken(buffer[..Math.Min(Atom, buffer.Length)])) Thread.Sleep(1);
            }
            catch (Exception why) when (Atomically.Reason(why) is not null || why is Win32Exception)
            {
                lost(why);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        private bool IsTaken(ReadOnlySpan<byte> some)
        {
            try
            {
                stream.Value.Write(some);
                return true;
            }
            catch (IOException full) when (full.HResult is Later or LaterOnMac)
            {
                return false;
            }
        }
    }
}
