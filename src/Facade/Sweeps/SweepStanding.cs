using System.Text.Json.Nodes;
using Functional.Formats;
using Functional.Runs;

namespace Functional.Sweeps;

/// <summary>How one training of a sweep stands.</summary>
internal enum SweepState
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>It is being trained, or was interrupted.</summary>
    Underway,

    /// <summary>It was cut at the end of a rung, and does not go on.</summary>
    Cut,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>Its loss became infinite or no number.</summary>
    Diverged,
}

/// <summary>What is known of one training of a sweep: no number here depends on threads, clocks or
/// interruptions.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Epochs">Epochs done.</param>
/// <param name="Score">The measure that experiments are ordered by; NaN where there is none, or where it
/// diverged.</param>
/// <param name="Loss">The loss on the part that experiments are ordered by.</param>
/// <param name="Test">The measure on the test part, of a training that came to its end; none where there is
/// none.</param>
/// <param name="ParametersSha256">The digest of the model.</param>
internal sealed record SweepStanding(
    SweepState State, int Epochs, double Score, double Loss, double? Test, string? ParametersSha256)
{
    /// <summary>Before it begins.</summary>
    public static SweepStanding Waiting { get; } = new(SweepState.Waiting, 0, double.NaN, double.NaN, null, null);

    /// <summary>Where the run is; none where it is not on a disk.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether it has come as far as it was to.</summary>
    public bool IsDone => State is SweepState.Cut or SweepState.Finished or SweepState.Diverged;

    /// <summary>Cut at the end of an epoch.</summary>
    public static SweepStanding At(EpochLine line, string measure) => new(
        SweepState.Cut, line.Epoch, Number(line.Validation, measure), line.Validation?.Loss ?? double.NaN, null,
        line.ParametersSha256);

    /// <summary>Under way, after an epoch.</summary>
    public static SweepStanding Of(Epoch epoch, string measure) => new(
        SweepState.Underway, epoch.Number, Number(ValidationLine.Of(epoch.Validation), measure),
        epoch.Validation?.Loss ?? double.NaN, null, null);

    /// <summary>Of a training that came to its end.</summary>
    /// <param name="report">What its run.json says.</param>
    /// <param name="measure">The measure that experiments are ordered by.</param>
    /// <param name="part">The part that it is of.</param>
    public static SweepStanding Of(JsonObject report, string measure, string part)
    {
        bool isDiverged = report["outcome"] is JsonObject;
        double Number(string of, string name) => JsonNumber.Read(report[of]?[name]);
        return new(
            isDiverged ? SweepState.Diverged : SweepState.Finished, (int)report["epochs"]!,
            isDiverged ? double.NaN : Number(part, measure), Number(part, "loss"),
            report["test"] is null || isDiverged ? null : Number("test", measure), $"{report["parameters_sha256"]}");
    }

    private static double Number(ValidationLine? part, string measure) =>
        part is null ? double.NaN : measure == "loss" ? part.Loss : part.Value;
}
