using System.Diagnostics;

namespace Functional.Cli.Bench;

/// <summary>Timing steps that are too short to be timed one by one.</summary>
internal static class Repetitions
{
    private const int LongestWarmUp = 50;

    /// <summary>Microseconds a step in each repetition.</summary>
    /// <param name="fresh">Makes what runs so many further steps, from the first weights of a repetition.</param>
    /// <param name="pace">How long, how often.</param>
    public static Timing Of(Func<int, Action<int>> fresh, Pace pace)
    {
        int steps = Calibrate(fresh(0), pace.Seconds);
        var times = new double[pace.Repetitions];
        for (int i = 0; i < times.Length; i++)
        {
            var run = fresh(i);
            run(Math.Clamp(steps / 10, 2, LongestWarmUp));
            times[i] = Seconds(run, steps) / steps * 1e6;
        }
        return new(times);
    }

    // How many steps last long enough; running them lets the JIT compile what runs often at its best.
    private static int Calibrate(Action<int> run, double seconds)
    {
        int steps = 1;
        double time;
        while ((time = Seconds(run, steps)) < seconds / 2 && steps < 1 << 24) steps *= 2;
        return Math.Max(2, (int)(seconds / time * steps));
    }

    private static double Seconds(Action<int> run, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        run(steps);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
