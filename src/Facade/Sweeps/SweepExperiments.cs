using System.Text.Json.Nodes;
using Functional.Core.Ensembles;
using Functional.Core.Forms;

namespace Functional.Sweeps;

/// <summary>How values of fields become experiments.</summary>
/// <param name="start">The experiment whose fields are varied.</param>
/// <param name="samples">The samples.</param>
/// <param name="fields">The fields, known to be right by themselves.</param>
internal sealed class SweepExperiments(Experiment start, SweepSamples samples, IReadOnlyList<AskedField> fields)
{
    private readonly Settings open = Open(start);

    // A field within another one comes after it.
    private readonly int[][] levels = [.. Enumerable.Range(0, fields.Count)
        .Where(place => fields[place].Path is not null)
        .GroupBy(place => fields.Count(other =>
            other.Path is { } around && fields[place].Path!.IsWithin(around)))
        .OrderBy(level => level.Key).Select(level => level.ToArray())];

    /// <summary>The experiment that has a value for each field.</summary>
    /// <param name="values">The values, as JSON in one line.</param>
    public Attempt<Experiment> Of(IReadOnlyList<string> values)
    {
        var settings = open;
        foreach (var (place, field) in fields.Index())
            if (field.Edit is { } edit)
                settings = edit(settings, field.Values.Index().First(value => value.Item == values[place]).Index);
        var json = Written.Of(settings);
        for (int level = 0; level < levels.Length; level++)
        {
            Invalid[] faults =
                [.. levels[level].Select(place => fields[place].Put(json, values[place])).OfType<Invalid>()];
            if (faults.Length > 0) return Attempt<Experiment>.Failed([.. faults, .. Read(json).Faults]);
            if (level == levels.Length - 1) break;
            var around = Read(json);
            if (!around.Succeeded) return around;
            json = Written.Of(Open(around.Value));
        }
        return Read(json);
    }

    /// <summary>The same experiment with another seed.</summary>
    public static Experiment WithSeed(Experiment experiment, ulong seed) =>
        Attempt<Experiment>.Of(Experiment.Check(experiment.Settings with { Seed = seed }, experiment.Task)).OrThrow();

    /// <summary>What the field at a path may hold, where the fields around it have their first values; null where there
    /// is no such field.</summary>
    public Shape? ShapeOf(FieldPath path)
    {
        var json = Written.Of(open);
        foreach (var around in fields
            .Where(field => field.Path is { } at && path.IsWithin(at) && field.Values.Count > 0)
            .OrderBy(field => field.Path!.Steps.Count))
            if (around.Put(json, around.Values[0]) is null && Read(json) is { Succeeded: true, Value: var experiment })
                json = Written.Of(Open(experiment));
        return FieldShape.Of(json, path);
    }

    private Attempt<Experiment> Read(JsonObject json)
    {
        string text = json.ToJsonString();
        var task = Attempt<LearningTask>.From(() => LearningTask.Of(samples.Of(Experiment.Origin(text)).Data));
        return task.Succeeded
            ? Attempt<Experiment>.Of(Experiment.Parse(text, task.Value))
            : Attempt<Experiment>.Failed([.. task.Faults, .. Experiment.FaultsOfFields(text)]);
    }

    // Loss and scaling of targets are left open where they follow from the rest: they then follow from other values.
    private static Settings Open(Experiment experiment)
    {
        var settings = experiment.Settings;
        return new[]
        {
            settings with { Loss = null, TargetScaling = null }, settings with { TargetScaling = null },
            settings with { Loss = null },
        }.FirstOrDefault(
            open => Experiment.Parse(Written.Of(open).ToJsonString(), experiment.Task)
                .Map(same => same.Digest == experiment.Digest).IfFail(false),
            settings);
    }
}
