using System.CommandLine;
using System.Text.Json.Nodes;
using Functional.Core.Data;

namespace Functional.Cli;

/// <summary>The options of a data source: its name or file, and how a table is to be read.</summary>
internal static class DataOptions
{
    private static readonly Option<string?> Target = new("--target") { HelpName = "COLUMN", Description = "of a CSV file: the column to predict, by name or number, or several (the last one)" };
    private static readonly Option<string?> Features = new("--features") { HelpName = "A,B", Description = "of a CSV file: the columns to predict from (all others)" };
    private static readonly Option<string?> Task = new("--task") { HelpName = "classification|labels|regression", Description = "of a file: what its target means (classes where it is text)" };
    private static readonly Option<string?> Weight = new("--weight") { HelpName = "COLUMN", Description = "of a CSV file: the column with the weights of the samples" };
    private static readonly Option<string?> Missing = new("--missing") { HelpName = "WAY", Description = $"of a CSV file: {string.Join(", ", Filling.Ways)} (refuse); learned on the training part" };
    private static readonly Option<string?> Delimiter = new("--delimiter") { HelpName = "CHAR", Description = "of a CSV file: what stands between cells (,)" };
    private static readonly Option<bool> NoHeader = new("--no-header") { Description = "of a CSV file: its first line holds no names" };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Target, Features, Task, Weight, Missing, Delimiter, NoHeader]) command.Options.Add(option);
    }

    /// <summary>The source that a text means, as an experiment's "data": a known name, or a file or directory.</summary>
    public static JsonNode Named(string text)
    {
        if (DataSource.Kinds.Find(text) is not null) return text;
        string? kind = Directory.Exists(text) ? "idx" : Path.GetExtension(text).ToUpperInvariant() switch
        {
            ".NPZ" or ".NPY" => "numpy",
            ".CSV" or ".TSV" or ".TXT" => "csv",
            _ => File.Exists(text) ? "csv" : null,
        };
        return kind is null ? text : new JsonObject { ["kind"] = kind, ["path"] = text };
    }

    /// <summary>Writes the options that were given into a source.</summary>
    public static JsonNode? With(JsonNode? source, ParseResult parsed)
    {
        var given = new JsonObject();
        if (parsed.GetValue(Target) is { } target) given["target"] = List(target);
        if (parsed.GetValue(Features) is { } features) given["features"] = List(features);
        if (parsed.GetValue(Task) is { } task) given["task"] = task;
        if (parsed.GetValue(Weight) is { } weight) given["weight"] = weight;
        if (parsed.GetValue(Missing) is { } missing) given["missing"] = missing;
        if (parsed.GetValue(Delimiter) is { } delimiter) given["delimiter"] = delimiter == "\\t" ? "\t" : delimiter;
        if (parsed.GetValue(NoHeader)) given["header"] = false;
        if (given.Count == 0) return source;
        var fields = source as JsonObject ?? new JsonObject { ["kind"] = source?.ToString() ?? "digits" };
        foreach (var (name, value) in given) fields[name] = value!.DeepClone();
        return fields;
    }

    private static JsonArray List(string names) => new([.. names.Split(',').Select(name => (JsonNode)name.Trim())]);
}
