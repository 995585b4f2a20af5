using System.Diagnostics;
using Functional.Core.Training;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>A run that was written.</summary>
/// <param name="Directory">Its full path.</param>
/// <param name="Remarks">What is not as it was asked for, such as a history without room; a sentence each.</param>
public sealed record SavedRun(string Directory, IReadOnlyList<Phrase> Remarks);

/// <summary>
/// A run on disk while it is trained: <c>run.json</c>, which says that it is unfinished, a line of
/// <c>metrics.jsonl</c> for each epoch, a checkpoint now and then; at the end <c>model.safetensors</c> and the
/// <c>run.json</c> of what came out. Whatever ends the process, the run goes on from its last checkpoint, and no other
/// process writes to it meanwhile.
/// </summary>
public sealed class RunRecording : IDisposable
{
    private readonly RunLock held;
    private readonly RunFiles files;
    private readonly CheckpointDirectory checkpoints;
    private readonly MetricsFile metrics;
    private readonly Trainer trainer;
    private readonly RunHeader header;
    private readonly Checkpointing often;
    private readonly string training;
    private readonly double secondsBefore;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly List<EpochLine> history;
    private long last = Stopwatch.GetTimestamp();
    private long? kept; // the step of the newest checkpoint on the disk
    private Task<Phrase?> keeping = Task.FromResult<Phrase?>(null); // beside training: a checkpoint cannot change
    private EventFile? events;
    private byte[] room = []; // of a checkpoint's file, again and again
    private bool isTold; // that something could not be written

    private RunRecording(
        string directory, RunLock held, MetricsFile metrics, Trainer trainer, RunHeader header, Checkpointing often,
        IEnumerable<EpochLine> history, Epoch? after, double secondsBefore)
    {
        (Directory, this.held, this.metrics, this.trainer) = (directory, held, metrics, trainer);
        (this.header, this.often, this.secondsBefore) = (header, often, secondsBefore);
        (files, checkpoints) = (new(directory), new(Path.Combine(directory, CheckpointDirectory.Name)));
        this.history = [.. history];
        training = header.TrainingSha256;
        kept = after?.Step;
    }

    /// <summary>Where the run is.</summary>
    public string Directory { get; }

    /// <summary>The epochs so far.</summary>
    public IReadOnlyList<EpochLine> History => history;

    /// <summary>Whether there is a checkpoint to go on from.</summary>
    public bool IsKept => kept is not null;

    /// <summary>How often training is to show an epoch under way, for checkpoints within it.</summary>
    public Every Every => often.Within(SinceLast);

    /// <summary>Begins a run.</summary>
    /// <param name="path">Where it is to be: a new directory, or one that holds nothing.</param>
    /// <param name="trainer">What is to be trained.</param>
    /// <param name="header">What is known of it.</param>
    /// <param name="often">How often it is kept, so that it can go on.</param>
    /// <param name="from">The model that it starts from; none where it starts from first weights.</param>
    /// <exception cref="InvalidInputException">It cannot be written there; nothing is left behind.</exception>
    public static RunRecording Begin(
        string path, Trainer trainer, RunHeader header, Checkpointing often, Model? from = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(often);
        if (RunDirectory.Fault(path) is { } taken) throw new InvalidInputException(taken);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        using var made = new NewDirectory(full);
        try
        {
            return made.Made(held => Opened(full, held, trainer, header, often, [], null, 0, from))
                ?? throw new InvalidInputException(RunDirectory.Claimed(path));
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            throw new InvalidInputException($"the output directory {path} cannot be written: {reason}", fault);
        }
    }

    /// <summary>Opens the files of a run: one that begins, or that goes on.</summary>
    /// <param name="directory">Its full path.</param>
    /// <param name="held">The right to write there, which passes to the recording.</param>
    /// <param name="trainer">What is to be trained.</param>
    /// <param name="header">What is known of it.</param>
    /// <param name="often">How often it is kept.</param>
    /// <param name="history">The epochs so far.</param>
    /// <param name="after">The checkpoint that it goes on from, if there is one.</param>
    /// <param name="secondsBefore">How long training has taken up to there.</param>
    /// <param name="from">The model to be kept as the one that it starts from.</param>
    /// <exception cref="IOException">There is no room for the files of its end.</exception>
    internal static RunRecording Opened(
        string directory, RunLock held, Trainer trainer, RunHeader header, Checkpointing often,
        IReadOnlyList<EpochLine> history, Epoch? after, double secondsBefore, Model? from = null)
    {
        var files = new RunFiles(directory);
        MetricsFile? metrics = null;
        try
        {
            // First all that may be refused; a run that cannot go on stays as it is.
            files.Reserve(RunSize.Of(trainer.Experiment, trainer.Untrained.Schema));
            metrics = MetricsFile.Open(directory);
            if (from is not null) files.WriteStart(from);
            files.WriteUnfinished(header);
        }
        catch
        {
            metrics?.Dispose();
            files.Release();
            throw;
        }
        var checkpoints = new CheckpointDirectory(Path.Combine(directory, CheckpointDirectory.Name));
        checkpoints.Sweep();
        checkpoints.RemoveAfter(after?.Step ?? -1);
        metrics.Cut(history.Count);
        return new(directory, held, metrics, trainer, header, often, history, after, secondsBefore);
    }

