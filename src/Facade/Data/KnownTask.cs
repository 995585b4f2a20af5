using Functional.Core.Data;

namespace Functional.Data;

/// <summary>What is known of data before they are read: the task of the model, or of the samples, that they are
/// meant for. Targets, columns and classes are then looked for by name, and none is guessed again.</summary>
/// <param name="Problem">What is predicted.</param>
/// <param name="Schema">The names of columns and classes; null where they have none.</param>
internal sealed record KnownTask(Problem Problem, Schema? Schema)
{
    /// <summary>The task of a model.</summary>
    public static KnownTask Of(Model model) => new(model.Problem, model.Schema);

    /// <summary>The task of samples.</summary>
    public static KnownTask Of(Dataset<double> data) => new(data.Problem, data.Schema);

    /// <summary>What the targets mean.</summary>
    public TaskKind Kind => Problem switch
    {
        Problem.Classification => TaskKind.Classes,
        Problem.MultiLabel => TaskKind.Labels,
        _ => TaskKind.Numbers,
    };

    /// <summary>The names of the classes; none where they have none, or where there are no classes.</summary>
    public Items<string> Classes => Problem is Problem.Classification && Schema is { } schema ? schema.Labels : [];

    /// <summary>A table for this task: read as the known one was, but for targets and features that the
    /// source names itself.</summary>
    public CsvFile Of(CsvFile source) => source with
    {
        Task = Kind,
        Target = source.Target.Count == 0 ? Schema?.Targets ?? [] : source.Target,
        Features = source.Features.Count == 0 ? [.. Schema?.Columns ?? []] : source.Features,
        Format = Schema is { Features.Count: > 0 } ? SchemaTable.FormatOf(Schema, withTargets: true) : source.Format,
    };
}
