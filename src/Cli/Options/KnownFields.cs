using System.Text.Json.Nodes;
using Functional.Core.Forms;
using Functional.Data;

namespace Functional.Cli;

/// <summary>What an experiment's fields leave open and is known all the same: by the model that training starts
/// from, or by the experiment whose data other data take the place of.</summary>
internal static class KnownFields
{
    /// <summary>Writes it into the fields.</summary>
    /// <param name="fields">The experiment's.</param>
    /// <param name="before">Its data before options changed them.</param>
    /// <param name="like">The model to start from, if there is one.</param>
    public static void Complete(JsonObject fields, JsonNode? before, Model? like)
    {
        if (like is not null) CompleteNetwork(fields, like);
        if (fields["data"] is not JsonObject data || $"{data["kind"]}" != DataSource.Kinds.NameOf(new CsvFile("")))
            return;
        if (like is not null) CompleteTable(data, KnownTask.Of(like).Of(new CsvFile("")));
        else if (fields["task"] is JsonObject task && !JsonNode.DeepEquals(data, before) && Task(task) is var written)
            CompleteTable(
                data, new CsvFile("", written.Targets, []) { Task = new KnownTask(written.Problem, null).Kind });
    }

    /// <summary>What other data, or another way of reading them, make of a task that was written
    /// down, a line each.</summary>
    public static IEnumerable<Phrase> Differences(JsonObject written, Experiment experiment) =>
        experiment.Task.DifferencesFrom(Task(written)).Select(difference => difference.Phrase);

    private static LearningTask Task(JsonObject written)
    {
        using var document = JsonText.Parse(written.ToJsonString());
        return Reading.Of(document.RootElement, LearningTask.Any, []);
    }

    // A warm start has the network of its model, where nothing else is asked for.
    private static void CompleteNetwork(JsonObject fields, Model like)
    {
        var layers = like.Architecture.Layers;
        if (layers[^1] is not Dense output) return;
        fields["hidden"] ??= new JsonArray([.. layers.SkipLast(1).Select(layer => Written.Of(layer, Layer.Kinds))]);
        fields["output_activation"] ??= Written.Of(output.Activation, Activation.Kinds);
        fields["precision"] ??= Choices<Precision>.NameOf(like.Precision);
    }

    // Fields that are left out, or have their defaults.
    private static void CompleteTable(JsonObject data, CsvFile known)
    {
        var open = Written.Of(new CsvFile(""), DataSource.Kinds);
        foreach (var (name, value) in (JsonObject)Written.Of(known, DataSource.Kinds))
            if (name != "path" && (!data.ContainsKey(name) || JsonNode.DeepEquals(data[name], open[name])))
                data[name] = value!.DeepClone();
    }
}
