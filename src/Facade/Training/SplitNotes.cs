using System.Numerics;
using Functional.Core.Data;
using Functional.Core.Forms;

namespace Functional;

/// <summary>Notes on samples and columns that do not count, and on parts that are empty or lack classes.</summary>
internal static class SplitNotes
{
    private const int MostNamed = 5; // classes in a note

    /// <summary>A sentence for each.</summary>
    public static IEnumerable<Phrase> Of<T>(
        Settings settings, Split<T> parts, Scaling scaling, Dataset<double> data, Dataset<double>? validation,
        Dataset<double>? test)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var given in (Dataset<double>?[])[data, validation, test])
            if (given is not null && given.Rows - given.WithPositiveWeights().Rows is > 0 and var left)
                yield return $"{left} of {given.Rows} samples have weight 0 and are left out";
        foreach (var note in OfFolds(settings, data, test)) yield return note;
        foreach (var column in Flattened(scaling, data.Schema))
            yield return $"the values of {column} differ by no more than their rounding: it counts as constant";
        (Phrase, double, Dataset<T>)[] shares =
            [($"validation", settings.Validation, parts.Validation), ($"test", settings.Test, parts.Test)];
        foreach (var (name, share, part) in shares)
            if (share > 0 && part.Rows == 0)
                yield return $"{name} is {share} of the samples, which is 0 rows: there is no {name} part";
        if (data.Problem is not Problem.Classification(var classes)) yield break;
        var inData = Present(data, classes);
        (Phrase, Dataset<T>)[] all =
            [($"training", parts.Train), ($"validation", parts.Validation), ($"test", parts.Test)];
        foreach (var (name, part) in all)
        {
            var inPart = Present(part, classes);
            int[] lacking = [.. Enumerable.Range(0, classes).Where(label => inData[label] && !inPart[label])];
            if (part.Rows > 0 && lacking.Length > 0)
                yield return $"the {name} part has no sample of {lacking.Length} of {classes} classes: "
                    + $"{Named(lacking, data.Schema)}";
        }
    }

    private static IEnumerable<Phrase> OfFolds(Settings settings, Dataset<double> data, Dataset<double>? test)
    {
        if (settings.Resampling is not Resampling.Fold { Count: var folds }) yield break;
        if (test is not null)
            yield return $"{Counted.Samples(test.Rows)} for the test that are given apart are in no fold";
        if (data.Problem is not Problem.Classification) yield break;
        var counting = data.WithPositiveWeights();
        var (label, rows) = Enumerable.Range(0, counting.Rows).CountBy(counting.ClassOf).MinBy(pair => pair.Value);
        if (rows < folds)
            yield return $"class {Named([label], data.Schema)} has {Counted.Samples(rows)} for {folds} folds: some "
                + $"test none of it";
    }

    // The columns that scaling takes for constant though they are not, to the bit.
    private static IEnumerable<Phrase> Flattened(Scaling scaling, Schema? schema)
    {
        string[] names = [
            .. schema?.Features.SelectMany(feature => Enumerable.Repeat(Visible.Quoted(feature.Name), feature.Width))
                ?? []];
        for (int column = 0; column < scaling.Factor.Length; column++)
            if (scaling.Factor[column] == 0)
                yield return column < names.Length ? (Phrase)$"column {names[column]}" : $"input {column + 1}";
    }

    private static string Named(int[] classes, Schema? schema)
    {
        var names = classes.Take(MostNamed)
            .Select(label => schema is { Labels.Count: > 0 } ? Visible.Quoted(schema.Labels[label]) : $"{label}");
        return string.Join(", ", names) + (classes.Length > MostNamed ? " ..." : "");
    }

    private static bool[] Present<T>(Dataset<T> data, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var present = new bool[classes];
        for (int row = 0; row < data.Rows; row++) present[data.ClassOf(row)] = true;
        return present;
    }
}