    /// <summary>Writes an event file for TensorBoard beside the history from now on, with the epochs so far.</summary>
    /// <exception cref="InvalidInputException">It cannot be written.</exception>
    public void AddEvents()
    {
        try
        {
            events = EventFile.Open(Directory, history);
        }
        catch (Exception fault) when (Atomically.Reason(fault) is { } reason)
        {
            throw new InvalidInputException($"the events for TensorBoard cannot be written: {reason}", fault);
        }
    }

    /// <summary>Writes down what an epoch gave; and a checkpoint, where it is time for one.</summary>
    /// <param name="epoch">The next of the training, whole or under way.</param>
    /// <returns>What could not be written, once until it can be again: training goes on.</returns>
    public Phrase? Add(Epoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        Phrase? unwritten = null;
        if (epoch.IsWhole || epoch.Outcome is Outcome.Diverged)
        {
            history.Add(EpochLine.Of(epoch));
            if (metrics.Add(history[^1]) is { } reason)
                unwritten = $"{MetricsFile.Name} could not be written: {reason}; training goes on";
            if (events?.Add(history[^1]) is { } lost)
                unwritten ??= $"the events for TensorBoard could not be written: {lost}; training goes on";
        }
        bool isDue = often.IsDue(epoch.Step, epoch.IsWhole, SinceLast()), isKnown = isDue || keeping.IsCompleted;
        if (isKnown) unwritten = keeping.Result ?? unwritten;
        if (isDue) Keep(epoch);
        bool isNew = unwritten is not null && !isTold;
        if (isKnown || unwritten is not null) isTold = unwritten is not null;
        return isNew ? unwritten : null;
    }

    /// <summary>Writes the end of the run.</summary>
    /// <param name="results">What came out.</param>
    /// <param name="end">The last epoch; none where there was none.</param>
    /// <exception cref="InvalidInputException">Not even the model could be written.</exception>
    public (RunReport Report, SavedRun Saved) Finish(TrainingResults results, Epoch? end)
    {
        ArgumentNullException.ThrowIfNull(results);
        double seconds = Seconds;
        var remarks = new List<Phrase>();
        keeping.Wait();
        if (end is not null && often is not Checkpointing.Never && kept != end.Step) Keep(end);
        if (keeping.Result is { } lost) remarks.Add(lost);
        if (metrics.Finish() is { } left)
            remarks.Add($"{MetricsFile.Name} could not be written whole: {left}; once there is room, functional resume "
                + $"{Directory} completes it");
        var report = new RunReport(header, results, end?.Step ?? 0, history, seconds);
        if (files.Write(results.Model) is { } unwritten)
            throw new InvalidInputException($"the run could not be written: {unwritten}; once there is room, "
                + $"functional resume {Directory} goes on from its last checkpoint");
        if (files.Write(report) is { } reason)
            remarks.Add($"{RunFiles.Report} could not be written: {reason}; without it the run is unfinished, but the "
                + $"model is whole");
        return (report, new(Directory, remarks));
    }

    /// <summary>Gives back room that was not used, and the right to write here.</summary>
    public void Dispose()
    {
        keeping.Wait();
        metrics.Dispose();
        events?.Dispose();
        try
        {
            files.Release();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Whoever goes on takes the room again.
        }
        held.Dispose();
    }

    private double Seconds => secondsBefore + Stopwatch.GetElapsedTime(start).TotalSeconds;

    private TimeSpan SinceLast() => Stopwatch.GetElapsedTime(last);

    // Begins to write a checkpoint, once the one before it is written; it is worth nothing without the lines of the
    // epochs before it.
    private void Keep(Epoch epoch)
    {
        keeping.Wait();
        last = Stopwatch.GetTimestamp();
        double seconds = Seconds;
        if (metrics.IsBehind) return;
        try
        {
            keeping = Task.Run(() => Written(epoch, seconds));
        }
        catch (Exception fault) when (fault is TaskSchedulerException or OutOfMemoryException)
        {
            keeping = Task.FromResult(Written(epoch, seconds)); // no thread can be started for it
        }
    }

    private Phrase? Written(Epoch epoch, double seconds)
    {
        Phrase? reason;
        try
        {
            reason = metrics.Flush()
                ?? checkpoints.Save(epoch.Step, trainer.Packed(epoch, training, seconds, ref room).Span);
        }
        catch (OutOfMemoryException)
        {
            reason = $"there is no memory for it";
        }
        if (reason is not null)
            return $"the checkpoint of step {epoch.Step} could not be written: {reason}; training goes on, and an "
                + $"earlier one stays";
        kept = epoch.Step;
        return null;
    }
}
