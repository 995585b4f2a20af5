using System.Text.Json.Nodes;
using Functional.Core.Training;
using Functional.Formats;

namespace Functional.Runs;

/// <summary>A run that was read back: its model, and its experiment with the samples that it was trained on.</summary>
/// <param name="Directory">The run's directory.</param>
/// <param name="Report">What its run.json says.</param>
/// <param name="Model">The model that was kept.</param>
/// <param name="Trainer">The experiment with its samples, cut and scaled as they were.</param>
/// <param name="IsStartMissing">Whether training started from another model, which the run does not hold.</param>
internal sealed record OpenedRun(string Directory, JsonObject Report, Model Model, Trainer Trainer, bool IsStartMissing)
{
    /// <summary>What a person should know of the data.</summary>
    public Items<Phrase> Notes { get; init; } = [];

    /// <summary>Reads a run, and checks that model, data and numeric law are those of its report.</summary>
    /// <param name="run">Its directory, or its run.json.</param>
    /// <param name="adjusted">What the model is to be, where it is not to be as it was kept.</param>
    /// <param name="mayBeBag">Whether a bag will do as well as one network.</param>
    /// <exception cref="InvalidInputException">Something is missing, or is not what the report says.</exception>
    public static OpenedRun Read(string run, Func<Model, Model>? adjusted = null, bool mayBeBag = false)
    {
        run = RunDirectory.Of(run);
        var report = RunDirectory.LoadReport(run);
        if (!mayBeBag) BagDirectory.RequireOne(run, report);
        RecordedTraining.RequireLaw(run, report);
        var model = RunDirectory.LoadModel(run);
        if (adjusted is not null) model = adjusted(model);
        var recorded = RecordedTraining.Read(run, report, model);
        var (trainer, experiment) = (recorded.Trainer, recorded.Trainer.Experiment);
        if (model.Architecture != experiment.Architecture || model.Precision != experiment.Settings.Precision
            || model.ParametersSha256 != $"{report["parameters_sha256"]}")
            throw new InvalidInputException($"the model in {run} is not the one its run.json describes");
        if (trainer.Untrained is var untrained && (model.Encoding.Scaling != untrained.Encoding.Scaling
            || model.Encoding.TargetScaling != untrained.Encoding.TargetScaling || model.Loss != untrained.Loss
            || model.Problem != untrained.Problem))
            throw new InvalidInputException(
                $"the model in {run} does not have the scaling, loss and problem of its run.json");
        return new(run, report, model, trainer, recorded.IsStartMissing) { Notes = recorded.Data.Notes };
    }

    /// <summary>Whether training was interrupted.</summary>
    public bool IsCutShort => RunReport.Is(Report, RunReport.Interrupted);

    /// <summary>How training ended.</summary>
    public Outcome Outcome => Report["outcome"] switch
    {
        JsonObject diverged =>
            new Outcome.Diverged((long)diverged["diverged_at_step"]!, JsonNumber.Read(diverged["loss"])),
        _ when IsCutShort => new Outcome.Cancelled((long)Report["steps"]!),
        _ => new Outcome.Trained(JsonNumber.Read(Report["last_loss"])),
    };

    /// <summary>Refuses a run whose training diverged: there is nothing finite to look at.</summary>
    public void RequireEnd()
    {
        if (Report["outcome"] is JsonObject diverged)
            throw new InvalidInputException(
                $"training diverged at step {diverged["diverged_at_step"]} of {Directory}; the loss around it is not "
                    + $"finite");
    }
}
