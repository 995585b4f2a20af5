using Functional.Core.Data;
using LanguageExt;

namespace Functional.Data;

/// <summary>An experiment that was read, and its samples, loaded when they are asked for.</summary>
internal sealed record Opened(Experiment Experiment, Lazy<LoadedData> Data)
{
    /// <summary>What a person should know of it, a line each.</summary>
    public Items<Phrase> Notes { get; init; } = [];

    /// <summary>Reads an experiment. What is predicted from files is known only from the files, so those are loaded
    /// at once; the faults of text and files come together.</summary>
    /// <param name="json">The experiment.</param>
    /// <param name="like">A model whose columns and classes the data are matched with, if there is one.</param>
    public static Validation<Invalid, Opened> Read(string json, Model? like = null)
    {
        var origin = Experiment.Origin(json);
        var (source, seed) = (origin.Data, origin.Seed);
        if (source is not FileSource && !(source.HasMissingCells && origin.Missing.HasIndicators))
            return Experiment.Parse(json).Map(experiment => new Opened(experiment, new(() =>
                DataCatalog.Load(experiment.Settings.Data, experiment.Settings.Seed, experiment.Settings.Missing))));
        try
        {
            var data = Like(
                DataCatalog.Load(source, seed, origin.Missing, like is null ? null : KnownTask.Of(like)), like,
                origin.Unseen);
            return Experiment.Parse(json, LearningTask.Of(data.Data))
                .Map(experiment => new Opened(experiment, new(() => data)));
        }
        catch (InvalidInputException bad)
        {
            var text = Experiment.Parse(json).FailToSeq().Where(fault => fault != Experiment.NoData(source));
            return Invalid.Unless<Opened>([.. bad.Faults.Concat(text).Distinct()], () => null!);
        }
    }

    private static LoadedData Like(LoadedData data, Model? model, UnseenCategories unseen)
    {
        if (model is null) return data;
        Dataset<double> Matched(Dataset<double> part) =>
            Attempt<Dataset<double>>.Of(part.To(model.Schema, model.Problem, unseen)).OrThrow();
        return data with { Data = Matched(data.Data), Test = data.Test is null ? null : Matched(data.Test) };
    }
}
