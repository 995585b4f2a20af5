using System.Globalization;
using Functional.Core.Training;

namespace Functional.Runs;

/// <summary>How often a training is kept on disk, so that it can go on after a crash.</summary>
public abstract record Checkpointing
{
    private protected Checkpointing() { }

    /// <summary>After so many seconds: as long as one can bear to lose.</summary>
    public static Checkpointing Usual { get; } = new Seconds(10);

    /// <summary>How often within an epoch, beside what is kept at its end.</summary>
    internal abstract Every Within(Func<TimeSpan> sinceLast);

    /// <summary>Whether it is time after an epoch, or after the steps that <see cref="Within"/> asked for.</summary>
    internal abstract bool IsDue(long step, bool isEndOfEpoch, TimeSpan sinceLast);

    /// <summary>From a text: epoch, 500steps, 30s or never; null where it is none of them.</summary>
    public static Checkpointing? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "epoch") return new Epochs();
        if (text == "never") return new Never();
        return Count(text, "steps") is { } steps and <= int.MaxValue and >= 1 && steps == Math.Floor(steps)
            ? new Steps((int)steps)
            : Count(text, "s") is { } seconds and > 0 and <= MostSeconds ? new Seconds(seconds) : null;
    }

    private const double MostSeconds = 1e6;

    private static double? Count(string text, string unit) =>
        text.EndsWith(unit, StringComparison.Ordinal)
        && double.TryParse(
            text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count)
            ? count
            : null;

    /// <summary>At the end of each epoch.</summary>
    public sealed record Epochs : Checkpointing
    {
        internal override Every Within(Func<TimeSpan> sinceLast) => Every.Epoch;

        internal override bool IsDue(long step, bool isEndOfEpoch, TimeSpan sinceLast) => isEndOfEpoch;
    }

    /// <summary>After so many steps, counted from the first one of training.</summary>
    /// <param name="Number">At least 1.</param>
    public sealed record Steps(int Number) : Checkpointing
    {
        /// <summary>How many.</summary>
        public int Number { get; } = Number >= 1
            ? Number
            : throw new ArgumentOutOfRangeException(nameof(Number), Number, "it should be at least 1");

        internal override Every Within(Func<TimeSpan> sinceLast) => Every.Steps(Number);

        internal override bool IsDue(long step, bool isEndOfEpoch, TimeSpan sinceLast) => step % Number == 0;
    }

    /// <summary>Once so many seconds have passed since the last one.</summary>
    /// <param name="Number">Above 0, at most 10^6.</param>
    public sealed record Seconds(double Number) : Checkpointing
    {
        /// <summary>How many.</summary>
        public double Number { get; } = Number is > 0 and <= MostSeconds
            ? Number
            : throw new ArgumentOutOfRangeException(nameof(Number), Number, "it should be above 0, at most 10^6");

        internal override Every Within(Func<TimeSpan> sinceLast) =>
            Every.When(_ => sinceLast().TotalSeconds >= Number);

        internal override bool IsDue(long step, bool isEndOfEpoch, TimeSpan sinceLast) =>
            sinceLast.TotalSeconds >= Number;
    }

    /// <summary>Not at all: what is killed begins again.</summary>
    public sealed record Never : Checkpointing
    {
        internal override Every Within(Func<TimeSpan> sinceLast) => Every.Epoch;

        internal override bool IsDue(long step, bool isEndOfEpoch, TimeSpan sinceLast) => false;
    }
}
