using System.Runtime.ExceptionServices;

namespace Functional.Core.Numbers.Threads;

/// <summary>Work that falls into numbered parts which write to separate places.</summary>
internal interface IParts
{
    void Run(int part, int parts);
}

/// <summary>Work on the rows of a matrix, a stretch of rows a part.</summary>
internal static class RowParts
{
    private const int Smallest = 1 << 14; // numbers below which a part is not worth handing over

    /// <summary>Into how many parts rows of a width fall.</summary>
    public static int Count(int rows, int width) =>
        (int)Math.Clamp((long)rows * width / Smallest, 1, Math.Max(1, rows));

    /// <summary>The rows of one part.</summary>
    public static (int First, int Count) Of(int rows, int part, int parts)
    {
        int first = (int)((long)rows * part / parts);
        return (first, (int)((long)rows * (part + 1) / parts) - first);
    }
}

/// <summary>
/// Long-lived threads that share the parts of one piece of work. Who does which part, and how many there are, cannot be
/// seen in a result: a part writes only its own outputs, and no sum crosses parts (numeric law 3).
/// </summary>
internal static unsafe class Workers
{
    private const int SpinsBeforeSleep = 2_000;
    private static readonly object Door = new();
    private static readonly List<Worker> Hired = [];
    private static int busy;
    private static bool isFull; // the system starts no more threads

    /// <summary>How many threads a wish for <paramref name="threads"/> means: 0 is one for each processor.</summary>
#pragma warning disable RS0030 // the number of processors sets the speed; no number ever depends on it
    public static int Count(int threads) => threads > 0 ? threads : Environment.ProcessorCount;
#pragma warning restore RS0030

    // The work now shared out; read by workers only between the wake-up and their last report.
    private static delegate*<void*, int, void> run;
    private static void* work;
    private static int parts, ranges;
    private static int working;

    // Every thread has a range of parts of its own, so that it meets the memory of the last time again, and helps
    // out in the others' when it is done.
    private const int Apart = 16; // counters on cache lines of their own
    private static int[] taken = new int[Apart];
    private static Exception? fault;

    /// <summary>Runs parts 0..count-1 on at most <paramref name="threads"/> threads, the caller's
    /// included, and returns when all are done. A piece of work started while another is being shared out
    /// runs on its caller alone.</summary>
    public static void Share<TWork>(ref TWork shared, int count, int threads)
        where TWork : struct, IParts, allows ref struct
    {
        int helpers = Math.Min(threads, count) - 1;
        if (helpers <= 0 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            for (int part = 0; part < count; part++) shared.Run(part, count);
            return;
        }
        try
        {
            helpers = Hire(helpers);
#pragma warning disable CS8500 // the work lives on this stack frame, which outlasts every worker's use of it
            fixed (TWork* pointer = &shared)
#pragma warning restore CS8500
            {
                run = &RunPart<TWork>;
                work = pointer;
                (parts, ranges, working, fault) = (count, helpers + 1, helpers, null);
                for (int range = 0; range < ranges; range++) taken[range * Apart] = 0;
                for (int i = 0; i < helpers; i++) Hired[i].Wake();
                TakeParts(0);
                for (int i = 0; i < helpers; i++)
                    // No processor was free for it, and nothing is left to do.
                    if (Hired[i].Retract()) Interlocked.Decrement(ref working);
                var wait = new SpinWait();
                while (Volatile.Read(ref working) > 0) wait.SpinOnce(sleep1Threshold: -1);
            }
            if (fault is { } bug) ExceptionDispatchInfo.Throw(bug);
        }
        finally
        {
            Volatile.Write(ref busy, 0);
        }
    }

    private static void RunPart<TWork>(void* pointer, int part) where TWork : struct, IParts, allows ref struct
    {
#pragma warning disable CS8500
        ((TWork*)pointer)->Run(part, parts);
#pragma warning restore CS8500
    }

    private static void TakeParts(int own)
    {
        try
        {
            for (int i = 0; i < ranges; i++)
            {
                int range = (own + i) % ranges;
                int end = (int)((long)parts * (range + 1) / ranges), first = (int)((long)parts * range / ranges) - 1;
                for (int part = first + Interlocked.Increment(ref taken[range * Apart]);
                    part < end; part = first + Interlocked.Increment(ref taken[range * Apart]))
                    run(work, part);
            }
        }
        catch (Exception bug)
        {
            fault = bug;
        }
    }

    // Sees to so many workers; returns how many there are: fewer where the system starts no more, which is tried once.
    private static int Hire(int count)
    {
        lock (Door)
        {
            while (Hired.Count < count && !isFull)
                if (Worker.Started(Hired.Count + 1) is { } worker) Hired.Add(worker);
                else isFull = true;
            count = Math.Min(count, Hired.Count);
            if (taken.Length < (count + 1) * Apart) taken = new int[(count + 1) * Apart];
            return count;
        }
    }

    /// <summary>One thread that waits for its call: first spinning, then asleep.</summary>
    private sealed class Worker
    {
        private const int Idle = 0, Called = 1, Asleep = -1;
        private readonly object bell = new();
        private int called;

        private readonly int number;

        private Worker(int number) => this.number = number;

        /// <summary>A worker whose thread has started; null at a limit of threads or memory, or in a browser.</summary>
        public static Worker? Started(int number)
        {
            var worker = new Worker(number);
            try
            {
                new Thread(worker.Live) { IsBackground = true, Name = $"Functional worker {number}" }.Start();
                return worker;
            }
            catch (Exception no) when (no is OutOfMemoryException or ThreadStartException
                or PlatformNotSupportedException)
            {
                return null;
            }
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref called, Called) != Asleep) return;
            lock (bell) Monitor.Pulse(bell);
        }

        /// <summary>Takes a call back; false where the worker has answered it.</summary>
        public bool Retract() => Interlocked.CompareExchange(ref called, Idle, Called) == Called;

        private void Live()
        {
            while (true)
            {
                Await();
                TakeParts(number);
                Interlocked.Decrement(ref working);
            }
        }

        private void Await()
        {
            for (int spins = 0; spins < SpinsBeforeSleep; spins++)
            {
                if (Answer()) return;
                Thread.SpinWait(8);
            }
            lock (bell)
                while (!Answer())
                {
                    Interlocked.CompareExchange(ref called, Asleep, Idle);
                    if (Volatile.Read(ref called) == Asleep) Monitor.Wait(bell);
                }
        }

        private bool Answer() => Interlocked.CompareExchange(ref called, Idle, Called) == Called;
    }
}
