using Functional.Core.Numbers.Threads;
using Functional.Core.Randomness;

namespace Functional.Lecture.Measuring;

/// <summary>
/// A claim's trials: pure functions of the order and their own number, which come from the memory where they were done
/// before, and are done on all threads where not. Whatever takes long belongs into one, so that a claim that is stopped
/// goes on where it was.
/// </summary>
public sealed class ClaimTrials
{
    private readonly ITrialMemory memory;
    private readonly List<(string Part, double[][] Values)> done = [];

    internal ClaimTrials(ClaimOrder order, ITrialMemory memory) => (Order, this.memory) = (order, memory);

    /// <summary>What was ordered.</summary>
    public ClaimOrder Order { get; }

    /// <summary>How many seeds.</summary>
    public int Seeds => Order.Seeds;

    /// <summary>How many threads may help; 0 for all processors. No number depends on it.</summary>
    internal int Threads { get; init; }

    /// <summary>Hears of the share of a part's trials that is done.</summary>
    internal Func<string, IProgress<double>>? Progress { get; init; }

    /// <summary>Ends the measuring before the next trial.</summary>
    internal CancellationToken Token { get; init; }

    /// <summary>Whether a falsehood is planted.</summary>
    public bool Plants(string falsehood) => Order.Falsehood == falsehood;

    /// <summary>The key of seed number <paramref name="index"/>, from 0.</summary>
    public Key KeyOf(int index) => Key.FromSeed(Order.FirstSeed + (ulong)index);

    /// <summary>The numbers of some trials, in their order.</summary>
    /// <param name="part">By which the memory knows them: two parts of a claim have two names.</param>
    /// <param name="count">How many.</param>
    /// <param name="trial">Trial number i, from 0: the same numbers whenever and wherever it is done.</param>
    /// <exception cref="OperationCanceledException">The measuring was ended; what is done is kept.</exception>
    public IReadOnlyList<double[]> Each(string part, int count, Func<int, double[]> trial)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(trial);
        var values = new double[count][];
        for (int i = 0; i < count; i++) values[i] = memory.Recall(part, i)!;
        int[] missing = [.. Enumerable.Range(0, count).Where(i => values[i] is null)];
        var progress = missing.Length > 0 ? Progress?.Invoke(part) : null;
        var sharing = new Sharing(this, part, missing, values, trial, progress);
        Workers.Share(ref sharing, missing.Length, Math.Min(Workers.Count(Threads), Math.Max(1, missing.Length)));
        done.Add((part, values));
        return values;
    }

    /// <summary>The numbers of a trial that there is one of, which may use every thread by itself.</summary>
    public double[] Once(string part, Func<double[]> trial) => Each(part, 1, _ => trial())[0];

    /// <summary>The numbers of every seed, sixteen seeds a trial: as many nets as are trained side by side at the cost
    /// of a few. The last trial does its sixteen, too, so that it is the same however many seeds are asked
    /// for.</summary>
    /// <param name="part">As for <see cref="Each"/>.</param>
    /// <param name="trial">The numbers of each of sixteen keys, equally many for all.</param>
    public IReadOnlyList<double[]> EachSeed(string part, Func<IReadOnlyList<Key>, IEnumerable<double[]>> trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var blocks = Each(part, (Seeds + SeedsInTrial - 1) / SeedsInTrial, block =>
            [.. trial([.. Enumerable.Range(block * SeedsInTrial, SeedsInTrial).Select(KeyOf)]).SelectMany(one => one)]);
        return [.. blocks.SelectMany(numbers => numbers.Chunk(numbers.Length / SeedsInTrial)).Take(Seeds)];
    }

    private const int SeedsInTrial = 16;

    /// <summary>What was asked for so far, in its order.</summary>
    internal IReadOnlyList<(string Part, double[][] Values)> Done => done;

    private readonly struct Sharing(
        ClaimTrials trials, string part, int[] missing, double[][] values, Func<int, double[]> trial,
        IProgress<double>? progress) : IParts
    {
        private readonly int[] finished = new int[1];

        public void Run(int index, int parts)
        {
            trials.Token.ThrowIfCancellationRequested();
            int number = missing[index];
            var work = trial;
            values[number] = trials.memory.Keep(part, number, () => work(number));
            progress?.Report((double)Interlocked.Increment(ref finished[0]) / missing.Length);
        }
    }
}

/// <summary>What is known of trials from before.</summary>
internal interface ITrialMemory
{
    /// <summary>The numbers of a trial; null where they are not known.</summary>
    double[]? Recall(string part, int index);

    /// <summary>Does a trial and keeps its numbers. Called by several threads at once.</summary>
    double[] Keep(string part, int index, Func<double[]> trial);
}

/// <summary>Knows nothing.</summary>
internal sealed class NoMemory : ITrialMemory
{
    public double[]? Recall(string part, int index) => null;

    public double[] Keep(string part, int index, Func<double[]> trial) => trial();
}
