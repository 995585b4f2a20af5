using System.Diagnostics;
using Functional.Core.Numbers.Products;
using Functional.Core.Numbers.Threads;

namespace Functional.Cli.Bench;

/// <summary>Timing steps that are too short to be timed one by one.</summary>
internal static class Repetitions
{
    private const int FirstSteps = 3, LongestWarmUp = 50;

    /// <summary>Microseconds a step in each repetition.</summary>
    /// <param name="run">Takes steps from the first weights of a repetition on, each after a yes of
    /// <see cref="Pacer.Next"/>, until it says no.</param>
    /// <param name="pace">How long, how often.</param>
    public static Timing Of(Action<int, Pacer> run, Pace pace)
    {
        int steps = Calibrate(run, pace.Seconds);
        return new([.. Enumerable.Range(0, pace.Repetitions).Select(repetition =>
            Seconds(run, repetition, Math.Clamp(steps / 10, 2, LongestWarmUp), steps) / steps * 1e6)]);
    }

    /// <summary>What so many threads can do when they do nothing but fused multiply-adds, just now.</summary>
    public static double PeakGigaflops(int threads)
    {
        const long Flops = 400_000_000;
        var found = new double[7];
        for (int i = 0; i < found.Length; i++)
        {
            var peak = new Peak<float>(Flops);
            long start = Stopwatch.GetTimestamp();
            Workers.Share(ref peak, threads, threads);
            found[i] = Flops * threads / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }
        return found.Order().ElementAt(found.Length / 2);
    }

    // How many steps last long enough; running them lets the JIT compile what runs often at its best.
    private static int Calibrate(Action<int, Pacer> run, double seconds)
    {
        int steps = 1;
        double time;
        while ((time = Seconds(run, 0, FirstSteps, steps)) < seconds / 2 && steps < 1 << 24) steps *= 2;
        return Math.Max(2, (int)(seconds / time * steps));
    }

    private static double Seconds(Action<int, Pacer> run, int repetition, int warmUp, int steps)
    {
        var pacer = new Pacer(warmUp, steps);
        run(repetition, pacer);
        return pacer.Elapsed.TotalSeconds;
    }
}

/// <summary>Counts the steps of a repetition, and times those after the warm-up.</summary>
internal sealed class Pacer(int warmUp, int steps)
{
    private int count;
    private long start, end;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start, end);

    /// <summary>Whether there is another step to take; to be asked before each.</summary>
    public bool Next()
    {
        if (count == warmUp) start = Stopwatch.GetTimestamp();
        if (count++ < warmUp + steps) return true;
        end = Stopwatch.GetTimestamp();
        return false;
    }
}
